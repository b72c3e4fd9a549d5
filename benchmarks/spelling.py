"""What the repair of spelling is worth: stored questions with slips put in, searched with and without the repair.

    python benchmarks/spelling.py [--questions 600] [--seed 5]

Each question is searched with only three other stored questions of its fact left (as in silence.py): as it stands, with one or
two slips, and with the slips repaired. Slips are drawn as fingers make them on a telephone: a letter left out (45 %, vowels
twice as often), a neighbouring key (20 %), two letters swapped (15 %), a letter doubled (10 %), any other letter (10 %).
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import string
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.encoding import load_encoder
from assistant.evaluation.metrics import interval
from assistant.index.snapshot import Snapshot, current_id
from assistant.questions import read_question
from assistant.retrieval import retrieve
from assistant.settings import load_settings
from assistant.spelling import SHORTEST, Spelling
from assistant.types import Retrieval
from assistant.vectors import CachedEncoder
from benchmarks.silence import KEPT_QUESTIONS, Asked, Without

GENERAL = Path(__file__).resolve().parents[2] / "shared" / "models" / "general-qa.json.xz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
FIRST, TOP = 1, 5
LETTERS = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Draw questions, put slips in, search, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=600)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    settings = load_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.data_dir / "vectors.sqlite")
    snapshot = Snapshot(settings.index_dir / current_id(settings.index_dir))
    draw = random.Random(options.seed)
    stored = Asked(snapshot, encoder)
    asked = {name: q for name, q in snapshot.knowledge.questions.items() if name in snapshot.knowledge.labels}
    found: dict[str, list[tuple[bool, bool]]] = {"as it stands": [], "with slips": [], "with slips, repaired": []}
    counts = {"slips": 0, "mended": 0, "changed into another word": 0, "clean questions changed": 0}
    names = [name for name in sorted(asked) if name in snapshot.stating]
    while len(found["as it stands"]) < options.questions:
        name = draw.choice(names)
        question = draw.choice(asked[name])
        if read_question(question).english:
            continue
        slipped, wrong = with_slips(question, draw)
        if not wrong:
            continue
        others = [q for q in asked[name] if q != question]
        view = Without(snapshot, stored, (), [question, *draw.sample(others, max(0, len(others) - KEPT_QUESTIONS))])
        for title, text, spelling in (
            ("as it stands", question, Spelling()),
            ("with slips", slipped, Spelling()),
            ("with slips, repaired", slipped, snapshot.spelling),
        ):
            view.spelling = spelling
            found[title].append(ranks(retrieve(text, view, encoder), name))  # type: ignore[arg-type]
        count(counts, question, slipped, snapshot.spelling)
    print(f"{'question':<22}{'n':>6}{'recall@5':>10}{'first':>8}")
    for title, values in found.items():
        first, top = (np.mean([pair[at] for pair in values]) for at in (0, 1))
        print(f"{title:<22}{len(values):>6}{top:>10.3f}{first:>8.3f}")
    gained = [int(after[0]) - int(before[0]) for before, after in zip(*list(found.values())[1:], strict=True)]
    low, high = interval([float(value) for value in gained])
    print(f"first by repair: {np.mean(gained):+.3f} ({low:+.3f} to {high:+.3f}), won {gained.count(1)}, lost {gained.count(-1)}")
    print(", ".join(f"{title} {value}" for title, value in counts.items()))
    general(snapshot.spelling, draw)


def ranks(retrieval: Retrieval, label: str) -> tuple[bool, bool]:
    """Return whether the best statement is that of `label`, and whether one of the first five passages holds it."""
    best = retrieval.kept[0] if retrieval.kept else None
    first = best is not None and label in best.passage.sentences[best.matches[0].sentence].labels
    return first, any(label in hit.passage.labels for hit in retrieval.kept[:TOP])


def with_slips(question: str, draw: random.Random) -> tuple[str, int]:
    """Return `question` with one or two of its longer small words misspelt, and how many."""
    places = [m for m in LETTERS.finditer(question) if len(m[0]) >= SHORTEST and m[0].islower()]
    chosen = sorted(draw.sample(places, min(len(places), draw.choice((1, 2)))), key=lambda match: -match.start())
    for match in chosen:
        question = question[: match.start()] + slip(match[0], draw) + question[match.end() :]
    return question, len(chosen)


def slip(word: str, draw: random.Random) -> str:
    """Return `word` with one slip; its first letter stays."""
    kind = draw.choices(("out", "key", "swap", "double", "other"), (45, 20, 15, 10, 10))[0]
    at = draw.randrange(1, len(word) - 1)
    if kind == "out":
        at = draw.choices(range(1, len(word)), [2 if letter in "aiueo" else 1 for letter in word[1:]])[0]
        return word[:at] + word[at + 1 :]
    if kind == "swap" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    row = next((row for row in ROWS if word[at] in row), "")
    place = row.find(word[at])
    near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return word[:at] + draw.choice(near if kind == "key" and near else string.ascii_lowercase) + word[at + 1 :]


def count(counts: dict[str, int], question: str, slipped: str, spelling: Spelling) -> None:
    """Add to `counts` how the words of one question fared."""
    texts = (question, slipped, spelling.repair(slipped))
    for meant, typed, mended in zip(*(LETTERS.findall(text) for text in texts), strict=True):
        counts["slips"] += typed != meant
        counts["mended"] += typed != meant == mended
        counts["changed into another word"] += mended not in (meant, typed)
    counts["clean questions changed"] += spelling.repair(question) != question


def general(spelling: Spelling, draw: random.Random) -> None:
    """Print how many questions on other subjects are changed, and what a repair costs."""
    if not GENERAL.is_file():
        print(f"{GENERAL} is absent: general questions are left out.")
        return
    with lzma.open(GENERAL, "rt", encoding="utf-8") as file:
        texts: list[Any] = [row["q"] for row in draw.sample(json.load(file), 3000)]
    begun = time.perf_counter()
    changed = sum(spelling.repair(text) != text for text in texts)
    each = 1000 * (time.perf_counter() - begun) / len(texts)
    print(f"general questions: {changed} of {len(texts)} changed; {each:.2f} ms a question")


if __name__ == "__main__":
    main()
