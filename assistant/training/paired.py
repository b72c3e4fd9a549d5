"""The mean of paired differences with its 95 % interval by Student's t. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev

FEWEST_FOR_INTERVAL = 5
"""With fewer pairs an interval says less than it seems to."""


def interval(differences: Sequence[float], *, confidence: float = 0.95) -> tuple[float | None, float | None]:
    """Return the bounds of the mean of differences of shares, within -1 and 1.

    (None, None) with fewer than `FEWEST_FOR_INTERVAL` of them, or when all are alike: then nothing tells how much they vary.
    """
    count = len(differences)
    if count < FEWEST_FOR_INTERVAL:
        return None, None
    spread = stdev(differences)
    if spread < 1e-9:
        return None, None
    half = quantile(count - 1, confidence) * spread / sqrt(count)
    mean = fmean(differences)
    return max(-1.0, mean - half), min(1.0, mean + half)


def quantile(freedom: int, confidence: float = 0.95) -> float:
    """Return the two-sided quantile of Student's t; off by less than 0.001 from four degrees of freedom on.

    The expansion is that of Abramowitz and Stegun, 26.7.5.
    """
    z: float = NormalDist().inv_cdf(0.5 + confidence / 2)
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom**power) for power, term in enumerate(terms, 1))
