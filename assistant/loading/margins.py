"""Running heads, page numbers and leaders of a table of contents: what a page repeats and no answer needs. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.loading.layout import Line

ZONE = 0.13
"""Running heads and feet stand in this part of the page's height."""

_PAGE_NUMBER = re.compile(
    r"^[\s\-–—|.]*(?:(?:hal(?:aman|\.)?|hlm\.?|page)\s*:?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:dari|of|/)\s*\d{1,4})?[\s\-–—|.]*$",
    re.I,
)
_CATCHWORD = re.compile(r"(?:\.\s){2,}\.?\s*$|^SK\s+No\b")
_LEADER = re.compile(r"(?:\.\s?){5,}\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$", re.I)


def without_margins(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """Return the lines of each page `(height, lines)` without running heads, feet, page numbers and leaders.

    A line in the margin zone is a running one when it returns, but for its figures, on a third of the pages and on two at
    least; words that stand beside a page number on its line go with it.
    """
    seen: Counter[str] = Counter()
    for height, lines in pages:
        seen.update({_same(line) for line in lines if _in_zone(line, height)})
    often = max(2, len(pages) / 3)
    return [[line for line in lines if not _drops(line, height, lines, seen, often)] for height, lines in pages]


def _drops(line: Line, height: float, lines: Sequence[Line], seen: Counter[str], often: float) -> bool:
    if _LEADER.search(line.text):
        return True
    if not _in_zone(line, height):
        return False
    if _PAGE_NUMBER.match(line.text) and _outermost(line, lines):
        return True
    return (seen[_same(line)] >= often and len(line.text) > 1) or _CATCHWORD.search(line.text) is not None


def _outermost(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether at most one line stands between this one and the edge of the page."""
    above = sum(1 for other in lines if other.bottom < line.top)
    below = sum(1 for other in lines if other.top > line.bottom)
    return min(above, below) <= 1


def _in_zone(line: Line, height: float) -> bool:
    return line.bottom < ZONE * height or line.top > (1 - ZONE) * height


def _same(line: Line) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.lower())
