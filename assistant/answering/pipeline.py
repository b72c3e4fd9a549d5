"""The answer pipeline: mask, make standalone, find, choose, decide, draft, check, number; an approved answer goes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from assistant.answering import english, quoting
from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence, best_statement, choose
from assistant.answering.outcome import Outcome, decide
from assistant.answering.quoting import draft
from assistant.answering.stories import told
from assistant.conversation import standalone
from assistant.knowledge import Knowledge
from assistant.language import words
from assistant.privacy import mask, without_notes
from assistant.questions import TOPIC_WORDS, Reading, at_home, parts, read_question
from assistant.types import Answer, Citation, Retrieval, Status, Turn

Find = Callable[[str, Sequence[str], Sequence[str]], Retrieval]
"""Looks up a question and its parts, and keeps the statements of wanted labels."""
Approved = Callable[[str], Answer | None]
"""Returns the standard answer to a question, if a person has approved one that may be given."""
NEAREST = 2
"""Statements shown beside an honest silence."""


def _none(question: str) -> Answer | None:
    return None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer by quotation, and what it was made of: a model may word it anew (`rewording`)."""

    answer: Answer
    outcome: Outcome
    draft: tuple[DraftSentence, ...]
    reading: Reading


def answer(question: str, *, history: Sequence[Turn], find: Find, knowledge: Knowledge, approved: Approved = _none) -> Answer:
    """Answer `question` by quotation from what `find` returns, or as `approved` has it; the text holds only checked sentences."""
    return prepare(question, history=history, find=find, knowledge=knowledge, approved=approved).answer


def prepare(question: str, *, history: Sequence[Turn], find: Find, knowledge: Knowledge, approved: Approved = _none) -> Prepared:
    """Return the answer by quotation with its outcome and its draft; a standard answer has none, for nobody may reword it."""
    masked, kinds = mask(question)
    turns = [Turn(turn.role, mask(turn.text)[0]) for turn in history]
    asked = standalone(masked, turns, programmes=knowledge.programmes)
    reading = read_question(without_notes(asked))
    # A story stays one though its numbers are masked: the notes count as words.
    situations = told(read_question(asked), knowledge.situations, knowledge.glossary.rewrite)
    wanted = tuple(dict.fromkeys(label for situation in situations for label in situation.labels))
    retrieval = find(reading.text, _also(reading, without_notes(masked) if asked != masked else "", knowledge), wanted)
    evidence = choose(retrieval, reading, knowledge, situations=situations)
    glossary = knowledge.glossary
    outcome = decide(
        reading,
        evidence,
        knowledge.conflicts,
        in_field=glossary.in_field(asked),
        foreign=bool(retrieval.foreign),
        rewrite=glossary.rewrite,
    )
    sentences = draft(outcome, reading, glossary.rewrite, as_of=knowledge.as_of)
    wording = english if reading.english else quoting
    standard = approved(reading.text)
    result = standard or _word(masked, outcome, sentences, _nearest(retrieval, knowledge), wording)
    if kinds:
        result = replace(result, text=f"{wording.MASKED_TEXT}\n\n{result.text}")
    result = replace(result, question=masked, masked=kinds, standalone=asked, retrieval=retrieval)
    return Prepared(result, outcome, () if standard else sentences, reading)


def numbered(prepared: Prepared, sentences: Sequence[DraftSentence]) -> Answer:
    """Return the prepared answer with other checked sentences."""
    given = prepared.answer
    result = _number(given.question, prepared.outcome, sentences)
    text = f"{quoting.MASKED_TEXT}\n\n{result.text}" if given.masked else result.text
    return replace(given, text=text, citations=result.citations)


def _also(reading: Reading, follow_up: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return what else is looked up.

    That is: for a question that names another region, the same asked of Kaltim; for a follow-up, it alone under the topic of
    what came before; else the parts of the question.
    """
    field, text = knowledge.glossary.field_words, reading.text
    if reading.other_places:
        return (at_home(text),)
    if not follow_up:
        return parts(text, field)
    topic = [word for word in dict.fromkeys(words(text)) if word in field and word not in words(follow_up)][:TOPIC_WORDS]
    return (" ".join([*topic, follow_up]),)


def _nearest(retrieval: Retrieval, knowledge: Knowledge) -> tuple[Evidence, ...]:
    """Return the best statement of each of the nearest documents; a known gap is none."""
    nearest: dict[str, Evidence] = {}
    for hit in retrieval.kept:
        piece = best_statement(hit, knowledge)
        if piece.gap is None and len(nearest) < NEAREST:
            nearest.setdefault(hit.passage.document.path, piece)
    return tuple(nearest.values())


def _word(
    question: str, outcome: Outcome, sentences: Sequence[DraftSentence], nearest: tuple[Evidence, ...], wording: ModuleType
) -> Answer:
    """Return the answer in the language of `wording`, the module of its fixed texts."""
    if outcome.status is Status.OFF_TOPIC:
        return Answer(question, outcome.status, wording.OFF_TOPIC_TEXT)
    if outcome.status is Status.DECLINED:
        return Answer(question, outcome.status, wording.DECLINED_TEXT)
    if outcome.status is Status.NOT_FOUND:
        return _silence(question, outcome, nearest, wording)
    kept, _ = check(sentences, outcome.evidence, question=question)
    if not any(sentence.quoted for sentence in kept):
        return _silence(question, Outcome(Status.NOT_FOUND, ()), nearest, wording)
    return _number(question, outcome, kept)


def _silence(question: str, outcome: Outcome, nearest: tuple[Evidence, ...], wording: ModuleType) -> Answer:
    """Say what is missing; the known gap and the nearest statements are cited, so that a person can judge them."""
    gap = outcome.evidence[:1]
    text = wording.not_found_text(gap[0].gap if gap else None, outcome.missing, outcome.whom)
    if gap:
        text += " [1]"
    if nearest:
        lines = [f"{piece.quote} [{number}]" for number, piece in enumerate(nearest, len(gap) + 1)]
        text = "\n\n".join([text, wording.NEAREST_TEXT, *lines])
    citations = tuple(_citation(number, piece) for number, piece in enumerate((*gap, *nearest), 1))
    return Answer(question, Status.NOT_FOUND, text, citations)


def _number(question: str, outcome: Outcome, kept: Sequence[DraftSentence]) -> Answer:
    """Give numbers to the evidence in the order of first use and put [n] after each quote."""
    order: dict[int, int] = {}
    lines: list[str] = []
    for sentence in kept:
        if sentence.quoted or sentence.worded:
            number = order.setdefault(sentence.evidence[0], len(order) + 1)
            lines.append(f"{sentence.text} [{number}]")
        else:
            lines.append(sentence.text)
    citations = tuple(_citation(number, outcome.evidence[index]) for index, number in order.items())
    return Answer(question, outcome.status, "\n\n".join(lines), citations)


def _citation(number: int, piece: Evidence) -> Citation:
    return Citation(number, piece.passage, piece.quote, piece.start, piece.end, piece.labels)
