"""How the index grows: `python benchmarks/scale.py [--passages 10000 100000 500000] [--server]`.

Generated passages of one sentence each in made-up words (Zipf), with generated vectors of 384 numbers: no encoder takes part, so
the figures are those of the index alone (what an encoder adds is in benchmarks/ingest_speed.py). Each size runs in a process of
its own. Prints the rate of building (vectors, words, texts; written, then verified), the size on disk, seconds to open it, the
memory, and p50/p95 of a whole retrieval over 60 questions. With --server the vectors lie on a Chroma server.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DIMENSION, QUESTIONS, WORDS = 384, 60, 22
VOCABULARY = 30_000


class Drawn:
    """Vectors drawn from the text: the same text has the same vector, texts with like beginnings are near."""

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return [float(value) for value in vectors([text])[0]]


def vectors(texts: list[str]) -> np.ndarray:
    """Return vectors (n, 384) of length one: the mean of those of the words, each drawn from a table."""
    rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for place, text in enumerate(texts):
        rows[place] = TABLE[[hash_of(word) for word in text.split()]].mean(axis=0)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def hash_of(word: str) -> int:
    """Return the row of a word in the table."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(word)) % len(TABLE)


TABLE = np.random.default_rng(5).standard_normal((VOCABULARY, DIMENSION)).astype(np.float32)


def sentence(chance: random.Random, words: list[str], weights: list[float]) -> str:
    """Return a sentence of made-up words."""
    return " ".join(chance.choices(words, cum_weights=weights, k=WORDS)).capitalize() + "."


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Return made-up words and how often each comes, added up."""
    syllables = [a + b for a in "bdgklmnprst" for b in "aiueo"]
    words = list({"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(VOCABULARY)})
    total, added = 0.0, []
    for rank in range(len(words)):
        total += 1 / (rank + 2)
        added.append(total)
    return words, added


def one(count: int, server: str) -> None:
    """Build and ask an index of `count` passages; prints one line."""
    from assistant.index.dense import ChromaServer
    from assistant.index.records import DocumentRecord
    from assistant.index.snapshot import FOLDERS, FORMAT, Contents, Manifest, Snapshot, Unit, build, verify
    from assistant.retrieval import retrieve
    from assistant.types import BlockKind, DocumentCard, Kind, Passage, Sentence, Validity

    chance = random.Random(11)
    words, weights = vocabulary(chance)
    cards = [
        DocumentCard(f"d{n}.md", f"Dokumen {n}", Kind.JUKNIS, "kaltim", "uep-kaltim", Validity.BERLAKU)
        for n in range(count // 50)
    ]
    passages = []
    for number in range(count):
        text, card = sentence(chance, words, weights), cards[number % len(cards)]
        place = f"{card.path}#b{number}:1"
        only = (Sentence(text, 0, len(text)),)
        passages.append(Passage(place, f"{number:x}", card, (f"Bagian {number}",), text, only, (BlockKind.PARAGRAPH,)))
    texts = [passage.text for passage in passages]
    made = vectors(texts)
    sentences = [Unit(f"{passage.id}|0", passage.text) for passage in passages]
    wholes = [Unit(f"{passage.id}|-", passage.text) for passage in passages]
    records = [DocumentRecord(asdict(card) | {"kind": "juknis", "status": "berlaku"}, "x", "") for card in cards]
    contents = Contents(passages, records, sentences, [], wholes, (made, made[:0], made), (texts, texts), [])
    encoder = {"name": "tergambar", "revision": "1"}
    manifest = Manifest(f"s{count}", FORMAT, "x", "2026", encoder, {}, count, count, 0)
    store = ChromaServer(server, office="ukur") if server else FOLDERS
    with tempfile.TemporaryDirectory(prefix="uep-ukur-") as name:
        folder = Path(name) / manifest.id
        began = time.perf_counter()
        build(folder, contents, manifest, vectors=store)
        built = time.perf_counter() - began
        verify(folder, contents, vectors=store)
        whole = time.perf_counter() - began
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        questions = [" ".join(chance.sample(text.rstrip(".").lower().split(), 7)) for text in chance.sample(texts, QUESTIONS + 5)]
        wanted = len(passages)
        rows = made
        del contents, passages, sentences, wholes, made, texts, records
        began = time.perf_counter()
        snapshot = Snapshot(folder, vectors=store)
        opened = time.perf_counter() - began
        encoder_: Any = Drawn()
        hits = 0
        for question in questions:
            vector = vectors([question])[0]
            exact = set(np.argsort(-(rows @ vector))[:10].tolist())
            near = snapshot.dense.nearest("kalimat", vector.tolist(), count=10)
            hits += sum(int(name.partition("#b")[2].partition(":")[0]) in exact for name, _ in near)
        recall = hits / (10 * len(questions))
        times = []
        for question in questions:
            began = time.perf_counter()
            retrieve(question, snapshot, encoder_)
            times.append(time.perf_counter() - began)
        times = sorted(times[5:])
        snapshot.close()
        began = time.perf_counter()
        if server:
            store.keep_only([])
        deleted = time.perf_counter() - began
    cut = statistics.quantiles(times, n=20)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = f"{wanted:>8} passages{' (server)' if server else ''}"
    half, most = cut[9] * 1000, cut[18] * 1000
    print(f"{name}: built {built:.0f} s ({wanted / built:.0f}/s), verified {whole - built:.0f} s, {size:.0f} MB,", end=" ")
    print(f"opened {opened:.1f} s, peak memory {memory:.0f} MB, retrieval p50 {half:.0f} ms p95 {most:.0f} ms,", end=" ")
    print(f"of the ten nearest vectors found {recall:.3f}{f', deleted in {deleted:.0f} s' if server else ''}", flush=True)


def main() -> int:
    """Run each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 500_000])
    parser.add_argument("--server", action="store_true", help="vectors on a Chroma server, started for it")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(chosen.one, chosen.url)
        return 0
    for count in chosen.passages:
        command = [sys.executable, __file__, "--one", str(count)]
        if not chosen.server:
            subprocess.run(command, check=False)
            continue
        from tests.chroma import ChromaProcess

        with tempfile.TemporaryDirectory(prefix="uep-chroma-", ignore_cleanup_errors=True) as name:
            server = ChromaProcess(Path(name))
            try:
                subprocess.run([*command, "--url", server.start()], check=False)
            finally:
                server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
