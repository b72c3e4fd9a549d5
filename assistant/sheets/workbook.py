"""Results of a session -> the bytes of an .xlsx with charts that Excel draws. No text in it is ever a formula."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.sheets.cells import fill
from assistant.sheets.letters import xml_text
from assistant.sheets.steady import STAMP, steady
from assistant.sheets.tables import Cell, Sheet, Table, sheets
from assistant.sheets.values import AUTHOR
from assistant.training.results import Phase, Results

_HEAD, _TINT = PatternFill("solid", fgColor="0B5F59"), PatternFill("solid", fgColor="F2F7F6")
_LINE = Border(bottom=Side("thin", "C5CED6"))
_TOP = Alignment(vertical="top", wrap_text=True)
_FIRST, _LAST = "B4BFC9", "0B5F59"
"""The colours of the two tests in the charts: told apart in grey print as well."""


def results_xlsx(results: Results) -> bytes:
    """Return the workbook of a session: Ringkasan, Peserta, Topik, Soal, Miskonsepsi, Jawaban mentah.

    Scores are whole numbers from 0 to 100. The same results give the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(results):
        _write(book.create_sheet(sheet.name), sheet)
    book.properties.title, book.properties.creator = xml_text(f"Hasil: {results.session.title}")[:255], AUTHOR
    book.properties.created = book.properties.modified = STAMP
    file = io.BytesIO()
    book.save(file)
    return steady(file.getvalue())


def _write(page: Worksheet, sheet: Sheet) -> None:
    top = 1
    for note in sheet.notes:
        _fill(page, top, 1, note)
        page.cell(top, 1).alignment = Alignment(vertical="top")
        top += 1
    top += bool(sheet.notes)
    starts = []
    for table in sheet.tables:
        starts.append(top + bool(table.title))
        top = _table(page, table, top) + 1
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    if sheet.chart:
        _chart(page, sheet, starts[sheet.charted])
    if len(sheet.tables) == 1:
        table = sheet.tables[0]
        page.freeze_panes = "C2" if table.head[0] == "No." else "A2"
        page.print_title_rows = "1:1"
        page.auto_filter.ref = f"A1:{get_column_letter(len(table.head))}{len(table.rows) + 1}"
    _print_setup(page, sheet)


def _table(page: Worksheet, table: Table, top: int) -> int:
    """Write a table from the row `top` on; returns the row after it."""
    if table.title:
        _fill(page, top, 1, table.title)
        page.cell(top, 1).font = Font(bold=True, size=13, color="0B5F59")
        page.cell(top, 1).alignment = Alignment(vertical="top")
        top += 1
    for column, name in enumerate(table.head, 1):
        _fill(page, top, column, name)
        cell = page.cell(top, column)
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), _HEAD, _TOP
    for row in table.rows:
        top += 1
        for column, value in enumerate(row, 1):
            _fill(page, top, column, value)
            page.cell(top, column).border = _LINE
    return top + 1


def _fill(page: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = page.cell(row, column)
    assert isinstance(cell, ExcelCell)
    cell.alignment = _TOP
    fill(cell, value)
    if isinstance(value, float):
        cell.number_format = "0.00"


def _chart(page: Worksheet, sheet: Sheet, head: int) -> None:
    """Draw the tests of a table side by side, right of it."""
    table = sheet.tables[sheet.charted]
    tests = sum(name.startswith(tuple(Phase)) for name in table.head)
    if not tests or not table.rows:
        return
    chart = BarChart()
    chart.type, chart.title, chart.style = ("col" if sheet.charted else "bar"), sheet.chart, 10
    last = head + len(table.rows)
    chart.add_data(Reference(page, min_col=2, max_col=1 + tests, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=last))
    colours = [_FIRST, _LAST] if tests == 2 else [_LAST]
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.gapWidth, chart.legend.position = 60, "b"
    if not sheet.charted:
        chart.y_axis.scaling.max, chart.x_axis.scaling.orientation = 100, "maxMin"
    chart.width, chart.height = 22, max(9.0, 1.4 * len(table.rows) + 4 if not sheet.charted else 9.0)
    page.add_chart(chart, f"{get_column_letter(len(sheet.widths) + 2)}{max(2, head - 1)}")


def _print_setup(page: Worksheet, sheet: Sheet) -> None:
    setup = page.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", 9, 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    foot: Any = page.oddFooter
    foot.left.text, foot.right.text = f"{AUTHOR} · {sheet.name}", "Halaman &P dari &N"
    page.page_margins.left = page.page_margins.right = 0.5
