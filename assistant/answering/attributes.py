"""Tell whether a statement holds the kind of thing that a question asks for: a sum, a share, a time, a place, a year. Pure.

A statement may be near to a question and still not answer it, e.g. when it has the figure of another year. The patterns are
measured in benchmarks/silence.py.
"""

from __future__ import annotations

import re

from assistant.places import KALTIM_PLACES

_MONTH = r"(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
_FIGURE = r"\d+(?:[.,]\d+)*"
_WORDED = r"(satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh|setahun|sebulan|seminggu|sehari|sekali)"
_HOW = r"(?:berapa\w*|brp\w*)"
_MONEY = (
    r"(?:harga\w*|biaya\w*|tarif\w*|denda|nominal\w*|rupiah|pagu\w*|anggaran\w*|honor\w*|gaji\w*|ongkos\w*|uang saku|iuran|"
    r"insentif\w*|plafon\w*|cicilan\w*|angsuran\w*|omzet\w*|upah\w*|tali asih\w*)"
)
_SPAN = r"(?:lama|hari|bulan|bln|(?:thn|tahun)(?! ?(?:19|20)\d\d)|minggu|jam|menit)"

_BETWEEN = r"(?: [\w/.-]+){0,7} "
_SOMEBODY = r"(?:orang|org|kpm|kk|keluarga|penerima|unit|kelompok|desa|kecamatan|kasus|usaha)"
_TELEPHONE = r"(?:hp|wa|telepon|telpon|telp|tlp|kontak)"

_ASKED: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "persentase",
        re.compile(rf"\b{_HOW} (?:\w+ )?(?:persen|%)|\b(?:persentase|prosentase)\b"),
        re.compile(rf"{_FIGURE}\s*(?:%|persen)|\bpersen\b|\bseluruhnya\b"),
    ),
    (
        "jumlah rupiah",
        re.compile(rf"\b{_HOW} (?:\w+ )?{_MONEY}\b|\b{_MONEY}\b{_BETWEEN}{_HOW}\b(?! kali)"),
        re.compile(
            rf"\brp\.?\s?{_FIGURE}|{_FIGURE}\s*(?:juta|jt|ribu|rb|miliar|rupiah|%|persen)|\bgratis|\btidak dipungut|\btanpa biaya"
        ),
    ),
    (
        "lama waktu",
        re.compile(rf"\b{_HOW} (?:\w+ )?{_SPAN}\b|\b(?:tenor|masa berlaku|jangka waktu)\b{_BETWEEN}{_HOW}\b"),
        re.compile(
            rf"(?:{_FIGURE}|{_WORDED})\s*(?:hari|bulan|tahun|minggu|jam|menit|triwulan)|"
            rf"\b(?:se|tiap |per )(?:bulan|tahun|hari|triwulan)|{_MONTH}"
        ),
    ),
    (
        "waktu",
        re.compile(r"\b(?:kapan|tgl|tanggal (?:berapa|brp)|jadwal\w*|bulan apa|tahun (?:berapa|brp)|thn brp)\b"),
        re.compile(
            rf"{_MONTH}|\b(?:19|20)\d\d\b|\btanggal|\bhari\b|\bbulan\b|"
            r"\b(?:tiap|setiap|sebelum|setelah|sesudah|baru|sejak|sampai|selama|bila|saat)\b"
        ),
    ),
    (
        "nomor atau alamat kontak",
        re.compile(
            rf"\b(?:nomor|no|nmr|nomer)\.? {_TELEPHONE}\b|\b(?:kontak|hotline|narahubung|call ?center)\b|"
            r"\balamat (?:kantor|surel|email|lengkap|dinsos|dinas)\w*|\bemail\w*\b"
        ),
        re.compile(r"\b(?:wa|whatsapp|telepon|hotline|call ?center|kontak|jalan|jl|email|surel|alamat)\b|\.go\.id|\b\d{3,}\b"),
    ),
    (
        "jumlah",
        re.compile(rf"\b{_HOW} (?:\w+ )?{_SOMEBODY}\b|\bjumlah\w*{_BETWEEN}{_HOW}\b"),
        re.compile(rf"{_FIGURE}|\b{_WORDED}\b"),
    ),
)
_FOR_EACH = re.compile(r"\b(?:setiap|tiap|semua|seluruh|masing-masing|10|sepuluh|per)\b (?:\w+ )?(?:kabupaten|kota|daerah|kab)")
_YEAR = re.compile(rf"(?<!rp)(?<!rp )\b(?:19|20)\d\d\b(?! *(?:{_SOMEBODY}|ribu|rb|rupiah)\b)", re.I)


def asked_kinds(question: str) -> tuple[str, ...]:
    """Return the kinds of thing that `question` asks for, e.g. `jumlah rupiah`; none for a question about a rule."""
    lower = question.lower()
    return tuple(name for name, asks, _ in _ASKED if asks.search(lower))


def missing_attribute(question: str, text: str, *, scope: str) -> str:
    """Return what `question` asks for and `text` (a statement with its headings) does not hold; empty when it may answer.

    Place and year count only where a figure, time or contact is asked for: a rule holds in every place.
    """
    kinds = asked_kinds(question)
    if not kinds:
        return ""
    lower, held = question.lower(), text.lower()
    if not any(holds.search(held) for name, _, holds in _ASKED if name in kinds):
        return kinds[0]
    years = set(_YEAR.findall(question))
    if years and _YEAR.search(held) and not years & set(_YEAR.findall(held)):
        return f"{kinds[0]} untuk tahun {min(years)}"
    places = [slug for slug, names in KALTIM_PLACES.items() if any(re.search(rf"\b{re.escape(n)}\b", lower) for n in names)]
    named = any(scope == f"kaltim/{slug}" or any(name in held for name in KALTIM_PLACES[slug]) for slug in places)
    if places and not named and not _FOR_EACH.search(held):
        return f"{kinds[0]} untuk {KALTIM_PLACES[places[0]][0].title()}"
    return ""
