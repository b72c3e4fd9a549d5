"""The stems of training questions from `items.yaml`: what a trainer asks about a labelled statement, by topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge.files import read_yaml

CLAIMS = "benar"
"""The entry of the file that holds true claims instead of questions."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer; `origin` is the label of the statement whose content it borrows, empty when it borrows none."""

    text: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Stem:
    """One question about the statement `label`, with its right answer and at least three wrong ones."""

    topic: str
    label: str
    ask: str
    answer: str
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that the statement `label` bears out, in the short form in which people say it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Stems:
    """All questions and all true claims, in the order of the file."""

    questions: tuple[Stem, ...] = ()
    claims: tuple[Claim, ...] = field(default=())


def read_stems(folder: Path) -> Stems:
    """Return the stems of `items.yaml`; an absent file is empty. Raises CorpusError naming the entry and the way out."""
    values = read_yaml(folder / "items.yaml")
    if values is None:
        return Stems()
    if not isinstance(values, dict) or not all(isinstance(entries, list) for entries in values.values()):
        raise CorpusError("Berkas items.yaml harus berupa topik: [entri, …].")
    questions: list[Stem] = []
    claims: list[Claim] = []
    for topic, entries in values.items():
        for number, entry in enumerate(entries, 1):
            where = f"Berkas items.yaml, {topic} ke-{number}"
            if not isinstance(entry, dict):
                raise CorpusError(f"{where} harus berupa entri dengan label.")
            if topic == CLAIMS:
                claims.append(Claim(_text(entry, "label", where), _text(entry, "claim", where)))
            else:
                questions.append(_stem(str(topic), entry, where))
    return Stems(tuple(questions), tuple(claims))


def _stem(topic: str, entry: Mapping[str, Any], where: str) -> Stem:
    wrong = entry.get("wrong")
    if not isinstance(wrong, Sequence) or isinstance(wrong, str) or len(wrong) < 3:
        raise CorpusError(f"{where}: wrong harus memuat sedikitnya tiga jawaban keliru.")
    options = tuple(Wrong(text.strip(), origin.strip()) for text, _, origin in (str(one).partition("|") for one in wrong))
    return Stem(topic, _text(entry, "label", where), _text(entry, "ask", where), _text(entry, "answer", where), options)


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if value is None or not str(value).strip():
        raise CorpusError(f"{where}: {name} tidak ada atau kosong; isilah.")
    return str(value).strip()
