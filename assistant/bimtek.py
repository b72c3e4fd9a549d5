"""Bimtek: what a trainer does with sittings. Every use case checks the role, and whose sitting it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.access import Action, allowed, require
from assistant.errors import AccessError, InputError
from assistant.itembank import ItemBank
from assistant.ledger import Person, actor_of
from assistant.privacy import mask
from assistant.records import Records, items, seats, sittings
from assistant.training.forms import forms, swapped
from assistant.training.items import Item
from assistant.training.lifecycle import Event
from assistant.training.results import Attendance, Results, Session, results
from assistant.training.scoring import Attempt
from assistant.training.sittings import (
    Live,
    Participant,
    Sitting,
    SittingPlan,
    Stage,
    Test,
    advanced,
    checked_plan,
    extended,
    live,
    reopened,
)

LONGEST_NAME = 120
NOT_YOURS = "Sesi ini milik pelatih lain; buka sesi Anda sendiri di Bimtek."


@dataclass(frozen=True, slots=True)
class Running:
    """A sitting with its participants and what they have answered of each test."""

    sitting: Sitting
    participants: tuple[Participant, ...]
    before: tuple[Attempt, ...]
    after: tuple[Attempt, ...]

    def attempts(self, test: Test) -> tuple[Attempt, ...]:
        """Return the answers of a test."""
        return self.before if test is Test.BEFORE else self.after

    @property
    def live(self) -> Live:
        """Return what is seen of the test that is open, or of the last one."""
        test = self.sitting.test or (Test.AFTER if self.sitting.stage is Stage.DONE else self.sitting.tests[0])
        return live(self.sitting.items(test), self.participants, self.attempts(test), test)


class Bimtek:
    """The sittings of trainers."""

    def __init__(self, records: Records, bank: ItemBank) -> None:
        """Draw items from `bank`, keep sittings in `records`."""
        self._records = records
        self._bank = bank

    # Before it begins

    def create(self, person: Person | None, plan: SittingPlan) -> Sitting:
        """Draw both tests and write the sitting; raises InputError for a plan that can't be held or too few items."""
        require(person, Action.TRAIN)
        plan = checked_plan(_masked(plan))
        first, second = forms(self._bank.pool(), plan.topics, plan.number, plan.seed, self._bank.statistics())
        tests = (items.to_json(first if plan.pretest else ()), items.to_json(second))
        return sittings.add_sitting(self._records, actor_of(person), plan, tests)

    def swap(self, person: Person | None, identity: str, place: int) -> Sitting:
        """Put another pair of items in place of one; raises InputError once the first test was opened."""

        def change(sitting: Sitting) -> Sitting:
            _require_lobby(sitting, place)
            before, after = swapped(sitting.before, sitting.after, place, self._bank.pool(), sitting.plan.seed)
            return replace(sitting, before=before, after=after)

        return self._change(person, identity, change)

    def reject(self, person: Person | None, identity: str, place: int, item: str, *, reason: str) -> Sitting:
        """Reject an item of a sitting for good, with a reason, and put another pair in its place."""
        _require_lobby(self.sitting(person, identity), place)
        self._bank.act(person, item, Event.REJECT, reason=reason)
        return self.swap(person, identity, place)

    def reword(self, person: Person | None, identity: str, old: str, new: Item) -> Sitting:
        """Put an item's new wording into a sitting that has not begun."""

        def change(sitting: Sitting) -> Sitting:
            _require_lobby(sitting, 0)
            tests = [tuple(new if item.id == old else item for item in test) for test in (sitting.before, sitting.after)]
            return replace(sitting, before=tests[0], after=tests[1])

        return self._change(person, identity, change)

    # While it runs

    def advance(self, person: Person | None, identity: str, seen: Stage) -> Sitting:
        """Move a sitting to its next stage; opening the first test reviews its items, the end gives the certificates."""
        sitting = self.sitting(person, identity)
        if sitting.stage is seen is Stage.LOBBY:
            self._bank.used((*sitting.before, *sitting.after), actor=actor_of(person))
        moved = self._change(person, identity, lambda now: advanced(now, seen, now=self._records.now()))
        if moved.stage is Stage.DONE:
            attended = {attempt.person for attempt in seats.attempts(self._records, identity, Test.AFTER)}
            seats.certify(self._records, identity, earned=sorted(attended))
        return moved

    def reopen(self, person: Person | None, identity: str, seen: Stage) -> Sitting:
        """Open the test again that was closed last."""
        return self._change(person, identity, lambda now: reopened(now, seen, now=self._records.now()))

    def extend(self, person: Person | None, identity: str, minutes: int) -> Sitting:
        """Give the open test more time."""
        return self._change(person, identity, lambda now: extended(now, minutes, now=self._records.now()))

    def rename(self, person: Person | None, identity: str, participant: str, name: str, kabupaten: str) -> None:
        """Correct a participant's name, as it will stand on the certificate."""
        self.sitting(person, identity)
        if seats.participant_of(self._records, participant).sitting != identity:
            raise InputError(seats.NO_SEAT)
        seats.rename(self._records, participant, checked_name(name), kabupaten, actor=actor_of(person))

    def delete(self, person: Person | None, identity: str) -> None:
        """Delete a sitting with everything that belongs to it."""
        self.sitting(person, identity)
        sittings.delete_sitting(self._records, identity, actor=actor_of(person))

    # What is there

    def mine(self, person: Person | None) -> tuple[Sitting, ...]:
        """Return a trainer's sittings, an admin's all, newest first."""
        require(person, Action.TRAIN)
        return sittings.sittings(self._records, "" if allowed(person, Action.MANAGE) else actor_of(person))

    def sitting(self, person: Person | None, identity: str) -> Sitting:
        """Return a sitting of one's own; raises AccessError for another trainer's, InputError for none."""
        require(person, Action.TRAIN)
        found = sittings.sitting_of(self._records, identity)
        if found.owner != actor_of(person) and not allowed(person, Action.MANAGE):
            raise AccessError(NOT_YOURS)
        return found

    def running(self, person: Person | None, identity: str) -> Running:
        """Return a sitting with participants and answers."""
        return running(self._records, self.sitting(person, identity))

    def _change(self, person: Person | None, identity: str, change: Callable[[Sitting], Sitting]) -> Sitting:
        self.sitting(person, identity)
        return sittings.change_sitting(self._records, identity, change, actor=actor_of(person))


def running(records: Records, sitting: Sitting) -> Running:
    """Return a sitting with its participants and all answers."""
    both = [seats.attempts(records, sitting.id, test) for test in Test]
    return Running(sitting, seats.participants(records, sitting.id), both[0], both[1])


def session_of(sitting: Sitting) -> Session:
    """Return what stands at the head of every paper of a sitting."""
    plan = sitting.plan
    hours = f"{plan.hours} jam pelajaran" if plan.hours else ""
    return Session(plan.title, plan.place, plan.day, plan.trainer, plan.topics, hours)


def results_of(state: Running) -> Results:
    """Return the results of a sitting."""
    before, after = ({attempt.person: attempt for attempt in state.attempts(test)} for test in Test)
    people = [
        Attendance(one.id, one.number, one.name, one.kabupaten, before.get(one.id), after.get(one.id))
        for one in state.participants
    ]
    return results(session_of(state.sitting), people, state.sitting.before, state.sitting.after)


def checked_name(name: str) -> str:
    """Return a participant's name on one line; raises InputError for none, one that is too long or holds a private number."""
    text = " ".join(name.split())
    if not any(sign.isalpha() for sign in text):
        raise InputError("Tulis nama Anda.")
    if len(text) > LONGEST_NAME:
        raise InputError(f"Nama terlalu panjang; paling banyak {LONGEST_NAME} huruf.")
    if mask(text)[1] or sum(sign.isdigit() for sign in text) >= 6:
        raise InputError("Tulis nama saja, tanpa NIK atau nomor apa pun.")
    return text


def _require_lobby(sitting: Sitting, place: int) -> None:
    if sitting.stage is not Stage.LOBBY:
        raise InputError("Soal tidak dapat diganti lagi: tes sudah pernah dibuka.")
    if not 0 <= place < len(sitting.after):
        raise InputError("Nomor soal tidak ada; muat ulang halaman.")


def _masked(plan: SittingPlan) -> SittingPlan:
    title, place, trainer = (mask(" ".join(text.split()))[0][:200] for text in (plan.title, plan.place, plan.trainer))
    return replace(plan, title=title, place=place, trainer=trainer)
