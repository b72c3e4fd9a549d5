"""Find two statements that give different figures for the same thing, where no known conflict names them. Pure.

Cautious by design: the question must ask for a figure, and the statements must have programme, scope, years, places, the words of
the question and most others in common, come from different sources, hold now in Kaltim or the nation, and each give one figure of
the unit asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from assistant.answering.attributes import asked_kinds
from assistant.answering.evidence import Evidence
from assistant.knowledge import Conflict
from assistant.language import canonical_number, stems
from assistant.places import KALTIM_PLACES, OTHER_PLACES
from assistant.types import Validity

STANCE = "Angka kedua sumber berbeda; sebutkan keduanya dengan tanggalnya dan pastikan dulu ke Dinsos sebelum dipakai."

SHARED, FEWEST, NEAR = 0.6, 3, Decimal("0.1")
"""Two statements speak of the same when they share this much of the shorter one's words, at least so many; figures that are
nearer than a tenth are the same one rounded."""

_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "triliun": 12}
_COUNTED = "orang|jiwa|individu|kpm|keluarga|kk|penerima|peserta|kelompok|desa|kelurahan|kecamatan|kabupaten|unit|usaha|kasus"
_LASTING = "hari|minggu|bulan|tahun|triwulan|jam|menit"
_FIGURE = re.compile(
    rf"(?P<rp>\brp\.?\s?)?(?<![\d.,/])(?P<low>{_NUMBER})(?:\s*(?:[-–—]|sampai|hingga|s\.d\.)\s*(?:rp\.?\s?)?(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<scale>{'|'.join(_SCALES)})\b)?(?:\s*(?P<unit>%|(?:persen|rupiah|{_COUNTED}|{_LASTING})\b))?",
    re.I,
)
_UNITS = {
    "jumlah rupiah": frozenset({"rupiah"}),
    "persentase": frozenset({"%"}),
    "lama waktu": frozenset(_LASTING.split("|")),
    "jumlah": frozenset(_COUNTED.split("|")),
}
_VALUE = re.compile(r"\b(?:berapa|brp)\w* (?:nilai|besar)|\b(?:nilai|besar)\w*\b.*\b(?:berapa|brp)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLACES = re.compile(
    rf"\b(?:{'|'.join(re.escape(n) for n in (*(name for names in KALTIM_PLACES.values() for name in names), *OTHER_PLACES))})\b"
)


def differing(question: str, evidence: Sequence[Evidence]) -> Conflict | None:
    """Return the first two statements that give different figures for what `question` asks as a conflict, or None."""
    kinds = (*asked_kinds(question), *(["jumlah rupiah"] if _VALUE.search(question) else []))
    units = frozenset(unit for kind in kinds for unit in _UNITS.get(kind, ()))
    asked = frozenset(stems(question))
    stated = [piece for piece in evidence if piece.gap is None and piece.status is Validity.BERLAKU and not piece.missing]
    for one, other in combinations(stated, 2):
        if _comparable(one, other, asked) and _apart(one, other, units):
            return Conflict("", "", (one.labels, other.labels), STANCE, open=True)
    return None


def _comparable(one: Evidence, other: Evidence, asked: frozenset[str]) -> bool:
    """Tell whether two statements of different sources speak of the same thing, place and time."""
    if (one.program, one.scope) != (other.program, other.scope) or one.scope in ("daerah-lain", "umum"):
        return False
    if not one.sources or not other.sources or {s.id for s in one.sources} & {s.id for s in other.sources}:
        return False
    quotes = one.quote.lower(), other.quote.lower()
    if any(set(pattern.findall(quotes[0])) != set(pattern.findall(quotes[1])) for pattern in (_YEAR, _PLACES)):
        return False
    left, right = (frozenset(stems(_FIGURE.sub(" ", quote))) for quote in quotes)
    common = len(left & right)
    return asked & left == asked & right and common >= max(FEWEST, SHARED * min(len(left), len(right)))


def _apart(one: Evidence, other: Evidence, units: frozenset[str]) -> bool:
    """Tell whether each gives exactly one figure of a unit in `units`, and these lie apart."""
    left, right = _figures(one.quote), _figures(other.quote)
    for unit in units & set(left) & set(right):
        if len(left[unit]) == len(right[unit]) == 1:
            (low, high), (other_low, other_high) = *left[unit], *right[unit]
            if low > other_high * (1 + NEAR) or other_low > high * (1 + NEAR):
                return True
    return False


def _figures(text: str) -> dict[str, set[tuple[Decimal, Decimal]]]:
    """Return the figures of a text by unit, each from its lower to its upper end."""
    found: dict[str, set[tuple[Decimal, Decimal]]] = {}
    for match in _FIGURE.finditer(text):
        unit = "rupiah" if match["rp"] else (match["unit"] or "").lower().replace("persen", "%")
        if not unit:
            continue
        scale = _SCALES.get((match["scale"] or "").lower(), 0)
        ends = [Decimal(canonical_number(number)) for number in (match["low"], match["high"]) if number]
        found.setdefault(unit, set()).add((ends[0].scaleb(scale if ends[0] < 1000 else 0), ends[-1].scaleb(scale)))
    return found
