"""Questions encoded alone and together: `python benchmarks/combining.py [--questions 400]`.

Real stored questions, the shipped encoder, 1 to 16 threads that ask one after the other. For each number of threads, in turn:
each question by itself (threads side by side in the encoder, as the app does it), and combined: whoever comes while the encoder
works goes along in the next batch. Prints questions a second and p50/p95 of one encoding, and the largest difference between
the vectors of both ways. Combining gained nothing (docs/performance.md), so the app does not do it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.encoding import load_encoder  # noqa: E402
from assistant.knowledge import read_knowledge  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

MOST = 16
"""Texts of one batch."""


class _Wish:
    """A text that waits for its vector; `leads` is set when its thread has to run the next batch."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.woken = threading.Event()
        self.leads = False
        self.vector: Any = None
        self.done = False


class Combined:
    """Encodes one text at a time for each caller, as many together as wait; alone it adds no delay."""

    def __init__(self, encode: Callable[[list[str]], Any], *, most: int = MOST) -> None:
        """Encode with `encode`, which returns vectors (n, d)."""
        self._encode = encode
        self._most = most
        self._lock = threading.Lock()
        self._waiting: deque[_Wish] = deque()
        self._busy = False

    def __call__(self, text: str) -> Any:
        """Return the vector (d,) of `text`; raises what the encoder raises."""
        wish = _Wish(text)
        with self._lock:
            self._waiting.append(wish)
            wish.leads = not self._busy
            self._busy = True
        if not wish.leads:
            wish.woken.wait()
        if not wish.done:
            self._run()
        if wish.vector is None:
            raise RuntimeError("the batch failed")
        return wish.vector

    def _run(self) -> None:
        """Encode what waits, then hand the lead to the first of those that came meanwhile."""
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        vectors: Any = None
        try:
            vectors = self._encode([wish.text for wish in batch])
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
            for place, wish in enumerate(batch):
                wish.vector, wish.done = (None if vectors is None else vectors[place]), True
                wish.woken.set()
            if following is not None:
                following.woken.set()


def run(encode: Callable[[str], Any], texts: list[str], threads: int) -> tuple[float, list[float]]:
    """Return questions a second and the seconds of each, asked by some threads."""
    waiting, times, lock = iter(texts), list[float](), threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                text = next(waiting, None)
            if text is None:
                return
            began = time.perf_counter()
            encode(text)
            times.append(time.perf_counter() - began)

    began = time.perf_counter()
    workers = [threading.Thread(target=ask) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(texts) / (time.perf_counter() - began), times


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    stored = [text for asked in read_knowledge(settings.corpus_dir).questions.values() for text in asked]
    texts = stored[:: max(1, len(stored) // options.questions)][: options.questions]
    together = Combined(encoder.encode_queries)
    run(encoder.embed_query, texts[:40], 1)
    print(f"{len(texts)} questions\nthreads  way        a second   p50 ms   p95 ms")
    for threads in (1, 2, 4, 8, 16):
        for name, encode in (("alone", encoder.embed_query), ("combined", together)):
            rate, times = run(encode, texts, threads)
            cut = statistics.quantiles(times, n=20)
            print(f"{threads:>7}  {name:9}  {rate:8.1f}  {cut[9] * 1000:7.1f}  {cut[18] * 1000:7.1f}", flush=True)
    single = np.stack([encoder.encode_queries([text])[0] for text in texts[:64]])
    batch = np.concatenate([encoder.encode_queries(texts[at : at + 16]) for at in range(0, 64, 16)])
    cosine = (single * batch).sum(axis=1).min()
    print(f"largest difference of a number: {np.abs(single - batch).max():.1e}; least cosine {cosine:.7f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
