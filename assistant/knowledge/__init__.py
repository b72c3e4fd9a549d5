"""What the corpus knows about itself: labels and sources, stored questions, known gaps, glossary, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.knowledge.glossary import Glossary, read_glossary
from assistant.knowledge.labels import read_conflicts, read_gaps, read_labels
from assistant.knowledge.questions import read_questions
from assistant.types import Gap, Label


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements of different sources that disagree; `sides` holds the labels of each side."""

    id: str
    topic: str
    sides: tuple[tuple[str, ...], ...]
    stance: str
    open: bool


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data files of a corpus folder; absent files are empty."""

    labels: Mapping[str, Label]
    gaps: Mapping[str, Gap]
    questions: Mapping[str, Sequence[str]]
    glossary: Glossary
    conflicts: tuple[Conflict, ...]


def read_knowledge(folder: Path) -> Knowledge:
    """Read the data files of the corpus `folder`; raises CorpusError naming the file and the entry."""
    labels = read_labels(folder)
    conflicts = tuple(
        Conflict(entry["id"], entry["topic"], entry["sides"], entry["stance"], entry["open"]) for entry in read_conflicts(folder)
    )
    return Knowledge(labels, read_gaps(folder), read_questions(folder), read_glossary(folder), conflicts)
