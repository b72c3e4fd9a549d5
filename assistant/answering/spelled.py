"""Numbers that a text writes in words, so that they can be held against quotes like figures. Pure."""

from __future__ import annotations

import re

from assistant.knowledge.figures import SCALES, UNITS, WHOLE, figures, number_of
from assistant.language import flat, numbers

_SCALES = {word: power for word, power in {**SCALES, "milyar": 9}.items() if len(word) > 2}
_ONE_OF = {f"se{word}": power for word, power in _SCALES.items()}
_BROKEN = frozenset({"setengah", "seperempat", "koma"})
_FIRST = "|".join([*UNITS, *WHOLE, *_ONE_OF, "setengah", "seperempat"])
_NEXT = "|".join([_FIRST, "belas", "puluh", "ratus", *_SCALES, "koma"])
_PHRASE = re.compile(rf"(?<![\w-])(?:{_FIRST})(?:\s+(?:{_NEXT}))*(?![\w-])", re.I)
_NO_COUNT = re.compile(r"\bsalah satu\b|\bsatu (?:per|demi) satu\b|\bsatu sama lain\b|\bsatu pun\b|\bsatu[- ]satunya\b", re.I)
_SINGLE = re.compile(r"\bse(?:kali|orang|buah|tahun|bulan|minggu|hari|jam|lembar|unit|jenis|paket)\b", re.I)
"""Words that say one without a number: `sekali` bears out `satu kali`."""


def spelled(text: str) -> dict[str, str]:
    """Return the numbers that `text` writes in words, each with its value in digits.

    What is broken (`setengah`, `empat koma lima juta`) is its own value: it has to stand in a quote in the same words.
    """
    found = {}
    for match in _PHRASE.finditer(_NO_COUNT.sub(" ", text)):
        phrase = flat(match[0].lower())
        found[phrase] = phrase if _BROKEN & set(phrase.split()) else str(_value(phrase.split()))
    return found


def borne_out(text: str) -> frozenset[str]:
    """Return the values that a quote bears out, whether it writes them in digits or in words."""
    single = {"1"} if _SINGLE.search(text) else set()
    return frozenset({*figures(text), *numbers(text), *spelled(text).values(), *single})


def _value(parts: list[str]) -> int:
    total, group = 0, list[str]()
    for part in parts:
        if part in _ONE_OF:
            total += 10 ** _ONE_OF[part]
        elif part in _SCALES:
            total, group = total + max(number_of(group), 1) * 10 ** _SCALES[part], []
        else:
            group.append(part)
    return total + number_of(group)
