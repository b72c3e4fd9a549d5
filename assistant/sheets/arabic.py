"""Arabic letters in the form that their neighbours ask for, in the order in which they are drawn. Pure.

For names on sheets: a PDF draws signs from left to right as they are given. One line of text is all that it knows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_RUN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669]+(?:[ .,'-]+[0-9A-Za-z\u00c0-\u024f\u0660-\u0669]+)*")
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")


def right_to_left(text: str) -> bool:
    """Tell whether a text holds a letter of a script that runs from right to left."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def drawn(text: str) -> str:
    """Return a text as it is drawn from left to right; one of another script stays as it is."""
    if not right_to_left(text):
        return text
    turned = _joined(text)[::-1].translate(_MIRRORED)
    return _LEFT_RUN.sub(lambda run: run[0][::-1], turned)


def _joined(text: str) -> str:
    """Return the letters of `text` in their initial, medial, final or isolated forms; marks that combine are left out."""
    letters = [character for character in unicodedata.normalize("NFC", text) if not unicodedata.combining(character)]
    plain = re.sub("\u0644([\u0622\u0623\u0625\u0627])", lambda pair: _ligatures()[pair[0]], "".join(letters))
    found = []
    for place, character in enumerate(plain):
        before = plain[place - 1] if place else ""
        after = plain[place + 1] if place + 1 < len(plain) else ""
        left, right = "initial" in _forms(before), "final" in _forms(after)
        forms = _forms(character)
        wanted = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get((left, right), "isolated")
        fallback = "final" if left else "isolated"
        found.append(forms.get(wanted) or forms.get(fallback) or character)
    return "".join(found)


def _forms(character: str) -> dict[str, str]:
    return _table().get(character, {})


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return the forms of each letter, as the Unicode database names them; a ligature is a letter with two forms."""
    table: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBC0), *range(0xFE80, 0xFEFD)):
        tag, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        if len(parts) == 1:
            table.setdefault(chr(int(parts[0], 16)), {})[tag.strip("<>")] = chr(code)
    for code in range(0xFEF5, 0xFEFD, 2):
        table[chr(code)] = {"isolated": chr(code), "final": chr(code + 1)}
    table["\u0640"] = dict.fromkeys(("isolated", "initial", "medial", "final"), "ـ")
    return table


@cache
def _ligatures() -> dict[str, str]:
    found = {}
    for code in range(0xFEF5, 0xFEFD, 2):
        _, *parts = unicodedata.decomposition(chr(code)).split()
        found["".join(chr(int(part, 16)) for part in parts)] = chr(code)
    return found
