"""The item bank of a corpus: every generator in turn, then only the items that no check faults. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge.cases import CaseBook
from assistant.knowledge.findings import Material
from assistant.knowledge.stems import Stems
from assistant.training.checks import Fault, faults
from assistant.training.choices import choices
from assistant.training.decisions import decisions
from assistant.training.items import Item
from assistant.training.orders import orders
from assistant.training.quantities import figure_items
from assistant.training.statements import Statements
from assistant.training.terms import terms
from assistant.training.truths import truths


@dataclass(frozen=True, slots=True)
class Bank:
    """The items that passed, and the candidates that were refused with their faults."""

    items: tuple[Item, ...]
    refused: tuple[tuple[Item, tuple[Fault, ...]], ...]


def make_bank(material: Material, stems: Stems, book: CaseBook, *, seed: int = 0) -> Bank:
    """Return the bank of a corpus; the same corpus and seed make the same items, another seed other distractors and people."""
    statements = Statements(material)
    items: dict[str, Item] = {}
    refused: list[tuple[Item, tuple[Fault, ...]]] = []
    asked: set[tuple[str, str]] = set()
    for item in _candidates(statements, stems, book, seed):
        question = (item.stem, "|".join(item.terms))
        found = faults(item, statements)
        if found:
            refused.append((item, found))
        elif item.id not in items and question not in asked:
            asked.add(question)
            items[item.id] = item
    return Bank(tuple(items.values()), tuple(refused))


def _candidates(statements: Statements, stems: Stems, book: CaseBook, seed: int) -> Iterator[Item]:
    yield from choices(statements, stems, seed)
    yield from truths(statements, stems, seed)
    yield from figure_items(statements, stems, seed)
    yield from orders(statements, stems, seed)
    yield from terms(statements, seed)
    yield from decisions(statements, book, seed)
