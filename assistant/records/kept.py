"""Answer <-> what is kept of it: the citations whole, the search as far as the screen explains it. Texts are masked here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from assistant.errors import RecordsError
from assistant.privacy import mask
from assistant.types import Answer, Gap, Hit, Label, Rejected, Retrieval

MOST_UNUSED = 8
"""Hits kept that are not cited; the screen names five at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with what its labels and gaps said on the day it was given."""

    answer: Answer
    labels: tuple[Label, ...]
    gaps: tuple[Gap, ...]


KEPT = TypeAdapter(Kept)


def to_json(kept: Kept) -> str:
    """Return masked, trimmed JSON."""
    return KEPT.dump_json(replace(kept, answer=masked(trimmed(kept.answer)))).decode()


def from_json(text: str) -> Kept:
    """Read what `to_json` wrote; raises RecordsError for another format."""
    try:
        return KEPT.validate_json(text)
    except ValidationError as error:
        raise RecordsError(f"Jawaban tersimpan tidak dapat dibaca ({error.error_count()} kesalahan).") from error


def trimmed(answer: Answer) -> Answer:
    """Return the answer without hits that no screen shows, and without stored questions."""
    cited = {citation.passage.id for citation in answer.citations}
    found = answer.retrieval
    used = [hit for hit in found.kept if hit.passage.id in cited]
    unused = [hit for hit in found.kept if hit.passage.id not in cited][:MOST_UNUSED]
    order = {hit.passage.id: place for place, hit in enumerate(found.kept)}
    kept = tuple(_bare(hit) for hit in sorted([*used, *unused], key=lambda hit: order[hit.passage.id]))
    rejected = tuple(Rejected(_bare(item.hit), item.reason) for item in found.rejected[:MOST_UNUSED])
    citations = tuple(replace(item, passage=replace(item.passage, asked=())) for item in answer.citations)
    return replace(answer, citations=citations, retrieval=Retrieval(found.question, kept, rejected, found.searched))


def masked(answer: Answer) -> Answer:
    """Return the answer with personal numbers masked in all that came from a person."""
    found, wording = answer.retrieval, answer.wording
    if wording is not None:
        kept = tuple(("", reason.partition(":")[0]) for _, reason in wording.dropped)  # behind a colon stands the invented word
        wording = replace(wording, dropped=kept)  # inventions are not kept
    return replace(
        answer,
        wording=wording,
        question=mask(answer.question)[0],
        standalone=mask(answer.standalone)[0],
        text=mask(answer.text)[0],
        retrieval=replace(found, question=mask(found.question)[0], searched=tuple(mask(text)[0] for text in found.searched)),
    )


def _bare(hit: Hit) -> Hit:
    return replace(hit, passage=replace(hit.passage, asked=()))
