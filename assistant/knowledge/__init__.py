"""What the corpus knows about itself: labels and sources, stored questions, known gaps, glossary, conflicts, criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.knowledge.conflicts import Conflict, read_conflicts
from assistant.knowledge.criteria import Criterion, read_criteria
from assistant.knowledge.glossary import Glossary, read_glossary
from assistant.knowledge.labels import read_gaps, read_labels
from assistant.knowledge.questions import Premise, read_premises, read_questions
from assistant.knowledge.situations import Situation, read_situations
from assistant.types import DocumentCard, Gap, Label, Validity

__all__ = ["Conflict", "Criterion", "Glossary", "Knowledge", "Premise", "Situation", "read_knowledge"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data files of a corpus folder; absent files are empty. `as_of` is the day that counts as now (empty: unknown)."""

    labels: Mapping[str, Label]
    gaps: Mapping[str, Gap]
    questions: Mapping[str, Sequence[str]]
    glossary: Glossary
    conflicts: tuple[Conflict, ...]
    criteria: tuple[Criterion, ...] = ()
    premises: Mapping[str, Premise] = field(default_factory=dict)
    situations: tuple[Situation, ...] = ()
    as_of: str = ""

    @property
    def programmes(self) -> frozenset[str]:
        """Return the words for the programmes that statements are about (uep, kube, pkh …), as people type them."""
        named = {label.program.partition("-")[0] for label in self.labels.values()}
        known = [term for term in self.glossary.terms if term.term.isupper() and term.term.lower() in named]
        return frozenset(word.lower() for term in known for word in (term.term, *term.forms))

    def statement_values(self, labels: Sequence[str], document: DocumentCard) -> tuple[str, Validity]:
        """Return scope and status of a statement: its first known label's, else its document's."""
        known = next((self.labels[name] for name in labels if name in self.labels), None)
        return (known.scope, known.status) if known else (document.scope, document.status)


def read_knowledge(folder: Path) -> Knowledge:
    """Read the data files of the corpus `folder`; raises CorpusError naming the file and the entry."""
    return Knowledge(
        read_labels(folder),
        read_gaps(folder),
        read_questions(folder),
        read_glossary(folder),
        read_conflicts(folder),
        read_criteria(folder),
        read_premises(folder),
        read_situations(folder),
    )
