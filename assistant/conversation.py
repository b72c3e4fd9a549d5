"""Make a follow-up standalone: what it leaves out is taken from the conversation. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.language import words
from assistant.types import Turn

_GOES_ON = re.compile(r"^\W*(terus|trus|trs|lalu|lha|nah|itu|yang itu|yg itu|ok|oke|dan|bunga|and|what about|then)\b", re.I)
_MAY_GO_ON = re.compile(r"^\W*(kalau|klo|kalo|kl|bagaimana|gmn|gimana)\b", re.I)
"""Openings of a follow-up, and of a whole question too ("kalau barang UEP dijual, …")."""
_POINTS_BACK = re.compile(r"\b(itu|tersebut|tadi|nya|tsb|begitu|gitu|sana|dia|mereka|it|that)\b|\w+nya\b", re.I)
SHORT, SHORTEST = 9, 5


def standalone(question: str, history: Sequence[Turn], *, programmes: Collection[str] = ()) -> str:
    """Return `question` with the last user question before it when it can't be understood alone.

    One that names one of the `programmes` (words in small letters) says itself what it is about: joined with the question before,
    it would be answered with that one's subject. "Bedanya" and "sanksinya" then point to what it names.
    """
    before = [turn.text for turn in history if turn.role == "user" and turn.text.strip()]
    if not before:
        return question
    said = words(question)
    whole = not set(programmes).isdisjoint(said)
    points = len(said) <= SHORT and bool(_POINTS_BACK.search(question))
    depends = len(said) <= SHORTEST or bool(_GOES_ON.search(question))
    depends = depends or (not whole and (points or bool(_MAY_GO_ON.search(question))))
    return f"{before[-1]} {question}" if depends else question
