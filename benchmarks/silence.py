"""Measure silence: stored questions asked with their own statement taken out of the index (true negatives) and left in.

    python benchmarks/silence.py [--questions 1200] [--seed 3]

For each fact drawn, a stored question of it is asked twice through the whole pipeline: with only three other stored questions
of the fact left (a person's wording is never in the index), and with the fact and its near-duplicates taken away. The same is
done for known gaps. Prints how often each is answered, and risk against coverage over floors of the nearest cosine.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answering.pipeline import answer
from assistant.encoding import load_encoder
from assistant.index.snapshot import Snapshot, current_id
from assistant.retrieval import retrieve
from assistant.settings import load_settings
from assistant.types import Answer, Status
from assistant.vectors import CachedEncoder
from benchmarks.newcomers import Held

SILENT = (Status.NOT_FOUND, Status.OFF_TOPIC, Status.DECLINED)
NEAR_DUPLICATE = 0.86
"""Two facts are near-duplicates when the mean vectors of their stored questions are at least this near."""

KEPT_QUESTIONS = 3


class Asked:
    """All stored questions with their vectors, so that single ones can be forgotten."""

    def __init__(self, snapshot: Snapshot, encoder: CachedEncoder) -> None:
        """Encode the stored questions and premises of `snapshot` (from the vector cache)."""
        known = snapshot.knowledge
        pairs = [(name, q) for name, questions in known.questions.items() if name in snapshot.stating for q in questions]
        pairs += [(premise.id, q) for premise in known.premises.values() for q in premise.questions]
        self.names, self.texts = [name for name, _ in pairs], [text for _, text in pairs]
        self.vectors = encoder.encode_queries(self.texts)
        self.targets = [known.premises[name].label if name in known.premises else name for name in self.names]


class Without:
    """A snapshot in which some labels and some stored questions do not exist."""

    def __init__(self, snapshot: Snapshot, asked: Asked, labels: Iterable[str], forgotten: Iterable[str]) -> None:
        """Hide the statements and questions of `labels`, and the stored questions whose text is in `forgotten`."""
        gone, texts = set(labels), set(forgotten)
        hidden = {reference for label in gone for reference in snapshot.stating.get(label, ())}
        places = {reference.rpartition("|")[0] for reference in hidden}
        self.knowledge, self.passages, self.spelling = snapshot.knowledge, snapshot.passages, snapshot.spelling
        self.asked_for = snapshot.asked_for
        self.stating = {name: [r for r in refs if r not in hidden] for name, refs in snapshot.stating.items() if name not in gone}
        stays = np.array(
            [
                text not in texts and target not in gone and target not in places
                for text, target in zip(asked.texts, asked.targets, strict=True)
            ]
        )

        def nearest(collection: str, vector: Sequence[float], *, count: int) -> list[tuple[str, float]]:
            if collection == "pertanyaan":
                cosines = np.where(stays, asked.vectors @ np.asarray(vector, dtype=np.float32), -1.0)
                return [(asked.names[i], float(cosines[i])) for i in np.argsort(-cosines)[:count]]
            found = snapshot.dense.nearest(collection, vector, count=count + len(hidden))
            return [(name, cosine) for name, cosine in found if name not in hidden][:count]

        def scores(text: str) -> Held:
            return Held({name: value for name, value in snapshot.lexical.scores(text).items() if name not in hidden})

        self.dense = SimpleNamespace(nearest=nearest)
        self.lexical = SimpleNamespace(scores=scores)
        # BM25 over the stored questions cannot forget single ones; over the statements alone it holds none.
        self.lexical_questions = self.lexical


def main() -> None:
    """Draw questions, ask them, print the table."""
    options = _options()
    settings = load_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.data_dir / "vectors.sqlite")
    snapshot = Snapshot(settings.index_dir / current_id(settings.index_dir))
    draw = random.Random(options.seed)
    asked = {name: list(q) for name, q in snapshot.knowledge.questions.items() if name in snapshot.stating and "#" not in name}
    means = _means(asked, encoder)
    stored = Asked(snapshot, encoder)
    rows: dict[str, list[tuple[bool, float, bool]]] = {}
    names = draw.choices(sorted(asked), k=options.questions)
    for name in names:
        question = draw.choice(asked[name])
        others = [q for q in asked[name] if q != question]
        forgotten = [question, *draw.sample(others, max(0, len(others) - KEPT_QUESTIONS))]
        duplicates = [other for other in asked if float(means[name] @ means[other]) >= NEAR_DUPLICATE]
        kind = "celah" if name in snapshot.knowledge.gaps else "fakta"
        for state, hidden in (("ada", ()), ("diambil", duplicates)):
            result = _ask(question, Without(snapshot, stored, hidden, forgotten), encoder)
            rows.setdefault(f"{kind} {state}", []).append(_row(result, {name}))
    _print(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=3)
    return parser.parse_args()


def _means(asked: dict[str, list[str]], encoder: CachedEncoder) -> dict[str, Any]:
    vectors = encoder.encode_queries([q for questions in asked.values() for q in questions])
    means: dict[str, Any] = {}
    at = 0
    for name, questions in asked.items():
        mean = vectors[at : at + len(questions)].mean(0)
        means[name] = mean / np.linalg.norm(mean)
        at += len(questions)
    return means


def _ask(question: str, snapshot: Any, encoder: CachedEncoder) -> Answer:
    return answer(
        question,
        history=(),
        knowledge=snapshot.knowledge,
        find=lambda text, also, wanted: retrieve(text, snapshot, encoder, also=also, wanted=wanted),
    )


def _row(result: Answer, gold: set[str]) -> tuple[bool, float, bool]:
    """Return whether the answer speaks, the nearest cosine, and whether it cites the gold label."""
    nearest = max((m.parts.get("kosinus", 0.0) for hit in result.retrieval.kept for m in hit.matches), default=0.0)
    cited = {label for citation in result.citations for label in citation.labels}
    return result.status not in SILENT, nearest, bool(cited & gold)


def _print(rows: dict[str, list[tuple[bool, float, bool]]]) -> None:
    print(f"{'asked':<16}{'n':>6}{'speaks':>9}{'gold cited':>12}")
    for name, values in sorted(rows.items()):
        print(f"{name:<16}{len(values):>6}{np.mean([s for s, _, _ in values]):>9.3f}{np.mean([g for _, _, g in values]):>12.3f}")
    print("\nfloor of the nearest cosine: coverage (facts there, answered with the fact) and risk (of what is answered, wrong)")
    there = rows.get("fakta ada", [])
    away = rows.get("fakta diambil", []) + rows.get("celah diambil", [])
    for floor in (0.0, 0.56, 0.6, 0.62, 0.64, 0.66, 0.68, 0.7, 0.74, 0.78):
        good = sum(speaks and gold and cosine >= floor for speaks, cosine, gold in there) / max(1, len(there))
        spoken = sum(speaks and cosine >= floor for speaks, cosine, _ in there) / max(1, len(there))
        wrong = sum(speaks and cosine >= floor for speaks, cosine, _ in away) / max(1, len(away))
        risk = (wrong + spoken - good) / max(1e-9, wrong + spoken)
        print(f"{floor:>6.2f} coverage {good:.3f}, silent on negatives {1 - wrong:.3f}, risk where both are as many {risk:.3f}")


if __name__ == "__main__":
    main()
