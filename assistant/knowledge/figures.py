"""The figures of an Indonesian text in one form, so that a statement can be compared with its facts. Pure.

A figure is a token: `4500000` (Rp4,5 juta), `80%`, `13/2011` (a regulation), `22 oktober` (a day) or `oktober` (a month).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.language import canonical_number, without_labels

_MONTHS = ["januari", "februari", "maret", "april", "mei", "juni"]
_MONTHS += ["juli", "agustus", "september", "oktober", "november", "desember"]
UNITS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}
WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "triliun": 12}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}

_BULLET = re.compile(r"^\s*\d+[.)]\s", re.M)
_CODE = re.compile(r"\b[A-Z]-\d{3}\b|\b(?!Rp\d)[^\W\d_]+\d+\w*")
_ROMAN_WORD = re.compile(r"\b(?:VI{0,3}|I{1,3}|IV|IX|X)\b")
_REFERENCE = re.compile(r"\b(\d{1,3})(?:/[A-Z][\w.]*)?(?:/|\s+[Tt]ahun\s+)((?:19|20)\d\d)\b")
_DATE = re.compile(rf"(?:\b(\d{{1,2}})(?:\s*[-–]\s*(\d{{1,2}}))?\s+)?\b({'|'.join(_MONTHS)})\b", re.I)
_ISO = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
_NUMBER = r"\d+(?:[.,]\d+)*"
_QUANTITY = re.compile(
    rf"({_NUMBER})(?:\s*(?:[-–—]|sampai|hingga|s\.d\.)\s*(?:Rp\s?)?({_NUMBER})|\s+(?:dan|atau)\s+Rp\s?({_NUMBER}))?"
    rf"\s*({'|'.join(SCALES)}|%|persen\b)?",
    re.I,
)
_SPELLED = re.compile(
    rf"\b(?:{'|'.join([*UNITS, *WHOLE])})(?:\s+(?:{'|'.join([*UNITS, *WHOLE])}|belas|puluh|ratus))*\b", re.I
)


def figures(text: str) -> frozenset[str]:
    """Return the figures of `text`; list numbering, labels and codes (B-030, P3KE) are none, numbers in words stay out."""
    text = _ISO.sub(_written, _BULLET.sub(" ", without_labels(text)))
    found = references(text)
    for day, last, month in _DATE.findall(text):
        found |= {month.lower(), *(f"{int(number)} {month.lower()}" for number in (day, last) if number)}
    text = _DATE.sub(" ", _REFERENCE.sub(" ", text))
    text = _ROMAN_WORD.sub(lambda match: str(_ROMAN[match[0]]), _CODE.sub(" ", text))
    for match in _QUANTITY.finditer(text):
        found |= _quantities(match)
    return found


def references(text: str) -> frozenset[str]:
    """Return the regulations named by number and year (`13/2011` for UU 13/2011), and their years."""
    return frozenset(part for number, year in _REFERENCE.findall(text) for part in (f"{int(number)}/{year}", year))


def spelled_out(text: str) -> str:
    """Return `text` with numbers in words from two on as digits: `dua belas` -> `12`; `satu` is mostly an article and stays."""
    return _SPELLED.sub(lambda match: match[0] if match[0].lower() == "satu" else str(number_of(match[0].lower().split())), text)


def number_of(parts: Sequence[str]) -> int:
    """Return the value of number words in a row, up to thousands: `dua ratus lima` -> 205; 0 for none."""
    total = current = 0
    for part in parts:
        if part == "belas":
            current += 10
        elif part in ("puluh", "ratus"):
            total, current = total + current * (10 if part == "puluh" else 100), 0
        elif part in WHOLE:
            total, current = total + WHOLE[part], 0
        else:
            current = UNITS[part]
    return total + current


def _written(match: re.Match[str]) -> str:
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{_MONTHS[(int(match[2]) - 1) % 12]} {match[1]}"


def _quantities(match: re.Match[str]) -> set[str]:
    """Return one figure or both ends of a range; `Rp4,5–5 juta` gives its scale to both, `Rp500.000–1 juta` to one."""
    first, last, unit = match[1], match[2] or match[3], (match[4] or "").lower()
    shared = last is None or Decimal(canonical_number(first)) < 1000
    return {_amount(first, unit if shared else "")} | ({_amount(last, unit)} if last else set())


def _amount(number: str, unit: str) -> str:
    value = Decimal(canonical_number(number)).scaleb(SCALES.get(unit, 0))
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + ("%" if unit in ("%", "persen") else "")
