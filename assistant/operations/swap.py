"""The swap of a restore: what is moved where, written down first, done in steps that may be repeated."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from assistant.durable import remove, settle, write
from assistant.errors import PackageError
from assistant.index.snapshot import publish
from assistant.operations import holdings
from assistant.records.database import parsed
from assistant.records.portable import load
from assistant.settings import Settings

JOURNAL, STAGE, KEPT = "pulih.json", ".pulih-", "sebelum-pulih-"
Moves = tuple[tuple[Path, Path], ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Old things to put away, new ones to put in their place, the snapshot to publish, whether a server takes the rows."""

    id: str
    old: Moves
    new: Moves
    snapshot: str
    server: bool


def finish(settings: Settings, *, step: Callable[[str], None] = lambda name: None) -> bool:
    """Do the rest of a restore that was interrupted; without one, clear away what a kill left. Tells whether there was one.

    Every program calls this before it opens anything. Raises PackageError when the note of the restore can't be read.
    """
    journal = settings.data_dir / JOURNAL
    if not journal.is_file() and not _leftovers(settings):
        return False
    with FileLock(lock_of(settings)):
        if not journal.is_file():
            for left in _leftovers(settings):
                remove(left)
            return False
        swap = _read_swap(journal)
        if swap.server:
            with (stage_of(settings, swap.id) / holdings.DATABASE).open("rb") as lines:
                load(settings.records_url, lines)
        for number, (source, kept) in enumerate(swap.old):
            if source.exists() and not kept.exists():  # else it was moved before, and the new one stands there
                _move(source, kept)
                step(f"old {number}")
        for number, (staged, target) in enumerate(swap.new):
            if staged.exists():
                _move(staged, target)
                step(f"new {number}")
        if swap.snapshot:
            publish(settings.index_dir, swap.snapshot)
        step("done")
        journal.unlink()
        settle(journal.parent)
        for left in _leftovers(settings):
            remove(left)
        return True


def write_swap(settings: Settings, swap: Swap) -> None:
    """Write a swap down: from here on it is done, now or by whoever starts next."""
    values = {
        "id": swap.id,
        "lama": [[str(a.absolute()), str(b.absolute())] for a, b in swap.old],
        "baru": [[str(a.absolute()), str(b.absolute())] for a, b in swap.new],
        "snapshot": swap.snapshot,
        "server": swap.server,
    }
    write(settings.data_dir / JOURNAL, json.dumps(values, ensure_ascii=False).encode(), private=True)


def stage_of(settings: Settings, identity: str) -> Path:
    """Return the folder that a backup is unpacked into."""
    return settings.data_dir / f"{STAGE}{identity}"


def kept_of(settings: Settings, identity: str) -> Path:
    """Return the folder that the old things are kept in."""
    return settings.data_dir / f"{KEPT}{identity}"


def lock_of(settings: Settings) -> Path:
    """Return the lock that one restore at a time holds."""
    return settings.data_dir / ".pulih.lock"


def server_of(settings: Settings) -> str | None:
    """Return the address of the database server; None for SQLite."""
    return settings.records_url if parsed(settings.records_url).drivername.startswith("postgresql") else None


def _read_swap(journal: Path) -> Swap:
    try:
        values = json.loads(journal.read_text(encoding="utf-8"))
        old, new = (tuple((Path(a), Path(b)) for a, b in values[name]) for name in ("lama", "baru"))
        return Swap(values["id"], old, new, values["snapshot"], bool(values["server"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(f"Catatan pemulihan {journal} rusak ({error}); pulihkan sekali lagi dari cadangan.") from error


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)  # noqa: PTH105  # a folder too
    for folder in {source.parent, target.parent}:
        settle(folder)


def _leftovers(settings: Settings) -> list[Path]:
    found: list[Path] = []
    for folder in (settings.data_dir, settings.corpus_dir):
        with contextlib.suppress(OSError):
            found += [path for path in folder.iterdir() if path.name.startswith(STAGE)]
    return found
