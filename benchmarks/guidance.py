"""What standard answers, groups of questions and confirmed questions are worth: `python benchmarks/guidance.py [--labels 200]`.

All on the stored questions of the corpus, drawn with a seed; dev questions are not touched. Three tables:
1. a standard answer for some wordings of a label: how many other wordings of that label it is given for, and how many of the
   nearest questions of *other* labels (the twenty nearest of each; many of them ask nearly the same);
2. groups by cosine: of the pairs that stand together, how many ask for the same label, and how many pairs of a label stand
   together;
3. questions asked later: the corpus is ingested without the stored questions of some labels, then with one and with three of
   them as confirmed questions: how often the statement is first and among the first five for other wordings.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.answering.standard import fits  # noqa: E402
from assistant.encoding import Encoder, load_encoder  # noqa: E402
from assistant.inbox import ALIKE  # noqa: E402
from assistant.index.reader import SnapshotReader  # noqa: E402
from assistant.ingestion import ingest  # noqa: E402
from assistant.knowledge.questions import CONFIRMED, FILE  # noqa: E402
from assistant.questions import parts  # noqa: E402
from assistant.retrieval import retrieve  # noqa: E402
from assistant.settings import Settings, load_settings  # noqa: E402
from assistant.vectors import CachedEncoder  # noqa: E402

FEWEST = 6
"""Wordings that a label needs to take part."""


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


def learning(settings: Settings, encoder: Encoder, drawn: list[str], rng: random.Random) -> None:
    """Print table 3: three ingests of a copy of the corpus in which the drawn labels have none, one and three questions."""
    print("questions asked later: its statement first, among the first five")
    asked: dict[str, list[str]] = {}
    for line in (settings.corpus_dir / FILE).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        asked.setdefault(entry.get("label") or entry["passage"], []).extend(entry["questions"])
    own = {label: rng.sample(asked[label], min(6, len(asked[label]))) for label in drawn}
    cases = [(label, question) for label, questions in own.items() for question in questions[3:]]
    for count in (0, 1, 3):
        with tempfile.TemporaryDirectory() as name:
            corpus, index = Path(name) / "corpus", Path(name) / "index"
            shutil.copytree(settings.corpus_dir, corpus)
            kept = [
                line
                for line in (corpus / FILE).read_text(encoding="utf-8").splitlines()
                if json.loads(line).get("label") not in own
            ]
            (corpus / FILE).write_text("\n".join(kept) + "\n", encoding="utf-8")
            premises = (corpus / "premises.jsonl").read_text(encoding="utf-8").splitlines()
            premises = [line for line in premises if json.loads(line).get("label") not in own]
            (corpus / "premises.jsonl").write_text("\n".join(premises) + "\n", encoding="utf-8")
            lines = [{"label": label, "questions": questions[:count]} for label, questions in own.items() if count]
            (corpus / CONFIRMED).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
            cached = CachedEncoder(encoder, settings.data_dir / "vectors.sqlite")
            ingest(corpus, index, cached)
            cached.close()
            reader = SnapshotReader(index, signature=encoder.signature)
            snapshot = reader.current()
            field, first, five = snapshot.knowledge.glossary.field_words, 0, 0
            for label, question in cases:
                found = retrieve(question, snapshot, encoder, also=parts(question, field)).kept
                right = [label in hit.passage.sentences[hit.matches[0].sentence].labels for hit in found]
                first, five = first + any(right[:1]), five + any(right[:5])
            reader.close()
        print(f"  {count} confirmed: {first / len(cases):.3f}, {five / len(cases):.3f} of {len(cases)}", flush=True)


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
    learning(settings, encoder, drawn, rng)
    return 0


if __name__ == "__main__":
    sys.exit(main())
