"""Laid-out pages -> Content: tables, margins, reading order, headings, legal places. Pure."""

from __future__ import annotations

from assistant.loading.content import Content, sections_of
from assistant.loading.flow import items_of
from assistant.loading.grids import ruled_tables, with_open_tables
from assistant.loading.layout import Grid, Line, Page, Piece, in_reading_order, lines_of
from assistant.loading.legal import legal_items
from assistant.loading.margins import without_margins


def content_of(pages: list[Page], notes: list[str], *, exact: bool = True) -> Content:
    """Return the content of laid-out pages."""
    tables: list[list[Grid]] = []
    rests: list[tuple[float, list[Line]]] = []
    for page in pages:
        grids, rest = ruled_tables(page.words, page.rules)
        tables.append(grids)
        rests.append((page.height, lines_of(rest)))
    cleaned = without_margins(rests)
    laid: list[tuple[str, list[Piece]]] = []
    for page, grids, lines in zip(pages, tables, cleaned, strict=True):
        laid.append((page.number, with_open_tables(in_reading_order(lines, grids, page.width))))
    title, items = items_of(_with_headers(laid), exact=exact)
    return Content(sections_of(legal_items(items)), title, tuple(notes))


def _with_headers(laid: list[tuple[str, list[Piece]]]) -> list[tuple[str, list[Piece]]]:
    """Give a table that goes on at the head of a page the header of the table that ended the page before."""
    last: Grid | None = None
    for _, pieces in laid:
        if last is not None and pieces and isinstance(pieces[0], Grid):
            grid = pieces[0]
            same = len(grid.rows[0]) == len(last.rows[0]) and abs(grid.x0 - last.x0) < 6 and abs(grid.x1 - last.x1) < 6
            if same and list(grid.rows[0]) != list(last.rows[0]):
                pieces[0] = Grid([last.rows[0], *grid.rows], grid.x0, grid.top, grid.x1, grid.bottom)
        end = pieces[-1] if pieces else None
        last = end if isinstance(end, Grid) else None
    return laid
