"""Kill the app at random moments under writes: `python benchmarks/kills.py [--kills 200] [--database URL]`.

Clients ask and judge over HTTP. After each SIGKILL the app is started again, and every answer and every judgement that it had
confirmed has to be there; at the end the database is checked and every one is read once more. Exit status 1 when one is lost.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.serving import free_port, start

CLIENTS = 4
LONGEST_RUN = 0.5
"""Longest time from the first answer that is confirmed to the kill, in seconds."""
PATIENCE = (0.3, 10.0, 10.0, 10.0)
"""How long that answer is waited for: one kill of four comes without."""
QUESTION = "bantuannya uang apa barang"


@dataclass
class Confirmed:
    """What the app said was kept: answers by id, with their question, and the judgement of some."""

    answers: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    """Answers whose next judgement was under way when the app died: the old or the new one may stand."""


def work(client: Any, confirmed: Confirmed, stop: threading.Event, name: int) -> None:
    """Ask and judge until the app is gone."""
    import httpx

    count = len(confirmed.answers)
    while not stop.is_set():
        count += 1
        judged = ""
        try:
            question = f"{QUESTION} min? tanya {name} nomor {count}"
            client.tab = f"t{name}x{count}x{time.monotonic_ns():x}"
            answer = client.ask(question)
            confirmed.answers[answer] = question
            comment = f"komentar {name} nomor {count}"
            judged = answer
            confirmed.uncertain.add(answer)
            said = client.form(f"/jawaban/{answer}/nilai", f"/jawaban/{answer}", membantu="tidak", komentar=comment)
            if said.status_code == 200 and "tersimpan" in said.text:
                confirmed.comments[answer] = comment
                confirmed.uncertain.discard(judged)
        except (httpx.HTTPError, AssertionError, ValueError, KeyError, IndexError):
            return  # killed meanwhile: what was not confirmed may be there or not


def confirmed_count(kept: list[Confirmed]) -> int:
    """Return how many writes the app has confirmed."""
    return sum(len(confirmed.answers) + len(confirmed.comments) for confirmed in kept)


def missing(clients: list[Any], kept: list[Confirmed]) -> list[str]:
    """Return the confirmed answers and judgements that the app no longer has, as its own export tells."""
    lost = []
    for client, confirmed in zip(clients, kept, strict=True):
        found: dict[str, str | None] = {}
        answered: set[str] = set()
        for conversation in client.get("/akun/data.json").json()["percakapan"]:
            for entry in conversation["tanya_jawab"]:
                if entry["jawaban"]:
                    answered.add(entry["pertanyaan"])
                    found[entry["pertanyaan"]] = entry["penilaian"] and entry["penilaian"]["komentar"]
        lost += [f"answer {question}" for question in confirmed.answers.values() if question not in answered]
        lost += [
            f"judgement {comment}"
            for answer, comment in confirmed.comments.items()
            if found.get(confirmed.answers[answer]) != comment
        ]
    return lost


def damage(url: str) -> list[str]:
    """Return what the database itself finds wrong: SQLite's integrity and foreign keys, PostgreSQL's orphans."""
    from sqlalchemy import text

    from assistant.records import open_records

    records = open_records(url)
    with records.reading() as session:
        if records.engine.dialect.name == "sqlite":
            found = [row[0] for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            found += [str(row) for row in session.execute(text("PRAGMA foreign_key_check"))]
        else:
            orphans = "SELECT e.id FROM entries e LEFT JOIN conversations c ON c.id = e.conversation_id WHERE c.id IS NULL"
            found = [str(row) for row in session.execute(text(orphans))]
            session.execute(text("SELECT count(*), sum(length(kept)) FROM entries"))
    records.close()
    return found


def run(kills: int, url: str, folder: Path, *, seed: int = 1) -> dict[str, Any]:
    """Kill the app `kills` times; return the figures."""
    from tests.serving import Client

    chance = random.Random(seed)
    url = url or f"sqlite:///{folder / 'catatan.sqlite'}"
    port, log = free_port(), folder / "app.log"
    app = start(folder, port, url, log)
    clients = [Client(f"http://127.0.0.1:{port}") for _ in range(CLIENTS)]
    for client in clients:
        client.get("/masuk")  # the cookie of a visitor, kept over all kills
    kept = [Confirmed() for _ in clients]
    lost: set[str] = set()
    restarts = []
    for number in range(kills):
        stop = threading.Event()
        threads = [
            threading.Thread(target=work, args=(client, confirmed, stop, name))
            for name, (client, confirmed) in enumerate(zip(clients, kept, strict=True))
        ]
        for thread in threads:
            thread.start()
        before, until = confirmed_count(kept), time.monotonic() + chance.choice(PATIENCE)
        while confirmed_count(kept) == before and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, LONGEST_RUN))
        app.kill()
        app.join(20)
        stop.set()
        for thread in threads:
            thread.join(60)
        begun = time.perf_counter()
        app = start(folder, port, url, log)
        restarts.append(time.perf_counter() - begun)
        if number % 20 == 19 or number == kills - 1:
            lost.update(missing(clients, kept))
            print(f"{number + 1} kills, {confirmed_count(kept)} writes, {len(lost)} lost", file=sys.stderr, flush=True)
    app.terminate()
    app.join(20)
    return {
        "kills": kills,
        "answers confirmed": sum(len(c.answers) for c in kept),
        "judgements confirmed": sum(len(c.comments) for c in kept),
        "killed during a judgement": sum(len(c.uncertain) for c in kept),
        "lost": len(lost),
        "damage": len(damage(url)),
        "restart, median s": round(statistics.median(restarts), 2),
        "examples": sorted(lost)[:5],
    }


def main() -> int:
    """Print a table; exit 1 when something confirmed was lost or the database is damaged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="", help="postgresql://… of an empty database; without it SQLite in a new folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(options.kills, options.database, Path(folder))
    print("SQLite" if not options.database else "PostgreSQL")
    for name, value in found.items():
        print(f"{name:28}{value}")
    return 1 if found["lost"] or found["damage"] or not found["answers confirmed"] else 0


if __name__ == "__main__":
    sys.exit(main())
