"""Sittings of a training session -> its results: scores, gain, distribution, topics, regions. Pure.

Who missed a test is listed and left out of the gain, never counted as zero; an attempt without one answer counts as missed.
Of a region nothing but the number of people is said while fewer than `FEWEST_SHOWN` people stand behind a mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import fmean, median

from assistant.training.confusion import ItemResult, item_results
from assistant.training.items import TOPICS, Item
from assistant.training.paired import interval
from assistant.training.regions import RegionResult, region_results
from assistant.training.scoring import Attempt, Gain, Score, gain, gains, score
from assistant.training.statistics import Misconception, misconceptions

BINS = 10


class Phase(StrEnum):
    """The two tests, by the names that people read."""

    BEFORE = "Pre-test"
    AFTER = "Post-test"


@dataclass(frozen=True, slots=True)
class Session:
    """What stands at the head of every paper; `day` is ISO, `topics` are keys of `items.TOPICS`, `hours` is free text."""

    title: str
    place: str = ""
    day: str = ""
    trainer: str = ""
    topics: tuple[str, ...] = ()
    hours: str = ""

    @property
    def topic_names(self) -> tuple[str, ...]:
        """Return the topics as people read them."""
        return tuple(TOPICS.get(topic, topic) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Attendance:
    """One participant with the attempts at both tests, None for a test that was not sat."""

    id: str
    number: int
    name: str
    kabupaten: str
    before: Attempt | None = None
    after: Attempt | None = None


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One participant's scores; `missed` names the tests of the session that were not sat, and then there is no gain."""

    sitting: Attendance
    before: Score | None = None
    after: Score | None = None
    gain: Gain | None = None
    topics: Mapping[str, Gain] = field(default_factory=dict)
    missed: tuple[Phase, ...] = ()


@dataclass(frozen=True, slots=True)
class FormResult:
    """One form: how many sat it, mean and median of their shares (None: nobody sat it), and its items.

    `bins` counts people by tens: 0 to 9, 10 to 19 … 90 to 100.
    """

    phase: Phase
    people: int
    mean: float | None
    median: float | None
    bins: tuple[int, ...]
    items: tuple[ItemResult, ...]
    misconceptions: tuple[Misconception, ...]


@dataclass(frozen=True, slots=True)
class TopicResult:
    """Mean shares of one topic. `people` sat both tests and both means are theirs; with nobody of that kind (0) each mean
    is of those who sat that test, and there is no gain."""

    topic: str
    people: int
    before: float | None
    after: float | None
    gain: float | None

    @property
    def name(self) -> str:
        """Return the topic as people read it."""
        return TOPICS.get(self.topic, self.topic)


@dataclass(frozen=True, slots=True)
class MeanGain:
    """Mean gain of those who sat both tests, in shares; `reached` is the part of what the group could still learn.

    `low` and `high` bound it with 95 % confidence, None with fewer than `paired.FEWEST_FOR_INTERVAL` people.
    """

    people: int
    points: float | None = None
    reached: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is said of a session; `before` or `after` is None when the session has no such test."""

    session: Session
    people: tuple[PersonResult, ...]
    before: FormResult | None
    after: FormResult | None
    gain: MeanGain
    topics: tuple[TopicResult, ...]
    regions: tuple[RegionResult, ...]

    @property
    def tests(self) -> tuple[FormResult, ...]:
        """Return the tests that the session has, in their order."""
        return tuple(test for test in (self.before, self.after) if test)

    @property
    def missed(self) -> tuple[PersonResult, ...]:
        """Return who missed a test."""
        return tuple(person for person in self.people if person.missed)

    @property
    def again(self) -> tuple[Misconception, ...]:
        """Return what to teach again: the misconceptions of the last test that anybody sat."""
        return next((test.misconceptions for test in reversed(self.tests) if test.people), ())


def results(
    session: Session, sittings: Sequence[Attendance], before_items: Sequence[Item], after_items: Sequence[Item]
) -> Results:
    """Return the results of a session; people stay in the order of their numbers, for a result is no ranking."""
    ordered = sorted(sittings, key=lambda one: (one.number, one.id))
    people = tuple(_person(one, before_items, after_items) for one in ordered)
    return Results(
        session=session,
        people=people,
        before=_test(Phase.BEFORE, before_items, people),
        after=_test(Phase.AFTER, after_items, people),
        gain=_mean_gain(people),
        topics=_topics(people, before_items, after_items),
        regions=region_results([(p.sitting.kabupaten, _share(p.before), _share(p.after)) for p in people]),
    )


def _person(sitting: Attendance, before_items: Sequence[Item], after_items: Sequence[Item]) -> PersonResult:
    before, after = _scored(before_items, sitting.before), _scored(after_items, sitting.after)
    missed = tuple(
        phase
        for phase, items, found in ((Phase.BEFORE, before_items, before), (Phase.AFTER, after_items, after))
        if items and found is None
    )
    if before is None or after is None:
        return PersonResult(sitting, before, after, missed=missed)
    return PersonResult(sitting, before, after, gain(before.total, after.total), gains(before, after))


def _scored(items: Sequence[Item], attempt: Attempt | None) -> Score | None:
    """Return the score of an attempt that answers any item of the form."""
    asked = {item.id for item in items}
    sat = attempt is not None and any(one.item in asked and one.chosen for one in attempt.responses)
    return score(items, attempt) if attempt and sat else None


def _test(phase: Phase, items: Sequence[Item], people: Sequence[PersonResult]) -> FormResult | None:
    if not items:
        return None
    both = [(p.before, p.sitting.before) if phase is Phase.BEFORE else (p.after, p.sitting.after) for p in people]
    sat = [(found, attempt) for found, attempt in both if found and attempt]
    shares, attempts = [found.total.share for found, _ in sat], [attempt for _, attempt in sat]
    bins = [0] * BINS
    for share in shares:
        bins[min(BINS - 1, int(share * BINS + 1e-9))] += 1
    return FormResult(
        phase,
        len(shares),
        fmean(shares) if shares else None,
        median(shares) if shares else None,
        tuple(bins),
        item_results(items, attempts),
        misconceptions(items, attempts),
    )


def _share(found: Score | None) -> float | None:
    return found.total.share if found else None


def _mean_gain(people: Sequence[PersonResult]) -> MeanGain:
    both = [(p.before.total.share, p.after.total.share) for p in people if p.before and p.after]
    if not both:
        return MeanGain(0)
    before, after = fmean(first for first, _ in both), fmean(second for _, second in both)
    low, high = interval([second - first for first, second in both])
    left = 1 - before
    return MeanGain(len(both), after - before, (after - before) / left if left > 1e-9 else None, low, high)


def _topics(people: Sequence[PersonResult], before: Sequence[Item], after: Sequence[Item]) -> tuple[TopicResult, ...]:
    asked = {item.topic for item in (*before, *after)}
    order = [topic for topic in TOPICS if topic in asked] + sorted(asked - set(TOPICS))
    both = [person for person in people if person.before and person.after]
    basis = both or people

    def mean(topic: str, scores: Sequence[Score | None]) -> float | None:
        shares = [found.topics[topic].share for found in scores if found and topic in found.topics]
        return fmean(shares) if shares else None

    found = []
    for topic in order:
        first, second = mean(topic, [person.before for person in basis]), mean(topic, [person.after for person in basis])
        change = second - first if both and first is not None and second is not None else None
        found.append(TopicResult(topic, len(both), first, second, change))
    return tuple(found)
