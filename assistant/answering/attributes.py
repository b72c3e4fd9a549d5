"""Tell whether a statement holds the kind of thing that a question asks for: a sum, a share, a time, a place, a year. Pure.

A statement may be near to a question and still not answer it, e.g. when it has the figure of another year. The patterns are
measured in benchmarks/silence.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.places import ANYWHERE, KALTIM_PLACES, OTHER_PLACES

_NAMES = sorted({*(name for names in KALTIM_PLACES.values() for name in names), *OTHER_PLACES} - set(ANYWHERE))

CONTACT = "nomor atau alamat kontak"
_MONTH = r"(januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
_FIGURE = r"\d+(?:[.,]\d+)*"
_WORDED = r"(satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh|setahun|sebulan|seminggu|sehari|sekali)"
_HOW = r"(?:berapa\w*|brp\w*)"
_MONEY = (
    r"(?:harga\w*|biaya\w*|tarif\w*|denda|nominal\w*|rupiah|pagu\w*|anggaran\w*|honor\w*|gaji\w*|ongkos\w*|iuran|"
    r"uang (?:saku|transport\w*|makan|jalan|lelah)|insentif\w*|plafon\w*|cicilan\w*|angsuran\w*|omzet\w*|upah\w*|tali asih\w*|"
    r"transport\w*|(?:di|mem)?bayar\w*)"
)
_SPAN = r"(?:lama|hari|bulan|bln|(?:thn|tahun)(?! ?(?:19|20)\d\d)|minggu|jam|menit)"
_LENGTH = r"(?:meter|m2|cm|km|hektare|hektar)"
_WEIGHT = r"(?:kg|kilo\w*|gram|ons|ton|kuintal)"
_POWER = r"(?:watt?|va|volt|kva|kwh)"

_RULE = r"(?:uu|undang-undang|pp|perpres|inpres|permen\w*|kepmen\w*|pmk|perda|pergub|perbup|perwali|kepwali|perdirjen)"
_BETWEEN = r"(?: [\w/.-]+){0,7} "
_SOMEBODY = r"(?:orang|org|kpm|kk|keluarga|penerima|peserta|unit|kelompok|desa|kecamatan|kasus|usaha)"
_TELEPHONE = r"(?:hp|wa|telepon|telpon|telp|tlp|kontak)"
_NO_EACH = r"(?!(?:per|satu|tiap|setiap|modal|nilai|dana|uang|bantuan|besar\w*)\b)"
_OTHER_UNIT = rf"(?! (?:kali|persen|%|{_SPAN}|{_SOMEBODY})\b)"


def _after_none_of(*words: str) -> str:
    """Return what keeps a pattern from matching right behind one of `words`."""
    return "".join(rf"(?<!\b{word} )" for word in words)


_NOT_EACH = _after_none_of("per", "tiap", "setiap", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", r"\d")
_NOT_OFFICIAL = _after_none_of("pejabat", "petugas", "kepala", "dinas", "aparat")

_NAMED = (
    rf"\b\d{{1,2}} {_MONTH}\b|(?<!rp)(?<!rp )\b(?:19|20)\d\d\b(?![.,]\d)|\b\d+/\w*/?\d+\b|"
    r"\b(?:nomor|no\.|pasal|ayat) \d+(?:[–-]\d+)?"
)
"""Figures that only name something: days, years, rules."""
_NO_FIGURE = re.compile(_NAMED)
_NO_COUNT = re.compile(
    rf"{_NAMED}|\b(?:desil|tahap) \d+(?:[–-]\d+)?|"
    rf"\brp\.?\s?{_FIGURE}(?: ?(?:juta|ribu|miliar))?|{_FIGURE}\s*(?:%|persen)|"
    rf"(?:{_FIGURE}\s?(?:[–-]|sampai) ?)?(?:{_FIGURE}|\b(?:satu|dua|tiga|empat|lima|enam)) ?"
    r"(?:tahun|bulan|hari|minggu|jam|menit)\b"
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A kind of thing: how a question asks for it and how a statement holds it, both in lower case.

    What `but_not` finds in the statement is not it. `holds_everywhere`: it belongs to a rule, the same in each place and year.
    """

    name: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]
    but_not: re.Pattern[str] | None = None
    holds_everywhere: bool = False

    def is_in(self, statement: str) -> bool:
        """Tell whether a statement in lower case holds it."""
        return self.holds.search(self.but_not.sub(" ", statement) if self.but_not else statement) is not None


def _measure(name: str, unit: str) -> Attribute:
    asks = re.compile(rf"\b{_HOW} (?:\w+ )?{unit}\b|\b{unit}(?: ?nya)? (?:\w+ )?{_HOW}\b")
    return Attribute(name, asks, re.compile(rf"{_FIGURE}\s*{unit}\b"), holds_everywhere=True)


_ATTRIBUTES = (
    Attribute(
        "persentase",
        re.compile(rf"\b{_HOW} (?:\w+ )?(?:persen|%)|\b(?:persentase|prosentase)\b"),
        re.compile(rf"{_FIGURE}\s*(?:%|persen)|\bpersen\b|\bseluruhnya\b"),
    ),
    Attribute(
        "jumlah rupiah",
        re.compile(rf"\b{_HOW} (?:\w+ )?{_MONEY}\b|\b{_MONEY}(?:{_BETWEEN}| ){_HOW}\b{_OTHER_UNIT}"),
        re.compile(
            rf"\brp\.?\s?{_FIGURE}|{_FIGURE}\s*(?:juta|jt|ribu|rb|miliar|rupiah|%|persen)|"
            r"\bgratis|\btidak dipungut|\btanpa biaya"
        ),
    ),
    Attribute(
        "umur",
        re.compile(rf"\b(?:umur|usia)\w*(?: (?!sampai\b)\w+)? {_HOW}\b|\b{_HOW} (?:umur|usia)|\bbatas (?:umur|usia)\b"),
        re.compile(r"\b(?:umur|usia|berumur|berusia|lansia|lanjut usia|dewasa)\w*\b"),
        holds_everywhere=True,
    ),
    Attribute(
        "pendidikan",
        re.compile(
            r"\b(?:lulusan|ijazah|tamatan|pendidikan)\w* (?:apa|minimal|min|terakhir)\b|"
            r"\b(?:minimal|min) (?:lulusan|ijazah|tamatan)\b"
        ),
        re.compile(r"\b(?:lulus\w*|ijazah|tamat\w*|pendidikan\w*|sma|slta|smp|sd|sarjana|s1|d3|diploma)\b"),
        holds_everywhere=True,
    ),
    Attribute(
        "jam",
        re.compile(
            r"\b(?:jam|pukul) (?:berapa|brp)\b|\bbuka jam\b|\b(?:jam|waktu) (?:buka|layanan|pelayanan|kerja|operasional)\b"
        ),
        re.compile(r"\b(?:pukul|jam)\b|\b\d\d[.:]\d\d\b"),
    ),
    Attribute(
        "lama waktu",
        re.compile(rf"\b{_HOW} (?:{_NO_EACH}\w+ )?{_SPAN}\b|\b(?:tenor|masa berlaku|jangka waktu)\b{_BETWEEN}{_HOW}\b"),
        re.compile(
            rf"(?:{_FIGURE}|{_WORDED})\s*(?:hari|bulan|tahun|minggu|jam|menit|triwulan)|"
            rf"\bse(?:hari|minggu|bulan|tahun)\b|\b(?:tiap|setiap) (?:hari|minggu|bulan|triwulan)\b|{_MONTH}"
        ),
    ),
    Attribute(
        "bulan atau tanggal",
        re.compile(rf"{_NOT_EACH}\bbulan (?:apa|{_HOW})\b|\b(?:tanggal|tgl) {_HOW}|\b{_HOW} (?:tanggal|tgl)\b"),
        re.compile(rf"\b{_MONTH}\b|\btanggal \d|\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d|\b(?:tiap|setiap) (?:bulan|tanggal|triwulan)\b"),
    ),
    Attribute(
        "waktu",
        re.compile(r"\b(?:kapan|jadwal\w*|tahun (?:berapa|brp)|thn brp)\b"),
        re.compile(
            rf"{_MONTH}|\b(?:19|20)\d\d\b|\btanggal|\bhari\b|\bbulan\b|"
            r"\b(?:tiap|setiap|sebelum|setelah|sesudah|baru|sejak|sampai|selama|bila|saat)\b"
        ),
    ),
    Attribute(
        CONTACT,
        re.compile(
            rf"\b(?:nomor|no|nmr|nomer)\.? {_TELEPHONE}\b|\b(?:kontak|hotline|narahubung|call ?center)\b|"
            r"\balamat (?:kantor|surel|email|lengkap|dinsos|dinas)\w*|\bemail\w*\b"
        ),
        re.compile(r"\b(?:wa|whatsapp|telepon|hotline|call ?center|kontak|jalan|jl|email|surel|alamat)\b|\.go\.id|\b\d{3,}\b"),
    ),
    _measure("ukuran panjang atau luas", _LENGTH),
    _measure("berat", _WEIGHT),
    _measure("daya listrik", _POWER),
    Attribute(
        "nama desa atau kecamatan",
        re.compile(r"\b(?:kampung|desa|kelurahan|kecamatan|kec) mana\b"),
        re.compile(r"\b(?:kampung|desa|kelurahan|kecamatan) (?!dan\b|atau\b|yang\b|di\b|tempat\b)\w{3,}"),
        holds_everywhere=True,
    ),
    Attribute(
        "nama daerah",
        re.compile(rf"{_NOT_OFFICIAL}\b(?:kabupaten|kab|kota|daerah|wilayah|provinsi)(?: ?/ ?kota)? mana\b"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, _NAMES))})\b|\b(?:semua|seluruh|10|sepuluh)\b (?:\w+ )?(?:kabupaten|kota)"),
        holds_everywhere=True,
    ),
    Attribute(
        "seberapa sering",
        re.compile(rf"\b{_HOW} kali\b|\bse(?:berapa|brp) sering\b|\bkali berapa\b"),
        re.compile(r"\b(?:\w*kali|tiap|setiap|per (?:hari|bulan|tahun|semester|triwulan)|rutin|berkala|bertahap|tahap\w*)\b"),
        holds_everywhere=True,
    ),
    Attribute(
        "nomor peraturan",
        re.compile(
            rf"\b(?:pasal|ayat|nomor|nomer|nomr|nmr|no|{_RULE})\.? {_HOW}\b|\b{_HOW} (?:pasal|ayat)\b|"
            rf"\b(?:peraturan|aturan|regulasi|{_RULE}) (?:apa|yang mana|mana)\b"
        ),
        re.compile(rf"\b(?:pasal|ayat|nomor|no\.?) ?\(?\d|\b{_RULE}\b|\b\d+(?:/\w+)*/(?:19|20)\d\d\b"),
        holds_everywhere=True,
    ),
    Attribute(
        "sanksi",
        re.compile(r"\b(?:sanksi|hukuman|denda)\w* apa\b|\bapa (?:saja )?(?:sanksi|hukuman)"),
        re.compile(
            r"sanksi|pidana|denda|penjara|hukum|dicabut|dicoret|dihentikan|dikembali|mengembali|ditarik|disiplin|dikeluarkan|"
            r"diganti|dialihkan|blacklist|ditunda|dijerat|diproses"
        ),
        holds_everywhere=True,
    ),
    Attribute(
        "jumlah",
        re.compile(rf"\b{_HOW} (?:{_NO_EACH}\w+ )?{_SOMEBODY}\b|\bjumlah\w*{_BETWEEN}{_HOW}\b"),
        re.compile(rf"{_FIGURE}|\b{_WORDED}\b"),
        but_not=_NO_COUNT,
    ),
)
_THINGS = (
    r"(?:macam|jenis|unsur|hal|syarat|tahap|langkah|kolom|lampiran|kriteria|kategori|indikator|cara|"
    r"buah|biji|bungkus|pcs|porsi)"
)
"""What is told by naming or by working out, not by a figure."""
_ANY_FIGURE = Attribute(
    "angka",
    re.compile(rf"{_after_none_of('ada', 'ad')}\b{_HOW}\b(?! {_THINGS})"),
    re.compile(rf"{_FIGURE}|\b{_WORDED}\b|\bgratis\b|\bseluruhnya\b"),
    but_not=_NO_FIGURE,
    holds_everywhere=True,
)
"""What any "how much" asks for that asks for none of the kinds above."""
_FOR_EACH = re.compile(r"\b(?:setiap|tiap|semua|seluruh|masing-masing|10|sepuluh|per)\b (?:\w+ )?(?:kabupaten|kota|daerah|kab)")
_YEAR = re.compile(rf"(?<!rp)(?<!rp )\b(?:19|20)\d\d\b(?! *(?:{_SOMEBODY}|ribu|rb|rupiah)\b)", re.I)


def asked_kinds(question: str) -> tuple[str, ...]:
    """Return the kinds of thing that `question` asks for, e.g. `jumlah rupiah`; none for a question about a rule."""
    return tuple(attribute.name for attribute in _asked(question))


def missing_attribute(question: str, text: str, *, scope: str) -> str:
    """Return what `question` asks for and `text` (a statement with its headings) does not hold; empty when it may answer.

    Place and year count only where a figure, time or contact is asked for: a rule holds in every place.
    """
    asked = _asked(question)
    if not asked:
        return ""
    lower, held = question.lower(), text.lower()
    if not any(attribute.is_in(held) for attribute in asked):
        return asked[0].name
    bound = next((attribute.name for attribute in asked if not attribute.holds_everywhere), "")
    if not bound:
        return ""
    years = set(_YEAR.findall(question))
    if years and _YEAR.search(held) and not years & set(_YEAR.findall(held)):
        return f"{bound} untuk tahun {min(years)}"
    places = [slug for slug, names in KALTIM_PLACES.items() if any(re.search(rf"\b{re.escape(n)}\b", lower) for n in names)]
    named = any(scope == f"kaltim/{slug}" or any(name in held for name in KALTIM_PLACES[slug]) for slug in places)
    if places and not named and not _FOR_EACH.search(held):
        return f"{bound} untuk {KALTIM_PLACES[places[0]][0].title()}"
    return ""


def _asked(question: str) -> tuple[Attribute, ...]:
    """Return what is asked for; a call centre that is only named is not asked for where something else is."""
    lower = question.lower()
    found = tuple(attribute for attribute in _ATTRIBUTES if attribute.asks.search(lower))
    found = tuple(attribute for attribute in found if attribute.name != CONTACT) or found
    return found or ((_ANY_FIGURE,) if _ANY_FIGURE.asks.search(lower) else ())
