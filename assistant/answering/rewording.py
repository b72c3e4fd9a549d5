"""Have a model word a prepared answer; whatever goes wrong, the answer by quotation stands. No io but the writer's."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from string import Template

from assistant.answering.checking import Dropped, check
from assistant.answering.grounding import Shorten
from assistant.answering.pipeline import Prepared, numbered
from assistant.answering.writing import MOST_TEXT, WORDED, Usage, Writer, make_prompt, sentences_of, woven
from assistant.errors import ModelError
from assistant.types import Answer, Wording

Show = Callable[[Answer], None]
"""Is given the answer so far, each time that a further sentence has passed the checks."""

TOO_LITTLE = "terlalu sedikit kalimat yang lolos pemeriksaan"
UNREADABLE = "balasan model tidak dapat dibaca"
_LOG = logging.getLogger(__name__)


def may_reword(prepared: Prepared) -> bool:
    """Tell whether a model may word this answer: not silence, refusals, corrections, nor answers in English."""
    return prepared.answer.status in WORDED and not prepared.reading.english and bool(prepared.draft)


def reword(
    prepared: Prepared,
    writer: Writer,
    prompts: tuple[Template, Template],
    shorten: Shorten,
    *,
    show: Show = lambda answer: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Answer:
    """Return the answer worded by `writer`, or the answer by quotation with the reason why; `prompts` are rules and data.

    Every sentence is checked before `show` hears of it.
    """
    started = clock()
    try:
        return _worded(prepared, writer, prompts, shorten, show, lambda: round(clock() - started, 3))
    except Exception as error:  # whatever a model writes, and whatever bug it meets here, the answer by quotation stands
        _LOG.error("A model's reply could not be read: %s", type(error).__name__)
        return replace(prepared.answer, wording=Wording(writer.name, seconds=round(clock() - started, 3), fallback=UNREADABLE))


def _worded(
    prepared: Prepared,
    writer: Writer,
    prompts: tuple[Template, Template],
    shorten: Shorten,
    show: Show,
    seconds: Callable[[], float],
) -> Answer:
    outcome = prepared.outcome
    question = prepared.answer.standalone or prepared.answer.question
    text, usage, seen, reason = "", Usage(), 0, ""
    try:
        for piece in writer.pieces(make_prompt(*prompts, question, outcome)):
            if isinstance(piece, Usage):
                usage = piece
                continue
            text += piece
            found = sentences_of(text, finished=False)
            if len(found) > seen:
                seen = len(found)
                ready, _ = check(found, outcome.evidence, question="", shorten=shorten)
                so_far = woven(prepared.draft, ready, outcome, finished=False)
                if so_far:
                    show(replace(numbered(prepared, so_far), mode="model"))
            if len(text) > MOST_TEXT:
                break
    except ModelError as error:
        reason = str(error)
    kept, dropped = check(sentences_of(text, finished=not reason), outcome.evidence, question="", shorten=shorten)
    whole = woven(prepared.draft, kept, outcome, finished=True)
    if not reason and not whole:
        reason = TOO_LITTLE
    wording = Wording(
        writer.name,
        usage.tokens_in,
        usage.tokens_out,
        seconds(),
        len(kept),
        tuple(map(_told, dropped)),
        reason,
    )
    if reason:
        return replace(prepared.answer, wording=wording)
    return replace(numbered(prepared, whole), mode="model", wording=wording)


def _told(item: Dropped) -> tuple[str, str]:
    return item.sentence.text[:500], item.reason
