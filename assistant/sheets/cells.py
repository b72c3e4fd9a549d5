"""One cell of a workbook: a text stays a text, whatever it looks like. Pure."""

from __future__ import annotations

from typing import Any

from assistant.sheets.letters import xml_text

LONGEST_CELL = 32_000
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a text as a formula."""


def fill(cell: Any, value: str | int | float | None) -> None:
    """Put a value into a cell of openpyxl; a text is cleaned, cut at what a cell takes, and never becomes a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = xml_text(value)[:LONGEST_CELL]
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULAS)
