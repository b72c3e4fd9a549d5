"""Results by regency, silent where a mean would tell one person's score. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

FEWEST_SHOWN = 3
"""A mean of fewer people is not shown: with one it is a person's score, with two each can work out the other's."""

UNNAMED = "Tidak diisi"


@dataclass(frozen=True, slots=True)
class RegionResult:
    """One regency: how many people came, and the means of their shares; None is not asked, not sat, or not shown."""

    kabupaten: str
    people: int
    before: float | None
    after: float | None
    gain: float | None
    hidden: bool
    """Whether a mean was left out because too few people stand behind it."""


def region_results(scores: Sequence[tuple[str, float | None, float | None]]) -> tuple[RegionResult, ...]:
    """Return each regency by name; `scores` are regency, share before and share after of each person."""
    groups: dict[str, list[tuple[float | None, float | None]]] = defaultdict(list)
    for kabupaten, *shares in scores:
        groups[" ".join(kabupaten.split()) or UNNAMED].append((shares[0], shares[1]))
    before = {name: [a for a, _ in group if a is not None] for name, group in groups.items()}
    after = {name: [b for _, b in group if b is not None] for name, group in groups.items()}
    change = {name: [b - a for a, b in group if a is not None and b is not None] for name, group in groups.items()}
    means = [_means(values) for values in (before, after, change)]
    return tuple(
        RegionResult(
            name,
            len(groups[name]),
            before=means[0].get(name),
            after=means[1].get(name),
            gain=means[2].get(name),
            hidden=any(values[name] and name not in mean for values, mean in zip((before, after, change), means, strict=True)),
        )
        for name in sorted(groups)
    )


def _means(values: Mapping[str, Sequence[float]]) -> Mapping[str, float]:
    return {name: fmean(values[name]) for name in shown(values)}


def shown(values: Mapping[str, Sequence[float]]) -> frozenset[str]:
    """Return the groups whose mean may be shown.

    Those that are hidden must together hold `FEWEST_SHOWN` people too, or the mean of everybody would give them away; where
    they don't, the smallest of the others is hidden with them.
    """
    counted = sorted((len(found), name) for name, found in values.items() if found)
    hidden = [(count, name) for count, name in counted if count < FEWEST_SHOWN]
    others = [pair for pair in counted if pair not in hidden]
    if hidden and others and sum(count for count, _ in hidden) < FEWEST_SHOWN:
        others.pop(0)
    return frozenset(name for _, name in others)
