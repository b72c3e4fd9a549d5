"""Whole numbers out of addresses and forms. Pure."""

from __future__ import annotations

LONGEST = 9
"""More digits than any number of a page has; of very long ones Python makes no number."""


def whole(text: str) -> int | None:
    """Return the number that `text` writes in digits; None for anything else and for one of more than nine digits."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
