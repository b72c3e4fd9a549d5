"""What standard answers, groups of questions and confirmed questions are worth: `python benchmarks/guidance.py [--labels 200]`.

All on the stored questions of the corpus, drawn with a seed; dev questions are not touched. Three tables:
1. a standard answer for some wordings of a label: how many other wordings of that label it is given for, and how many of the
   nearest questions of *other* labels (the twenty nearest of each; many of them ask nearly the same);
2. groups by cosine: of the pairs that stand together, how many ask for the same label, and how many pairs of a label stand
   together;
3. questions asked later: a label without stored questions, then with one and with three confirmed ones (dense part only, so
   the gain is understated): how often its statement is first and among the first five for other wordings.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from newcomers import newcomer  # noqa: E402

from assistant.answering.standard import fits  # noqa: E402
from assistant.encoding import load_encoder  # noqa: E402
from assistant.inbox import ALIKE  # noqa: E402
from assistant.index.reader import SnapshotReader  # noqa: E402
from assistant.questions import parts  # noqa: E402
from assistant.retrieval import retrieve  # noqa: E402
from assistant.settings import load_settings  # noqa: E402
from assistant.vectors import CachedEncoder  # noqa: E402

FEWEST = 6
"""Wordings that a label needs to take part."""


class Confirmed:
    """A dense index to which questions of one label were added."""

    def __init__(self, dense: Any, label: str, vectors: np.ndarray) -> None:
        self._dense, self._label, self._vectors = dense, label, vectors

    def nearest(self, collection: str, vector: Any, *, count: int) -> list[tuple[str, float]]:
        """Return what the index finds, with the confirmed questions among it."""
        found = self._dense.nearest(collection, vector, count=count)
        if collection != "pertanyaan":
            return list(found)
        added = [(self._label, float(cosine)) for cosine in self._vectors @ np.asarray(vector, dtype=np.float32)]
        return sorted([*found, *added], key=lambda item: -item[1])[:count]


def matching(questions: list[tuple[str, str]], vectors: np.ndarray, drawn: list[str], rng: random.Random) -> None:
    """Print table 1."""
    names = np.array([name for name, _ in questions])
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(str(name), []).append(place)
    print("standard answers: given for other wordings of the label, for near questions of other labels")
    for variants in (0, 2, 4):
        given = asked = wrong = near = 0
        for label in drawn:
            own = places[label][:]
            rng.shuffle(own)
            stored, rest = own[: 1 + variants], own[1 + variants :]
            cosines = vectors @ vectors[stored].T
            best = cosines.max(axis=1)
            others = np.where(names != label)[0]
            others = others[np.argsort(-best[others])[:20]]
            for place in [*rest, *others]:
                foreign = (names != label) & (np.arange(len(names)) != place)
                rival = float((vectors[foreign] @ vectors[place]).max())
                text = questions[stored[int(cosines[place].argmax())]][1]
                hit = fits(questions[place][1], text, similarity=float(best[place]), rival=rival)
                if place in rest:
                    given, asked = given + hit, asked + 1
                else:
                    wrong, near = wrong + hit, near + 1
        print(f"  {1 + variants} wordings: {given / asked:.3f} of {asked}, {wrong} of {near}", flush=True)


def grouping(questions: list[tuple[str, str]], vectors: np.ndarray, drawn: list[str]) -> None:
    """Print table 2."""
    chosen = [place for place, (name, _) in enumerate(questions) if name in set(drawn)]
    near = vectors[chosen] @ vectors[chosen].T
    names = np.array([questions[place][0] for place in chosen])
    same = names[:, None] == names[None, :]
    above = np.triu(np.ones_like(same), k=1)
    print("groups: pairs of the same label among those that stand together; pairs of a label that stand together")
    for alike in (0.65, 0.7, ALIKE, 0.8, 0.85):
        together = (near >= alike) & above
        pairs = together.sum()
        right = (together & same).sum()
        print(f"  from {alike:.2f}: {right / max(1, pairs):.3f} of {pairs}, {right / (same & above).sum():.3f}", flush=True)


def learning(
    snapshot: Any, encoder: Any, questions: list[tuple[str, str]], vectors: np.ndarray, drawn: list[str], rng: random.Random
) -> None:
    """Print table 3."""
    print("questions asked later: its statement first, among the first five")
    cases = []
    for label in drawn:
        own = [place for place, (name, _) in enumerate(questions) if name == label]
        rng.shuffle(own)
        cases.append((label, own[:3], own[3:6]))
    for confirmed in (0, 1, 3):
        first = five = asked = 0
        for label, before, later in cases:
            seen = newcomer(snapshot, {label})
            if confirmed:
                seen = copy.copy(seen)
                kept = {**seen.knowledge.questions, label: [questions[place][1] for place in before[:confirmed]]}
                seen.knowledge = replace(seen.knowledge, questions=kept)
                seen.dense = Confirmed(seen.dense, label, vectors[before[:confirmed]])
            for place in later:
                text = questions[place][1]
                field = snapshot.knowledge.glossary.field_words
                found = retrieve(text, seen, encoder, also=parts(text, field)).kept
                right = [label in hit.passage.sentences[hit.matches[0].sentence].labels for hit in found]
                first, five, asked = first + any(right[:1]), five + any(right[:5]), asked + 1
        print(f"  {confirmed} confirmed: {first / asked:.3f}, {five / asked:.3f} of {asked}", flush=True)


def main() -> int:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", type=int, default=200)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    snapshot = SnapshotReader(settings.index_dir, signature=encoder.signature).current()
    questions = [(name, text) for name, asked in snapshot.knowledge.questions.items() for text in asked]
    cached = CachedEncoder(encoder, settings.data_dir / "vectors.sqlite")
    vectors = np.asarray(cached.encode_queries([text for _, text in questions]))
    cached.close()
    rng = random.Random(options.seed)
    labels = snapshot.knowledge.labels
    pool = [name for name, asked in snapshot.knowledge.questions.items() if len(asked) >= FEWEST and name in labels]
    drawn = rng.sample(pool, min(options.labels, len(pool)))
    print(f"{len(questions)} stored questions, {len(drawn)} labels drawn")
    matching(questions, vectors, drawn, rng)
    grouping(questions, vectors, drawn)
    learning(snapshot, encoder, questions, vectors, drawn, rng)
    return 0


if __name__ == "__main__":
    sys.exit(main())
