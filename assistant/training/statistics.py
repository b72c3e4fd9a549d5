"""What answers say of items: facility, discrimination, distractors chosen, misconceptions to teach again. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from assistant.training.items import Anchor, Item
from assistant.training.scoring import Attempt, points

FEWEST = 3
"""Below so many answers nothing is said of discrimination."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What is counted of an item: `facility` is the mean of points (p), `discrimination` the correlation with the rest of
    the form (point-biserial), `chosen` how often each option was taken."""

    item: str
    answers: int
    facility: float
    discrimination: float | None = None
    chosen: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong option that many took, what is wrong with it, and the statement to read again."""

    item: Item
    option: int
    count: int
    share: float
    anchor: Anchor


def item_statistics(items: Sequence[Item], attempts: Sequence[Attempt]) -> Mapping[str, ItemStatistics]:
    """Return the statistics of each item of one form; an item that somebody left out counts as wrong for them."""
    reached = [[points(item, attempt.response(item.id)) for item in items] for attempt in attempts]
    found: dict[str, ItemStatistics] = {}
    for number, item in enumerate(items):
        mine = [row[number] for row in reached]
        rest = [sum(row) - row[number] for row in reached]
        chosen = Counter(attempt.response(item.id).chosen[0] for attempt in attempts if attempt.response(item.id).chosen)
        facility = sum(mine) / len(mine) if mine else 0.0
        found[item.id] = ItemStatistics(
            item.id, len(mine), facility, correlation(mine, rest), dict(chosen) if item.single else {}
        )
    return found


def pooled(parts: Sequence[ItemStatistics]) -> ItemStatistics:
    """Return the statistics of one item over several forms, each weighed by its answers; raises ValueError for none."""
    if not parts:
        raise ValueError("no statistics to pool")
    answers = sum(part.answers for part in parts)
    facility = sum(part.facility * part.answers for part in parts) / answers if answers else 0.0
    told = [(part.discrimination, part.answers) for part in parts if part.discrimination is not None]
    weight = sum(count for _, count in told)
    discrimination = sum(value * count for value, count in told) / weight if weight else None
    chosen: Counter[int] = Counter()
    for part in parts:
        chosen.update(part.chosen)
    return ItemStatistics(parts[0].item, answers, facility, discrimination, dict(chosen))


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's correlation, None with fewer than `FEWEST` values or when one side doesn't vary.

    With right and wrong on one side it is the point-biserial one.
    """
    count = len(first)
    if count < FEWEST:
        return None
    mean, other = sum(first) / count, sum(second) / count
    spread, others = sum((a - mean) ** 2 for a in first), sum((b - other) ** 2 for b in second)
    if spread < 1e-12 or others < 1e-12:
        return None
    return sum((a - mean) * (b - other) for a, b in zip(first, second, strict=True)) / sqrt(spread * others)


def misconceptions(
    items: Sequence[Item], attempts: Sequence[Attempt], *, least: int = 2, share: float = 0.2
) -> tuple[Misconception, ...]:
    """Return the wrong options that at least `least` people and that `share` of all answers took, the most chosen first."""
    counted = item_statistics(items, attempts)
    found = [
        Misconception(item, option, count, count / counted[item.id].answers, item.anchor)
        for item in items
        for option, count in counted[item.id].chosen.items()
        if option not in item.key and count >= least and count / counted[item.id].answers >= share
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, -one.count, one.item.id, one.option)))
