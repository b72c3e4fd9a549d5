"""The bytes of a table -> the cells of its sheets, as they stand: for a table of candidates, of which nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.loading.content import Limits, ReadError
from assistant.loading.isolation import Workshop
from assistant.loading.notes import hidden_note
from assistant.loading.sniffing import checked_format, promised, unsupported

LIMITS = Limits(mb=1, pages=50, seconds=25, memory_mb=1024)
"""An upload is at most 1 MiB; unpacked it may take twenty times as much."""

NO_TABLE = "Simpan sebagai .xlsx atau .csv, lalu ulangi."
TOO_LONG = "Salin isinya ke templat yang disediakan di halaman ini, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Cells:
    """One sheet: its rows with the numbers that Excel shows; all cells are text, empty ones are ""."""

    sheet: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_cells(raw: bytes, name: str) -> tuple[tuple[Cells, ...], tuple[str, ...]]:
    """Return the visible sheets of an .xlsx or .csv and what to know of the reading; a child process that is then gone reads it.

    Raises ReadError with the way out; nothing is written to the disk.
    """
    with Workshop(LIMITS) as workshop:
        try:
            answer = workshop.ask_bytes(raw, name)
        except ReadError as error:
            raise ReadError(str(error), TOO_LONG if "FILE_" in error.remedy else error.remedy) from None
    return cells_from(answer["cells"]), tuple(map(str, answer["notes"]))


def cells_of(raw: bytes, name: str, limits: Limits) -> Mapping[str, Any]:
    """Return cells and notes of a table as JSON values: what the child process does."""
    from assistant.loading.sheet import csv_rows, numbered_rows, open_book

    if promised(name) not in ("xlsx", "csv"):
        old = name.lower().endswith((".xls", ".ods"))
        raise ReadError(*(unsupported(name) if old else ("bukan tabel .xlsx atau .csv", NO_TABLE)))
    if checked_format(raw, name) == "csv":
        rows, notes = csv_rows(raw)
        return {"cells": [{"sheet": "", "rows": [*enumerate(_without_mark(rows), 1)]}], "notes": list(notes)}
    book, (macros, uncounted) = open_book(raw, limits)
    sheets, hidden_sheets, hidden_parts = [], 0, 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden_sheets += sheet.title not in OWN_SHEETS
            continue
        numbered, left_out = numbered_rows(sheet)
        hidden_parts += left_out
        sheets.append({"sheet": sheet.title, "rows": numbered})
    hidden = (*hidden_note(hidden_sheets, "lembar"), *hidden_note(hidden_parts, "baris atau kolom"))
    return {"cells": sheets, "notes": [*macros, *uncounted, *hidden]}


OWN_SHEETS = frozenset({"Pilihan"})
"""Hidden in the template that this app makes: the lists of its answers."""


def cells_from(values: Any) -> tuple[Cells, ...]:
    """Return the cells of JSON values."""
    return tuple(
        Cells(str(sheet["sheet"]), tuple((int(number), tuple(map(str, row))) for number, row in sheet["rows"]))
        for sheet in values
    )


def _without_mark(rows: list[list[str]]) -> list[list[str]]:
    """Return rows with the line `sep=;` emptied, by which Excel is told the delimiter."""
    mark = bool(rows) and re.fullmatch(r"sep=.?", "".join(rows[0]), re.I) is not None
    return [[], *rows[1:]] if mark else rows
