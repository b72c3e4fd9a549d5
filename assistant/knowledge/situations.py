"""Situations that stories from the field tell of, from `situations.yaml`: the statements to read with each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError
from assistant.knowledge.files import read_list


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation: `cues` mark it in a story, `labels` are the statements that bear on it, the principal first."""

    id: str
    cues: re.Pattern[str]
    labels: tuple[str, ...]


def read_situations(folder: Path) -> tuple[Situation, ...]:
    """Return the situations of `situations.yaml`; raises CorpusError naming the entry."""
    situations: list[Situation] = []
    for entry in read_list(folder / "situations.yaml"):
        identity, cues, labels = entry.get("id"), entry.get("cues"), entry.get("labels")
        if not isinstance(identity, str) or not _names(cues) or not _names(labels):
            raise CorpusError(f'Berkas situations.yaml, entri {identity or "?"}: isi "id", daftar "cues" dan daftar "labels".')
        pattern = "|".join(re.escape(str(cue)) for cue in cues)  # type: ignore[union-attr]  # _names saw a list
        situations.append(Situation(identity, re.compile(rf"\b(?:{pattern})\b"), tuple(map(str, labels))))  # type: ignore[arg-type]
    return tuple(situations)


def _names(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(value, str) for value in values)
