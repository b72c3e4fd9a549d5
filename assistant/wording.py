"""The words that people read for statuses, scopes, validity and dates, on every screen and sheet. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from assistant.types import Approval, DocumentCard, Label, Status, Validity

STATUS_WORDS = {
    Status.ANSWERED: "Terjawab",
    Status.PARTIAL: "Sebagian terjawab",
    Status.CORRECTED: "Ada yang perlu diluruskan",
    Status.CONFLICTING: "Sumber berbeda",
    Status.NOT_FOUND: "Belum ada di sumber",
    Status.OFF_TOPIC: "Di luar topik",
    Status.DECLINED: "Tidak dapat dilakukan",
    Status.FAILED: "Gagal",
}
MODE_WORDS = {
    "kutipan": "Cara jawab: kutipan langsung dari sumber.",
    "model": "Cara jawab: kalimat disusun model bahasa dari kutipan sumber; tiap kalimat sudah diperiksa.",
}
BY_MODEL = "kalimat disusun model bahasa dari kutipan"
SCOPES = {"kaltim": "Kaltim", "nasional": "Nasional", "daerah-lain": "Daerah lain", "umum": "Umum"}
ELSEWHERE = "Contoh daerah lain, bukan aturan Kaltim"
STRIPS = {
    Validity.RENCANA: "Masih rencana, belum berlaku",
    Validity.DICABUT: "Aturan ini sudah dicabut",
    Validity.USANG: "Keterangan lama, sudah tidak sesuai keadaan sekarang",
}
UNRECORDED = "tidak dicatat"
"""The kind of a publication whose kind was not written down; the document's own kind says more."""

DECISION = "Keputusan tetap pada tim verifikasi."
EXPOSED = (
    "Sambungan ini tidak terenkripsi: orang di jaringan yang sama dapat membaca yang Anda ketik. "
    "Minta admin memasang sertifikat (panduan Sambungan aman)."
)
WITA = timezone(timedelta(hours=8), "WITA")
"""The clock of Kalimantan Timur; it has no summer time, so a fixed offset says all."""

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def approval_words(approval: Approval) -> str:
    """Return who stands behind a standard answer, since when and until when."""
    since, until = day(approval.day), day(approval.until)
    return f"Jawaban baku, disetujui {approval.reviewer} pada {since}; ditinjau lagi paling lambat {until}."


def outcome_words(status: Status, mode: str) -> str:
    """Return the outcome as people read it, with a note where a language model worded the answer."""
    return f"{STATUS_WORDS[status]} ({BY_MODEL})" if mode == "model" else STATUS_WORDS[status]


def scope_name(scope: str) -> str:
    """Return the scope as people write it."""
    whole, _, place = scope.partition("/")
    name = SCOPES.get(whole, whole.replace("-", " ").capitalize())
    return f"{name}, {place.replace('-', ' ').title()}" if place else name


def elsewhere(scope: str) -> bool:
    """Tell whether a scope is another region, whose practice is no rule here."""
    return scope.split("/")[0] == "daerah-lain"


def kind_name(document: DocumentCard, label: Label | None = None) -> str:
    """Return what sort of publication bears out a statement: the kind of its source, else that of the document."""
    named = label.sources[0].kind if label and label.sources else ""
    return str(document.kind) if named in ("", UNRECORDED) else named.lower()


def warnings(scope: str, status: Validity) -> tuple[str, ...]:
    """Return what to warn of for a scope and a status; empty when there is nothing."""
    found = (ELSEWHERE,) if elsewhere(scope) else ()
    return (*found, STRIPS[status]) if status in STRIPS else found


def statement_warnings(document: DocumentCard, labels: Sequence[Label]) -> tuple[str, ...]:
    """Return the warnings for a quote: those of its first label, else of its document, then what its other labels add."""
    first = warnings(labels[0].scope, labels[0].status) if labels else warnings(document.scope, document.status)
    others = dict.fromkeys(warning for label in labels[1:] for warning in warnings(label.scope, label.status))
    return (*first, *(f"Kutipan ini juga memuat: {w[0].lower()}{w[1:]}" for w in others if w not in first))


def day(text: str) -> str:
    """Return an ISO day or month as people write it, `2026-11-24` -> `24 November 2026`; other texts stay as they are."""
    match = _DAY.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        return text
    month = f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{int(match[3])} {month}" if match[3] else month


def moment(at: datetime) -> str:
    """Return a point in time on the clock of Kaltim, e.g. `24 November 2026 pukul 21.05 WITA`; without a zone it is UTC."""
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(WITA)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} pukul {local:%H.%M} WITA"


def page_name(page: str) -> str:
    """Return where a passage stands as people write it: `hlm. 3` for a page, else (`slide 4`, `lembar Kuota`) as it is."""
    return f"hlm. {page}" if page.isdecimal() else page
