"""Points of an answer, score of an attempt by topic, and the gain from a pre-test to a post-test. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.training.items import Item, ItemKind


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: the ordinals of the chosen options as `Item.key` counts them, and of the chosen reason for true/false."""

    item: str
    chosen: tuple[int, ...] = ()
    reason: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """All answers of one person to one form."""

    person: str
    responses: tuple[Response, ...] = ()

    def response(self, item: str) -> Response:
        """Return the answer to an item, an empty one when it was left out."""
        return next((one for one in self.responses if one.item == item), Response(item))


@dataclass(frozen=True, slots=True)
class Tally:
    """Points reached out of those that could be."""

    got: float = 0.0
    of: int = 0

    @property
    def share(self) -> float:
        """Return the share reached, 0 to 1; nothing out of nothing is 0."""
        return self.got / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The score of an attempt, whole and by topic."""

    total: Tally
    topics: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gain:
    """What changed: `points` is the difference of shares, `reached` the part of what could still be learned (None: nothing)."""

    points: float
    reached: float | None


def points(item: Item, response: Response) -> float:
    """Return 0 to 1 for an answer.

    Steps earn a part for each two that follow each other rightly, matches for each pair, true/false half for the verdict
    and half for the deciding sentence (which counts only with the right verdict).
    """
    chosen = response.chosen
    if item.kind is ItemKind.ORDER:
        if sorted(chosen) != sorted(item.key):
            return 0.0
        following = set(pairwise(item.key))
        return sum(pair in following for pair in pairwise(chosen)) / len(following)
    if item.kind is ItemKind.MATCH:
        return sum(mine == due for mine, due in zip(chosen, item.key, strict=False)) / len(item.key)
    right = chosen == item.key
    if item.kind is ItemKind.TRUE_FALSE and item.reasons:
        return (0.5 + 0.5 * (response.reason == item.reason)) if right else 0.0
    return float(right)


def score(items: Iterable[Item], attempt: Attempt) -> Score:
    """Return the score of an attempt at a form; an item left out counts as wrong."""
    total, topics = Tally(), dict[str, Tally]()
    for item in items:
        got = points(item, attempt.response(item.id))
        total = Tally(total.got + got, total.of + 1)
        known = topics.get(item.topic, Tally())
        topics[item.topic] = Tally(known.got + got, known.of + 1)
    return Score(total, topics)


def gain(before: Tally, after: Tally) -> Gain:
    """Return the gain between two shares of like forms."""
    left = 1 - before.share
    points_gained = after.share - before.share
    return Gain(points_gained, points_gained / left if left > 1e-9 else None)


def gains(before: Score, after: Score) -> Mapping[str, Gain]:
    """Return the gain of each topic that both forms asked."""
    return {topic: gain(before.topics[topic], after.topics[topic]) for topic in before.topics if topic in after.topics}
