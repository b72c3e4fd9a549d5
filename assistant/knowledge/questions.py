"""The stored questions of a corpus: ways of asking for a labelled statement, with their origin."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import CorpusError
from assistant.knowledge.files import read_lines


def read_questions(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the ways of asking of each label in `questions.jsonl`; raises CorpusError naming the line."""
    questions: dict[str, list[str]] = {}
    for number, entry in read_lines(folder / "questions.jsonl"):
        label, asked = entry.get("label"), entry.get("questions")
        if not isinstance(label, str) or not isinstance(asked, list) or not all(isinstance(q, str) for q in asked):
            raise CorpusError(f'Berkas questions.jsonl baris {number} harus memuat "label" dan daftar "questions".')
        known = questions.setdefault(label, [])
        known.extend(question for question in asked if question.strip() and question not in known)
    return {label: tuple(asked) for label, asked in questions.items()}
