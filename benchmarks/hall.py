"""A hall answers at once: `python benchmarks/hall.py [--people 60] [--items 10] [--seconds 60] [--database URL]`.

The app runs in a process of its own over a fresh database; so many participants join, answer every item of a pre-test spread over
the given time, hand in, while each phone asks for the state every 4 seconds, the trainer's page is read every 3 and the
projector's every 2. Prints percentiles of a submitted answer (form sent until the next page is there), errors, and whether every
answer was kept. Exit status 1 when one was lost or failed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.ledger import Role
from assistant.records import open_records, seats, sittings
from assistant.training.items import ItemKind
from assistant.training.sittings import SittingPlan, Stage, Test
from tests.browser.stand_in import StandInAssistant
from tests.factories import add_person, make_office
from tests.serving import Client, Server


def serve(folder: str, database: str, port: Any) -> None:
    """Serve until killed; runs in a child process."""
    office = make_office(Path(folder), StandInAssistant(), url=database, host="0.0.0.0")
    trainer = add_person(office.people, "pelatih", role=Role.PELATIH)
    plan = SittingPlan("Bimtek", "Aula", "2026-11-24", "Bu Rina", ("kriteria", "bantuan", "alur", "data"), port[1], 60)
    sitting = office.bimtek.create(trainer, plan)
    server = Server(office)
    port[0].put((server.port, sitting.id, sitting.code))
    threading.Event().wait()


def fields(item: Any, draw: random.Random) -> dict[str, str]:
    """Return the form of some answer to an item."""
    places = draw.sample(range(len(item.options)), len(item.options))
    if item.kind is ItemKind.ORDER:
        return {f"langkah-{number}": str(place + 1) for number, place in enumerate(places)}
    if item.kind is ItemKind.MATCH:
        return {f"pasangan-{number}": str(places[number]) for number in range(len(item.terms))}
    return {"pilih": str(places[0]), "alasan": str(draw.randrange(len(item.reasons))) if item.reasons else ""}


def main() -> int:
    """Print the percentiles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--items", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", default="", help="empty: a fresh SQLite file")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    folder = tempfile.mkdtemp()
    database = options.database or f"sqlite:///{folder}/catatan.sqlite"
    said = context.Queue()
    child = context.Process(target=serve, args=(folder, database, (said, options.items)), daemon=True)
    child.start()
    port, identity, code = said.get(timeout=120)
    address = f"http://127.0.0.1:{port}"
    records = open_records(database)
    items = sittings.sitting_of(records, identity).before
    trainer = Client(address)
    trainer.login("pelatih")

    taken: list[float] = []
    joined: list[float] = []
    errors: list[str] = []
    over, ready, go = threading.Event(), threading.Barrier(options.people + 1), threading.Event()

    def person(number: int) -> None:
        draw = random.Random(number)
        client = Client(address)
        page = client.get(f"/ikut/{code}").text
        token = re.findall(r'name="token" value="([0-9a-f]+)"', page)[0]
        begun = time.perf_counter()
        seat = str(
            client.post(f"/ikut/{code}", data={"token": token, "nama": f"Peserta {number}", "wilayah": "Berau"}).headers[
                "location"
            ]
        )
        joined.append(time.perf_counter() - begun)
        ready.wait()
        go.wait()
        began, polled = time.perf_counter(), 0.0
        for place, item in enumerate(items):
            due = began + (place + draw.random()) * options.seconds / len(items)
            while time.perf_counter() < due:
                if time.perf_counter() - polled > 4:
                    polled = time.perf_counter()
                    if client.get(f"{seat}/keadaan").status_code != 200:
                        errors.append("keadaan")
                time.sleep(max(0, min(0.2, due - time.perf_counter())))
            started = time.perf_counter()
            try:
                answer = client.post(
                    f"{seat}/jawab", data={"token": token, "soal": item.id, **fields(item, draw)}, follow_redirects=True
                )
                if answer.status_code != 200:
                    errors.append(f"{answer.status_code}: {answer.text[-200:]}")
            except Exception as error:  # noqa: BLE001  # whatever it is, it counts
                errors.append(f"{type(error).__name__}: {error}")
            taken.append(time.perf_counter() - started)
        client.post(f"{seat}/selesai", data={"token": token, "tes": "pra"})

    def watch(path: str, every: float, client: Client) -> None:
        while not over.wait(every):
            if client.get(path).status_code != 200:
                errors.append(path)

    people = [threading.Thread(target=person, args=(number,)) for number in range(options.people)]
    for thread in people:
        thread.start()
    ready.wait(timeout=300)
    trainer.form(f"/bimtek/{identity}/maju", f"/bimtek/{identity}", tahap=str(Stage.LOBBY))
    watchers = [
        threading.Thread(target=watch, args=(f"/bimtek/{identity}", 3, trainer), daemon=True),
        threading.Thread(target=watch, args=(f"/layar/{code}", 2, Client(address)), daemon=True),
    ]
    for thread in watchers:
        thread.start()
    go.set()
    for thread in people:
        thread.join()
    over.set()
    attempts = seats.attempts(records, identity, Test.BEFORE)
    kept = sum(len(attempt.responses) for attempt in attempts)
    done = sum(one.before_done is not None for one in seats.participants(records, identity))
    child.terminate()
    taken.sort()
    result = {
        "people": options.people,
        "answers": len(taken),
        "kept": kept,
        "handed_in": done,
        "errors": len(errors),
        "p50_ms": round(1000 * taken[len(taken) // 2]),
        "p95_ms": round(1000 * taken[int(len(taken) * 0.95)]),
        "max_ms": round(1000 * taken[-1]),
        "join_max_ms": round(1000 * max(joined)),
    }
    print(json.dumps(result, indent=1))
    for error in errors[:5]:
        print(error)
    return 0 if not errors and kept == len(taken) and done == options.people else 1


if __name__ == "__main__":
    sys.exit(main())
