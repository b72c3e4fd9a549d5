"""Kill an ingest at random moments while clients ask: `python benchmarks/ingest_kills.py [--kills 100] [--clients 4] [--seed 1]`.

A corpus of generated documents, all of one version, is changed to the next version again and again; each ingest of it runs in a
process of its own and is killed (SIGKILL) at a random moment. Meanwhile clients ask through one open reader, as the app does.
Every answer has to come whole from one version: the quote's version is that of the snapshot that the answer names. In the end an
ingest that is left alone completes and is what is answered from. Encoder: hashed words. Exit status 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from assistant.index.snapshot import published  # noqa: E402
from assistant.ingestion import ingest  # noqa: E402
from tests.factories import open_assistant, write_corpus, write_document  # noqa: E402
from tests.fakes import FakeEncoder  # noqa: E402

DOCUMENTS = 30
BODY = "# Kunjungan {number}\n\n## Jadwal\n\nPendamping UEP di desa nomor {number} memakai formulir versi {version}.\n"
QUESTION = "Formulir versi berapa yang dipakai pendamping UEP di desa nomor {number}?"


def write_version(corpus: Path, version: int) -> None:
    """Write all documents anew in one version."""
    for number in range(DOCUMENTS):
        write_document(corpus, f"desa-{number}", BODY.format(number=number, version=version))


def run_ingest(corpus: Path, index: Path) -> None:
    """Ingest once; runs in a child process."""
    ingest(corpus, index, FakeEncoder())


class Clients:
    """Threads that ask until told to stop, and note what they were answered."""

    def __init__(self, index: Path, count: int) -> None:
        """Ask over `index`, with `count` clients."""
        self._assistant = open_assistant(index, FakeEncoder())
        self._stop = threading.Event()
        self.answers: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self._threads = [threading.Thread(target=self._ask, args=(number,), daemon=True) for number in range(count)]

    def start(self) -> None:
        """Begin to ask."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop asking."""
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def _ask(self, seed: int) -> None:
        chooser = random.Random(seed)
        while not self._stop.is_set():
            question = QUESTION.format(number=chooser.randrange(DOCUMENTS))
            try:
                answer = self._assistant.ask(question)
            except Exception as error:  # noqa: BLE001  # whatever it is, it counts
                self.errors.append(f"{type(error).__name__}: {error}")
                continue
            quotes = [citation.quote for citation in answer.citations if "formulir versi" in citation.quote]
            self.answers.append((answer.snapshot, quotes[0].partition("versi ")[2].split()[0].rstrip(".") if quotes else "none"))
            time.sleep(0.02)


def run(kills: int, clients: int, seed: int, folder: Path) -> dict[str, object]:
    """Kill so many ingests in `folder`; return what was killed, asked and found."""
    chooser = random.Random(seed)
    context = multiprocessing.get_context("spawn")
    corpus, index = write_corpus(folder / "corpus"), folder / "index"
    write_version(corpus, 0)
    started = time.perf_counter()
    first = context.Process(target=run_ingest, args=(corpus, index))
    first.start()
    first.join()
    whole = time.perf_counter() - started
    versions = {published(index)[-1]: "0"}
    asking = Clients(index, clients)
    asking.start()
    version = completed = killed = 0
    while killed < kills:
        version += 1
        write_version(corpus, version)
        before = set(published(index))
        child = context.Process(target=run_ingest, args=(corpus, index))
        child.start()
        child.join(chooser.uniform(0, 1.3 * whole))
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
            killed += 1
        else:
            completed += 1
        child.join()
        versions |= {identity: str(version) for identity in set(published(index)) - before}
    write_version(corpus, version + 1)
    run_ingest(corpus, index)
    versions |= {identity: str(version + 1) for identity in published(index) if identity not in versions}
    time.sleep(0.5)
    asking.stop()
    wrong = [found for found in asking.answers if versions.get(found[0]) != found[1]]
    return {
        "kills": killed,
        "completed": completed,
        "ingest_seconds": round(whole, 2),
        "answers": len(asking.answers),
        "errors": sorted(set(asking.errors)),
        "mixed_or_wrong": [f"snapshot {name} of version {versions.get(name)} answered {said}" for name, said in wrong],
        "newest_served": bool(asking.answers) and asking.answers[-1][1] == str(version + 1),
        "folders_left": len([path for path in index.iterdir() if path.is_dir()]),
    }


def main() -> int:
    """Print what was killed, asked and found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(options.kills, options.clients, options.seed, Path(folder))
    print(json.dumps(found, indent=1))
    return 0 if not found["errors"] and not found["mixed_or_wrong"] and found["newest_served"] else 1


if __name__ == "__main__":
    sys.exit(main())
