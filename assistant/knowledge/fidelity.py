"""The check that the figures of a statement are those of its facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.knowledge.figures import figures, references, spelled_out
from assistant.knowledge.findings import Finding, Material, Severity, Statement
from assistant.types import Label

_YEAR = re.compile(r"(?:19|20)\d\d")
_NEXT_YEAR = re.compile(r"tahun (?:berikutnya|depan)")
_ANNOUNCES = re.compile(r":\s*\w|\b(?:yaitu|yakni)\s+\w")


def faithful(material: Material) -> Iterator[Finding]:
    """Find figures of a statement or criterion that none of its facts holds; note figures of facts that nobody states."""
    stated: dict[str, set[str]] = {}
    for statement in material.statements():
        names = statement.sentence.labels
        told = figures(spelled_out(statement.text))
        for name in names:
            stated.setdefault(name, set()).update(told)
        if not any(name in material.facts or name in material.knowledge.gaps for name in names):
            continue
        strange = set(told - _evidence(material, names) - _counted(statement, told))
        if not any(name in material.facts for name in names):
            # A gap states nothing of a year: it only says which year is asked about.
            strange = {figure for figure in strange if not _YEAR.fullmatch(figure)}
        if strange:
            what = f"angka {_row(strange)} tidak ada di fakta {', '.join(names)}"
            yield statement.finding(what, "Samakan dengan faktanya.")
    for criterion in material.knowledge.criteria:
        for words, labels in ((criterion.how, criterion.labels), *((a.wording, a.labels) for a in criterion.answers)):
            if strange := set(figures(spelled_out(words)) - _evidence(material, labels)):
                what = f"{criterion.id}: angka {_row(strange)} tidak ada di fakta {', '.join(labels)}: «{words}»"
                yield Finding("criteria.yaml", what, "Samakan dengan faktanya.")
    for name, fact in material.facts.items():
        missing = figures(spelled_out(fact.text)) - stated.get(name, set())
        if missing and name in stated:
            what = f"angka {_row(missing)} dari fakta {name} tidak dinyatakan dokumen mana pun"
            yield Finding("facts.jsonl", what, "Tambahkan bila berguna.", Severity.NOTE)


def _evidence(material: Material, names: Iterable[str]) -> frozenset[str]:
    """Return the figures that the labels bear out: those of fact, note and sources, or of the gap."""
    found: frozenset[str] = frozenset()
    for name in names:
        if name in material.facts:
            fact = material.facts[name]
            found |= figures(spelled_out(f"{fact.text}\n{fact.note}"))
            found |= _of_sources(material.knowledge.labels.get(name), fact.text)
        elif name in material.knowledge.gaps:
            gap = material.knowledge.gaps[name]
            found |= figures(spelled_out(f"{gap.missing} {gap.whom} {gap.searched}"))
    return found


def _of_sources(label: Label | None, fact: str) -> frozenset[str]:
    """Return date, place (Pasal, ayat) and regulation of the sources; other figures of a title are no evidence."""
    found: frozenset[str] = frozenset()
    for source in label.sources if label else ():
        dated = figures(source.date)
        found |= dated | references(source.title) | figures(spelled_out(source.locator or ""))
        if _NEXT_YEAR.search(fact):  # "tahun berikutnya" in a source of 2025 may be written as 2026
            found |= {str(int(figure) + 1) for figure in dated if _YEAR.fullmatch(figure)}
    return found


def _counted(statement: Statement, told: frozenset[str]) -> set[str]:
    """Return the figures that are the writer's own count of what follows: a list's items, "ada dua, yaitu …"."""
    if statement.sentence.lead:
        block = statement.sentence.block
        return {str(sum(other.block == block for other in statement.passage.sentences) - 1)}
    return set(told - figures(statement.text)) if _ANNOUNCES.search(statement.text) else set()


def _row(found: Iterable[str]) -> str:
    return ", ".join(sorted(found))
