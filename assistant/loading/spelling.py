"""Lines of print -> running text: words broken at a line's end are joined again. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BROKEN = re.compile(r"(?P<before>[A-Za-zÀ-ÿ]{2,})(?P<mark>[-\u00ad\u2010\u2011\x02])$")
_FIRST = re.compile(r"[A-Za-zÀ-ÿ]+")
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}


def join_lines(lines: Iterable[str]) -> str:
    """Return lines as one text; a hyphen at a line's end goes unless the word keeps it (`undang-undangan`, `rata-rata`)."""
    text = ""
    for line in lines:
        line = line.strip()
        if not line:
            continue
        broken = _BROKEN.search(text)
        first = _FIRST.match(line)
        if broken and first and first[0][0].islower():
            keeps = broken["mark"] in "-\u2010\u2011\x02" and _doubled(broken["before"], first[0])
            text = text[: broken.start("mark")] + ("-" if keeps else "") + line
        elif broken and first:
            text = text[: broken.start("mark")] + "-" + line
        else:
            text = f"{text} {line}" if text else line
    return plain_letters(text.replace("\u00ad", "").replace("\x02", "-"))


def plain_letters(text: str) -> str:
    """Return text without ligatures and other letters that print needs and a search doesn't find."""
    return "".join(LIGATURES.get(letter, letter) for letter in text)


def _doubled(before: str, after: str) -> bool:
    """Return whether two parts are a doubled word: `usaha-usaha`, `undang-undangan`, `sayur-mayur`, `berkali-kali`."""
    one, other = before.lower(), after.lower()
    return other.startswith(one) or one.endswith(other) or (len(other) > 3 and len(one) > 3 and one[1:4] == other[1:4])
