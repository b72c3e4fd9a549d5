"""Tables of invented candidates for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from assistant.loading.cells import Cells

NIK = "6472010203040005"


def cells(*rows: Sequence[str], sheet: str = "Calon", start: int = 1) -> Cells:
    """Return a sheet as the child process reads it."""
    return Cells(sheet, tuple((number, tuple(row)) for number, row in enumerate(rows, start)))


def csv_bytes(*rows: Sequence[str], mark: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=mark).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_bytes(*rows: Sequence[Any]) -> bytes:
    """Return rows as a workbook of one sheet; a text that begins with `=` is a formula."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
