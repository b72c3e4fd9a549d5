"""Choose the statements that answer: single sentences, or a whole list when the question asks for one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.attributes import missing_attribute
from assistant.knowledge import Knowledge, Premise, Situation
from assistant.questions import Reading, is_question
from assistant.times import is_past
from assistant.types import BlockKind, Gap, Hit, Match, Passage, Retrieval, Sentence, Source, Validity

NEAR, NEAR_IN_PARTS = 0.72, 0.65
"""A further statement is taken when its score is at least this share of the best one's; a question in parts needs more."""

MOST, MOST_OF_PARTS = 3, 5
"""Statements quoted for one question, and for one with several parts."""

GAP_NEAR = 0.92
"""A known gap is named beside an answer only when it is nearly as good: it is the other half of the question."""

PART_COSINE = 0.62
"""The best statement of a part of the question is taken when it is at least this near to something stored."""

MOST_SITUATIONS, TOLD = 3, -1

LIST_WORDS, LIST_LABELS, FACT_WORDS = 150, 8, 70
ITEM_WORDS = 6
"""A shorter item of a list says nothing without the list."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotable piece of a passage, with what its labels say about it.

    `premise` is the wrong belief that the question seems to hold and that this statement contradicts; `part` is the number
    of the text of the question that the piece answers best (0: the whole), and `asks` whether that text asks something.
    `told` marks what bears on the situations of a story, `past` what held for a time that is over. `missing` is the kind of
    thing that the text asks for and the piece does not hold (empty: it may answer).
    """

    passage: Passage
    start: int
    end: int
    labels: tuple[str, ...]
    score: float
    cosine: float
    scope: str
    status: Validity
    gap: Gap | None = None
    premise: Premise | None = None
    part: int = 0
    asks: bool = True
    told: bool = False
    missing: str = ""
    program: str = ""
    sources: tuple[Source, ...] = ()
    past: bool = False

    @property
    def quote(self) -> str:
        """Return the verbatim text."""
        return self.passage.text[self.start : self.end]


def choose(
    retrieval: Retrieval, reading: Reading, knowledge: Knowledge, *, situations: Sequence[Situation] = (), most: int = MOST
) -> tuple[Evidence, ...]:
    """Return the best statements, best first; none repeats the labels or the place of a better one.

    A question with parts also gets the best statement of each part, one that names another region the best of there, and a
    story the principal statement of each of the situations it tells of.
    """
    ranked = _ranked(retrieval)
    wanted = list(_leaders(ranked, retrieval, reading, knowledge))
    if situations:
        wanted = wanted[:1] + [(TOLD, *found) for found in _bearing(ranked, situations)] + wanted[1:]
    leading = len(wanted)
    wanted += [(0, *found) for found in ranked]
    most = most if leading < 3 else MOST_OF_PARTS
    near = NEAR if leading == 1 else NEAR_IN_PARTS
    chosen: list[Evidence] = []
    stated: set[str] = set()
    places: set[tuple[str, int, int]] = set()
    for order, (part, match, passage) in enumerate(wanted):
        if len(chosen) >= most or (order >= leading and chosen and match.score < near * ranked[0][0].score):
            break
        piece = _piece(passage, match, reading, knowledge, part)
        if part == TOLD:
            piece = replace(piece, part=0, told=True)
        else:
            piece = _judged(piece, retrieval.searched[part] if retrieval.searched else retrieval.question)
        place = (passage.id, piece.start, piece.end)
        if place in places or (piece.labels and set(piece.labels) <= stated):
            continue
        if chosen and piece.gap is not None and not _gap_fits(piece, chosen, leads=order < leading):
            continue
        chosen.append(piece)
        places.add(place)
        stated |= set(piece.labels)
    return tuple(chosen)


def _judged(piece: Evidence, asked: str) -> Evidence:
    text = " ".join([piece.passage.document.title, *piece.passage.headings, piece.quote])
    missing = "" if piece.gap else missing_attribute(asked, text, scope=piece.scope)
    return replace(piece, asks=piece.part == 0 or is_question(asked), missing=missing)


def _gap_fits(piece: Evidence, chosen: Sequence[Evidence], *, leads: bool) -> bool:
    return not any(other.gap for other in chosen) and (leads or piece.score >= GAP_NEAR * chosen[0].score)


def _leaders(
    ranked: Sequence[tuple[Match, Passage]], retrieval: Retrieval, reading: Reading, knowledge: Knowledge
) -> Iterator[tuple[int, Match, Passage]]:
    """Yield the best statement of the whole question, of the region it names, and of each of its parts."""
    if not ranked:
        return
    yield (0, *ranked[0])
    if reading.other_places:
        found = next((found for found in ranked if _is_elsewhere(*found, knowledge)), None)
        if found is not None and found[0].score >= NEAR * ranked[0][0].score:
            yield (0, *found)
    local = [found for found in ranked if not _is_elsewhere(*found, knowledge)]
    if local and not reading.other_places and ranked[0] is not local[0]:
        yield (0, *local[0])
    here = local if reading.other_places else ranked
    for part in range(1, len(retrieval.searched)):
        match, passage = max(here or ranked, key=lambda found: found[0].by[part] if len(found[0].by) > part else 0.0)
        if match.parts.get("kosinus", 0.0) >= PART_COSINE:
            yield part, match, passage


def _bearing(ranked: Sequence[tuple[Match, Passage]], situations: Sequence[Situation]) -> list[tuple[Match, Passage]]:
    """Return the best-scored statement of each situation's first label that was found, at most MOST_SITUATIONS."""
    found: list[tuple[Match, Passage]] = []
    for situation in situations:
        for label in situation.labels:
            stating = [item for item in ranked if label in item[1].sentences[item[0].sentence].labels]
            if stating:
                found.append(stating[0])
                break
    return found[:MOST_SITUATIONS]


def _is_elsewhere(match: Match, passage: Passage, knowledge: Knowledge) -> bool:
    return knowledge.statement_values(passage.sentences[match.sentence].labels, passage.document)[0] == "daerah-lain"


def _ranked(retrieval: Retrieval) -> list[tuple[Match, Passage]]:
    found = [(match, hit.passage) for hit in retrieval.kept for match in hit.matches]
    return sorted(found, key=lambda item: -item[0].score)


def best_statement(hit: Hit, knowledge: Knowledge) -> Evidence:
    """Return the best statement of a hit as evidence.

    The line that introduces a list says nothing without it, nor does an item of a list that states one fact.
    """
    told = (match for match in hit.matches if not hit.passage.sentences[match.sentence].lead)
    best = next(told, hit.matches[0])
    whole, items, facts = _list_of(hit.passage, best.sentence)
    one_fact = len(facts) == 1 and len(items) > 1 and sum(len(item.text.split()) for item in items) <= LIST_WORDS
    return _evidence(hit.passage, best, whole if one_fact else (best.sentence,), knowledge)


def _piece(passage: Passage, match: Match, reading: Reading, knowledge: Knowledge, part: int) -> Evidence:
    """Return the matched sentence with the rest of its fact, or its whole list where that is asked for and short enough."""
    sentence = passage.sentences[match.sentence]
    if passage.blocks[sentence.block] is BlockKind.PARAGRAPH:
        return _evidence(passage, match, _whole_fact(passage, match.sentence), knowledge, part)
    whole, items, together = _list_of(passage, match.sentence)
    fits = len(together) <= LIST_LABELS and sum(len(item.text.split()) for item in items) <= LIST_WORDS
    bare = len(sentence.text.split()) < ITEM_WORDS
    if fits and (len(together) <= 1 or sentence.lead or reading.wants_list or bare):
        return _evidence(passage, match, whole, knowledge, part)
    return _evidence(passage, match, (match.sentence,), knowledge, part)


def _list_of(passage: Passage, ordinal: int) -> tuple[tuple[int, ...], list[Sentence], set[str]]:
    """Return the list that a sentence stands in: ordinals, sentences and labels; nothing for a paragraph."""
    block = passage.sentences[ordinal].block
    if passage.blocks[block] is BlockKind.PARAGRAPH:
        return (), [], set()
    whole = tuple(place for place, other in enumerate(passage.sentences) if other.block == block)
    items = [passage.sentences[place] for place in whole]
    return whole, items, {label for item in items for label in item.labels}


def _whole_fact(passage: Passage, ordinal: int) -> tuple[int, ...]:
    """Return the sentences around one that state the same fact: half a fact may leave out the figure that was asked for."""
    sentence = passage.sentences[ordinal]
    first = last = ordinal

    def joins(other: int) -> bool:
        if not 0 <= other < len(passage.sentences):
            return False
        near = passage.sentences[other]
        same = bool(near.labels) and near.block == sentence.block and set(near.labels) <= set(sentence.labels)
        words = passage.text[min(passage.sentences[first].start, near.start) : max(passage.sentences[last].end, near.end)]
        return same and len(words.split()) <= FACT_WORDS

    while joins(first - 1):
        first -= 1
    while joins(last + 1):
        last += 1
    return tuple(range(first, last + 1))


def _evidence(passage: Passage, match: Match, ordinals: Sequence[int], knowledge: Knowledge, part: int = 0) -> Evidence:
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
        knowledge.premises.get(match.premise),
        part,
        program=next((knowledge.labels[name].program for name in names if name in knowledge.labels), passage.document.program),
        sources=tuple(dict.fromkeys(s for name in names if name in knowledge.labels for s in knowledge.labels[name].sources)),
        past=status is Validity.BERLAKU and is_past(passage.document.valid_to, knowledge.as_of),
    )
