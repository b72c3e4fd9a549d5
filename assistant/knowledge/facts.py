"""The facts behind the labels, from `facts.jsonl`; the checks compare statements with them, nothing else reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError
from assistant.knowledge.files import read_lines, read_yaml


@dataclass(frozen=True, slots=True)
class Fact:
    """What the sources of a label say, in one or two sentences; `note` tells where they differ or are out of date."""

    label: str
    text: str
    note: str = ""


def read_facts(folder: Path) -> dict[str, Fact]:
    """Return the facts of `facts.jsonl` by label; raises CorpusError naming the line."""
    facts: dict[str, Fact] = {}
    for number, entry in read_lines(folder / "facts.jsonl"):
        label, text, note = entry.get("label"), entry.get("fact"), entry.get("note", "")
        if not isinstance(label, str) or not isinstance(text, str) or not isinstance(note, str):
            raise CorpusError(f'Berkas facts.jsonl baris {number} harus memuat "label" dan "fact" berupa teks.')
        if label in facts:
            raise CorpusError(f"Berkas facts.jsonl baris {number} mengulang label {label}; gabungkan kedua baris itu.")
        facts[label] = Fact(label, text, note)
    return facts


def read_unsourced(folder: Path) -> frozenset[str]:
    """Return the labels of statements without a source, from `unsourced.yaml`; no document may use one."""
    values = read_yaml(folder / "unsourced.yaml")
    if values is None:
        return frozenset()
    if not isinstance(values, list):
        raise CorpusError("Berkas unsourced.yaml harus berupa daftar label.")
    return frozenset(map(str, values))
