"""Course: everything that is taught from one snapshot — criteria, statements, item bank, cases. Pure but for two data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.knowledge import Knowledge
from assistant.knowledge.cases import CaseBook, read_cases
from assistant.knowledge.criteria import Criterion
from assistant.knowledge.facts import read_facts
from assistant.knowledge.findings import Material
from assistant.knowledge.stems import read_stems
from assistant.training.bank import Bank, make_bank
from assistant.training.items import Item
from assistant.training.statements import Statements
from assistant.types import Passage


@dataclass(frozen=True, slots=True)
class Course:
    """What a snapshot teaches; `id` changes whenever any of it may."""

    id: str
    statements: Statements
    book: CaseBook
    bank: Bank
    items: Mapping[str, Item] = field(default_factory=dict)

    @property
    def knowledge(self) -> Knowledge:
        """Return the data files behind it: labels, gaps, glossary."""
        return self.statements.material.knowledge

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of `criteria.yaml`."""
        return self.knowledge.criteria


def make_course(identity: str, folder: Path, knowledge: Knowledge, passages: Iterable[Passage]) -> Course:
    """Return the course of a folder's data files and the passages of its documents; takes a second for the shipped corpus.

    Raises CorpusError when a data file can't be read.
    """
    material = Material(knowledge=knowledge, passages=tuple(passages), facts=read_facts(folder))
    book = read_cases(folder)
    bank = make_bank(material, read_stems(folder), book)
    return Course(identity, Statements(material), book, bank, {item.id: item for item in bank.items})
