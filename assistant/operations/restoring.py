"""Bring a backup back: unpacked beside and checked whole, then swapped in by steps that a killed program takes up again.

Everything is unpacked and the rows are tried before anything is changed. `pulih.json` in the data folder, written last, is the
point of no return: whoever starts next finishes what it says, so a kill leaves the old state or leads to the new one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.durable import remove, sha256, write
from assistant.errors import IngestBusyError, InputError, PackageError
from assistant.operations import holdings
from assistant.operations.backups import KIND
from assistant.operations.occupied import occupied
from assistant.operations.package import Manifest, Told, no_one, read_manifest, unpack
from assistant.operations.running import is_running
from assistant.operations.swap import STAGE, Swap, finish, kept_of, lock_of, server_of, stage_of, write_swap
from assistant.records import open_records
from assistant.records.database import new_id
from assistant.records.portable import dump, load
from assistant.settings import DOTENV, Settings

PLACES = ("CORPUS_DIR", "DATA_DIR", "DATABASE_URL", "BACKUP_DIR", "ENCODER", "TLS_CERT", "TLS_KEY", "HOST", "PORT")
"""Settings that belong to a machine: they are brought back as comments."""
ROOM = 1.2
NOT_SHARED = (
    "Pemulihan tidak menulis ke SHARED_DIR. Hentikan semua replika, kosongkan SHARED_DIR, pulihkan, lalu pindahkan folder unggah "
    "dan arsip dari DATA_DIR ke folder bersama."
)
"""A restore swaps whole folders on one disk; the shared folder is on another."""
Step = Callable[[str], None]


def nothing(name: str) -> None:
    """Hear of a step and do nothing; proofs kill the process there."""


def restore(
    settings: Settings,
    file: Path,
    *,
    replace: bool = False,
    with_settings: bool = False,
    told: Told = no_one,
    step: Step = nothing,
) -> tuple[Manifest, Path | None]:
    """Put what a backup holds into the places of `settings`; returns its manifest and where the old things were kept.

    Raises PackageError for a damaged backup or too little room, InputError when something is there already and `replace` was not
    asked for, or while the app runs, IngestBusyError while an ingest runs; then nothing was changed.
    """
    finish(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    if settings.shared_dir:
        raise InputError(NOT_SHARED)
    if is_running(settings):
        raise InputError("Aplikasi sedang berjalan di folder data ini; hentikan dahulu, lalu ulangi pemulihan.")
    try:
        with FileLock(settings.index_dir / "ingest.lock", timeout=0), FileLock(lock_of(settings), timeout=0):
            manifest, _, _ = read_manifest(file, kind=KIND)
            _check_room(settings, manifest)
            there = occupied(settings, manifest)
            if there and not replace:
                raise InputError(
                    f"Di sini sudah ada {', '.join(there)}. Tambahkan --replace untuk menggantinya; yang lama disimpan."
                )
            swap = _stage(settings, file, manifest, keep_rows=bool(there), with_settings=with_settings, told=told, step=step)
            step("journal")
            write_swap(settings, swap)
    except Timeout:
        raise IngestBusyError("Ingest atau pemulihan lain sedang berjalan; tunggu sampai selesai, lalu ulangi.") from None
    finally:
        finish(settings, step=step)  # without a journal this clears away what was unpacked
    kept = kept_of(settings, swap.id)
    return manifest, kept if kept.exists() else None


def _check_room(settings: Settings, manifest: Manifest) -> None:
    free, wanted = shutil.disk_usage(settings.data_dir).free, int(manifest.bytes * ROOM)
    if free < wanted:
        raise PackageError(f"Ruang cakram kurang: perlu {wanted // 1_000_000} MB, ada {free // 1_000_000} MB; kosongkan dahulu.")


def _stage(
    settings: Settings, file: Path, manifest: Manifest, *, keep_rows: bool, with_settings: bool, told: Told, step: Step
) -> Swap:
    """Unpack, check, try the rows; return what has to be moved."""
    identity = new_id()[:12]
    stage, corpus_stage = stage_of(settings, identity), settings.corpus_dir / f"{STAGE}{identity}"
    kept, corpus_kept = kept_of(settings, identity), settings.corpus_dir / f".sebelum-pulih-{identity}"
    step("unpack")
    stage.mkdir(mode=0o700)
    unpack(file, manifest, stage, told=told)
    step("rows")
    with (stage / holdings.DATABASE).open("rb") as lines:
        load(f"sqlite:///{(stage / 'catatan.sqlite').resolve()}", lines)
    remove(stage / "catatan.sqlite.migrasi")
    old: list[tuple[Path, Path]] = []
    new: list[tuple[Path, Path]] = []
    database = server_of(settings)
    if database is None:
        place = settings.data_dir / "catatan.sqlite"
        for ending in ("", "-wal", "-shm"):
            old.append((place.with_name(place.name + ending), kept / (place.name + ending)))
        new.append((stage / "catatan.sqlite", place))
    elif keep_rows:
        kept.mkdir(mode=0o700, exist_ok=True)
        records = open_records(settings.records_url)
        with (kept / holdings.DATABASE).open("wb") as lines:
            dump(records, lines, folder=kept)
        records.close()
    step("corpus")
    settings.corpus_dir.mkdir(parents=True, exist_ok=True)
    if (stage / holdings.CORPUS).is_dir():  # the corpus may stand on another disk than the data
        shutil.copytree(stage / holdings.CORPUS, corpus_stage)
    for entry in holdings.corpus_entries(settings):
        old.append((entry, corpus_kept / entry.name))
    for entry in sorted(corpus_stage.iterdir()) if corpus_stage.is_dir() else ():
        new.append((entry, settings.corpus_dir / entry.name))
    for entry in holdings.given_entries(settings):
        old.append((entry, kept / "data" / entry.name))
    for entry in sorted((stage / holdings.DATA).iterdir()) if (stage / holdings.DATA).is_dir() else ():
        new.append((entry, settings.data_dir / entry.name))
    snapshot = str(manifest.facts.get("snapshot", ""))
    if snapshot:
        old.append((settings.index_dir / snapshot, kept / "index" / snapshot))
        new.append((stage / holdings.INDEX / snapshot, settings.index_dir / snapshot))
    if with_settings and (stage / holdings.SETTINGS).is_file():
        write(stage / "env", _portable((stage / holdings.SETTINGS).read_text(encoding="utf-8")).encode(), private=True)
        old.append((DOTENV, DOTENV.with_name(f".env.sebelum-pulih-{identity}")))
        new.append((stage / "env", DOTENV))
    return Swap(identity, tuple((a, b) for a, b in old if a.exists()), tuple(new), snapshot, database is not None)


def _portable(text: str) -> str:
    lines = [f"# {line}" if line.partition("=")[0].strip() in PLACES else line for line in text.splitlines()]
    return "\n".join(lines) + "\n"


def differences(settings: Settings, file: Path) -> list[str]:
    """Return in what the places of `settings` differ from a backup: files, rows of each table; nothing when they are the same."""
    from assistant.records.portable import digests

    manifest, _, _ = read_manifest(file, kind=KIND)
    here = dict(holdings.held_files(settings)) | dict(holdings.index_files(settings)[1])
    apart = {holdings.DATABASE, holdings.SETTINGS}
    wanted = {name: digest for name, (digest, _) in manifest.files.items() if name not in apart}
    found = [f"{name} tidak ada" for name in sorted(set(wanted) - set(here))]
    found += [f"{name} tidak ada di cadangan" for name in sorted(set(here) - set(wanted))]
    work = stage_of(settings, f"banding-{new_id()[:8]}")
    try:
        work.mkdir(mode=0o700)
        unpack(file, manifest, work)
        for name in sorted(set(here) & set(wanted)):
            # A SQLite file is compared as a backup holds it: how many changes it saw stands in its head too.
            if sha256(holdings.settled((name, here[name]), work)[1]) != wanted[name]:
                found.append(f"{name} berbeda")
        records = open_records(settings.records_url)
        with (work / "kini").open("wb") as lines:
            dump(records, lines, folder=work)
        records.close()
        with (work / "kini").open("rb") as now, (work / holdings.DATABASE).open("rb") as then:
            rows, stored = digests(now), digests(then)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    tables = sorted(set(rows) | set(stored))
    return found + [f"tabel {name} berbeda" for name in tables if rows.get(name) != stored.get(name)]
