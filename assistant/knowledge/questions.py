"""The stored questions of a corpus: ways of asking for a labelled statement or a whole list, and wrong premises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge.files import read_lines

FILE, CONFIRMED, FORESEEN = "questions.jsonl", "questions-confirmed.jsonl", "questions-model.jsonl"
"""The questions that come with a corpus, those of people that a reviewer confirmed, and those that a language model wrote."""


@dataclass(frozen=True, slots=True)
class Premise:
    """A wrong belief that the statement `label` contradicts, and how people ask who hold it."""

    id: str
    label: str
    text: str
    questions: tuple[str, ...]


def read_questions(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the ways of asking of each label, passage that answers as a whole, or sentence (`passage id~digest`).

    `questions.jsonl`, `questions-confirmed.jsonl` and `questions-model.jsonl` are read. Raises CorpusError naming the line.
    """
    questions: dict[str, list[str]] = {}
    for file in (FILE, CONFIRMED, FORESEEN):
        for number, entry in read_lines(folder / file):
            name = entry.get("label") or entry.get("passage")
            if not isinstance(name, str) or not _is_asked(entry):
                raise CorpusError(f'Berkas {file} baris {number} harus memuat "label" atau "passage" dan daftar "questions".')
            known = questions.setdefault(name, [])
            known.extend(question for question in entry["questions"] if question.strip() and question not in known)
    return {name: tuple(asked) for name, asked in questions.items()}


def read_premises(folder: Path) -> dict[str, Premise]:
    """Return the wrong premises of `premises.jsonl` by id (`B-029#1`); raises CorpusError naming the line."""
    premises: dict[str, Premise] = {}
    for number, entry in read_lines(folder / "premises.jsonl"):
        label, text = entry.get("label"), entry.get("premise")
        if not isinstance(label, str) or not isinstance(text, str) or not _is_asked(entry):
            raise CorpusError(f'Berkas premises.jsonl baris {number} harus memuat "label", "premise" dan daftar "questions".')
        identity = f"{label}#{sum(known.label == label for known in premises.values()) + 1}"
        premises[identity] = Premise(identity, label, text.strip().rstrip("."), tuple(entry["questions"]))
    return premises


def _is_asked(entry: dict[str, Any]) -> bool:
    asked = entry.get("questions")
    return isinstance(asked, list) and all(isinstance(question, str) for question in asked)
