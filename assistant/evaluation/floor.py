"""The floor: the figures that no change may fall below. It only rises."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import SettingsError

GUARDED = ("right", "abstain", "answerable", "cited", "precision", "status", "markers", "numbers", "grounded", "quotes")
DIGITS = 10_000
"""Figures are cut, not rounded, to four digits: a run never falls below the floor that it set itself."""


def read_floor(path: Path) -> dict[str, float]:
    """Read the figures of a floor; raises SettingsError for a file that can't be used."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        floor = {name: float(value) for name, value in values.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"Berkas batas bawah {path} tidak dapat dipakai ({error}); buat dengan --raise-floor.") from None
    if unknown := sorted(set(floor) - set(GUARDED)):
        raise SettingsError(f"Berkas {path.name} memuat angka yang tidak dikenal: {', '.join(unknown)}.")
    return floor


def below(figures: Mapping[str, float], floor: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the guarded figures that are below the floor, each with figure and floor; a missing figure counts as 0."""
    pairs = {name: (figures.get(name, 0.0), floor[name]) for name in GUARDED if name in floor}
    return {name: pair for name, pair in pairs.items() if pair[0] < pair[1]}


def raised(figures: Mapping[str, float], floor: Mapping[str, float]) -> dict[str, float]:
    """Return the higher of figure and floor for each guarded figure."""
    cut = {name: math.floor(figures[name] * DIGITS) / DIGITS for name in GUARDED if name in figures}
    return {name: max(cut.get(name, 0.0), floor.get(name, 0.0)) for name in GUARDED if name in cut or name in floor}


def raise_floor(path: Path, figures: Mapping[str, float]) -> dict[str, float]:
    """Write the raised floor into `path`, which need not exist yet, and return it."""
    floor = raised(figures, read_floor(path) if path.exists() else {})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(floor, indent=2) + "\n", encoding="utf-8")
    return floor
