"""Sheets of text as values -> the bytes of an .xlsx; openpyxl writes here alone. A text never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.sheets.cells import fill
from assistant.sheets.values import AUTHOR

_HEAD = PatternFill("solid", fgColor="0B5F59")
_TOP = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a workbook: rows of texts and whole numbers; `head` is the number of the row that names the columns.

    `choices` gives the range of allowed texts by the number of a column, for `filled` rows below the head.
    """

    name: str
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[float]
    head: int = 1
    frozen: str = ""
    choices: Mapping[int, str] = field(default_factory=dict)
    filled: int = 0
    hidden: bool = False
    searchable: bool = False


def workbook_bytes(leaves: Sequence[Leaf], *, title: str, at: datetime) -> bytes:
    """Return the workbook; characters that XML forbids are dropped, and a text that looks like a formula stays a text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for leaf in leaves:
        _write(book.create_sheet(leaf.name), leaf)
    book.properties.title, book.properties.creator = title, AUTHOR
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Worksheet, leaf: Leaf) -> None:
    for number, row in enumerate(leaf.rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            fill(cell, value)
            cell.alignment = _TOP
            if number == leaf.head:
                cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
            elif number < leaf.head:
                cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    for column, width in enumerate(leaf.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column, source in leaf.choices.items():
        letter = get_column_letter(column)
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Pilih dari daftar", "Pilih salah satu jawaban dari daftar, atau kosongkan."
        rule.add(f"{letter}{leaf.head + 1}:{letter}{leaf.head + leaf.filled}")
        sheet.add_data_validation(rule)
    if leaf.frozen:
        sheet.freeze_panes = leaf.frozen
    if leaf.searchable and leaf.rows:
        last = get_column_letter(len(leaf.rows[leaf.head - 1]))
        sheet.auto_filter.ref = f"A{leaf.head}:{last}{len(leaf.rows)}"
    if leaf.hidden:
        sheet.sheet_state = "hidden"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{leaf.head}:{leaf.head}"
