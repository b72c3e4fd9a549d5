"""What goes into a snapshot: the texts that are indexed, with their vectors, and the data files of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from assistant.encoding import EncoderSignature
from assistant.index.records import DocumentRecord
from assistant.index.snapshot import Contents, Step, Unit
from assistant.knowledge import Knowledge
from assistant.knowledge.questions import CONFIRMED, FILE, FORESEEN
from assistant.passages import embedded_text, sentence_context, sentence_names
from assistant.types import Document, Passage

DATA_NAMES = (
    "labels.yaml",
    "sources.yaml",
    FILE,
    CONFIRMED,
    FORESEEN,
    "premises.jsonl",
    "glossary.yaml",
    "conflicts.yaml",
    "gaps.yaml",
    "criteria.yaml",
    "situations.yaml",
    "items.yaml",
    "cases.yaml",
    "facts.jsonl",
)


class Progress(Protocol):
    """Told how far an ingest is; the command draws bars, the app shows a line."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report `done` of `total` in `stage` (`berkas` or `vektor`)."""


class VectorMaker(Protocol):
    """What ingest needs of an encoder."""

    signature: EncoderSignature

    @property
    def encoded(self) -> int:
        """Return how many texts were freshly encoded."""

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of texts of documents."""

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of questions."""


def make_contents(
    corpus: Path,
    documents: list[Document],
    passages: list[Passage],
    knowledge: Knowledge,
    encoder: VectorMaker,
    progress: Progress,
    step: Step,
) -> Contents:
    """Return all that goes into a snapshot; encodes what the cache of `encoder` does not hold."""
    sentences: list[Unit] = []
    bare: list[str] = []
    with_questions: list[str] = []
    for passage in passages:
        for ordinal in range(len(passage.sentences)):
            reference = f"{passage.id}|{ordinal}"
            asked = [question for at, question in passage.asked if at == ordinal]
            sentences.append(Unit(reference, sentence_context(passage, ordinal)))
            bare.append(" ".join([passage.document.title, *passage.headings[-1:], sentences[-1].text]))
            rewritten = " ".join(knowledge.glossary.rewrite(question) for question in asked)
            with_questions.append(f"{bare[-1]} {rewritten}")
    # A label may stand in several documents; its questions are stored once and found through the label.
    stated = {label for passage in passages for label in (*passage.labels, passage.id, *sentence_names(passage))}
    questions = [Unit(name, q) for name, asked in knowledge.questions.items() if name in stated for q in asked]
    questions += [Unit(p.id, q) for p in knowledge.premises.values() if p.label in stated for q in p.questions]
    wholes = [Unit(f"{passage.id}|-", embedded_text(passage)) for passage in passages]
    total = len(sentences) + len(questions) + len(wholes)
    step("encode")
    made: list[Any] = []
    for units, encode in (
        (sentences, encoder.encode_documents),
        (questions, encoder.encode_queries),
        (wholes, encoder.encode_documents),
    ):
        start = sum(len(vectors) for vectors in made)
        made.append(encode([unit.text for unit in units], progress=lambda n, at=start: progress("vektor", at + n, total)))  # type: ignore[misc]
    return Contents(
        passages,
        [DocumentRecord.of(document) for document in documents],
        sentences,
        questions,
        wholes,
        (made[0], made[1], made[2]),
        (bare, with_questions),
        [corpus / name for name in DATA_NAMES if (corpus / name).is_file()],
    )


def asked_by_name(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return all stored questions by label or passage id: whoever holds a wrong premise asks for the label that mends it."""
    asked = {name: tuple(questions) for name, questions in knowledge.questions.items()}
    for premise in knowledge.premises.values():
        asked[premise.label] = asked.get(premise.label, ()) + premise.questions
    return asked
