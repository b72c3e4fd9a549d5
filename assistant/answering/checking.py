"""Drop from a draft whatever the quotes don't bear out; quote and model mode pass the same checks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering import grounding
from assistant.answering.evidence import Evidence
from assistant.answering.grounding import Shorten
from assistant.language import flat, markers, numbers
from assistant.wording import day


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft; `evidence` are indexes of the evidence it rests on.

    `quoted`: it is verbatim; `worded`: a language model wrote it, so it is trusted in nothing.
    """

    text: str
    evidence: tuple[int, ...] = ()
    quoted: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was dropped, and why."""

    sentence: DraftSentence
    reason: str


def _as_written(text: str) -> str:
    return text


def check(
    draft: Sequence[DraftSentence], evidence: Sequence[Evidence], *, question: str, shorten: Shorten = _as_written
) -> tuple[tuple[DraftSentence, ...], tuple[Dropped, ...]]:
    """Return the sentences that are borne out, and the dropped ones with the reason.

    A sentence is dropped when it points to evidence that isn't there, carries a marker of its own, is called a quote
    and isn't verbatim, holds a figure that stands neither in its quotes, the dates of their sources nor the question, or
    says another region's rule as Kaltim's. One that a model worded must instead say what one of its quotes says, the whole
    of it (`grounding`), and is returned with that one; `shorten` puts abbreviations for full names.
    """
    kept: list[DraftSentence] = []
    dropped: list[Dropped] = []
    for sentence in draft:
        reason = _fault(sentence, evidence, question, shorten)
        if reason:
            dropped.append(Dropped(sentence, reason))
        elif sentence.worded:
            kept.append(replace(sentence, evidence=_bearing(sentence, evidence, shorten)))
        else:
            kept.append(sentence)
    return tuple(kept), tuple(dropped)


def _fault(sentence: DraftSentence, evidence: Sequence[Evidence], question: str, shorten: Shorten) -> str:
    if any(not 0 <= index < len(evidence) for index in sentence.evidence):
        return "menunjuk bukti yang tidak ada"
    if markers(sentence.text):
        return "membawa penanda sendiri"
    used = [evidence[index] for index in sentence.evidence]
    if sentence.worded:
        return _worded_fault(sentence, used, shorten)
    if sentence.quoted and not any(flat(sentence.text) in flat(piece.quote) for piece in used):
        return "kutipan tidak sama dengan sumber"
    allowed = numbers(question)
    for piece in used:
        allowed |= numbers(piece.quote) | numbers(" ".join([piece.passage.document.title, *piece.passage.headings]))
        allowed |= numbers(" ".join(f"{source.publisher} {day(source.date)}" for source in piece.sources))
    if not numbers(sentence.text) <= allowed:
        return "memuat angka yang tidak ada di kutipan"
    only_elsewhere = bool(used) and all(piece.scope == "daerah-lain" for piece in used)
    if (
        only_elsewhere
        and not sentence.quoted
        and re.search(r"\b(di|untuk|aturan) kaltim\b", sentence.text, re.I)
        and "bukan" not in sentence.text
    ):
        return "aturan daerah lain disebut sebagai aturan Kaltim"
    return ""


def _worded_fault(sentence: DraftSentence, used: Sequence[Evidence], shorten: Shorten) -> str:
    if not used:
        return "tidak menunjuk kutipan"
    quotes = [piece.quote for piece in used]
    if flat(sentence.text) in map(flat, quotes):
        return ""
    return grounding.fault(sentence.text, quotes, shorten)


def _bearing(sentence: DraftSentence, evidence: Sequence[Evidence], shorten: Shorten) -> tuple[int, ...]:
    """Return the one piece of evidence that bears out a sentence which passed."""
    return next((index,) for index in sentence.evidence if not _worded_fault(sentence, [evidence[index]], shorten))
