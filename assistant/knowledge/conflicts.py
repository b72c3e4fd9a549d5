"""Statements of different sources that disagree, from `conflicts.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError
from assistant.knowledge.files import read_list


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement: `sides` holds the labels of each side, `open` is False where a newer rule settles it."""

    id: str
    topic: str
    sides: tuple[tuple[str, ...], ...]
    stance: str
    open: bool


def read_conflicts(folder: Path) -> tuple[Conflict, ...]:
    """Return the conflicts of `conflicts.yaml`; raises CorpusError naming the entry."""
    conflicts: list[Conflict] = []
    for entry in read_list(folder / "conflicts.yaml"):
        try:
            sides = tuple(tuple(map(str, side)) for side in entry.get("sides") or ())
            identity, topic, stance = (str(entry[name]) for name in ("id", "topic", "stance"))
            conflicts.append(Conflict(identity, topic, sides, stance, bool(entry.get("open", True))))
        except (KeyError, TypeError) as error:
            raise CorpusError(f"Berkas conflicts.yaml, entri {entry.get('id', '?')}: {error} tidak ada.") from None
    return tuple(conflicts)
