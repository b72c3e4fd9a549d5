"""What a check of the running system found: what it is, how bad, what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is; the order is from good to bad."""

    GOOD = "sehat"
    ACT = "perlu tindakan"
    SEVERE = "gawat"


class Repair(StrEnum):
    """What one click mends."""

    NONE = ""
    INGEST = "ingest"
    REBUILD = "bangun-ulang"
    MIGRATE = "migrasi"
    PRUNE = "rapikan"
    BACKUP = "cadangkan"


REPAIR_WORDS = {
    Repair.INGEST: "Perbarui indeks sekarang",
    Repair.REBUILD: "Bangun ulang indeks",
    Repair.MIGRATE: "Perbarui tabel basis data",
    Repair.PRUNE: "Hapus yang dapat dibuat ulang",
    Repair.BACKUP: "Buat cadangan sekarang",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `said` holds nothing private."""

    name: str
    title: str
    level: Level
    said: str
    remedy: str = ""
    repair: Repair = Repair.NONE


def worst(findings: Iterable[Finding]) -> Level:
    """Return the level of the worst finding."""
    order = list(Level)
    return max((finding.level for finding in findings), key=order.index, default=Level.GOOD)


def age(time: timedelta) -> str:
    """Return how long ago something was, in words."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 120:
        return f"{max(0, minutes)} menit lalu"
    return f"{minutes // 60} jam lalu" if minutes < 48 * 60 else f"{minutes // 1440} hari lalu"


def some(names: Iterable[str], *, most: int = 5) -> str:
    """Return the first of some names, and how many more there are."""
    listed = sorted(names)
    more = f" dan {len(listed) - most} lagi" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
