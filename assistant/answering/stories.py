"""Questions that tell a story: which known situations they speak of. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.knowledge import Situation
from assistant.language import words
from assistant.questions import Reading

STORY_WORDS = 18
"""A question of at least this many words that tells of one person or event is a story."""

_SOMEBODY = re.compile(
    r"\b([Bb]u|[Ii]bu|[Pp]ak|[Bb]apak|[Mm]bak|[Mm]as|[Nn]enek|[Kk]akek|[Mm]bah|[Ss]dr)\.? [A-Z]|\b(?:namanya|bernama|inisial)\b|"
    r"\b\d{2} ?(?:th|thn|tahun)\b(?! (?:lalu|yang lalu|terakhir))|\(\d{2}\)|\b(?:umur|usia|berumur|berusia)(?:nya)? \d{2}\b|"
    r"\b[Pp]ak [Rr][Tt]\b|\b[Aa]da (?:seorang )?(?:pendamping|agen|warga|calon|penerima|oknum|kpm|KPM|ketua|kader|ibu|bapak)\b"
)
_NOT_BEFORE = re.compile(r"\b(belum|blm|tidak|tdk|tak|ga|gak|nggak) pernah( \w+)?")
"""What somebody never got is no earlier help."""


def is_story(text: str) -> bool:
    """Tell whether a question tells a story of a person."""
    return len(words(text)) >= STORY_WORDS and bool(_SOMEBODY.search(text))


def told(reading: Reading, situations: Sequence[Situation], rewrite: Callable[[str], str]) -> tuple[Situation, ...]:
    """Return the situations that a story speaks of; none for a question that is no story or is about another region."""
    if reading.other_places or not is_story(reading.text):
        return ()
    text = _NOT_BEFORE.sub(" ", f"{' '.join(words(reading.text))} | {rewrite(reading.text)}")
    return tuple(situation for situation in situations if situation.told_in(text))
