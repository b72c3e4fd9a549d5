"""Backups and moves, also killed in the middle: `python benchmarks/moving.py [--kills 60] [--database postgresql://…]`.

An office with people, conversations, uploads, archive and corpus is backed up and restored onto an empty folder; with a database
server also from SQLite to it and back; each time all files and rows are compared. Then backup and restore are killed (SIGKILL) at
moments spread over their time, on SQLite: after each kill the next start must find the old state or the new one, whole, and no
half-made backup may be offered. Exit status 1 for any difference.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def make_place(folder: Path, *, questions: int, url: str = "") -> Any:
    """Fill a place as an office would; returns its settings."""
    from assistant.records import conversations, open_records
    from assistant.settings import Settings
    from tests.factories import add_person, make_index, make_people

    (folder / "data").mkdir(parents=True)
    make_index(folder)
    (folder / "index").rename(folder / "data" / "index")
    settings = Settings(data_dir=folder / "data", corpus_dir=folder / "corpus", database_url=url)
    records = open_records(settings.records_url)
    owner = add_person(make_people(records)).key
    for number in range(questions):
        conversations.add_question(records, owner, f"pertanyaan {folder.name} ke-{number}?")
    for name in ("unggah/u1/surat.md", "arsip/a1/lama.md", "arsip/a1/lama.md.yaml"):
        file = folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name} {folder.name} " * 3000, encoding="utf-8")
    records.close()
    return settings


def back_up(settings: Any, target: Path | None) -> Path:
    """Make a backup of a place."""
    from assistant.operations.backups import Backups
    from assistant.records import open_records

    records = open_records(settings.records_url)
    try:
        return Backups(settings, records).make(out=target)
    finally:
        records.close()


def restore_quietly(settings: Any, file: Path) -> None:
    """Restore onto a place that has something already."""
    from assistant.operations.restoring import restore

    restore(settings, file, replace=True)


def moved(folder: Path, *, questions: int, url: str) -> dict[str, object]:
    """Move an office to an empty folder, and to a server and back; returns the differences of each move."""
    from assistant.operations.restoring import differences, restore
    from assistant.settings import Settings

    first = make_place(folder / "asal", questions=questions)
    started = time.perf_counter()
    file = back_up(first, folder / "asal.zip")
    found: dict[str, object] = {"backup: seconds": round(time.perf_counter() - started, 2), "backup: bytes": file.stat().st_size}
    here = folder / "kosong"
    empty = Settings(data_dir=here / "data", corpus_dir=here / "corpus")
    started = time.perf_counter()
    restore(empty, file)
    found["restore: seconds"] = round(time.perf_counter() - started, 2)
    found["differences: empty folder"] = differences(empty, file)
    if url:
        there = folder / "server"
        server = Settings(data_dir=there / "data", corpus_dir=there / "corpus", database_url=url)
        restore(server, file, replace=True)
        found["differences: SQLite to PostgreSQL"] = differences(server, file)
        again = back_up(server, folder / "server.zip")
        home = folder / "pulang"
        back = Settings(data_dir=home / "data", corpus_dir=home / "corpus")
        restore(back, again)
        found["differences: and back"] = differences(back, again) + differences(back, file)
    return found


def killed(folder: Path, *, kills: int, questions: int) -> dict[str, object]:
    """Kill backups and restores at moments spread over their time; returns how the place was found each time."""
    from assistant.operations.backups import KIND, Backups
    from assistant.operations.package import read_manifest, unpack
    from assistant.operations.restoring import differences
    from assistant.operations.swap import finish
    from assistant.records import open_records

    old = make_place(folder / "lama", questions=questions)
    new = make_place(folder / "baru", questions=questions)
    files = {"old": back_up(old, folder / "lama.zip"), "new": back_up(new, folder / "baru.zip")}
    timed(nothing)  # the first process reads the libraries
    seconds = {"backup": timed(back_up, new, None), "restore": timed(restore_quietly, old, files["new"])}
    restore_quietly(old, files["old"])
    states = {"old": 0, "new": 0, "neither": 0}
    damaged = 0
    for number in range(kills):
        share = (number // 2 + 0.5) / (kills / 2)
        if number % 2:
            kill_at(seconds["backup"] * share, back_up, new, None)
            records = open_records(new.records_url)
            for item in (backups := Backups(new, records)).listed():
                with suppress_damage() as whole:
                    unpack(backups.file(item.name), read_manifest(backups.file(item.name), kind=KIND)[0], None)
                damaged += not whole
            records.close()
            continue
        kill_at(seconds["restore"] * share, restore_quietly, old, files["new"])
        finish(old)
        same = next((name for name, file in files.items() if not differences(old, file)), "neither")
        states[same] += 1
        if same != "old":
            restore_quietly(old, files["old"])
    return {
        **{f"seconds of a whole {name}": round(value, 2) for name, value in seconds.items()},
        "kills": kills,
        **{f"after a killed restore: {name}": count for name, count in states.items()},
        "damaged backups offered": damaged,
    }


class suppress_damage(suppress):  # a context manager like its parent
    """Tells afterwards whether nothing was wrong: true while nothing was raised."""

    def __init__(self) -> None:
        from assistant.errors import PackageError

        super().__init__(PackageError)
        self.whole = True

    def __enter__(self) -> suppress_damage:  # type: ignore[override]
        return self

    def __exit__(self, *raised: Any) -> bool:
        self.whole = raised[0] is None
        return bool(super().__exit__(*raised))

    def __bool__(self) -> bool:
        return self.whole


def child(function: Any, *arguments: Any) -> Any:
    """Return a started process that does one thing."""
    from tests.forking import FORKED

    process = FORKED.Process(target=function, args=arguments, daemon=True)
    process.start()
    return process


def nothing() -> None:
    """Do nothing."""


def timed(function: Any, *arguments: Any) -> float:
    """Return the seconds of a whole run in a process of its own."""
    started = time.perf_counter()
    process = child(function, *arguments)
    process.join(120)
    assert process.exitcode == 0, process.exitcode
    return time.perf_counter() - started


def kill_at(seconds: float, function: Any, *arguments: Any) -> None:
    """Kill a run after some seconds."""
    process = child(function, *arguments)
    process.join(seconds)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(20)


def main() -> int:
    """Print a table; exit 1 for any difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--questions", type=int, default=3000)
    parser.add_argument("--database", default="", help="postgresql://… whose tables may be replaced")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = moved(Path(folder) / "pindah", questions=options.questions, url=options.database)
        found |= killed(Path(folder) / "mati", kills=options.kills, questions=options.questions)
    for name, value in found.items():
        print(f"{name:40}{value}")
    differing = [name for name, value in found.items() if name.startswith("differences") and value]
    return 1 if differing or found["after a killed restore: neither"] or found["damaged backups offered"] else 0


if __name__ == "__main__":
    sys.exit(main())
