"""What each part is worth on dev: recall@5, right and status with it switched off. `python benchmarks/ablation.py [--only WORD]`

All rows are asked of the current index, with one part hidden; a second index, in `DATA_DIR/bench`, is made for the row without
titles and headings in the embedded texts. Dev has 120 questions: a difference of one is no finding.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answering import pipeline
from assistant.encoding import Encoder, load_encoder
from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.metrics import Comparison, Result, compare, figures
from assistant.evaluation.runner import evaluate
from assistant.index.snapshot import Snapshot, current_id
from assistant.knowledge import Glossary
from assistant.retrieval import Weights, retrieve
from assistant.settings import Settings, load_settings
from assistant.spelling import Spelling
from assistant.types import Answer, Label, Retrieval, Turn
from assistant.wiring import run_ingest

DEV = Path(__file__).resolve().parent.parent / "assistant" / "evaluation" / "dev.jsonl"
NEUTRAL = Weights(other_region=1, outdated=1, planned=1, other_place=1, named_place=1, rule=1)


@dataclass(frozen=True)
class Row:
    """One row of the table: `hides` collections of vectors, replaces fields of the knowledge, and switches parts off."""

    title: str
    hides: tuple[str, ...] = ()
    words: bool = True
    questions: bool = True
    parts: bool = True
    history: bool = True
    spelling: bool = True
    glossary: bool = True
    weights: Weights = field(default_factory=Weights)
    knowledge: Mapping[str, Any] = field(default_factory=dict)
    attributes: bool = True


ROWS = (
    Row("everything"),
    Row("without vectors of passages", hides=("bagian",)),
    Row("without vectors of sentences", hides=("kalimat",)),
    Row("without stored questions", questions=False),
    Row("without BM25", words=False),
    Row("BM25 alone (with stored questions)", hides=("bagian", "kalimat", "pertanyaan")),
    Row("without the glossary", glossary=False),
    Row("without parts of long questions", parts=False),
    Row("without earlier questions (follow-ups)", history=False),
    Row("without weights of authority", weights=NEUTRAL),
    Row("without repair of spelling", spelling=False),
    Row("without wrong premises", knowledge={"premises": {}}),
    Row("without situations of stories", knowledge={"situations": ()}),
    Row("without conflicts", knowledge={"conflicts": ()}),
    Row("without the check of asked attributes", attributes=False),
)
BARE = "without titles and headings in embedded texts"


class Ablated:
    """Has what an evaluation needs of an Assistant, over a snapshot with parts of it hidden."""

    def __init__(self, row: Row, snapshot: Snapshot, encoder: Encoder) -> None:
        """Hide what `row` says."""
        self._row, self._snapshot, self._encoder = row, snapshot, encoder
        known = replace(snapshot.knowledge, **row.knowledge)
        if not row.glossary:
            known = replace(known, glossary=Glossary(known.glossary.terms, field_words=known.glossary.field_words))
        none = SimpleNamespace(scores=lambda text: {})
        self._view: Any = SimpleNamespace(
            knowledge=known,
            passages=snapshot.passages,
            stating=snapshot.stating,
            asked_for=snapshot.asked_for,
            spelling=snapshot.spelling if row.spelling else Spelling(),
            lexical=snapshot.lexical if row.words else none,
            lexical_questions=snapshot.lexical_questions if row.words else none,
            dense=SimpleNamespace(nearest=self._nearest),
        )

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question."""
        return pipeline.answer(
            question, history=history if self._row.history else (), find=self._find, knowledge=self._view.knowledge
        )

    def label(self, name: str) -> Label | None:
        """Return a label."""
        return self._snapshot.knowledge.labels.get(name)

    def health(self) -> dict[str, Any]:
        """Return nothing: the runs are not kept."""
        return {}

    def _find(self, text: str, also: Sequence[str], wanted: Sequence[str]) -> Retrieval:
        row = self._row
        also = also if row.parts else ()
        return retrieve(
            text, self._view, self._encoder, also=also, wanted=wanted, weights=row.weights, question_index=row.questions
        )

    def _nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[tuple[str, float]]:
        return [] if collection in self._row.hides else self._snapshot.dense.nearest(collection, vector, count=count)


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="", help="rows whose title holds this word, beside the first")
    options = parser.parse_args()
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    cases = read_cases(DEV)
    snapshot = Snapshot(settings.index_dir / current_id(settings.index_dir))
    whole: tuple[Result, ...] = ()
    print("| dev | recall@5 | right | status | right lost | right won |\n| --- | --- | --- | --- | --- | --- |")
    for row in ROWS:
        if whole and options.only not in row.title:
            continue
        with _attributes(row.attributes):
            results = _asked(row, snapshot, encoder, cases, settings)
        whole = whole or results
        _print(row.title, results, compare(whole, results))
    if options.only in BARE:
        with _bare(settings, encoder) as other:
            results = _asked(Row(BARE), other, encoder, cases, settings)
        _print(BARE, results, compare(whole, results))


def _asked(row: Row, snapshot: Snapshot, encoder: Encoder, cases: Sequence[Case], settings: Settings) -> tuple[Result, ...]:
    assistant: Any = Ablated(row, snapshot, encoder)
    return evaluate(assistant, cases, name=DEV.name, corpus=settings.corpus_dir).results


def _print(title: str, results: Sequence[Result], change: Comparison) -> None:
    found = figures(results)
    cells = [f"{found[name]:.3f}" for name in ("recall@5", "right", "status")]
    print(f"| {title} | {' | '.join(cells)} | {len(change.lost)} | {len(change.won)} |", flush=True)


@contextmanager
def _attributes(on: bool) -> Iterator[None]:
    no: Callable[..., str] = lambda question, text, *, scope: ""  # noqa: E731
    if on:
        yield
        return
    with patch("assistant.answering.evidence.missing_attribute", no):
        yield


@contextmanager
def _bare(settings: Settings, encoder: Encoder) -> Iterator[Snapshot]:
    """Yield a snapshot whose vectors are of the texts alone."""
    other = replace(settings, data_dir=settings.data_dir / "bench" / "bare")
    with (
        patch("assistant.ingestion.embedded_text", lambda passage: passage.text),
        patch("assistant.ingestion.sentence_context", lambda passage, ordinal: passage.sentences[ordinal].text),
    ):
        run_ingest(other, encoder=encoder)
    snapshot = Snapshot(other.index_dir / current_id(other.index_dir))
    yield snapshot
    snapshot.close()


if __name__ == "__main__":
    main()
