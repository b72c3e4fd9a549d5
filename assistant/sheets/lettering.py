"""The font that holds a name: Helvetica, else one of the computer's that has all its signs, else none.

Nothing is embedded for the usual name. A name that no font holds is left for a pen, never printed as question marks.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from assistant.sheets.arabic import drawn
from assistant.sheets.letters import UNKNOWN, printable

FONTS = (
    ("UEP-DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    ("UEP-DejaVu", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf"),
    ("UEP-DejaVu", "/usr/share/fonts/dejavu/DejaVuSans.ttf"),
    ("UEP-ArialUnicode", "/Library/Fonts/Arial Unicode.ttf"),
    ("UEP-Arial", "C:/Windows/Fonts/arial.ttf"),
)
"""Fonts with many scripts, by the name that a PDF gets and the usual place."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So"})
"""Signs that are no part of a name: controls, surrogates, emoji."""


@dataclass(frozen=True, slots=True)
class Lettered:
    """A text as it is drawn and the fonts to draw it with."""

    text: str
    regular: str
    bold: str


def lettered(text: str) -> Lettered | None:
    """Return one line as it is drawn, or None when no font at hand holds it."""
    line = " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) not in _DROPPED).split())
    plain = printable(line)
    if plain.count(UNKNOWN) == line.count(UNKNOWN):
        return Lettered(plain, "Helvetica", "Helvetica-Bold")
    turned = drawn(line)
    for name, path in FONTS:
        signs = _signs(name, path)
        if signs and all(ord(character) in signs for character in turned):
            return Lettered(turned, name, name)
    return None


@cache
def _signs(name: str, path: str) -> frozenset[int]:
    """Return the signs of a font, which is made known under its name; nothing when it isn't there."""
    if not Path(path).is_file():
        return frozenset()
    try:
        font = TTFont(name, path)
    except TTFError:
        return frozenset()
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)
