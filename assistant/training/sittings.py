"""A bimtek sitting: its plan, its stages, who may answer when, and what a trainer sees of it while it runs. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.errors import InputError
from assistant.training.items import TOPICS, Item
from assistant.training.scoring import Attempt, points

GRACE = timedelta(seconds=20)
"""An answer that was on its way when the time ended still counts."""
FEWEST_ITEMS, MOST_ITEMS = 3, 40
SHORTEST, LONGEST = 1, 180
"""Minutes of a test."""
MOST_PARTICIPANTS = 500


class Stage(StrEnum):
    """Where a sitting stands; the trainer moves it on."""

    LOBBY = "menunggu peserta"
    BEFORE = "pre-test"
    LESSON = "materi"
    AFTER = "post-test"
    DONE = "selesai"


class Test(StrEnum):
    """One of the two tests, as records and addresses name it."""

    __test__ = False  # for pytest
    BEFORE = "pra"
    AFTER = "pasca"


@dataclass(frozen=True, slots=True)
class SittingPlan:
    """What the trainer wants: `number` items a test from `topics`, `minutes` for each; without `pretest` one test at the end.

    `hours` (jam pelajaran) and `scored` are for the certificate; `seed` draws the items.
    """

    title: str
    place: str
    day: str
    trainer: str
    topics: tuple[str, ...]
    number: int
    minutes: int
    pretest: bool = True
    hours: int = 0
    scored: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """One bimtek session: `code` is what people type to join, `ends` when the test now open ends."""

    id: str
    code: str
    owner: str
    stage: Stage
    plan: SittingPlan
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    created: datetime
    ends: datetime | None = None
    closed: datetime | None = None

    @property
    def test(self) -> Test | None:
        """Return the test that is open, if any."""
        return {Stage.BEFORE: Test.BEFORE, Stage.AFTER: Test.AFTER}.get(self.stage)

    def items(self, test: Test) -> tuple[Item, ...]:
        """Return the items of a test."""
        return self.before if test is Test.BEFORE else self.after

    @property
    def tests(self) -> tuple[Test, ...]:
        """Return the tests that it has."""
        return (Test.BEFORE, Test.AFTER) if self.plan.pretest else (Test.AFTER,)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a sitting; `id` is their address, `pin` opens it on another phone."""

    id: str
    sitting: str
    number: int
    name: str
    kabupaten: str
    pin: str
    joined: datetime
    before_done: datetime | None = None
    after_done: datetime | None = None
    certificate: str = ""

    @property
    def code(self) -> str:
        """Return the code of the certificate as it is printed, `UEP-7KQ4-M2XD`; empty without one."""
        return f"UEP-{self.certificate[:4]}-{self.certificate[4:]}" if self.certificate else ""

    def done(self, test: Test) -> datetime | None:
        """Return when a test was handed in."""
        return self.before_done if test is Test.BEFORE else self.after_done


def checked_plan(plan: SittingPlan) -> SittingPlan:
    """Return the plan; raises InputError, with what to do, for one that can't be held."""
    if not plan.title.strip():
        raise InputError("Beri nama pada sesi, misalnya «Bimtek UEP Berau».")
    if not plan.topics or set(plan.topics) - TOPICS.keys():
        raise InputError("Pilih sedikitnya satu topik dari daftar.")
    if not FEWEST_ITEMS <= plan.number <= MOST_ITEMS:
        raise InputError(f"Jumlah soal per tes antara {FEWEST_ITEMS} dan {MOST_ITEMS}.")
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise InputError(f"Lama tes antara {SHORTEST} dan {LONGEST} menit.")
    return plan


def _order(sitting: Sitting) -> tuple[Stage, ...]:
    return tuple(Stage) if sitting.plan.pretest else (Stage.LOBBY, Stage.LESSON, Stage.AFTER, Stage.DONE)


def following(sitting: Sitting) -> Stage | None:
    """Return the stage that comes next."""
    order = _order(sitting)
    place = order.index(sitting.stage)
    return order[place + 1] if place + 1 < len(order) else None


def advanced(sitting: Sitting, seen: Stage, *, now: datetime) -> Sitting:
    """Return the sitting one stage on; `seen` is the stage that the trainer saw, so that two clicks are one step.

    Raises InputError when it stands elsewhere by now, or is over.
    """
    if sitting.stage is not seen:
        raise InputError(f"Sesi ini sudah pada tahap {sitting.stage}; muat ulang halaman.")
    stage = following(sitting)
    if stage is None:
        raise InputError("Sesi ini sudah selesai.")
    return _at(sitting, stage, now)


def reopened(sitting: Sitting, seen: Stage, *, now: datetime) -> Sitting:
    """Return the sitting with the test that was closed last open again, for the whole time; raises InputError elsewhere."""
    before = {Stage.LESSON: Stage.BEFORE, Stage.DONE: Stage.AFTER}.get(sitting.stage)
    if sitting.stage is not seen or before is None or before not in _order(sitting):
        raise InputError("Tidak ada tes yang baru ditutup; muat ulang halaman.")
    return _at(sitting, before, now)


def extended(sitting: Sitting, minutes: int, *, now: datetime) -> Sitting:
    """Return the sitting with more time for the open test, counted from now when its time is over; raises InputError."""
    if sitting.test is None or sitting.ends is None:
        raise InputError("Tidak ada tes yang sedang berjalan.")
    if not 1 <= minutes <= LONGEST:
        raise InputError(f"Tambahan waktu antara 1 dan {LONGEST} menit.")
    return replace(sitting, ends=max(sitting.ends, now) + timedelta(minutes=minutes))


def _at(sitting: Sitting, stage: Stage, now: datetime) -> Sitting:
    ends = now + timedelta(minutes=sitting.plan.minutes) if stage in (Stage.BEFORE, Stage.AFTER) else None
    return replace(sitting, stage=stage, ends=ends, closed=now if stage is Stage.DONE else None)


def seconds_left(sitting: Sitting, now: datetime) -> int | None:
    """Return the seconds that the open test has left, 0 when it is over, None without one."""
    return max(0, round((sitting.ends - now).total_seconds())) if sitting.test and sitting.ends else None


def require_open(sitting: Sitting, participant: Participant, test: Test, *, now: datetime) -> None:
    """Raise InputError when a participant can't answer `test` now, saying why."""
    if sitting.test is not test or sitting.ends is None:
        raise InputError(f"Tes ini tidak sedang dibuka; sesi pada tahap {sitting.stage}.")
    if participant.done(test):
        raise InputError("Anda sudah menyerahkan tes ini; jawabannya tidak dapat diubah lagi.")
    if now > sitting.ends + GRACE:
        raise InputError("Waktu tes sudah habis; jawaban ini tidak dihitung. Pelatih dapat menambah waktu.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An item that many get wrong while the test runs: how many answered it, and how many of them not fully right."""

    item: Item
    answered: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Live:
    """A sitting as the trainer sees it while it runs: answers given by participant id, who is done, what goes wrong."""

    answered: Mapping[str, int]
    done: int
    troubles: tuple[Trouble, ...]


def live(items: Sequence[Item], participants: Iterable[Participant], attempts: Iterable[Attempt], test: Test) -> Live:
    """Return what is seen of a test that runs; the items most often wrong come first, at least two wrong answers each."""
    given: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    known = {item.id: item for item in items}
    for attempt in attempts:
        for response in attempt.responses:
            if response.item not in known:
                continue
            given[attempt.person] += 1
            seen[response.item] += 1
            wrong[response.item] += points(known[response.item], response) < 1
    troubles = [Trouble(known[name], seen[name], count) for name, count in wrong.items() if count > 1]
    troubles.sort(key=lambda one: (-one.wrong / one.answered, -one.wrong, one.item.id))
    return Live(given, sum(participant.done(test) is not None for participant in participants), tuple(troubles))
