"""The words of a snapshot for the repair of spelling: documents, stored questions, glossary, places, and the language itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

from assistant.knowledge import Knowledge
from assistant.places import KALTIM_PLACES, OTHER_PLACES
from assistant.settings import SHIPPED_ENCODER
from assistant.spelling import SHORTEST, Spelling
from assistant.types import Passage

_BEGINS = "▁"
"""Marks a piece that begins a word in the tokenizer of the shipped encoder."""


def spelling_of(passages: Iterable[Passage], knowledge: Knowledge) -> Spelling:
    """Return the spelling of the words in `passages` and `knowledge`."""
    terms = knowledge.glossary.terms
    return Spelling(
        (" ".join([passage.document.title, *passage.headings, passage.text]) for passage in passages),
        asked=chain(
            chain.from_iterable(knowledge.questions.values()),
            chain.from_iterable(premise.questions for premise in knowledge.premises.values()),
        ),
        names=chain((name for term in terms for name in (term.term, term.rewrite)), *KALTIM_PLACES.values(), OTHER_PLACES),
        forms=chain.from_iterable(term.forms for term in terms),
        language=common_words(SHIPPED_ENCODER / "tokenizer.json"),
        spoken={word.lower() for word in whole_words(SHIPPED_ENCODER / "tokenizer.json")},
    )


def common_words(tokenizer: Path) -> frozenset[str]:
    """Return the common words of a tokenizer's languages that are long enough for a misspelt word to mean them; no names."""
    return frozenset(word for word in whole_words(tokenizer) if len(word) >= SHORTEST and word.islower())


@cache
def whole_words(tokenizer: Path) -> frozenset[str]:
    """Return the words that a tokenizer holds whole. None when there is no such file."""
    try:
        pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
        whole = (piece[0].removeprefix(_BEGINS) for piece in pieces if piece[0].startswith(_BEGINS))
        return frozenset(word for word in whole if word.isalpha())
    except (OSError, ValueError, LookupError, TypeError):
        return frozenset()
