"""What tuning cost in generality: retrieval on a public Indonesian set, and on dev without stored questions.

`python benchmarks/generality.py` compares the shipped encoder with multilingual-e5-small, from which it was tuned, on
`../shared/evals/id-retrieval`: vectors alone, with BM25 by halves, and weighed as `assistant.retrieval` weighs sentences,
passages and words where there are no stored questions. Then it asks the dev questions with QUESTION_INDEX on and off
over the current index. Vectors are kept in `DATA_DIR/bench`; the first run takes about half an hour on two cores.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.encoding import load_encoder
from assistant.errors import AssistantError
from assistant.evaluation.cases import read_cases
from assistant.evaluation.metrics import figures, interval
from assistant.evaluation.runner import evaluate
from assistant.index.lexical import LexicalIndex
from assistant.language import split_sentences
from assistant.retrieval import Weights
from assistant.settings import Settings, load_settings
from assistant.vectors import CachedEncoder
from assistant.wiring import make_assistant
from benchmarks.preparing import ROOT, SHARED, MissingError, base_e5, rival_python

PUBLIC = SHARED / "evals" / "id-retrieval"
DEV = ROOT / "assistant" / "evaluation" / "dev.jsonl"
DEPTH = 10
WAYS = ("dense", "dense + BM25, .5 each", "sentence, passage and BM25 as ours")

Gains = dict[str, list[float]]


def main() -> int:
    """Print the table of the public set and the figures of dev, or what is missing for either."""
    settings = load_settings()
    if PUBLIC.is_dir():
        public(settings)
    else:
        print(f"{PUBLIC} is absent: the public set is left out.")
    try:
        dev(settings)
    except AssistantError as error:
        print(f"dev is left out: {error}")
        return 1
    return 0


def public(settings: Settings) -> None:
    """Print R@1, R@10 and nDCG@10 of both encoders in each way, and what tuning changed with its paired 95 % interval."""
    work = settings.data_dir.resolve() / "bench"
    work.mkdir(parents=True, exist_ok=True)
    found = {"shipped (int8)": ranked(settings.encoder, work)}
    try:
        found["base e5-small (fp32)"] = ranked(str(base_e5(work, rival_python(work))), work)
    except MissingError as error:
        print(f"the base is left out: {error}")
    print("| encoder | way | R@1 | R@10 | nDCG@10 |\n| --- | --- | --- | --- | --- |")
    for name, ways in found.items():
        for way, gains in ways.items():
            print(f"| {name} | {way} | " + " | ".join(f"{np.mean(gains[key]):.3f}" for key in ("R@1", "R@10", "nDCG@10")) + " |")
    if len(found) == 2:
        tuned, base = found.values()
        for way in WAYS:
            differences = [a - b for a, b in zip(tuned[way]["nDCG@10"], base[way]["nDCG@10"], strict=True)]
            low, high = interval(differences)
            print(f"tuning changed nDCG@10, {way}: {np.mean(differences):+.3f} ({low:+.3f} to {high:+.3f})")


def ranked(name: str, work: Path) -> dict[str, Gains]:
    """Return by way the gains of each question of the public set with the encoder `name`."""
    passages, questions = ([(row["id"], row["text"]) for row in rows(f"{kind}.jsonl")] for kind in ("passages", "questions"))
    gold: dict[str, set[str]] = {}
    for row in rows("qrels.jsonl"):
        gold.setdefault(row["question_id"], set()).add(row["passage_id"])
    pieces = [(at, sentence) for at, (_, text) in enumerate(passages) for sentence in split_sentences(text)]
    owners = np.array([at for at, _ in pieces])
    encoder = CachedEncoder(load_encoder(name), work / "vectors.sqlite")
    asked = encoder.encode_queries([text for _, text in questions])
    whole = encoder.encode_documents([text for _, text in passages])
    parts = encoder.encode_documents([text for _, text in pieces])
    encoder.close()
    words = LexicalIndex([str(at) for at in range(len(passages))], [text for _, text in passages])
    piece_words = LexicalIndex([str(at) for at in range(len(pieces))], [text for _, text in pieces])
    result: dict[str, Gains] = {way: {} for way in WAYS}
    for (identity, text), vector in zip(questions, asked, strict=True):
        dense = whole @ vector
        scores = (
            dense,
            scaled(dense) + scaled(bm25(words, text, len(passages))),
            ours(parts @ vector, dense[owners], bm25(piece_words, text, len(pieces)), owners, len(passages)),
        )
        for way, values in zip(WAYS, scores, strict=True):
            best = [passages[at][0] for at in np.argsort(-values, kind="stable")[:DEPTH]]
            for key, gain in gains(best, gold[identity]).items():
                result[way].setdefault(key, []).append(gain)
    return result


def ours(sentences: Any, passages: Any, lexical: Any, owners: Any, count: int) -> Any:
    """Return the score of each passage: that of its best sentence, weighed as `assistant.retrieval` weighs the parts."""
    weights = Weights()
    score = weights.sentence * scaled(sentences) + weights.passage * scaled(passages) + weights.lexical * scaled(lexical)
    best = np.full(count, -1.0)
    np.maximum.at(best, owners, score)
    return best


def scaled(values: Any) -> Any:
    """Bring values to 0..1."""
    return (values - values.min()) / ((values.max() - values.min()) or 1.0)


def bm25(index: LexicalIndex, text: str, count: int) -> Any:
    """Return the BM25 score of every text of `index`."""
    values = np.zeros(count)
    for reference, score in index.scores(text).items():
        values[int(reference)] = score
    return values


def gains(best: list[str], gold: set[str]) -> dict[str, float]:
    """Return R@1, R@10 (any gold passage) and nDCG@10 of one ranking."""
    hits = [identity in gold for identity in best]
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(DEPTH, len(gold))))
    found = sum(hit / np.log2(rank + 2) for rank, hit in enumerate(hits))
    return {"R@1": float(hits[0]), "R@10": float(any(hits)), "nDCG@10": float(found / ideal)}


def rows(name: str) -> list[dict[str, Any]]:
    """Return the lines of a file of the public set."""
    return [json.loads(line) for line in (PUBLIC / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def dev(settings: Settings) -> None:
    """Print recall@5 and right on dev with stored questions searched and not."""
    encoder, cases = load_encoder(settings.encoder), read_cases(DEV)
    for on in (True, False):
        assistant = make_assistant(replace(settings, question_index=on), encoder=encoder)
        found = figures(evaluate(assistant, cases, name=DEV.name, corpus=settings.corpus_dir).results)
        print(f"dev, QUESTION_INDEX={'on' if on else 'off'}: recall@5 {found['recall@5']:.3f}, right {found['right']:.3f}")


if __name__ == "__main__":
    sys.exit(main())
