"""Mark a worked case by the rules of criteria.yaml: each point with what was due, and the sentences that say why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.criteria import Standing, Step, Verdict, decisive
from assistant.training.cases import Case
from assistant.training.items import Anchor
from assistant.training.statements import Statements, content

STEP_POINTS, ROW_POINTS, ASK_POINTS, REASON_POINTS = 3, 1, 1, 2
REASON_STEMS = 2
"""So many words of what decides must stand in a reason; it is counted, not understood, and the learner is told so."""

ANYWHERE = (
    "calon UEP Kaltim bantuan usaha tidak bukan belum boleh dapat bisa Dinsos kabupaten kota menurut sumber tim verifikasi "
    "tanyakan Bidang Penanganan Fakir Miskin keluarga diusulkan usulan aturan sesuai syarat ditemukan disebut memenuhi "
    "tetapi tetap jangan dulu juga masih sudah harus perlu"
)
"""Words that stand in any reason and tell nothing."""

ALL_MET = "Tidak ada butir yang menghalangi. Seleksi dan penetapan tetap pada pemerintah kabupaten/kota."


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner did: the facts asked for, the criteria sheet, the step (or the ordinal of the option) and the reason."""

    asked: frozenset[str] = frozenset()
    sheet: Mapping[str, Standing] = field(default_factory=dict)
    step: Step | None = None
    option: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One marked thing: `part` is tanya, lembar, langkah or alasan; `due` is what was expected and why, `given` what was done."""

    part: str
    what: str
    got: int
    of: int
    due: str
    citations: tuple[Anchor, ...] = ()
    given: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """All points of a worked case; `lesson` is what the case teaches, with its citations, empty where it doesn't fit."""

    points: tuple[Point, ...]
    lesson: str
    citations: tuple[Anchor, ...]

    @property
    def got(self) -> int:
        """Return the points reached."""
        return sum(point.got for point in self.points)

    @property
    def of(self) -> int:
        """Return the points that could be reached."""
        return sum(point.of for point in self.points)


def mark(case: Case, work: Work, statements: Statements) -> Mark:
    """Return the mark of a worked case; a sheet row or a question that nobody needs costs nothing."""
    points = [*_asking(case, work, statements)]
    points += _candidate(case, work, statements) if case.verdicts else _officer(case, work, statements)
    return Mark(tuple(points), case.lesson, cite(statements, case.plan.labels, case.lesson) if case.lesson else ())


def cite(statements: Statements, labels: Sequence[str], text: str) -> tuple[Anchor, ...]:
    """Return one statement for each label that the corpus states, the one nearest to `text`; each quote once."""
    found = (statements.anchor(label, text) for label in labels)
    return tuple({(anchor.path, anchor.quote): anchor for anchor in found if anchor is not None}.values())


def _asking(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    verdicts = {verdict.criterion.id: verdict for verdict in case.verdicts}
    for fact in case.hidden:
        got, given = (ASK_POINTS, "ditanyakan") if fact.key in work.asked else (0, "tidak ditanyakan")
        verdict = verdicts.get(fact.key)
        citations = cite(statements, verdict.labels[:1], verdict.text) if verdict else ()
        yield Point("tanya", fact.question, got, ASK_POINTS, fact.text, citations, given)


def _candidate(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    for verdict in case.verdicts:
        given = work.sheet.get(verdict.criterion.id)
        got = ROW_POINTS if given is verdict.standing else 0
        due = f"{verdict.standing.capitalize()}: {verdict.text}"
        citations = cite(statements, verdict.labels, verdict.text)
        yield Point("lembar", verdict.criterion.question, got, ROW_POINTS, due, citations, str(given or ""))
    deciding = decisive(case.verdicts)
    labels = tuple(dict.fromkeys(label for verdict in deciding for label in verdict.labels))
    text = " ".join(verdict.text for verdict in deciding)
    citations = cite(statements, labels, text)
    step = STEP_POINTS if work.step is case.step else 0
    due = f"{str(case.step).capitalize()}. {ALL_MET if case.step is Step.PROPOSE else deciding[0].text}"
    yield Point("langkah", "Langkah Anda", step, STEP_POINTS, due, citations, str(work.step or ""))
    said = _telling(work.reason)
    hit = any(_names(said, verdict, _told(case, verdict.criterion.id)) for verdict in deciding)
    facts = [_told(case, verdict.criterion.id).rstrip(".") for verdict in deciding]
    lead = "Sebut yang menentukan: "
    if case.step is Step.PROPOSE:
        lead, facts = "Sebut syarat yang terpenuhi, misalnya: ", facts[:2]
    due = f"{lead}{'; '.join(facts)}."
    yield Point("alasan", "Alasan Anda", REASON_POINTS if hit else 0, REASON_POINTS, due, citations, work.reason)


def _telling(reason: str) -> frozenset[str]:
    """Return the words of a reason that say something of this case: those that fit any case are left out."""
    return content(reason) - content(ANYWHERE)


def _names(said: frozenset[str], verdict: Verdict, told: str) -> bool:
    """Tell whether a reason names a verdict: enough of its words, and not more of those of an answer with another outcome.

    «Desil» and «prioritas» stand in the words for the group that goes first as well as for all others.
    """
    own = len(said & content(f"{verdict.answer.text} {verdict.text} {told}"))
    others = (one for one in verdict.criterion.answers if one.outcome is not verdict.outcome)
    return own >= max(REASON_STEMS, *(len(said & content(f"{one.text} {one.wording}")) for one in others), 0)


def _told(case: Case, key: str) -> str:
    return next(fact.text for fact in case.facts if fact.key == key)


def _officer(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    right = case.options[case.right]
    citations = cite(statements, case.plan.labels, right.text)
    chosen = case.options[work.option] if work.option is not None and 0 <= work.option < len(case.options) else None
    got = STEP_POINTS if chosen is not None and chosen.right else 0
    due = right.text if chosen is None or chosen.right else f"{right.text} {chosen.why}"
    yield Point("langkah", "Langkah Anda", got, STEP_POINTS, due, citations, chosen.text if chosen else "")
    hit = len(_telling(work.reason) & content(f"{right.text} {case.plan.lesson}")) >= REASON_STEMS
    yield Point("alasan", "Alasan Anda", REASON_POINTS if hit else 0, REASON_POINTS, case.plan.lesson, citations, work.reason)
