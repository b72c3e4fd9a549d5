"""Mark a worked case by the rules of criteria.yaml: each point with what was due, and the sentences that say why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.criteria import Standing, Step, decisive
from assistant.training.cases import Case
from assistant.training.items import Anchor
from assistant.training.statements import Statements, content

STEP_POINTS, ROW_POINTS, ASK_POINTS, REASON_POINTS = 3, 1, 1, 2
REASON_STEMS = 2
"""So many words of what decides must stand in a reason; it is counted, not understood, and the learner is told so."""

ANYWHERE = (
    "calon UEP Kaltim bantuan usaha tidak bukan belum boleh dapat bisa Dinsos kabupaten kota menurut sumber tim verifikasi "
    "tanyakan Bidang Penanganan Fakir Miskin keluarga diusulkan usulan aturan sesuai syarat ditemukan disebut memenuhi"
)
"""Words that stand in any reason and tell nothing."""


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
    """One marked thing: `part` is tanya, lembar, langkah or alasan; `due` is what was expected and why."""

    part: str
    what: str
    got: int
    of: int
    due: str
    citations: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """All points of a worked case; `lesson` is what the case teaches, with its citations."""

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
    return Mark(tuple(points), case.plan.lesson, cite(statements, case.plan.labels, case.plan.lesson))


def cite(statements: Statements, labels: Sequence[str], text: str) -> tuple[Anchor, ...]:
    """Return one statement for each label that the corpus states, the one nearest to `text`."""
    found = (statements.anchor(label, text) for label in labels)
    return tuple(dict.fromkeys(anchor for anchor in found if anchor is not None))


def _asking(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    labels = {verdict.criterion.id: verdict.criterion.labels for verdict in case.verdicts}
    for fact in case.hidden:
        got = ASK_POINTS if fact.key in work.asked else 0
        yield Point(
            "tanya", fact.question, got, ASK_POINTS, fact.text, cite(statements, labels.get(fact.key, ())[:1], fact.question)
        )


def _candidate(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    for verdict in case.verdicts:
        got = ROW_POINTS if work.sheet.get(verdict.criterion.id) is verdict.standing else 0
        due = f"{verdict.standing.capitalize()}: {verdict.text}"
        yield Point("lembar", verdict.criterion.question, got, ROW_POINTS, due, cite(statements, verdict.labels, verdict.text))
    deciding = decisive(case.verdicts)
    labels = tuple(dict.fromkeys(label for verdict in deciding for label in verdict.labels))
    text = " ".join(verdict.text for verdict in deciding)
    citations = cite(statements, labels, text)
    step = STEP_POINTS if work.step is case.step else 0
    yield Point("langkah", "Langkah Anda", step, STEP_POINTS, f"{str(case.step).capitalize()}. {deciding[0].text}", citations)
    said = _telling(work.reason)
    hit = any(
        len(said & content(f"{v.criterion.question} {v.answer.text} {v.text} {_told(case, v.criterion.id)}")) >= REASON_STEMS
        for v in deciding
    )
    due = "Sebut yang menentukan: " + "; ".join(_told(case, verdict.criterion.id).rstrip(".") for verdict in deciding) + "."
    yield Point("alasan", "Alasan Anda", REASON_POINTS if hit else 0, REASON_POINTS, due, citations)


def _telling(reason: str) -> frozenset[str]:
    """Return the words of a reason that say something of this case: those that fit any case are left out."""
    return content(reason) - content(ANYWHERE)


def _told(case: Case, key: str) -> str:
    return next(fact.text for fact in case.facts if fact.key == key)


def _officer(case: Case, work: Work, statements: Statements) -> Iterator[Point]:
    right = case.options[case.right]
    citations = cite(statements, case.plan.labels, right.text)
    chosen = case.options[work.option] if work.option is not None and 0 <= work.option < len(case.options) else None
    got = STEP_POINTS if chosen is not None and chosen.right else 0
    due = right.text if chosen is None or chosen.right else f"{right.text} {chosen.why}"
    yield Point("langkah", "Langkah Anda", got, STEP_POINTS, due, citations)
    hit = len(_telling(work.reason) & content(f"{right.text} {case.plan.lesson}")) >= REASON_STEMS
    yield Point("alasan", "Alasan Anda", REASON_POINTS if hit else 0, REASON_POINTS, case.plan.lesson, citations)
