"""Make a follow-up standalone: what it leaves out is taken from the conversation. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language import words
from assistant.types import Turn

_OPENING = re.compile(
    r"^\W*(terus|trus|trs|lalu|lha|nah|kalau|klo|kalo|kl|bagaimana|gmn|gimana|itu|yang itu|yg itu|ok|oke|dan|bunga|"
    r"and|what about|then)\b",
    re.I,
)
_POINTS_BACK = re.compile(r"\b(itu|tersebut|tadi|nya|tsb|begitu|gitu|sana|dia|mereka|it|that)\b|\w+nya\b", re.I)
SHORT = 9


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return `question` with the last user question before it when it can't be understood alone."""
    before = [turn.text for turn in history if turn.role == "user" and turn.text.strip()]
    if not before:
        return question
    count = len(words(question))
    depends = bool(_OPENING.search(question)) or (count <= SHORT and bool(_POINTS_BACK.search(question))) or count <= 5
    return f"{before[-1]} {question}" if depends else question
