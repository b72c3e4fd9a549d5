"""Words on a page -> lines in reading order: columns one after the other, tables in their place. Pure.

Coordinates are points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.loading.rows import Rows


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; `size` is that of its letters."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Return whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; `number` is what a person calls it."""

    number: str
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other; `column` tells apart the columns and bands of a page, `right` is where its column ends."""

    words: tuple[Word, ...]
    column: int = 0
    right: float = 0.0

    @property
    def text(self) -> str:
        """Return the words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Return the left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return the right edge."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """Return the size of most letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @property
    def bold(self) -> bool:
        """Return whether nearly all letters are bold."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) for word in self.words if word.bold) >= 0.85 * letters


@dataclass(frozen=True, slots=True)
class Grid:
    """A table and where it stands."""

    rows: Rows
    x0: float
    top: float
    x1: float
    bottom: float


Piece = Line | Grid

GUTTER = 9.0
"""The white between two columns is at least so wide, and wider than the letters are high."""


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return words as lines from top to bottom, whatever column they stand in."""
    lines: list[list[Word]] = []
    base = 0.0
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        if lines and word.bottom - base <= 0.45 * max(word.size, 4.0):
            lines[-1].append(word)
        else:
            lines.append([word])
            base = word.bottom
    return [Line(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


def in_reading_order(lines: Sequence[Line], grids: Sequence[Grid], width: float) -> list[Piece]:
    """Return lines and tables in the order in which a person reads them."""
    pieces: list[Piece] = []
    pieces += grids
    counter = [0]
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=width)
    pieces += lines
    return _ordered(pieces, left, right, counter)


def _ordered(pieces: Sequence[Piece], left: float, right: float, counter: list[int], depth: int = 0) -> list[Piece]:
    """Read a region: whole when it has no gutter, else band by band, in each the left side, then the right."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    gutter = _gutter(lines, left, right) if depth < 3 else None
    if gutter is None:
        counter[0] += 1
        whole = [Line(p.words, counter[0], right) if isinstance(p, Line) else p for p in pieces]
        return sorted(whole, key=lambda piece: piece.top)
    result: list[Piece] = []
    band: tuple[list[Piece], list[Piece]] = ([], [])

    def close() -> None:
        for side, (start, end) in zip(band, ((left, gutter), (gutter, right)), strict=True):
            if side:
                result.extend(_ordered(side, start, end, counter, depth + 1))
            side.clear()

    for piece in sorted(pieces, key=lambda piece: piece.top):
        if isinstance(piece, Line):
            halves = _split(piece, gutter)
            if halves is None:
                close()
                counter[0] += 1
                result.append(Line(piece.words, counter[0], right))
                continue
            for side, words in zip(band, halves, strict=True):
                if words:
                    side.append(Line(words))
        elif piece.x0 < gutter < piece.x1:
            close()
            result.append(piece)
        else:
            band[0 if piece.x1 <= gutter else 1].append(piece)
    close()
    return result


def _split(line: Line, gutter: float) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """Return the words on both sides of the gutter; None for a line that runs across it."""
    before = tuple(word for word in line.words if word.x1 <= gutter + 1)
    after = tuple(word for word in line.words if word.x0 >= gutter - 1)
    if len(before) + len(after) < len(line.words):
        return None
    if before and after and after[0].x0 - before[-1].x1 < max(GUTTER, 1.2 * before[-1].size):
        return None
    return before, after


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Return where the white between two columns of text is, if there are two."""
    if len(lines) < 6 or right - left < 150:
        return None
    best: tuple[int, float] | None = None
    for step in range(28, 73, 1):
        x = left + (right - left) * step / 100
        halves = [_split(line, x) for line in lines]
        apart = [half for half in halves if half is not None]
        both = [half for half in apart if half[0] and half[1]]
        sides = [[half[side] for half in apart if half[side]] for side in (0, 1)]
        support = len(both) + min(len(sides[0]) - len(both), len(sides[1]) - len(both))
        clean = len(lines) - len(apart) <= 0.05 * len(lines)
        if support < (2 if clean else max(4, 0.3 * len(lines))) or len(apart) < 0.5 * len(lines):
            continue
        if any(_wordy(side) < 3.0 for side in sides):
            continue
        if best is None or support > best[0]:
            best = support, x
    return best[1] if best else None


def _wordy(side: Sequence[tuple[Word, ...]]) -> float:
    """Return the middle number of words of a line: columns of text are wordy, columns of figures are not."""
    return sorted(len(words) for words in side)[len(side) // 2]


def turned_box(
    box: tuple[float, float, float, float], quarters: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return the box `(left, bottom, right, top)` of a page shown turned clockwise by quarters, as it is seen, from the top."""
    left, bottom, right, top = box
    width, height = size
    if quarters == 1:
        return bottom, left, top, right
    if quarters == 2:
        return width - right, bottom, width - left, top
    return width - top, height - right, width - bottom, height - left
