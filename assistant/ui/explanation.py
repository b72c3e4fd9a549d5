"""Answer -> "Mengapa sumber ini?": how each cited source was found, and what was found and not used. Pure; needs no script."""

from __future__ import annotations

from assistant.explaining import PART_NAMES, Finding, cited_match, decimal, finding, place, unused
from assistant.types import Answer, Citation, Rejected, Status
from assistant.ui.passage import safe

MOST_UNUSED = 5
INTRODUCTION = (
    "<p>Setiap kalimat sumber diberi nilai. Makin tinggi nilainya, makin dekat kalimat itu dengan pertanyaan Anda. "
    "Nilai bukan ukuran benar atau salah; baca kutipannya. Angka dibulatkan.</p>"
)
MEANINGS = (
    '<dl class="arti">'
    "<dt>Kata yang sama</dt><dd>Kata dari pertanyaan Anda ada di kalimat itu atau di pertanyaan yang tersimpan untuknya.</dd>"
    "<dt>Kemiripan pertanyaan tersimpan</dt><dd>Pertanyaan serupa sudah tercatat untuk kalimat itu.</dd>"
    "<dt>Kemiripan bagian</dt><dd>Arti seluruh bagian di sekitar kalimat itu dekat dengan pertanyaan Anda.</dd>"
    "<dt>Kemiripan kalimat</dt><dd>Arti kalimat itu sendiri dekat dengan pertanyaan Anda.</dd>"
    "<dt>Kedudukan sumber</dt><dd>Peraturan, juknis, dan kabupaten/kota yang Anda sebut dinaikkan. Contoh daerah lain, "
    "kabupaten/kota yang tidak Anda sebut, rencana, dan keterangan lama diturunkan.</dd></dl>"
)
UNSUITED = "Sumber sudah dicari, tetapi tidak ada kalimat yang dapat dikutip sebagai jawaban."
WITHOUT_SOURCES = {
    Status.OFF_TOPIC: (
        "Sumber sudah dicari. Kalimat yang paling dekat pun membahas hal lain, jadi tidak ditampilkan sebagai jawaban.",
        "terlalu jauh dari pertanyaan Anda",
    ),
    Status.DECLINED: (
        "Permintaan ini tidak dijawab dari sumber, karena menetapkan orang dan membuat dokumen bukan tugas asisten ini.",
        "tidak dipakai karena permintaannya ditolak",
    ),
}
TOLD = "<p>Tidak ditemukan lewat pencarian. Sumber ini disertakan karena keadaan yang Anda ceritakan.</p>"


def explanation_html(answer: Answer) -> str:
    """Return the foldable explanation of the sources, or of why there is none; empty when nothing was searched."""
    if not answer.citations:
        return _why_none(answer)
    found = [(c, finding(match)) for c in answer.citations if (match := cited_match(c, answer.retrieval)) is not None]
    if not found:
        return ""
    longest = max((value for _, why in found for _, value in why.pieces), default=0.0)
    sources = "".join(_source(citation, why, answer.retrieval.searched, longest) for citation, why in found)
    return (
        f'<details class="mengapa"><summary>Mengapa sumber ini?</summary>{INTRODUCTION}{sources}{_unused(answer)}'
        f"<h3>Arti tiap nilai</h3>{MEANINGS}</details>"
    )


def _why_none(answer: Answer) -> str:
    """Return why an answer cites nothing: what was found for it, and why none of it was used."""
    hits = answer.retrieval.kept
    if not hits:
        return ""
    reason, short = WITHOUT_SOURCES.get(answer.status, (UNSUITED, "tidak dipakai"))
    found = [*(Rejected(hit, short) for hit in hits), *answer.retrieval.rejected]
    items = "".join(_unused_item(item) for item in sorted(found, key=lambda item: -item.hit.score)[:MOST_UNUSED])
    return (
        f'<details class="mengapa"><summary>Mengapa tidak ada sumber?</summary><p>{reason}</p>'
        f'<h3>Yang ditemukan tetapi tidak dipakai</h3><ul class="tak-dipakai">{items}</ul></details>'
    )


def points(value: float) -> str:
    """Return a score between 0 and 1 as whole points of 100."""
    return f"{round(value * 100)}"


def _source(citation: Citation, why: Finding, searched: tuple[str, ...], longest: float) -> str:
    head = f'<h3><span class="nomor">{citation.number}</span> {safe(place(citation.passage))}</h3>'
    if not why.pieces:
        return head + TOLD
    bars = "".join(_bar(PART_NAMES[name].capitalize(), value, longest) for name, value in why.pieces)
    return (
        f'{head}<p class="nilai-akhir">Nilai {points(why.score)}</p>{_found_by(why, searched)}'
        f'<ul class="nilai">{bars}<li>Kedudukan sumber: {_authority(why.authority)}</li>{_share(why)}</ul>'
    )


def _bar(name: str, value: float, longest: float) -> str:
    width = round(100 * value / longest) if longest else 0
    return (
        f"<li>{safe(name)}: <strong>{points(value)}</strong>"
        f'<span class="batang" aria-hidden="true"><span style="width:{width}%"></span></span></li>'
    )


def _authority(factor: float) -> str:
    if factor == 1:
        return "tidak mengubah nilai"
    return f"nilai {'dinaikkan' if factor > 1 else 'diturunkan'}, × {decimal(factor, 2)}"


def _share(why: Finding) -> str:
    return f"<li>Cocok dengan sebagian pertanyaan: nilai diturunkan, × {decimal(why.share, 2)}</li>" if why.share < 1 else ""


def _found_by(why: Finding, searched: tuple[str, ...]) -> str:
    return f"<p>Ditemukan lewat pencarian: «{safe(searched[why.text])}»</p>" if len(searched) > 1 else ""


def _unused(answer: Answer) -> str:
    items = "".join(_unused_item(item) for item in unused(answer, most=MOST_UNUSED))
    return f'<h3>Yang ditemukan tetapi tidak dipakai</h3><ul class="tak-dipakai">{items}</ul>' if items else ""


def _unused_item(item: Rejected) -> str:
    return (
        f'<li>{safe(place(item.hit.passage))}<span class="rincian"><strong>Nilai&nbsp;{points(item.hit.score)}</strong>: '
        f"{safe(item.reason)}</span></li>"
    )
