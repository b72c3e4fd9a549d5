"""Lines and tables in reading order -> items: headings by type, paragraphs joined, lists kept. Pure."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.loading.content import Item, ItemKind
from assistant.loading.layout import Grid, Line, Piece
from assistant.loading.spelling import join_lines

BULLETS = "•●▪■◦○‣⁃∙·►➢➤✓✔\uf0b7\uf0a7\uf0d8\uf076\uf0fc\u2212"
_BULLET = re.compile(rf"^(?:[{BULLETS}]|[-–—*o](?=\s))\s*(?=\S)")
_MARKED = re.compile(r"^(?:\d{1,2}[.)]|[a-z][.)])\s+\S")
_VERSE = re.compile(r"^\(\d{1,2}[a-z]?\)\s")
_PLACE = re.compile(r"^(?:BAB\s+[IVXLC]+\b|Bagian\s+Ke\w+\b|Paragraf\s+\d+\b|Pasal\s+\d+[A-Z]?$|LAMPIRAN\b)")
_ORDERS = (
    (re.compile(r"^(?:BAB\b|LAMPIRAN\b)", re.I), "bab"),
    (re.compile(r"^\d+(?:\.\d+)+\.?\s"), "1.1"),
    (re.compile(r"^[A-Z]\.\s"), "A."),
    (re.compile(r"^[IVX]+\.\s"), "I."),
    (re.compile(r"^\d+[.)]\s"), "1."),
    (re.compile(r"^[a-z][.)]\s"), "a."),
)
LARGER = 1.12
MOST_WORDS = 24
END = (".", ";", ":", "?", "!")


@dataclass(slots=True)
class _Open:
    """A text whose lines are still being gathered."""

    kind: ItemKind
    page: str
    lines: list[Line]
    style: tuple[float, bool, bool, str] | None = None
    mark: float = field(default=0.0)


def items_of(pages: Iterable[tuple[str, Sequence[Piece]]], *, exact: bool = True) -> tuple[str, list[Item]]:
    """Return the title and the items of pages `(number, pieces)`.

    Without `exact` (letters read from a picture) sizes wander, so only much larger ones make a heading.
    """
    pages = list(pages)
    lines = [piece for _, pieces in pages for piece in pieces if isinstance(piece, Line)]
    if not lines:
        return "", [_table(piece, page) for page, pieces in pages for piece in pieces if isinstance(piece, Grid)]
    flow = _Flow(lines, LARGER if exact else 1.45)
    for page, pieces in pages:
        for piece in pieces:
            flow.take(piece, page)
    return flow.finish()


class _Flow:
    """Gathers lines into texts; one pass."""

    def __init__(self, lines: Sequence[Line], larger: float) -> None:
        weights: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            weights[_rounded(line.size), line.bold] += len(line.text)
        self._body, self._body_bold = weights.most_common(1)[0][0]
        self._larger = larger
        steps = Counter(
            round(low.top - high.top, 1)
            for high, low in itertools.pairwise(lines)
            if high.column == low.column and 0 < low.top - high.top < 3 * high.size and _rounded(low.size) == self._body
        )
        self._leading = steps.most_common(1)[0][0] if steps else 1.2 * self._body
        self._open: _Open | None = None
        self._done: list[Item | tuple[tuple[float, bool, bool, str], Item]] = []

    def take(self, piece: Piece, page: str) -> None:
        """Add the next line or table."""
        if isinstance(piece, Grid):
            self._close()
            self._done.append(_table(piece, page))
            return
        style = self._style(piece)
        if self._open is not None and self._continues(self._open, piece, style, page):
            self._open.lines.append(piece)
            return
        self._close()
        kind, mark = ItemKind.PARAGRAPH, piece.x0
        if style is not None:
            kind = ItemKind.HEADING
        elif _BULLET.match(piece.text) or (_MARKED.match(piece.text) and not _VERSE.match(piece.text)):
            kind = ItemKind.ITEM
        self._open = _Open(kind, page, [piece], style, mark)

    def finish(self) -> tuple[str, list[Item]]:
        """Return the title and all items; the levels of headings follow their size, then the order of first use."""
        self._close()
        styles = [entry[0] for entry in self._done if isinstance(entry, tuple)]
        ranked = sorted(dict.fromkeys(styles), key=lambda style: (-style[0], styles.index(style)))
        title = ""
        if (
            ranked
            and styles[0] == ranked[0]
            and styles.count(ranked[0]) == 1
            and ranked[0][3] == ""
            and (len(styles) > 1 or ranked[0][0] >= 1.3 * self._body)
        ):
            title = next(entry[1].text for entry in self._done if isinstance(entry, tuple))
        items: list[Item] = []
        for entry in self._done:
            if not isinstance(entry, tuple):
                items.append(entry)
            elif entry[1].text != title:
                level = 1 + ranked.index(entry[0])
                items.append(Item(ItemKind.HEADING, entry[1].text, level, entry[1].page))
        return title, items

    def _close(self) -> None:
        if self._open is None:
            return
        text = join_lines(line.text for line in self._open.lines)
        if self._open.kind is ItemKind.ITEM:
            text = _BULLET.sub("- ", text)
        item = Item(self._open.kind, text, 0, self._open.page)
        if text.strip():
            self._done.append((self._open.style, item) if self._open.style is not None else item)
        self._open = None

    def _style(self, line: Line) -> tuple[float, bool, bool, str] | None:
        """Return the looks of a heading: size, weight, capitals, kind of number; None for a line of text."""
        text = line.text
        if not any(letter.isalpha() for letter in text) or len(line.words) > MOST_WORDS or _VERSE.match(text):
            return None
        large = line.size >= self._larger * self._body
        bold = line.bold and not self._body_bold
        if _PLACE.match(text) and len(line.words) <= 3:
            large = True
        if not large and not (bold and not text.rstrip().endswith((".", ";", ","))):
            return None
        sentence = text.rstrip().endswith(".") and len(line.words) > 5 and line.size < 1.35 * self._body
        if _BULLET.match(text) or sentence:
            return None
        order = next((name for pattern, name in _ORDERS if pattern.match(text)), "")
        size = _rounded(line.size) if line.size >= self._larger * self._body else self._body
        return size, line.bold, text.isupper(), order

    def _continues(self, text: _Open, line: Line, style: tuple[float, bool, bool, str] | None, page: str) -> bool:
        last = text.lines[-1]
        beside = last.column == line.column and text.page == page
        step = line.top - last.top
        if text.kind is ItemKind.HEADING or style is not None:
            if style is None or text.style is None or not beside or _PLACE.match(line.text):
                return False
            near = 0 < step < 1.7 * max(line.size, last.size)
            same = style[:2] == text.style[:2] and style[2] == text.style[2]
            return near and same and style[3] == "" and not _PLACE.match(last.text)
        if _BULLET.match(line.text) or _VERSE.match(line.text):
            return False
        if _MARKED.match(line.text) and not self._runs_on(text, line):
            return False
        ended = last.text.rstrip().endswith(END)
        if not beside:
            begins_low = line.text[:1].islower() or not line.text[:1].isalpha()
            return not ended and (begins_low or last.x1 > last.right - 0.15 * (last.right - last.x0))
        if step > 1.45 * self._leading and step > 1.45 * last.size:
            return False
        if text.kind is ItemKind.ITEM:
            return line.x0 > text.mark + 3 or not ended
        indented = line.x0 > last.x0 + 9
        short = last.x1 < last.right - 0.2 * (last.right - last.x0)
        return not (ended and (indented or short))

    def _runs_on(self, text: _Open, line: Line) -> bool:
        """Return whether "10. Pendamping" is no new item but the end of a sentence that came to stand at a line's start."""
        last = text.lines[-1]
        if last.column != line.column or line.top - last.top > 1.25 * max(self._leading, last.size):
            return False
        if last.x1 < last.right - 0.2 * (last.right - last.x0):
            return False
        if last.text.rstrip().endswith((*END, ",", " dan", " atau", "dan/atau")):
            return False
        return line.x0 > text.mark + 6 if text.kind is ItemKind.ITEM else abs(line.x0 - last.x0) < 2 or len(text.lines) == 1


def _table(grid: Grid, page: str) -> Item:
    return Item(ItemKind.TABLE, page=page, rows=grid.rows)


def _rounded(size: float) -> float:
    return round(size * 2) / 2
