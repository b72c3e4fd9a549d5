"""Tables of a page: from ruled lines, and from words that stand in columns without any. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from assistant.loading.layout import Grid, Line, Piece, Rule, Word, lines_of
from assistant.loading.spelling import join_lines

NEAR = 3.0
MOST_LINES = 400
"""A drawing with more distinct lines than this is no table."""


def ruled_tables(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[list[Grid], list[Word]]:
    """Return the tables that lines are drawn around, and the words outside of them."""
    grids: list[Grid] = []
    rest = list(words)
    for group in _groups(rules):
        xs = _clusters(rule.x0 for rule in group if not rule.level)
        ys = _clusters(rule.top for rule in group if rule.level)
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > MOST_LINES * 10:
            continue
        inside = [word for word in rest if _within(word, xs, ys)]
        rows = _cells(inside, group, xs, ys)
        if sum(1 for row in rows if sum(1 for cell in row if cell) > 1) < 1:
            continue
        taken = set(map(id, inside))
        rest = [word for word in rest if id(word) not in taken]
        grids.append(Grid(rows, xs[0], ys[0], xs[-1], ys[-1]))
    return grids, rest


def _within(word: Word, xs: Sequence[float], ys: Sequence[float]) -> bool:
    x, y = word.middle
    return xs[0] - NEAR < x < xs[-1] + NEAR and ys[0] - NEAR < y < ys[-1] + NEAR


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that touch each other, group by group, uppermost first."""
    left = sorted(rules, key=lambda rule: rule.top)[: MOST_LINES * 4]
    while left:
        group, new = [], [left.pop(0)]
        while new:
            rule = new.pop()
            group.append(rule)
            touching = [other for other in left if _touch(rule, other)]
            left = [other for other in left if not _touch(rule, other)]
            new += touching
        if len(group) >= 5:
            yield group


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - NEAR <= other.x1
        and other.x0 - NEAR <= one.x1
        and one.top - NEAR <= other.bottom
        and other.top - NEAR <= one.bottom
    )


def _clusters(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _cells(words: Sequence[Word], rules: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> list[list[str]]:
    """Return the texts by row; cells without a rule between them are one cell, whose text stands in each."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    for row in range(rows):
        for column in range(columns):
            y, x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column + 1 < columns and not any(_stands(rule, xs[column + 1], y) for rule in rules):
                owner[root((row, column + 1))] = root((row, column))
            if row + 1 < rows and not any(_lies(rule, ys[row + 1], x) for rule in rules):
                owner[root((row + 1, column))] = root((row, column))
    filled: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = word.middle
        column = max(0, min(columns - 1, sum(1 for edge in xs[1:-1] if x > edge)))
        row = max(0, min(rows - 1, sum(1 for edge in ys[1:-1] if y > edge)))
        filled.setdefault(root((row, column)), []).append(word)
    texts = {cell: join_lines([line.text for line in lines_of(found)]) for cell, found in filled.items()}
    return [[texts.get(root((row, column)), "") for column in range(columns)] for row in range(rows)]


def _stands(rule: Rule, x: float, y: float) -> bool:
    return not rule.level and abs(rule.x0 - x) <= NEAR and rule.top - NEAR <= y <= rule.bottom + NEAR


def _lies(rule: Rule, y: float, x: float) -> bool:
    return rule.level and abs(rule.top - y) <= NEAR and rule.x0 - NEAR <= x <= rule.x1 + NEAR


def with_open_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces in which lines that stand in columns, three or more on end, have become tables."""
    result: list[Piece] = []
    run: list[Line] = []
    for piece in [*pieces, None]:
        if isinstance(piece, Line) and len(_apart(piece)) > 1 and (not run or piece.column == run[-1].column):
            run.append(piece)
            continue
        grid = _open_table(run) if len(run) >= 3 else None
        result += [grid] if grid else run
        run = [piece] if isinstance(piece, Line) and len(_apart(piece)) > 1 else []
        if piece is not None and not run:
            result.append(piece)
    return result


def _apart(line: Line) -> list[list[Word]]:
    """Return the words of a line in groups with wide white between them."""
    groups: list[list[Word]] = []
    for word in line.words:
        if groups and word.x0 - groups[-1][-1].x1 < max(10.0, 1.4 * word.size):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _open_table(run: Sequence[Line]) -> Grid | None:
    """Return the table of lines whose parts begin or end at the same places; None when they don't."""
    split = [_apart(line) for line in run]
    width = max(len(parts) for parts in split)
    full = [parts for parts in split if len(parts) == width]
    if len(full) < 3 or len(full) < 0.6 * len(split):
        return None
    spans = [(min(p[c][0].x0 for p in full), max(p[c][-1].x1 for p in full)) for c in range(width)]
    if any(one[1] >= other[0] for one, other in itertools.pairwise(spans)):
        return None
    rows: list[list[str]] = []
    for parts in split:
        cells = [""] * width
        for part in parts:
            middle = (part[0].x0 + part[-1].x1) / 2
            column = min(range(width), key=lambda c: abs((spans[c][0] + spans[c][1]) / 2 - middle))
            cells[column] = " ".join([cells[column], *(word.text for word in part)]).strip()
        rows.append(cells)
    return Grid(rows, run[0].x0, run[0].top, max(line.x1 for line in run), run[-1].bottom)
