"""The bytes of an Excel or CSV file -> Content: each row a statement with the names of its columns; openpyxl is named here."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from assistant.loading.content import Content, Item, ItemKind, Limits, ReadError, Tick, sections_of
from assistant.loading.notes import hidden_note
from assistant.loading.ooxml import Package
from assistant.loading.text import decoded

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
MONTHS = tuple(_MONTHS.split())
Notes = tuple[str, ...]
MOST_MERGED = 200_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
_UNCOUNTED = re.compile(
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def read_xlsx(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a workbook by sheet; hidden sheets, rows and columns are left out and counted.

    Raises ReadError for a broken or dangerous package and for merged areas that no person makes.
    """
    book, told = open_book(raw, limits)
    items: list[Item] = []
    hidden_sheets = hidden_rows = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden_sheets += 1
            continue
        rows, left_out = _rows(sheet)
        hidden_rows += left_out
        items.append(Item(ItemKind.HEADING, sheet.title, 1))
        items += [Item(ItemKind.TABLE, page=f"lembar {sheet.title}", rows=table) for table in _tables(rows)]
    macros, uncounted = told
    notes = [*macros, *hidden_note(hidden_sheets, "lembar"), *hidden_note(hidden_rows, "baris atau kolom"), *uncounted]
    return Content(sections_of(items), book.properties.title or "", tuple(notes))


def open_book(raw: bytes, limits: Limits) -> tuple[Any, tuple[Notes, Notes]]:
    """Return the workbook of bytes, without formulas, and what to know of it: macros; formulas without a stored value.

    Raises ReadError for a broken or dangerous package and for merged areas that no person makes.
    """
    package = Package(raw, limits)
    package.check()
    uncounted = 0
    for name in package.names("xl/worksheets/"):
        if name.endswith(".xml"):
            part = package.bytes_of(name)
            uncounted += len(_UNCOUNTED.findall(part))
            if sum(_area(reference.decode()) for reference in _MERGED.findall(part)) > MOST_MERGED:
                raise ReadError("memuat sel gabungan yang terlalu luas", "Batalkan penggabungan sel itu, lalu ulangi.")
    book = load_workbook(BytesIO(raw), data_only=True, keep_links=False)
    if len(book.worksheets) > limits.pages:
        raise ReadError(f"{len(book.worksheets)} lembar, paling banyak {limits.pages}", "Bagi menjadi beberapa berkas.")
    note = f"{uncounted} rumus tanpa nilai tersimpan tidak dimuat; buka dan simpan di Excel agar nilainya ada."
    return book, (package.notes, (note,) if uncounted else ())


def read_csv(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a CSV file; the delimiter and the encoding are guessed."""
    rows, notes = csv_rows(raw)
    items = [Item(ItemKind.TABLE, page=None, rows=table) for table in _tables(rows)]
    return Content(sections_of(items), "", notes)


def csv_rows(raw: bytes) -> tuple[list[list[str]], Notes]:
    """Return the rows of a CSV file, empty ones too, and a note when its encoding had to be guessed."""
    text, notes = decoded(raw)
    text = text.replace("\x00", "")
    head = "\n".join(text.split("\n")[:20])
    delimiter = max(";,\t|", key=lambda mark: (_steady(head, mark), head.count(mark)))
    old = csv.field_size_limit(1_000_000)
    try:
        return [[c.strip() for c in row[:MOST_COLUMNS]] for row in csv.reader(StringIO(text), delimiter=delimiter)], notes
    except csv.Error:
        raise ReadError("CSV rusak", "Simpan ulang sebagai CSV atau .xlsx, lalu ulangi.") from None
    finally:
        csv.field_size_limit(old)


def _steady(head: str, mark: str) -> int:
    """Return how many lines have as many of a mark as the first that has any."""
    counts = [line.count(mark) for line in head.split("\n") if line.strip()]
    first = next((count for count in counts if count), 0)
    return sum(1 for count in counts if count == first) if first else 0


def _rows(sheet: Any) -> tuple[list[list[str]], int]:
    """Return the visible rows of a sheet, merged cells repeated, and how many rows and columns with text are hidden."""
    numbered, left_out = numbered_rows(sheet)
    rows: list[list[str]] = []
    last = 0
    for row, cells in numbered:
        if last and row > last + 1:
            rows.append([])
        rows.append(cells)
        last = row
    return rows, left_out


def numbered_rows(sheet: Any) -> tuple[list[tuple[int, list[str]]], int]:
    """Return the visible rows with their numbers, merged cells repeated, and how many rows and columns with text are hidden."""
    cells: dict[tuple[int, int], str] = {
        place: shown(cell.value, cell.number_format) for place, cell in sheet._cells.items() if cell.value is not None
    }
    if len(cells) > MOST_CELLS:
        raise ReadError(f"lebih dari {MOST_CELLS:,} sel".replace(",", "."), "Bagi menjadi beberapa berkas.")
    for area in sheet.merged_cells.ranges:
        text = cells.get((area.min_row, area.min_col), "")
        if text:
            cells |= {(r, c): text for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)}
    hidden_rows = {number for number, looks in sheet.row_dimensions.items() if looks.hidden}
    hidden_columns: set[int] = set()
    for looks in sheet.column_dimensions.values():
        if looks.hidden and looks.min and looks.max:
            hidden_columns |= set(range(looks.min, min(looks.max, MOST_COLUMNS) + 1))
    filled_rows, filled_columns = {row for row, _ in cells}, {column for _, column in cells}
    columns = sorted(filled_columns - hidden_columns)[:MOST_COLUMNS]
    rows = [(row, [cells.get((row, column), "") for column in columns]) for row in sorted(filled_rows - hidden_rows)]
    return rows, len(filled_rows & hidden_rows) + len(filled_columns & hidden_columns)


def _tables(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    """Yield the tables of a sheet: empty rows stand between them, unless what follows has no header of its own."""
    tables: list[list[list[str]]] = [[]]
    for row in rows:
        if any(row):
            tables[-1].append(row)
        elif tables[-1]:
            tables.append([])
    yield from (table for table in tables if table)


def shown(value: Any, form: str) -> str:
    """Return the value of a cell as an Indonesian reader writes it: `4.500.000`, `12,5%`, `3 Maret 2027`."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        day = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        return day if value.time() == time() else f"{day} pukul {value:%H.%M}"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:.1f} jam".replace(".", ",")
    if isinstance(value, int | float):
        return _figure(value, form or "General")
    return str(value).strip()


def _figure(number: float, form: str) -> str:
    percent = "%" in form
    number = number * 100 if percent else number
    # A NIK that was typed as a number has 16 digits: written out it is masked later, as 6,47e+15 it would not be.
    whole = float(number).is_integer() and abs(number) < 1e18
    places = len(match[1]) if (match := re.search(r"[.](0+)", form)) else 0
    grouped = "#,#" in form or "," in form.split(".", maxsplit=1)[0]
    if whole and not places:
        text = f"{int(number):,}" if grouped else str(int(number))
    elif form == "General" or not places:
        text = f"{number:,.10g}" if grouped else f"{number:.10g}"
    else:
        text = f"{number:,.{places}f}" if grouped else f"{number:.{places}f}"
    text = text.replace(",", "\x00").replace(".", ",").replace("\x00", ".")
    money = "Rp" if "Rp" in form else ""
    return f"{money}{text}{'%' if percent else ''}"


def _area(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return MOST_MERGED + 1
    return (int(right or 0) - int(left or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)
