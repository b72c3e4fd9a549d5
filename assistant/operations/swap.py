"""The swap of a restore: what is moved where, written down first, done in steps that may be repeated."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from assistant.durable import move, remove, settle, write
from assistant.errors import AssistantError, InputError, PackageError, RecordsError
from assistant.index.snapshot import publish
from assistant.operations import holdings
from assistant.records.database import new_id
from assistant.records.portable import load
from assistant.settings import Settings

JOURNAL, STAGE, KEPT = "pulih.json", ".pulih-", "sebelum-pulih-"
UNMOVED = (
    "Belum ada yang dipindah dan baris yang lama tetap ada. Perbaiki sebabnya lalu jalankan lagi; atau jalankan "
    "`python -m assistant restore BERKAS` (dengan DATABASE_URL kosong ia memulihkan ke SQLite): pemulihan yang gagal itu lalu "
    "disisihkan."
)
DAMAGED = (
    "Data lama tidak dihapus. Jalankan `python -m assistant restore BERKAS`: bila belum ada yang dipindah, catatan itu "
    "disisihkan sendiri. Bila ini muncul lagi, yang lama ada di folder sebelum-pulih-… dalam DATA_DIR dan .sebelum-pulih-… dalam "
    "CORPUS_DIR: kembalikan isinya ke tempat semula, hapus catatan itu, lalu pulihkan lagi."
)
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

    Every program calls this before it opens anything. Raises PackageError when the note of the restore can't be read, or the
    database takes its rows no more; then nothing was moved yet.
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
            _load(settings, swap)
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


def set_aside(settings: Settings) -> bool:
    """Put the note of a restore aside that can't be finished, when nothing was moved yet; tells whether nothing hinders now.

    The restore that comes next takes its place: what was there is there still.
    """
    journal = settings.data_dir / JOURNAL
    try:
        finish(settings)
    except PackageError:
        with FileLock(lock_of(settings)):
            if not journal.is_file() or _has_moved(settings, journal):
                raise
            move(journal, journal.with_name(f"pulih.gagal-{new_id()[:12]}.json"))
        finish(settings)  # clears away what that restore had unpacked
        return True
    return False


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


def corpus_stage_of(settings: Settings, identity: str) -> Path:
    """Return the folder beside the corpus that its new files wait in: it may stand on another disk than the data."""
    return settings.corpus_dir / f"{STAGE}{identity}"


def rows_stage_of(settings: Settings, identity: str) -> Path:
    """Return the SQLite file that the rows of a backup are put into, beside the one it replaces."""
    file = holdings.records_file(settings) or settings.data_dir / "catatan.sqlite"
    return file.parent / f"{STAGE}{identity}" / "catatan.sqlite"


def corpus_kept_of(settings: Settings, identity: str) -> Path:
    """Return the folder that the old files of the corpus are kept in."""
    return settings.corpus_dir / f".{KEPT}{identity}"


def lock_of(settings: Settings) -> Path:
    """Return the lock that one restore at a time holds."""
    return settings.data_dir / ".pulih.lock"


def _load(settings: Settings, swap: Swap) -> None:
    """Put the rows of a restore into the database server; raises PackageError that says what is safe and the way out."""
    try:
        if holdings.records_file(settings) is not None:
            raise InputError("pemulihan itu untuk PostgreSQL, sedangkan DATABASE_URL sekarang menunjuk ke SQLite.")
        with (stage_of(settings, swap.id) / holdings.DATABASE).open("rb") as lines:
            load(settings.records_url, lines)
    except (AssistantError, OSError) as error:
        raise PackageError(f"Pemulihan yang terputus belum dapat diteruskan: {error} {UNMOVED}") from error


def _has_moved(settings: Settings, journal: Path) -> bool:
    """Tell whether a restore has begun to move things; of a note that can't be read, whether what it unpacked is missing."""
    try:
        swap = _read_swap(journal)
    except PackageError:
        stages = (path.name.removeprefix(STAGE) for path in _listed(settings.data_dir) if path.name.startswith(STAGE))
        return any(_has_moved_from(settings, identity) for identity in stages)
    before = {source for source, _ in swap.old}
    return any(kept.exists() for _, kept in swap.old) or any(
        target.exists() and target not in before for _, target in swap.new
    )


def _has_moved_from(settings: Settings, identity: str) -> bool:
    stage, waiting = stage_of(settings, identity), corpus_stage_of(settings, identity)
    file = holdings.records_file(settings)
    return (
        corpus_kept_of(settings, identity).exists()
        or any(path.name != holdings.DATABASE for path in _listed(kept_of(settings, identity)))
        or (file is not None and not rows_stage_of(settings, identity).is_file())
        or [path.name for path in _listed(stage / holdings.CORPUS)] != [path.name for path in _listed(waiting)]
    )


def _read_swap(journal: Path) -> Swap:
    try:
        values = json.loads(journal.read_text(encoding="utf-8"))
        old, new = (tuple((Path(a), Path(b)) for a, b in values[name]) for name in ("lama", "baru"))
        return Swap(values["id"], old, new, values["snapshot"], bool(values["server"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(f"Catatan pemulihan {journal} rusak ({error}). {DAMAGED}") from error


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)  # noqa: PTH105  # a folder too
    for folder in {source.parent, target.parent}:
        settle(folder)


def _leftovers(settings: Settings) -> list[Path]:
    found: list[Path] = []
    for folder in _folders(settings):
        found += [path for path in _listed(folder) if path.name.startswith(STAGE)]
    return found


def _folders(settings: Settings) -> set[Path]:
    folders = {settings.data_dir.absolute(), settings.corpus_dir.absolute()}
    with contextlib.suppress(RecordsError):  # whoever opens the database says what is wrong with its address
        file = holdings.records_file(settings)
        if file is not None:
            folders.add(file.parent)
    return folders


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
