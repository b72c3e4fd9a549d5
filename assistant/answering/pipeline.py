"""The answer pipeline: mask, make standalone, find, choose, decide, draft, check, number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence, choose
from assistant.answering.outcome import Outcome, decide
from assistant.answering.quoting import (
    DECLINED_TEXT,
    MASKED_TEXT,
    OFF_TOPIC_TEXT,
    draft,
    not_found_text,
)
from assistant.conversation import standalone
from assistant.knowledge import Knowledge
from assistant.privacy import mask
from assistant.questions import read_question
from assistant.types import Answer, Citation, Retrieval, Status, Turn

Find = Callable[[str], Retrieval]


def answer(question: str, *, history: Sequence[Turn], find: Find, knowledge: Knowledge) -> Answer:
    """Answer `question` from what `find` returns; the text holds only checked sentences."""
    masked, kinds = mask(question)
    turns = [Turn(turn.role, mask(turn.text)[0]) for turn in history]
    asked = standalone(masked, turns)
    reading = read_question(asked)
    retrieval = find(reading.text)
    evidence = choose(retrieval, reading, knowledge.labels, knowledge.gaps)
    outcome = decide(reading, evidence, knowledge.conflicts, in_field=knowledge.glossary.in_field(asked))
    result = _word(masked, outcome, retrieval, draft(outcome, reading))
    if kinds:
        result = replace(result, text=f"{MASKED_TEXT}\n\n{result.text}")
    return replace(result, masked=kinds, standalone=asked, retrieval=retrieval)


def _word(question: str, outcome: Outcome, retrieval: Retrieval, sentences: Sequence[DraftSentence]) -> Answer:
    if outcome.status is Status.OFF_TOPIC:
        return Answer(question, outcome.status, OFF_TOPIC_TEXT)
    if outcome.status is Status.DECLINED:
        return Answer(question, outcome.status, DECLINED_TEXT)
    if outcome.status is Status.NOT_FOUND:
        return _silence(question, outcome.evidence, retrieval)
    kept, _ = check(sentences, outcome.evidence, question=question)
    if not any(sentence.quoted for sentence in kept):
        return _silence(question, (), retrieval)
    return _number(question, outcome, kept)


def _silence(question: str, evidence: Sequence[Evidence], retrieval: Retrieval) -> Answer:
    """Say what is missing; a known gap is cited, so that the person sees what was searched."""
    gap = evidence[0].gap if evidence else None
    titles = list(dict.fromkeys(hit.passage.document.title for hit in retrieval.kept if hit.passage.document.kind != "celah"))
    text = not_found_text(gap, [title for title in titles[:2] if not any(c.isdigit() for c in title)])
    if gap is None:
        return Answer(question, Status.NOT_FOUND, text)
    piece = evidence[0]
    citation = Citation(1, piece.passage, piece.quote, piece.start, piece.end, piece.labels)
    return Answer(question, Status.NOT_FOUND, text + " [1]", (citation,))


def _number(question: str, outcome: Outcome, kept: Sequence[DraftSentence]) -> Answer:
    """Give numbers to the evidence in the order of first use and put [n] after each sentence."""
    order: dict[int, int] = {}
    lines: list[str] = []
    for sentence in kept:
        if sentence.quoted:
            index = sentence.evidence[0]
            number = order.setdefault(index, len(order) + 1)
            lines.append(f"{sentence.text} [{number}]")
        else:
            lines.append(sentence.text)
    citations = tuple(
        Citation(
            number,
            outcome.evidence[i].passage,
            outcome.evidence[i].quote,
            outcome.evidence[i].start,
            outcome.evidence[i].end,
            outcome.evidence[i].labels,
        )
        for i, number in order.items()
    )
    return Answer(question, outcome.status, "\n\n".join(lines), citations)
