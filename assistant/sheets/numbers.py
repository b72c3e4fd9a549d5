"""Numbers of results as people read them: scores out of 100, gains with their sign, decimal commas. Pure."""

from __future__ import annotations

NONE = "–"


def mark(share: float | None) -> str:
    """Return a share as a score out of 100, e.g. `67` for 0.668; a dash for None."""
    return NONE if share is None else f"{hundredths(share)}"


def change(points: float | None) -> str:
    """Return a difference of shares in points with its sign, e.g. `+23`; a dash for None."""
    if points is None:
        return NONE
    value = hundredths(points)
    return "0" if not value else f"{'+' if value > 0 else '−'}{abs(value)}"


def percent(share: float | None) -> str:
    """Return a share as a percentage, e.g. `67%`; a dash for None."""
    return NONE if share is None else f"{hundredths(share)}%"


def decimal(value: float | None, places: int = 2) -> str:
    """Return a number with a decimal comma; a dash for None."""
    return NONE if value is None else f"{value:.{places}f}".replace(".", ",").replace("-", "−")


def hundredths(share: float) -> int:
    """Return a share in hundredths, halves rounded up, so that 0.125 and 0.135 are treated alike."""
    return int((abs(share) * 100) + 0.5 + 1e-9) * (1 if share >= 0 else -1)
