"""Decide what can be said: the status of an answer from the question and its evidence. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.differing import differing
from assistant.answering.evidence import Evidence
from assistant.answering.premises import overturned
from assistant.knowledge import Conflict, Premise
from assistant.places import is_about, names_region
from assistant.questions import Reading
from assistant.types import Status

OFF_TOPIC_COSINE = 0.59
"""Below this the nearest text is about something else: 82 % of general questions and 1.5 % of field questions without a
word of the field are (benchmarks/off_topic.py)."""

FIELD_COSINE = 0.56
"""The same for a question that holds a word of the field, e.g. UEP, desil, bansos: no field question is below it."""

FOREIGN_COSINE = 0.62
"""The same for a question without a word of the field that holds a word which no document and no stored question uses: that
takes 5 of 100 general questions more and no field question of 600."""

THERE = "Dinas Sosial daerah itu"
LOCAL_COSINE = 0.6
"""What Kaltim's sources say is put beside another region's practice when it is at least this near to the question."""

_UNSAID = re.compile(
    r"\b(tidak ditemukan (di|dalam) sumber|belum ada sumber|belum (terverifikasi|diketahui|ditemukan)|tidak menyebut|"
    r"tidak dijelaskan|tidak pasti|tidak ada penjelasan|belum ada penjelasan|belum terbaca|dirinci (di|dalam) lampiran|"
    r"bukan (nilai|angka|data|aturan) (tahun )?20\d\d)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status, the evidence that is used, a remark that goes before the quotes, what it is about and whom to ask."""

    status: Status
    evidence: tuple[Evidence, ...]
    remark: str = ""
    conflict: Conflict | None = None
    premise: Premise | None = None
    missing: str = ""
    whom: str = ""


def _unchanged(text: str) -> str:
    return text


def decide(
    reading: Reading,
    evidence: Sequence[Evidence],
    conflicts: Sequence[Conflict],
    *,
    in_field: bool = False,
    foreign: bool = False,
    rewrite: Callable[[str], str] = _unchanged,
) -> Outcome:
    """Return the outcome for a question with its evidence, best first; `rewrite` brings field spelling to standard words.

    `in_field` tells that the question holds a word of the field, `foreign` that it holds one which the corpus never uses.
    """
    if reading.invent or (reading.injection and reading.empty):
        return Outcome(Status.DECLINED, ())
    floor = FIELD_COSINE if in_field else FOREIGN_COSINE if foreign else OFF_TOPIC_COSINE
    if reading.empty or not evidence or max(piece.cosine for piece in evidence) < floor:
        return Outcome(Status.OFF_TOPIC, ())
    if reading.there and not (reading.here or reading.confirms or reading.yes_no):
        return _of_another_region(evidence, reading)
    if reading.other_places:
        fitting = [piece for piece in evidence if piece.scope != "daerah-lain" or _is_of_asked_region(piece, reading)]
        evidence = fitting or evidence
    if reading.other_places and (reading.confirms or reading.yes_no or reading.here):
        elsewhere = _elsewhere(evidence)
        if elsewhere is not None:
            return elsewhere
    best = evidence[0]
    answers = tuple(piece for piece in evidence if piece.gap is None)
    if any(piece.told for piece in answers):
        return _story(reading, evidence, rewrite)
    if best.gap is not None and not any(piece.part and piece.asks and not piece.missing for piece in answers):
        return Outcome(Status.NOT_FOUND, (best,))
    if best.scope == "daerah-lain" and (reading.confirms or not reading.other_places):
        return _elsewhere(evidence) or Outcome(Status.ANSWERED, tuple(evidence))
    wrong = overturned(reading, evidence, rewrite)
    if wrong is not None and wrong.premise is not None:
        first = evidence[wrong.position]
        rest = tuple(piece for piece in evidence if piece is not first)
        return Outcome(Status.CORRECTED, (first, *rest), "anggapan", premise=wrong.premise)
    if answers and all(piece.missing for piece in answers):
        gap = next((piece for piece in evidence if piece.gap is not None), None)
        return Outcome(Status.NOT_FOUND, (gap,) if gap else (), missing=answers[0].missing)
    evidence = sorted(evidence, key=lambda piece: bool(piece.missing and not piece.part))
    best = evidence[0]
    conflict = _conflict(evidence, conflicts) or differing(reading.text, evidence)
    if conflict is not None:
        return Outcome(Status.CONFLICTING, tuple(evidence), "beda", conflict)
    lacking = tuple(piece for piece in answers if piece.part and piece.asks and piece.missing)
    if lacking and len(lacking) < len(answers):
        rest = tuple(piece for piece in evidence if piece not in lacking)
        return Outcome(Status.PARTIAL, rest, "sebagian", missing=lacking[0].missing)
    if len(answers) < len(evidence) or _UNSAID.search(best.quote):
        gaps = tuple(piece for piece in evidence if piece.gap is not None)
        return Outcome(Status.PARTIAL, (*answers, *gaps), "sebagian")
    if wrong is not None:
        return Outcome(Status.CORRECTED, tuple(evidence), "luruskan")
    return Outcome(Status.ANSWERED, tuple(evidence))


def _of_another_region(evidence: Sequence[Evidence], reading: Reading) -> Outcome:
    """Return the outcome for a question about another region alone: what is said of that region, with what holds in Kaltim."""
    asked = [piece for piece in evidence if piece.gap is None and _is_of_asked_region(piece, reading)]
    place = reading.other_places[0].title()
    if not asked:
        return Outcome(Status.NOT_FOUND, (), missing=f"keterangan tentang {place}", whom=THERE)
    answers = [piece for piece in asked if not piece.missing]
    if not answers:
        return Outcome(Status.NOT_FOUND, (), missing=f"{asked[0].missing} untuk {place}", whom=THERE)
    here = [piece for piece in evidence if piece.scope != "daerah-lain" and piece not in asked and piece.gap is None]
    return Outcome(Status.ANSWERED, (*answers, *here[:1]))


def _is_of_asked_region(piece: Evidence, reading: Reading) -> bool:
    """Tell whether a piece speaks of the region asked about; where the quote names none, what is around it does."""
    around = " ".join([piece.passage.document.title, *piece.passage.headings, piece.passage.text])
    return is_about(piece.quote if names_region(piece.quote) else around, reading.other_places)


def _story(reading: Reading, evidence: Sequence[Evidence], rewrite: Callable[[str], str]) -> Outcome:
    """Return the outcome for a story: sources hold the measures, the decision on the person is never theirs."""
    wrong = overturned(reading, evidence, rewrite)
    ordered = tuple(sorted(evidence, key=lambda piece: piece.gap is not None))
    if wrong is not None and wrong.premise is not None:
        return Outcome(Status.CORRECTED, ordered, "anggapan", premise=wrong.premise)
    if reading.on_person or any(piece.gap is not None for piece in evidence):
        return Outcome(Status.PARTIAL, ordered, "kasus")
    return Outcome(Status.ANSWERED, ordered)


def _elsewhere(evidence: Sequence[Evidence]) -> Outcome | None:
    """Return the outcome for another region's practice: beside it stands what Kaltim's sources say of it, or that none does.

    It is a correction only when a statement on Kaltim answers too; where the nearest is a known gap, it is half an answer.
    """
    practice = tuple(piece for piece in evidence if piece.scope == "daerah-lain")
    if not practice:
        return None
    local = tuple(piece for piece in evidence if piece.scope != "daerah-lain" and piece.cosine >= LOCAL_COSINE)
    known = bool(local) and all(piece.gap is None for piece in local)
    return Outcome(Status.CORRECTED if known else Status.PARTIAL, (practice[0], *local[:2]), "lain")


def _conflict(evidence: Sequence[Evidence], conflicts: Sequence[Conflict]) -> Conflict | None:
    """Return an open conflict of which two sides stand in the evidence."""
    found = {label for piece in evidence for label in piece.labels}
    for conflict in conflicts:
        if conflict.open and sum(bool(found & set(side)) for side in conflict.sides) >= 2:
            return conflict
    return None
