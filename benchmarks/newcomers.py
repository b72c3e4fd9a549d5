"""How a document that an office adds fares beside those with stored questions: `python benchmarks/newcomers.py`.

For each dev question (without history) the statements of its gold facts lose their stored questions, as if they stood in a file
that was uploaded today; everything else, known gaps too, keeps them. Prints how often a gold statement is first and among the
first five, with the sentence in the place of the missing questions (as the app does it) and with nothing there.
"""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import assistant.retrieval as retrieval  # noqa: E402
from assistant.encoding import load_encoder  # noqa: E402
from assistant.index.reader import SnapshotReader  # noqa: E402
from assistant.questions import parts  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

DEV = ROOT / "assistant" / "evaluation" / "dev.jsonl"


class WithoutQuestions:
    """A dense index whose stored questions of some targets are not there."""

    def __init__(self, dense: Any, targets: set[str]) -> None:
        self._dense, self._targets = dense, targets

    def nearest(self, collection: str, vector: Any, *, count: int) -> list[tuple[str, float]]:
        """Return what the index finds, less the questions that are away."""
        found = self._dense.nearest(collection, vector, count=count)
        return [item for item in found if item[0] not in self._targets] if collection == "pertanyaan" else found


class Held(dict[str, float]):
    """Scores by reference, as `LexicalIndex.scores` gives them."""

    def best(self, count: int) -> list[str]:
        """Return the `count` references with the highest scores."""
        return sorted(self, key=lambda reference: -self[reference])[:count]


class WithoutWords:
    """A lexical index in which some statements are found by their own words alone."""

    def __init__(self, snapshot: Any, references: set[str]) -> None:
        self._snapshot, self._references = snapshot, references

    def scores(self, text: str) -> Held:
        """Return the scores with questions, for some statements those without."""
        found, bare = Held(self._snapshot.lexical_questions.scores(text)), self._snapshot.lexical.scores(text)
        for reference in self._references:
            found.pop(reference, None)
            if reference in bare:
                found[reference] = bare[reference]
        return found


def newcomer(snapshot: Any, labels: set[str]) -> Any:
    """Return a snapshot in which the statements of `labels` have no stored questions."""
    references = {reference for label in labels for reference in snapshot.stating.get(label, ())}
    targets = labels | {premise.id for premise in snapshot.knowledge.premises.values() if premise.label in labels}
    targets |= {reference.rpartition("|")[0] for reference in references}
    seen = copy.copy(snapshot)
    seen.asked_for = snapshot.asked_for - references
    seen.dense, seen.lexical_questions = WithoutQuestions(snapshot.dense, targets), WithoutWords(snapshot, references)
    return seen


def measure(snapshot: Any, encoder: Any, cases: list[dict[str, Any]], *, taken: bool, raised: float) -> tuple[float, float]:
    """Return the share of questions with a gold statement first, and among the first five."""
    retrieval.UNASKED = raised
    first = five = 0
    for case in cases:
        gold = {label for fact in case["facts"] for label in fact}
        seen = newcomer(snapshot, gold) if taken else snapshot
        if raised < 0:
            seen = copy.copy(seen)
            seen.asked_for = frozenset(f"{p.id}|{n}" for p in snapshot.passages.values() for n in range(len(p.sentences)))
        field_words = snapshot.knowledge.glossary.field_words
        found = retrieval.retrieve(case["question"], seen, encoder, also=parts(case["question"], field_words)).kept
        right = [bool(set(hit.passage.sentences[hit.matches[0].sentence].labels) & gold) for hit in found]
        first, five = first + any(right[:1]), five + any(right[:5])
    return first / len(cases), five / len(cases)


def main() -> int:
    """Print the table."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    snapshot = SnapshotReader(settings.index_dir, signature=encoder.signature).current()
    cases = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if case["facts"] and not case["history"]]
    own = retrieval.UNASKED
    rows = (
        ("all stored questions", False, own),
        ("gold without stored questions, nothing in their place", True, -1.0),
        ("gold without stored questions, its sentence in their place", True, 0.0),
        (f"the same, raised by {own} (the app)", True, own),
    )
    print(f"{len(cases)} dev questions\n{'':62} first  five")
    for name, taken, raised in rows:
        first, five = measure(snapshot, encoder, cases, taken=taken, raised=raised)
        print(f"{name:62} {first:.3f}  {five:.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
