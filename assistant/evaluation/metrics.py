"""Figures of an evaluation: verdicts of the grader by question, their means, intervals, and two runs compared. Pure.

The rules of a verdict stand in `grade.py` alone; here they are only counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.evaluation import grade
from assistant.evaluation.cases import Case
from assistant.evaluation.causes import causes

VERDICTS = (
    *("right", "outcome", "status", "recall@5", "cited", "precision"),
    *("must", "must_not", "markers", "numbers", "grounded", "concise", "quotes"),
)
FIGURES = ("right", "answerable", "abstain", *VERDICTS[1:])
RESAMPLES, SEED, COVERED = 4000, 11, 95.0

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Result:
    """One answer judged: a verdict is 1 or 0 (precision: a share), None where it does not apply."""

    id: str
    category: str
    question: str
    expect: str
    status: str
    verdict: dict[str, float | None]
    causes: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs question by question; `differences` holds by figure the gain and its paired 95 % interval."""

    won: tuple[str, ...]
    lost: tuple[str, ...]
    same: tuple[str, ...]
    unpaired: tuple[str, ...]
    differences: dict[str, tuple[float, float, float]]


def judge(case: Case, line: Mapping[str, Any], corpus: Mapping[str, str]) -> Result:
    """Grade one answer line; `corpus` holds the squashed text of each Markdown document."""
    raw = grade.grade(asdict(case), line, corpus)
    verdict = {name: None if raw[name] is None else float(raw[name]) for name in VERDICTS}
    seconds = float((line.get("seconds") or {}).get("total", 0.0))
    why = () if verdict["right"] else causes(case, line, verdict)
    return Result(case.id, case.category, case.question, case.expect, str(line.get("status")), verdict, why, seconds)


def figures(results: Sequence[Result]) -> dict[str, float]:
    """Return the mean of each figure over the questions that it applies to; one that applies to none is left out."""
    known = {name: [value for value in _column(results, name) if value is not None] for name in FIGURES}
    return {name: sum(values) / len(values) for name, values in known.items() if values}


def by_category(results: Iterable[Result]) -> dict[str, tuple[Result, ...]]:
    """Return the results of each category, by name."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.category].append(result)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def seconds_at(results: Sequence[Result], share: float) -> float:
    """Return the seconds within which `share` of the questions were answered."""
    ordered = sorted(result.seconds for result in results)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def intervals(results: Sequence[Result], *, seed: int = SEED) -> dict[str, Interval]:
    """Return the 95 % bootstrap interval of each figure, resampling questions; the same seed gives the same interval."""
    return {name: interval(_column(results, name), seed=seed) for name in figures(results)}


def interval(column: Sequence[float | None], *, seed: int = SEED) -> Interval:
    """Return the 95 % bootstrap interval of the mean of a column; None is left out of every mean."""
    return _bounds(_means(column, _resamples(len(column), seed)))


def compare(old: Sequence[Result], new: Sequence[Result], *, seed: int = SEED) -> Comparison:
    """Compare two runs on the questions that both hold; intervals are of paired differences (one resample for both)."""
    before, after = ({result.id: result for result in results} for results in (old, new))
    common = [identity for identity in after if identity in before]
    left, right = [before[i] for i in common], [after[i] for i in common]
    change = {i: (after[i].verdict["right"] or 0.0) - (before[i].verdict["right"] or 0.0) for i in common}
    chosen = _resamples(len(common), seed)
    differences: dict[str, tuple[float, float, float]] = {}
    for name in sorted(set(figures(left)) & set(figures(right)), key=FIGURES.index):
        spread = _means(_column(right, name), chosen) - _means(_column(left, name), chosen)
        differences[name] = (figures(right)[name] - figures(left)[name], *_bounds(spread))
    return Comparison(
        won=tuple(i for i in common if change[i] > 0),
        lost=tuple(i for i in common if change[i] < 0),
        same=tuple(i for i in common if change[i] == 0),
        unpaired=tuple(sorted(set(before) ^ set(after))),
        differences=differences,
    )


def _column(results: Sequence[Result], name: str) -> list[float | None]:
    if name in ("answerable", "abstain"):
        return [r.verdict["right"] if (r.expect == "abstain") == (name == "abstain") else None for r in results]
    return [result.verdict.get(name) for result in results]


def _resamples(count: int, seed: int) -> Any:
    return np.random.default_rng(seed).integers(0, max(1, count), size=(RESAMPLES, count))


def _means(column: Sequence[float | None], chosen: Any) -> Any:
    """Return the mean of a column in each resample; NaN where none of the drawn questions has a value."""
    values = np.array([np.nan if value is None else value for value in column], dtype=float)[chosen]
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)


def _bounds(means: Any) -> Interval:
    margin = (100.0 - COVERED) / 2
    low, high = np.nanpercentile(means, [margin, 100.0 - margin])
    return float(low), float(high)
