"""Questions that a language model foresees for statements without stored ones: data for the search, never a source."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.prompts import read_prompt
from assistant.answering.writing import Prompt, Writer, as_data, object_schema
from assistant.errors import CorpusError, ModelError
from assistant.knowledge.questions import FORESEEN
from assistant.language import numbers, stems
from assistant.passages import sentence_names
from assistant.privacy import mask
from assistant.shelf import Shelf
from assistant.types import Passage

SCHEMA = object_schema(pertanyaan={"type": "array", "items": {"type": "string"}})
EACH, MOST = 3, 200
"""Questions for a statement, and statements in one ingest: the rest waits for the next."""

LONGEST, FEWEST_WORDS, GIVE_UP = 160, 6, 5
"""Letters of a question, words of a statement that is worth asking for, failures in a row that end the work."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The questions for the statement `name` (a place in a passage with the digest of its text)."""

    name: str
    questions: tuple[str, ...]


def wanting(passages: Sequence[Passage], asked_for: Collection[str]) -> Iterator[tuple[str, Passage, str]]:
    """Yield name, passage and text of each statement that has no stored question; `asked_for` are the names of those that do.

    Statements with labels are left out: their questions are the corpus's own.
    """
    for passage in passages:
        for name, sentence in zip(sentence_names(passage), passage.sentences, strict=True):
            bare = not sentence.labels and not sentence.lead and len(sentence.text.split()) >= FEWEST_WORDS
            if bare and name not in asked_for and passage.id not in asked_for:
                yield name, passage, sentence.text


def foresee(passages: Sequence[Passage], asked_for: Collection[str], writer: Writer, *, most: int = MOST) -> tuple[Foreseen, ...]:
    """Have the model write questions for at most `most` statements; those that don't fit their statement are left out."""
    system, data = read_prompt("pertanyaan-sistem"), read_prompt("pertanyaan-data")
    found: list[Foreseen] = []
    failed = 0
    for tried, (name, passage, text) in enumerate(wanting(passages, asked_for)):
        if tried >= most or failed >= GIVE_UP:
            break
        user = data.substitute(title=as_data(passage.document.title), sentence=as_data(text))
        try:
            prompt = Prompt(system.substitute(most=EACH), user, SCHEMA)
            written = "".join(piece for piece in writer.pieces(prompt) if isinstance(piece, str))
        except ModelError:
            failed += 1
            continue
        failed = 0
        questions = fitting(written, text)
        if questions:
            found.append(Foreseen(name, questions))
    return tuple(found)


def fitting(written: str, statement: str) -> tuple[str, ...]:
    """Return the questions in a model's reply that speak of the statement: two of its words, no figure of their own."""
    try:
        value = json.loads(written[written.index("{") : written.rindex("}") + 1])
    except (ValueError, RecursionError):
        return ()
    listed = value.get("pertanyaan") if isinstance(value, dict) else None
    said, figures = set(stems(statement)), numbers(statement)
    kept = []
    for item in listed if isinstance(listed, list) else ():
        question = " ".join(mask(item)[0].split()) if isinstance(item, str) else ""
        near = len(said & set(stems(question))) >= 2 and numbers(question) <= figures
        if near and question.endswith("?") and len(question) <= LONGEST and question not in kept:
            kept.append(question)
    return tuple(kept[:EACH])


def add_foreseen(shelf: Shelf, found: Sequence[Foreseen], *, model: str) -> None:
    """Add questions to `questions-model.jsonl` of the corpus with their origin; raises CorpusError when it can't be written."""
    lines = [
        json.dumps({"passage": one.name, "questions": one.questions, "origin": f"model {model}"}, ensure_ascii=False) + "\n"
        for one in found
    ]
    try:
        file = shelf.file(FORESEEN)
        shelf.write(FORESEEN, (file.read_text(encoding="utf-8") if file.is_file() else "") + "".join(lines))
    except OSError as error:
        told = f"Berkas {FORESEEN} tidak dapat ditulis ({error.strerror}); beri izin atau matikan MODEL_QUESTIONS."
        raise CorpusError(told) from error
