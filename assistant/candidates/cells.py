"""One cell of a table of candidates -> what the engine reads, the code of a row, or a masked number. Pure."""

from __future__ import annotations

import re

from assistant.language import words
from assistant.privacy import mask

LONGEST_KEY = 20
MOST_KEY_DIGITS = 8
"""A code with more digits may be somebody's number."""

_KEY = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+){0,3}")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?1\d", re.I)
"""How a spreadsheet writes a long number, such as a NIK, into a CSV."""

HIDDEN = "[nomor panjang disamarkan]"
_SHORT = {
    **dict.fromkeys(("y", "v", "true", "benar", "iya", "✓", "✔", "√"), "ya"),
    **dict.fromkeys(("t", "n", "tdk", "no", "false", "bukan", "enggak", "nggak", "gak"), "tidak"),
    **dict.fromkeys(("?", "n/a", "na", "kosong", "tidak tahu", "tdk tahu", "belum tau", "blm tahu", "blm tau"), ""),
}


def tidy(cell: str) -> tuple[str, bool]:
    """Return a cell as the engine reads it, and whether a personal number was masked in it; a bare sign is empty."""
    text = " ".join(cell.split())
    masked, found = mask(text)
    if found or _SCIENTIFIC.fullmatch(text):
        return (masked if found else HIDDEN), True
    if text.lower() in _SHORT:
        return _SHORT[text.lower()], False
    return (text if words(text) else ""), False


def read_key(cell: str) -> str | None:
    """Return the code of a row, "" for an empty cell, None for one that may be a name or somebody's number."""
    text = " ".join(cell.split())
    if not text:
        return ""
    short = len(text) <= LONGEST_KEY and sum(map(str.isdigit, text)) <= MOST_KEY_DIGITS
    return text if short and _KEY.fullmatch(text) and not mask(text)[1] else None
