"""Time as the corpus counts it: "now" is a date of the corpus (AS_OF), never the clock. Pure.

Sources of 2025 say "tahun depan", officers ask in 2026: what is asked is resolved to a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COUNTS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_STEPS = {"ini": 0, "this": 0, "depan": 1, "dpn": 1, "mendatang": 1, "next": 1}
_UNCOUNTED = frozenset({"beberapa", "berapa", "brp", "bbrp", "sekian", "belasan", "puluhan"})
_COUNT = "|".join([r"\d{1,2}", *_COUNTS, *_UNCOUNTED])
_RELATIVE = re.compile(
    rf"\b(?:(?P<count>{_COUNT})\s+)?(?:tahun|thn|taun)\s+(?:anggaran\s+)?(?P<step>ini|depan|dpn|mendatang|lalu|kemarin|kemaren|kmrn)\b|"
    r"\b(?P<english>this|next|last) year\b",
    re.I,
)

_LEAVE = re.compile(r"\b(?:boleh|blh|bisa|bs)(?:kah)?\b", re.I)
_HOW_MUCH = re.compile(r"\b(?:berapa|brp|kapan|kpn|jadwal)", re.I)


def newest(days: Iterable[str | None]) -> str:
    """Return the latest of ISO days; empty when there is none."""
    return max((day for day in days if day and DAY.fullmatch(day)), default="")


def is_past(end: str | None, as_of: str) -> bool:
    """Tell whether a period that ends with `end` (a year, month or day) is over on the day `as_of`."""
    return bool(end and as_of) and f"{end}-99-99"[:10] < as_of


def relative_years(question: str, as_of: str) -> tuple[tuple[str, int], ...]:
    """Return each relative year of `question` as written, with its number, e.g. (`tahun depan`, 2027)."""
    return tuple((match[0], year) for match in _RELATIVE.finditer(question) if (year := _year(match, as_of)))


def dated(question: str, as_of: str) -> str:
    """Return `question` with the number behind each other year, for the search: `tahun depan` -> `tahun depan 2027`.

    "Tahun ini" gets none: who asks about now wants what holds, which older sources say, and not the plans that hold the number.
    Nor does any in a question of leave that counts one year from another (`dapat tahun ini, boleh lagi tahun depan?`): it asks
    for the rule of every year.
    """
    if _asks_for_every_year(question, as_of):
        return question
    this = int(as_of[:4]) if as_of else 0
    return _RELATIVE.sub(
        lambda match: f"{match[0]} {year}" if (year := _year(match, as_of)) not in (0, this) else match[0], question
    )


def _asks_for_every_year(question: str, as_of: str) -> bool:
    several = len({year for _, year in relative_years(question, as_of)}) > 1
    return several and _LEAVE.search(question) is not None and _HOW_MUCH.search(question) is None


def _year(match: re.Match[str], as_of: str) -> int:
    """Return the year that is meant; 0 when it can't be told."""
    if not as_of:
        return 0
    step, count = (match["english"] or match["step"]).lower(), (match["count"] or "").lower()
    if count in _UNCOUNTED:
        return 0
    many = int(count) if count.isdecimal() else _COUNTS.get(count, 1)
    if step not in _STEPS:
        return int(as_of[:4]) - many
    return int(as_of[:4]) + _STEPS[step] * many
