"""Situations that stories from the field tell of, from `situations.yaml`: the statements to read with each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from assistant.errors import CorpusError
from assistant.knowledge.files import read_list


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation: `cues` mark it in a story, `labels` are the statements that bear on it, the principal first.

    `needs` must stand in the story too, e.g. UEP where a statement holds for it alone.
    """

    id: str
    cues: re.Pattern[str]
    labels: tuple[str, ...]
    needs: re.Pattern[str] | None = None

    def told_in(self, text: str) -> bool:
        """Tell whether a story in lower-case words speaks of this situation."""
        return bool(self.cues.search(text)) and (self.needs is None or bool(self.needs.search(text)))


def read_situations(folder: Path) -> tuple[Situation, ...]:
    """Return the situations of `situations.yaml`; raises CorpusError naming the entry."""
    situations: list[Situation] = []
    for entry in read_list(folder / "situations.yaml"):
        identity, cues, labels, needs = (entry.get(name) for name in ("id", "cues", "labels", "needs"))
        if not isinstance(identity, str) or not _names(cues) or not _names(labels) or not (needs is None or _names(needs)):
            raise CorpusError(
                f'Berkas situations.yaml, entri {identity or "?"}: isi "id", daftar "cues", daftar "labels", bila perlu "needs".'
            )
        situations.append(Situation(identity, _any(cues), tuple(labels), _any(needs) if needs else None))
    return tuple(situations)


def _any(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in phrases)})\b")


def _names(values: Any) -> TypeGuard[list[str]]:
    return isinstance(values, list) and bool(values) and all(isinstance(value, str) for value in values)
