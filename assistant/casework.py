"""Casework: somebody works on a case alone. Begin, ask, fill in, decide, be marked, go on after a break; all of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.course import Course
from assistant.criteria import Standing, Step
from assistant.errors import InputError
from assistant.knowledge.cases import CasePlan
from assistant.ledger import Person
from assistant.records import Records, casework
from assistant.records.casework import CaseFile, Notes
from assistant.service import Assistant
from assistant.training.asking import Question, known, questions
from assistant.training.cases import Case, CaseFact, variants
from assistant.training.marking import Mark, Work, mark

LONGEST_REASON = 1000
BASIC_FACTS = 4
"""A candidate with more facts than these is for those who have practised."""
TRIES = 20
"""How often a case that somebody else has had is drawn anew."""
NO_PLAN = "Kasus ini tidak ada lagi; pilih yang lain dari daftar."


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that a person may begin, told by its opening; `best` are their best points, `open` names the one to go on with."""

    plan: str
    level: str
    story: str
    tries: int
    best: tuple[int, int] | None
    open: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A case on somebody's desk with what they did; without `case` the sources have changed and it is there no longer."""

    file: CaseFile
    case: Case | None
    questions: tuple[Question, ...] = ()
    facts: tuple[CaseFact, ...] = ()

    @property
    def past(self) -> bool:
        """Tell whether nothing is left to do with it: it is marked, or there no longer."""
        return self.file.finished is not None or self.case is None

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions that were asked, in the order of asking."""
        by_key = {question.key: question for question in self.questions}
        return tuple(by_key[key] for key in self.file.notes.asked if key in by_key)

    @property
    def unasked(self) -> tuple[Question, ...]:
        """Return the questions that may still be asked."""
        return tuple(question for question in self.questions if question.key not in self.file.notes.asked)


class Casework:
    """The cases of a person."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        """Take cases from what `assistant` teaches, keep in `records`."""
        self._assistant = assistant
        self._records = records

    def offers(self, person: Person) -> tuple[Offer, ...]:
        """Return all cases, each told as this person would get it next."""
        course, found = self._assistant.course(), casework.files(self._records, person.key)
        dealt = casework.dealt(self._records)
        return tuple(self._offer(course, plan, person, found, dealt) for plan in course.book.plans)

    def history(self, person: Person) -> tuple[Desk, ...]:
        """Return a person's cases, the newest first; those that wait to be finished come first of all."""
        course = self._assistant.course()
        desks = [_desk(course, one) for one in casework.files(self._records, person.key)]
        return tuple(sorted(desks, key=lambda desk: desk.past))

    def begin(self, person: Person, plan: str) -> CaseFile:
        """Begin a case that nobody has had, or go on with the one of this plan that isn't finished."""
        course = self._assistant.course()
        chosen = next((one for one in course.book.plans if one.id == plan), None)
        if chosen is None:
            raise InputError(NO_PLAN)
        found = casework.files(self._records, person.key)
        waiting = _waiting(course, found, plan)
        if waiting is not None:
            return waiting
        number = _number(found, plan)
        seed, case = _fresh(course, chosen, person.key, number, casework.dealt(self._records))
        identity = casework.begin(self._records, person.key, plan=plan, number=number, seed=seed, case=case.id)
        return casework.read(self._records, person.key, identity)

    def desk(self, person: Person, identity: str) -> Desk:
        """Return one's own case; raises AccessError for another's."""
        return _desk(self._assistant.course(), casework.read(self._records, person.key, identity))

    def keep(self, person: Person, identity: str, notes: Notes) -> Desk:
        """Store what a person asked, filled in, decided and wrote; what can't belong to the case is left out.

        Raises InputError for a reason that is too long, after all else is stored; AccessError for another's case.
        """
        desk = self.desk(person, identity)
        if desk.case is None:
            return desk
        long = len(notes.reason) > LONGEST_REASON
        kept = _fitting(desk, notes, desk.file.notes.reason if long else notes.reason)
        file = casework.keep(self._records, person.key, identity, kept)
        if long:
            raise InputError(f"Alasan terlalu panjang ({len(notes.reason)} huruf); ringkas sampai {LONGEST_REASON} huruf.")
        return _desk(self._assistant.course(), file)

    def finish(self, person: Person, identity: str) -> Desk:
        """Mark a case with what is stored of it; the first mark counts."""
        desk = self.desk(person, identity)
        if desk.case is None or desk.file.finished is not None:
            return desk
        found = self.mark(desk)
        file = casework.finish(self._records, person.key, identity, got=found.got, possible=found.of)
        return _desk(self._assistant.course(), file)

    def mark(self, desk: Desk) -> Mark:
        """Return the mark of what was done, with the sentence for each point; raises InputError for a case that has changed."""
        if desk.case is None:
            raise InputError(NO_PLAN)
        return mark(desk.case, _work(desk.file.notes), self._assistant.course().statements)

    def _offer(self, course: Course, plan: CasePlan, person: Person, found: tuple[CaseFile, ...], dealt: frozenset[str]) -> Offer:
        mine = [one for one in found if one.plan == plan.id]
        waiting = _waiting(course, found, plan.id)
        case = _case(course, waiting.plan, waiting.seed) if waiting else None
        if case is None:
            _, case = _fresh(course, plan, person.key, _number(found, plan.id), dealt)
        marks = [(one.got, one.possible) for one in mine if one.finished is not None]
        best = max(marks, key=lambda pair: pair[0] / max(1, pair[1]), default=None)
        return Offer(plan.id, level(plan), case.story, len(marks), best, waiting.id if waiting else "")


def level(plan: CasePlan) -> str:
    """Return how demanding a plan is, in a word that tells nothing of its answer."""
    if plan.options:
        return "Langkah petugas"
    return "Dasar" if len(plan.visible) + len(plan.hidden) <= BASIC_FACTS else "Lanjut"


def missing(desk: Desk) -> tuple[str, ...]:
    """Return what is still empty: the step, the reason, rows of the sheet."""
    notes, case = desk.file.notes, desk.case
    if case is None:
        return ()
    found = []
    rows = sum(fact.key not in notes.sheet for fact in desk.facts) if case.verdicts else 0
    if rows:
        found.append(f"{rows} butir lembar kriteria")
    if not notes.step and notes.option is None:
        found.append("langkah")
    if not notes.reason.strip():
        found.append("alasan")
    return tuple(found)


def _drawn(course: Course, plan: CasePlan, seed: str) -> Case:
    return variants(plan, course.book, course.criteria, 2, seed)[-1]


def _case(course: Course, plan: str, seed: str) -> Case | None:
    found = next((one for one in course.book.plans if one.id == plan), None)
    return _drawn(course, found, seed) if found else None


def _fresh(course: Course, plan: CasePlan, owner: str, number: int, dealt: frozenset[str]) -> tuple[str, Case]:
    """Return the seed and the case of somebody's next try at a plan, one that nobody has had where there is one."""
    start = hashlib.sha256(owner.encode()).hexdigest()[:16]
    drawn = ((seed, _drawn(course, plan, seed)) for seed in (f"{start}:{number}:{draw}" for draw in range(TRIES)))
    first = next(drawn)
    return first if first[1].id not in dealt else next((one for one in drawn if one[1].id not in dealt), first)


def _number(found: tuple[CaseFile, ...], plan: str) -> int:
    """Return the number of somebody's next try at a plan; earlier ones may have been deleted when their time was over."""
    return 1 + max((int(one.seed.split(":")[1]) for one in found if one.plan == plan), default=-1)


def _waiting(course: Course, found: tuple[CaseFile, ...], plan: str) -> CaseFile | None:
    return next((one for one in found if one.plan == plan and one.finished is None and _desk(course, one).case), None)


def _desk(course: Course, file: CaseFile) -> Desk:
    case = _case(course, file.plan, file.seed)
    if case is None or case.id != file.case:
        return Desk(file, None)
    return Desk(file, case, questions(case, course.criteria), known(case, file.notes.asked))


def _fitting(desk: Desk, notes: Notes, reason: str) -> Notes:
    """Return the notes without what the form of this case can't have sent; an empty field leaves what is stored."""
    case, before = desk.case, desk.file.notes
    assert case is not None
    keys = {question.key for question in desk.questions}
    rows = {fact.key for fact in known(case, (*before.asked, *notes.asked))} if case.verdicts else frozenset[str]()
    sheet = {key: value for key, value in notes.sheet.items() if key in rows and value in frozenset(Standing)}
    step = notes.step if case.verdicts and notes.step in frozenset(Step) else before.step
    option = notes.option if notes.option is not None and notes.option < len(case.options) else before.option
    return Notes(tuple(key for key in notes.asked if key in keys), sheet, step, option, reason)


def _work(notes: Notes) -> Work:
    sheet: Mapping[str, Standing] = {key: Standing(value) for key, value in notes.sheet.items()}
    return Work(frozenset(notes.asked), sheet, Step(notes.step) if notes.step else None, notes.option, notes.reason)
