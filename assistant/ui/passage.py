"""Passage -> HTML with one stretch marked. Pure; everything that comes from a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from assistant.types import BlockKind, Passage

_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_TAGS = {BlockKind.LIST: "ul", BlockKind.STEPS: "ol"}


def safe(text: str) -> str:
    """Return `text` escaped for HTML content and attributes."""
    return escape(text, quote=True)


def passage_html(passage: Passage, start: int = 0, end: int = 0) -> str:
    """Return the whole passage as paragraphs, lists and tables, with `text[start:end]` in <mark>."""
    pieces = list(_blocks(passage.text))
    kinds = passage.blocks if len(passage.blocks) == len(pieces) else (BlockKind.PARAGRAPH,) * len(pieces)
    return "".join(_block(kind, lines, start, end) for kind, lines in zip(kinds, pieces, strict=True))


Line = tuple[int, str]


def _blocks(text: str) -> Iterator[list[Line]]:
    """Yield the lines of each block with their offsets; an empty line separates blocks."""
    position = 0
    for block in text.split("\n\n"):
        lines: list[Line] = []
        for line in block.split("\n"):
            lines.append((position, line))
            position += len(line) + 1
        position += 1
        yield lines


def _block(kind: BlockKind, lines: list[Line], start: int, end: int) -> str:
    if kind is BlockKind.TABLE:
        return _table(lines, start, end)
    if kind not in _TAGS:
        return "<p>" + "<br>".join(_marked(offset, line, start, end) for offset, line in lines) + "</p>"
    lead = "".join(f"<p>{_marked(o, line, start, end)}</p>" for o, line in lines if not _ITEM.match(line))
    items = "".join(_item(kind, offset, line, start, end) for offset, line in lines if _ITEM.match(line))
    return f"{lead}<{_TAGS[kind]}>{items}</{_TAGS[kind]}>"


def _item(kind: BlockKind, offset: int, line: str, start: int, end: int) -> str:
    sign = _ITEM.match(line)
    width = sign.end() if sign else 0
    number = re.match(r"\s*(\d+)", line) if kind is BlockKind.STEPS else None
    value = f' value="{int(number[1])}"' if number else ""
    return f"<li{value}>{_marked(offset + width, line[width:], start, end)}</li>"


def _table(lines: list[Line], start: int, end: int) -> str:
    rows: list[str] = []
    for order, (offset, line) in enumerate(lines):
        cells: list[str] = []
        for cell in line.split(" | "):
            tag = "td" if order else "th"
            cells.append(f"<{tag}>{_marked(offset, cell, start, end)}</{tag}>")
            offset += len(cell) + 3
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return '<div class="tabel" tabindex="0" role="group" aria-label="Tabel"><table>' + "".join(rows) + "</table></div>"


def _marked(offset: int, text: str, start: int, end: int) -> str:
    """Return `text`, which begins at `offset` of the passage, with its part of the stretch marked."""
    left, right = max(start - offset, 0), min(end - offset, len(text))
    if left >= right:
        return safe(text)
    return f"{safe(text[:left])}<mark>{safe(text[left:right])}</mark>{safe(text[right:])}"
