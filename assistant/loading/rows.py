"""Rows of a table -> statements that can be quoted one by one: "Kolom: nilai; Kolom: nilai". Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.language import clean
from assistant.types import Block, BlockKind

Rows = Sequence[Sequence[str]]

BLOCK_WORDS = 80
"""A long table is given in blocks of about so many words, each with the header: a passage holds a block whole."""

_FIGURE = re.compile(r"^(?:Rp\.?\s*)?[\d.,]+\s*%?$")
_NUMBERS_OF_COLUMNS = re.compile(r"^\(?\d{1,2}\)?$")


def table_blocks(rows: Rows, *, header: int | None = None) -> Iterator[Block]:
    """Yield the blocks of a table. A row whose cells are all the same is a caption of what follows.

    `header` is the number of header rows; None leaves it to the look of the rows. A table of two columns without a header is
    read as "name: value".
    """
    tidy = [[clean(cell).replace("\n", " ").replace("|", "/") for cell in row] for row in rows]
    tidy = [row for row in tidy if any(row)]
    if not tidy:
        return
    width = max(len(row) for row in tidy)
    tidy = [[*row, *[""] * (width - len(row))] for row in tidy]
    used = [column for column in range(width) if any(row[column] for row in tidy)]
    tidy = [[row[column] for column in used] for row in tidy]
    while tidy and len(used) > 1 and len(tidy) > 1 and _is_caption(tidy[0]) and not header:
        yield Block(BlockKind.PARAGRAPH, _only(tidy.pop(0)))
    count = _header_rows(tidy) if header is None else min(header, len(tidy))
    names = _names(tidy[:count])
    body = [row for row in tidy[count:] if not _counts_columns(row)]
    if not body:
        yield from (Block(BlockKind.PARAGRAPH, " | ".join(cell for cell in row if cell)) for row in tidy)
        return
    yield from _packed(names, body)


def statement(names: Sequence[str], row: Sequence[str]) -> str:
    """Return one row as a statement; without names of columns the first cell names the others."""
    if _is_caption(row) and len(row) > 1:
        return _only(row)
    if not names:
        cells = [cell for cell in row if cell]
        return f"{cells[0].rstrip(' :')}: {', '.join(cells[1:]).lstrip(': ')}" if len(cells) > 1 else " ".join(cells)
    pairs = [(name, cell) for name, cell in zip(names, row, strict=False) if cell]
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs)


def _packed(names: Sequence[str], body: list[list[str]]) -> Iterator[Block]:
    head = " / ".join(dict.fromkeys(name for name in names if name))
    lines: list[str] = []
    words = 0
    for row in body:
        text = statement(names, row)
        length = len(text.split())
        if lines and words + length > BLOCK_WORDS:
            yield _block(head, lines)
            lines, words = [], 0
        lines.append(text)
        words += length
    if lines:
        yield _block(head, lines)


def _block(head: str, lines: list[str]) -> Block:
    if not head:
        return Block(BlockKind.LIST, "\n".join(f"- {line}" for line in lines))
    return Block(BlockKind.TABLE, "\n".join([f"| {head} |", "| --- |", *(f"| {line} |" for line in lines)]))


def _header_rows(rows: list[list[str]]) -> int:
    """Return how many rows look like a header: text above figures, a second row below cells that span columns."""
    first = rows[0]
    if any(_FIGURE.match(cell) for cell in first):
        return 0
    if len(rows) > 2 and _spans(first) and not any(_FIGURE.match(cell) and not _is_year(cell) for cell in rows[1]):
        return 2
    if len(first) > 2 or len(rows) == 1:
        return 1
    figures_below = any(_FIGURE.match(cell) for row in rows[1:] for cell in row)
    return 1 if figures_below and not first[-1].startswith(":") else 0


def _spans(row: Sequence[str]) -> bool:
    return any(a and a == b for a, b in itertools.pairwise(row))


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", cell))


def _names(header: list[list[str]]) -> list[str]:
    if not header:
        return []
    columns = zip(*header, strict=True)
    return [" ".join(dict.fromkeys(cell for cell in column if cell)) for column in columns]


def _is_caption(row: Sequence[str]) -> bool:
    """Return whether a row says one thing: the same in all cells, or in the first alone of three or more."""
    filled = [cell for cell in row if cell]
    return len(set(filled)) == 1 and (len(filled) == len(row) or (len(row) > 2 and bool(row[0]) and len(filled) == 1))


def _only(row: Sequence[str]) -> str:
    return next(cell for cell in row if cell)


def _counts_columns(row: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: (1) (2) (3)."""
    wanted = [str(number) for number in range(1, len(row) + 1)]
    return len(row) > 2 and [cell.strip("()") for cell in row] == wanted and all(_NUMBERS_OF_COLUMNS.match(c) for c in row)
