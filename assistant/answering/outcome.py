"""Decide what can be said: the status of an answer from the question and its evidence. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.evidence import Evidence
from assistant.knowledge import Conflict
from assistant.language import numbers
from assistant.questions import Reading
from assistant.types import Status, Validity

OFF_TOPIC_COSINE = 0.59
"""Below this the nearest text is about something else: 87 % of general questions and 2.5 % of field questions without a
word of the field are (benchmarks/off_topic.py)."""

FIELD_COSINE = 0.56
"""The same for a question that holds a word of the field, e.g. UEP, desil, bansos: no field question is below it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status, the evidence that is used, and a remark that goes before the quotes (empty: none)."""

    status: Status
    evidence: tuple[Evidence, ...]
    remark: str = ""
    conflict: Conflict | None = None


_UNSAID = re.compile(
    r"\b(tidak ditemukan (di|dalam) sumber|belum ada sumber|belum (terverifikasi|diketahui|ditemukan)|tidak menyebut|"
    r"tidak dijelaskan|tidak pasti|tidak ada penjelasan|belum ada penjelasan|belum terbaca)\b",
    re.I,
)
_OVERTURNS = re.compile(
    r"\b(bukan (dasar|aturan|lagi)|sudah dicabut|tidak lagi|bukan lagi|(kutipan|keadaan|aturan|istilah) lama|sudah usang)\b", re.I
)
_DENIES = re.compile(r"\b(bukan|tidak|belum|hanya|dilarang|melainkan)\b", re.I)


def decide(reading: Reading, evidence: Sequence[Evidence], conflicts: Sequence[Conflict], *, in_field: bool = False) -> Outcome:
    """Return the outcome for a question with its evidence, best first."""
    if reading.invent:
        return Outcome(Status.DECLINED, ())
    floor = FIELD_COSINE if in_field else OFF_TOPIC_COSINE
    if not evidence or max(piece.cosine for piece in evidence) < floor:
        return Outcome(Status.OFF_TOPIC, ())
    best = evidence[0]
    if best.gap is not None:
        return Outcome(Status.NOT_FOUND, (best,))
    if best.scope == "daerah-lain" and (reading.confirms or not reading.other_places):
        local = tuple(piece for piece in evidence if piece.scope != "daerah-lain")
        status = Status.CORRECTED if reading.confirms else Status.PARTIAL if reading.yes_no else Status.ANSWERED
        return Outcome(status, (best, *local[:2]), "lain")
    conflict = _conflict(evidence, conflicts)
    if conflict is not None:
        return Outcome(Status.CONFLICTING, tuple(evidence), "beda", conflict)
    if any(piece.gap is not None for piece in evidence) or _UNSAID.search(best.quote):
        return Outcome(Status.PARTIAL, tuple(evidence), "sebagian")
    if _overturned(reading, evidence):
        return Outcome(Status.CORRECTED, tuple(evidence), "luruskan")
    return Outcome(Status.ANSWERED, tuple(evidence))


def _overturned(reading: Reading, evidence: Sequence[Evidence]) -> bool:
    """Tell whether the evidence contradicts what the question takes for granted."""
    best = evidence[0]
    if _OVERTURNS.search(best.quote) and not reading.asks_change:
        return True
    if not reading.confirms:
        return False
    local_only = best.scope.startswith("kaltim/") and best.scope.partition("/")[2] not in reading.places
    denied = not reading.denies and any(_DENIES.search(piece.quote) for piece in evidence[:2])
    return local_only or denied or _contradicts(reading, best) or best.status in (Validity.USANG, Validity.DICABUT)


def _conflict(evidence: Sequence[Evidence], conflicts: Sequence[Conflict]) -> Conflict | None:
    """Return an open conflict of which two sides stand in the evidence."""
    found = {label for piece in evidence for label in piece.labels}
    for conflict in conflicts:
        if conflict.open and sum(bool(found & set(side)) for side in conflict.sides) >= 2:
            return conflict
    return None


def _contradicts(reading: Reading, best: Evidence) -> bool:
    """Tell whether a figure that the question takes for granted is absent where the evidence has other figures."""
    asked = {number for number in numbers(reading.text) if not (len(number) == 4 and number.startswith("20"))}
    held = numbers(best.quote)
    return bool(asked) and bool(held) and not asked & held
