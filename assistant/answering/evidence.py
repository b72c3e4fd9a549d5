"""Choose the statements that answer: single sentences, or a whole list when the question asks for one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.questions import Reading
from assistant.types import BlockKind, Gap, Hit, Label, Passage, Retrieval, Validity

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
    whole_list: bool = False

    @property
    def quote(self) -> str:
        """Return the verbatim text."""
        return self.passage.text[self.start : self.end]


def choose(
    retrieval: Retrieval, reading: Reading, labels: Mapping[str, Label], gaps: Mapping[str, Gap], *, most: int = MOST
) -> tuple[Evidence, ...]:
    """Return the best statements, best first; none repeats the labels of a better one."""
    chosen: list[Evidence] = []
    stated: set[str] = set()
    for score, cosine, hit, ordinal in _ranked(retrieval):
        if chosen and score < NEAR * chosen[0].score:
            break
        piece = _piece(hit.passage, ordinal, score, cosine, reading, labels, gaps)
        if piece.labels and set(piece.labels) <= stated:
            continue
        if chosen and piece.gap is not None and (score < GAP_NEAR * chosen[0].score or any(c.gap for c in chosen)):
            continue
        chosen.append(piece)
        stated |= set(piece.labels)
        if len(chosen) >= most:
            break
    return tuple(chosen)


def _ranked(retrieval: Retrieval) -> Iterator[tuple[float, float, Hit, int]]:
    found = [
        (match.score, match.parts.get("kosinus", 0.0), hit, match.sentence) for hit in retrieval.kept for match in hit.matches
    ]
    yield from sorted(found, key=lambda item: -item[0])


def _piece(
    passage: Passage,
    ordinal: int,
    score: float,
    cosine: float,
    reading: Reading,
    labels: Mapping[str, Label],
    gaps: Mapping[str, Gap],
) -> Evidence:
    sentence = passage.sentences[ordinal]
    start, end, names, whole = sentence.start, sentence.end, sentence.labels, False
    kind = passage.blocks[sentence.block] if sentence.block < len(passage.blocks) else BlockKind.PARAGRAPH
    if kind is not BlockKind.PARAGRAPH:
        items = [other for other in passage.sentences if other.block == sentence.block]
        together = tuple(dict.fromkeys(label for item in items for label in item.labels))
        fits = len(together) <= LIST_LABELS and sum(len(item.text.split()) for item in items) <= LIST_WORDS
        one_fact = len(together) <= 1
        if fits and (one_fact or sentence.lead or reading.wants_list):
            start, end, names, whole = items[0].start, items[-1].end, together, True
    known = next((labels[name] for name in names if name in labels), None)
    return Evidence(
        passage,
        start,
        end,
        names,
        score,
        cosine,
        known.scope if known else passage.document.scope,
        known.status if known else passage.document.status,
        next((gaps[name] for name in names if name in gaps), None),
        whole,
    )
