"""Choose the statements that answer: single sentences, or a whole list when the question asks for one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.questions import Reading
from assistant.types import BlockKind, Gap, Hit, Match, Passage, Retrieval, Validity

NEAR = 0.65
"""A further statement is taken when its score is at least this share of the best one's."""

MOST = 3
GAP_NEAR = 0.92
"""A known gap is named beside an answer only when it is nearly as good: it is the other half of the question."""

LIST_WORDS, LIST_LABELS = 150, 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotable piece of a passage, with what its labels say about it."""

    passage: Passage
    start: int
    end: int
    labels: tuple[str, ...]
    score: float
    cosine: float
    scope: str
    status: Validity
    gap: Gap | None = None

    @property
    def quote(self) -> str:
        """Return the verbatim text."""
        return self.passage.text[self.start : self.end]


def choose(retrieval: Retrieval, reading: Reading, knowledge: Knowledge, *, most: int = MOST) -> tuple[Evidence, ...]:
    """Return the best statements, best first; none repeats the labels of a better one."""
    chosen: list[Evidence] = []
    stated: set[str] = set()
    for match, passage in _ranked(retrieval):
        if chosen and match.score < NEAR * chosen[0].score:
            break
        piece = _piece(passage, match, reading, knowledge)
        if piece.labels and set(piece.labels) <= stated:
            continue
        if chosen and piece.gap is not None and (match.score < GAP_NEAR * chosen[0].score or any(c.gap for c in chosen)):
            continue
        chosen.append(piece)
        stated |= set(piece.labels)
        if len(chosen) >= most:
            break
    return tuple(chosen)


def _ranked(retrieval: Retrieval) -> list[tuple[Match, Passage]]:
    found = [(match, hit.passage) for hit in retrieval.kept for match in hit.matches]
    return sorted(found, key=lambda item: -item[0].score)


def best_statement(hit: Hit, knowledge: Knowledge) -> Evidence:
    """Return the best sentence of a hit as evidence."""
    return _evidence(hit.passage, hit.matches[0], (hit.matches[0].sentence,), knowledge)


def _piece(passage: Passage, match: Match, reading: Reading, knowledge: Knowledge) -> Evidence:
    """Return the matched sentence, or its whole list where that is asked for and short enough."""
    sentence = passage.sentences[match.sentence]
    if passage.blocks[sentence.block] is BlockKind.PARAGRAPH:
        return _evidence(passage, match, (match.sentence,), knowledge)
    whole = tuple(ordinal for ordinal, other in enumerate(passage.sentences) if other.block == sentence.block)
    items = [passage.sentences[ordinal] for ordinal in whole]
    together = {label for item in items for label in item.labels}
    fits = len(together) <= LIST_LABELS and sum(len(item.text.split()) for item in items) <= LIST_WORDS
    if fits and (len(together) <= 1 or sentence.lead or reading.wants_list):
        return _evidence(passage, match, whole, knowledge)
    return _evidence(passage, match, (match.sentence,), knowledge)


def _evidence(passage: Passage, match: Match, ordinals: Sequence[int], knowledge: Knowledge) -> Evidence:
    quoted = [passage.sentences[ordinal] for ordinal in ordinals]
    names = tuple(dict.fromkeys(label for sentence in quoted for label in sentence.labels))
    scope, status = knowledge.statement_values(names, passage.document)
    return Evidence(
        passage,
        quoted[0].start,
        quoted[-1].end,
        names,
        match.score,
        match.parts.get("kosinus", 0.0),
        scope,
        status,
        next((knowledge.gaps[name] for name in names if name in knowledge.gaps), None),
    )
