"""What a file can hold of any text: the letters of a standard PDF font (cp1252), the characters of XML. Pure."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LETTERS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "tidak sama dengan",
    "≈": "kira-kira",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "⇔": "<=>",
    "↑": "^",
    "↓": "v",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "‒": "–",
    "―": "—",
    "∙": "•",
    "●": "•",
    "○": "o",
    "▪": "•",
    "■": "•",
    "□": "[ ]",
    "☐": "[ ]",
    "☑": "[v]",
    "✓": "v",
    "✔": "v",
    "✅": "[v]",
    "✕": "x",
    "✗": "x",
    "✘": "x",
    "❌": "[x]",
    "△": "!",
    "⚠": "[!]",
    "★": "*",
    "☆": "*",
    "′": "'",
    "″": '"',
    "‛": "'",
    "‟": '"',
    "∞": "tak hingga",
    "√": "akar ",
    "∑": "jumlah ",
    "\u2028": "\n",
    "\u2029": "\n",
}
"""What is written for a sign that the font lacks."""

EMOJI, UNKNOWN = "[emoji]", "?"
_UNSEEN = frozenset("\u00ad\ufe0e\ufe0f\u20e3")


def printable(text: str) -> str:
    """Return `text` with only letters that cp1252 holds; control characters go, line breaks and tabs (as blanks) stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(character: str) -> str:
    if character == "\n" or (" " <= character <= "~"):
        return character
    category = unicodedata.category(character)
    if character in LETTERS:
        return LETTERS[character]
    if category in ("Cc", "Cf") or character in _UNSEEN:
        return ""
    if _fits(character):
        return character
    if category == "Zs":
        return " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if plain != character:
        return "".join(map(_letter, plain))
    if category == "Mn" or category == "Sk":
        return ""
    return EMOJI if category == "So" else UNKNOWN


def _fits(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def xml_text(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids, its lines ended one way: for office files and drawings."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
