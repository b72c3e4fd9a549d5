"""Numbers that a text writes in words, so that they can be held against quotes like figures. Pure."""

from __future__ import annotations

import re

from assistant.knowledge.figures import figures
from assistant.language import flat, numbers

_UNITS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_ONE_OF = {f"se{word}": value for word, value in _SCALES.items()}
_BROKEN = frozenset({"setengah", "seperempat", "koma"})
_FIRST = "|".join([*_UNITS, *_WHOLE, *_ONE_OF, "setengah", "seperempat"])
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
    total = group = unit = 0
    for part in parts:
        if part in _SCALES:
            total, group, unit = total + max(group + unit, 1) * _SCALES[part], 0, 0
        elif part == "belas":
            unit += 10
        elif part in ("puluh", "ratus"):
            group, unit = group + unit * (10 if part == "puluh" else 100), 0
        elif part in _ONE_OF:
            total += _ONE_OF[part]
        elif part in _WHOLE:
            group += _WHOLE[part]
        else:
            unit = _UNITS[part]
    return total + group + unit
