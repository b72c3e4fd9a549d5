"""Checks of single statements: labelled, said once, true to the scope and status of their labels. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.knowledge.findings import Finding, Material, Severity
from assistant.language import words
from assistant.types import Validity

TWIN_WORDS = 6
"""From so many words on, an equal statement in two documents is a copy; shorter ones are items such as `- sehat`."""

PAST = re.compile(r"\b(?:(?<!/)(?:19|20)\d\d|lama|dulu|dahulu|pernah|dicabut|usang|sebelum\w*|semula|era|masa DTKS)\b", re.I)
PLANNED = re.compile(r"\b(?:\w*rencana\w*|akan|\w*target\w*|\w*usul\w*)\b", re.I)
ELSEWHERE = re.compile(
    r"\bdaerah lain\b|\bluar Kaltim\b|\b(?:Kalimantan (?:Barat|Tengah|Selatan|Utara)|Sumatera|Jawa|Sulawesi|Nusa Tenggara"
    r"|Aceh|Riau|Jambi|Lampung|Bengkulu|Banten|DKI|Jakarta|Yogyakarta|Bali|Maluku|Papua)\b"
    r"|\b(?:[Dd]i|[Kk]abupaten|[Kk]ota|[Pp]rovinsi|[Dd]esa|Perbup|Perda|Perwali)"
    r"(?: (?:Kabupaten|Kota|Provinsi|Desa))? (?!Kaltim|Kalimantan Timur)[A-Z]\w+"
)
KALTIM = re.compile(r"Kaltim|Kalimantan Timur|Balikpapan|Berau|Bontang|Kutai|Mahakam Ulu|Paser|Samarinda|Nusantara")


def labelled(material: Material) -> Iterator[Finding]:
    """Find statements without any label."""
    for statement in material.statements():
        if not statement.sentence.labels:
            yield statement.finding("tanpa label", "Beri label fakta atau celah, atau hapus.")


def twins(material: Material) -> Iterator[Finding]:
    """Find statements that stand word for word in two documents."""
    first: dict[tuple[str, ...], str] = {}
    for statement in material.statements():
        key = tuple(words(statement.text))
        path = first.setdefault(key, statement.path)
        if path != statement.path and len(key) >= TWIN_WORDS:
            yield statement.finding(f"sama dengan kalimat di {path}", "Simpan di satu dokumen, atau katakan yang berbeda.")


def scopes(material: Material) -> Iterator[Finding]:
    """Find statements that a reader would take for the rule of another place.

    The front matter says where a document holds; a statement of a narrower or another place must name it.
    """
    for statement in material.statements():
        own = statement.passage.document.scope
        seen = f"{statement.context} {statement.text}"
        for label in material.labels_of(statement):
            place = label.scope.partition("/")[2].replace("-", " ").title()
            if own == "daerah-lain" and label.scope != "daerah-lain":
                yield statement.finding(f"{label.id} bukan dari daerah lain", "Pindahkan ke dokumen lain.")
            elif own != "daerah-lain" and label.scope == "daerah-lain" and not ELSEWHERE.search(seen):
                yield statement.finding(f"{label.id} dari daerah lain tanpa nama daerah", "Sebut daerahnya di kalimat.")
            elif not own.startswith("kaltim") and label.scope.startswith("kaltim") and not KALTIM.search(seen):
                yield statement.finding(f"{label.id} hanya untuk Kaltim", "Sebut Kaltim di kalimat.")
            elif place and label.scope != own and place not in seen:
                yield statement.finding(f"{label.id} hanya untuk {place}", f"Sebut {place} di kalimat.")


def standing(material: Material) -> Iterator[Finding]:
    """Find old rules and plans that read as if they held now; note statements whose labels disagree."""
    for statement in material.statements():
        found = material.labels_of(statement)
        states = {label.status for label in found}
        seen = f"{statement.lead} {statement.text}"
        if states and states <= {Validity.USANG, Validity.DICABUT} and not PAST.search(seen):
            yield statement.finding("keadaan lama tanpa tahun atau kata penanda", "Tulis tahunnya, atau «lama», «dulu».")
        if states == {Validity.RENCANA} and not PLANNED.search(seen):
            yield statement.finding("rencana yang terbaca sebagai kepastian", "Tulis bahwa itu rencana.")
        if len({label.scope.partition("/")[0] for label in found}) > 1 or len(states) > 1:
            names = ", ".join(f"{label.id} {label.scope} {label.status}" for label in found)
            yield statement.finding(f"label berbeda cakupan atau status ({names})", "Bagi kalimatnya bila bisa.", Severity.NOTE)


def fronts(material: Material) -> Iterator[Finding]:
    """Find documents whose program, status or scope is that of none of their labels."""
    for card in (document.card for document in material.documents):
        mine = [passage for passage in material.passages if passage.document.path == card.path]
        known = material.knowledge.labels
        found = [known[name] for passage in mine for name in passage.labels if name in known]
        for name, own, options in (
            ("program", card.program, {label.program for label in found}),
            ("status", str(card.status), {str(label.status) for label in found}),
            ("scope", card.scope.partition("/")[0], {label.scope.partition("/")[0] for label in found}),
        ):
            if found and own not in options and own != "umum":
                remedy = f"Pakai salah satu: {', '.join(sorted(options))}."
                yield Finding(card.path, f"{name} {own} bukan milik satu pun label di dokumen ini", remedy)
