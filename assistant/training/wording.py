"""Words that give an answer away and words that tell another time; shared by the generators and the checks. Pure."""

from __future__ import annotations

import re

ABSOLUTE = re.compile(
    r"\b(?:hanya|pasti|semua|semuanya|selalu|seluruh|seluruhnya|sama sekali|otomatis|mutlak|tidak pernah|siapa pun|apa pun"
    r"|sepenuhnya|langsung|cukup|saja|persis|terbatas|sembarang)\b",
    re.I,
)
"""Absolute words: test-wise people call a claim or an option with one of them wrong."""

PAST_OR_PLANNED = re.compile(
    r"\b(?:(?:19|20)\d\d|(?<!berapa )(?<!paling )lama|dulu|dahulu|pernah|dicabut|usang|sebelum\w*|semula|masa DTKS"
    r"|\w*rencana\w*|target\w*|WRSE)\b",
    re.I,
)
"""What tells a reader that a question is about another time."""

DANGLING = re.compile(
    r"^(?:(?:Itu|Ini|Hal|Ia|Mereka|Namun|Tetapi|Selain itu|Contoh lain|Angka itu|Jumlah itu)\b|(?:\S+ ){0,5}(?:itu|tersebut)\b)"
)
"""A sentence that begins like this says what it is about only in the one before it."""
