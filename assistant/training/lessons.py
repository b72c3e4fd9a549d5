"""A lesson for somebody who learns alone: what is asked next, and how far they are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.training.forms import PRIOR, difficulty
from assistant.training.items import TOPICS, Item
from assistant.training.repetition import Memory
from assistant.wording import WITA

NEW_A_DAY = 10
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of somebody at `now`: their memory of each item, the moments of their answers and whether they were right."""

    now: datetime
    memories: Mapping[str, Memory]
    answers: Sequence[tuple[datetime, bool]] = ()

    @property
    def begun_today(self) -> int:
        """Return how many items they saw today for the first time."""
        return sum(day_of(memory.begun) == day_of(self.now) for memory in self.memories.values())

    @property
    def new_left(self) -> int:
        """Return how many new items may still come today."""
        return max(0, NEW_A_DAY - self.begun_today)


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """How many items of a topic are known, being learned, not yet seen, and due now."""

    topic: str
    known: int
    learning: int
    new: int
    due: int

    @property
    def all(self) -> int:
        """Return how many items the topic has."""
        return self.known + self.learning + self.new


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: by topic, what waits today, days in a row, and the share that was right lately (None: no answers)."""

    topics: tuple[TopicProgress, ...]
    due: int
    new: int
    streak: int
    right: float | None
    answers: int
    next_due: datetime | None


def next_item(items: Iterable[Item], learner: Learner, topics: Collection[str] = ()) -> Item | None:
    """Return what is asked next: what is due, longest first; else a new item of `topics` (none: of all), while the day allows."""
    asked = {item.id: item for item in items}
    due = [(learner.memories[name].due, name) for name in asked if name in learner.memories]
    ripe = min((one for one in due if one[0] <= learner.now), default=None)
    if ripe is not None:
        return asked[ripe[1]]
    return next_new(asked.values(), learner, topics) if learner.new_left else None


def next_new(items: Iterable[Item], learner: Learner, topics: Collection[str] = ()) -> Item | None:
    """Return a new item: of the topic seen least, there of the kind seen least for its share of the bank, there the easiest."""
    pool = tuple(items)
    seen = [item for item in pool if item.id in learner.memories]
    stock, met = Counter(item.kind for item in pool), Counter(item.kind for item in seen)
    by_topic = Counter(item.topic for item in seen)
    order = {topic: number for number, topic in enumerate(TOPICS)}
    fresh = (item for item in pool if item.id not in learner.memories and (not topics or item.topic in topics))

    def turn(item: Item) -> tuple[float, ...]:
        share = (met[item.kind] + 1) / stock[item.kind]
        return (by_topic[item.topic], order.get(item.topic, len(order)), share, PRIOR[item.kind], difficulty(item))

    return min(fresh, key=lambda item: (turn(item), item.id), default=None)


def progress(items: Iterable[Item], learner: Learner) -> Progress:
    """Return how far somebody is with the items that are asked now; those that are gone don't count."""
    by_topic: dict[str, list[Item]] = {}
    for item in items:
        by_topic.setdefault(item.topic, []).append(item)
    topics = tuple(
        _topic(topic, by_topic[topic], learner) for topic in [*TOPICS, *(by_topic.keys() - TOPICS.keys())] if topic in by_topic
    )
    lately = [right for at, right in learner.answers if at >= learner.now - RECENT]
    here = [learner.memories[item.id].due for group in by_topic.values() for item in group if item.id in learner.memories]
    unseen = sum(topic.new for topic in topics)
    return Progress(
        topics=topics,
        due=sum(topic.due for topic in topics),
        new=min(learner.new_left, unseen),
        streak=streak({day_of(at) for at, _ in learner.answers}, day_of(learner.now)),
        right=sum(lately) / len(lately) if lately else None,
        answers=len(lately),
        next_due=min((due for due in here if due > learner.now), default=None),
    )


def _topic(topic: str, items: Sequence[Item], learner: Learner) -> TopicProgress:
    met = [learner.memories[item.id] for item in items if item.id in learner.memories]
    known = sum(memory.known for memory in met)
    due = sum(memory.due <= learner.now for memory in met)
    return TopicProgress(topic, known, len(met) - known, len(items) - len(met), due)


def streak(days: Collection[date], today: date) -> int:
    """Return how many days in a row somebody learned, up to today or, while today may still come, up to yesterday."""
    last = today if today in days else today - timedelta(days=1)
    count = 0
    while last in days:
        count, last = count + 1, last - timedelta(days=1)
    return count


def day_of(at: datetime) -> date:
    """Return the day of a moment on the clock of Kaltim."""
    return at.astimezone(WITA).date()
