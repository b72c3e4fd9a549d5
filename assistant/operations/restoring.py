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
from assistant.operations.package import Manifest, Told, is_safe, no_one, read_manifest, unpack
from assistant.operations.running import is_running
from assistant.operations.swap import (
    KEPT,
    Swap,
    corpus_kept_of,
    corpus_stage_of,
    finish,
    kept_of,
    lock_of,
    rows_stage_of,
    set_aside,
    stage_of,
    write_swap,
)
from assistant.records import open_records
from assistant.records.database import new_id
from assistant.records.portable import dump, load
from assistant.settings import DOTENV, Settings

PLACES = ("CORPUS_DIR", "DATA_DIR", "DATABASE_URL", "BACKUP_DIR", "ENCODER", "TLS_CERT", "TLS_KEY", "HOST", "PORT")
"""Settings that belong to a machine: they are brought back as comments."""
ROOM = 1.2
NOT_SHARED = (
    "Pemulihan tidak menulis ke folder bersama. Hentikan semua replika, kosongkan pengaturan SHARED_DIR (jangan hapus isi "
    "foldernya), pulihkan, pindahkan folder unggah dan arsip dari DATA_DIR ke folder bersama, lalu isi lagi pengaturan itu."
)
"""A restore swaps whole folders on one disk; the shared folder is on another."""
RUNNING = "Aplikasi sedang berjalan di folder data ini; hentikan dahulu, lalu ulangi pemulihan."
REFUSED = (
    "PostgreSQL tidak menerima isi cadangan ini ({}). Tidak ada yang diubah; cadangannya tetap utuh. Kosongkan DATABASE_URL dan "
    "pulihkan ke SQLite, perbaiki isian itu di aplikasi (terlalu panjang, atau memuat tanda NUL), buat cadangan baru, lalu "
    "pulihkan cadangan baru itu ke PostgreSQL."
)
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
    set_aside(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    if settings.shared_dir:
        raise InputError(NOT_SHARED)
    if is_running(settings):
        raise InputError(RUNNING)
    try:
        with FileLock(settings.index_dir / "ingest.lock", timeout=0), FileLock(lock_of(settings), timeout=0):
            manifest, _, _ = read_manifest(file, kind=KIND)
            _snapshot_of(manifest)
            _check_room(settings, manifest)
            there = occupied(settings, manifest)
            if there and not replace:
                raise InputError(
                    f"Di sini sudah ada {', '.join(there)}. Tambahkan --replace untuk menggantinya; yang lama disimpan."
                )
            swap = _stage(settings, file, manifest, keep_rows=bool(there), with_settings=with_settings, told=told, step=step)
            step("journal")
            if is_running(settings):  # one that starts from here on waits for the lock that is held now
                raise InputError(RUNNING)
            write_swap(settings, swap)
    except Timeout:
        raise IngestBusyError("Ingest atau pemulihan lain sedang berjalan; tunggu sampai selesai, lalu ulangi.") from None
    finally:
        finish(settings, step=step)  # without a journal this clears away what was unpacked
    kept = (kept_of(settings, swap.id), _rows_kept_of(settings, swap.id))
    return manifest, next((folder for folder in kept if folder.exists()), None)


def _snapshot_of(manifest: Manifest) -> str:
    """Return the id of the snapshot that a backup holds, empty for none; raises PackageError for one that leads elsewhere."""
    snapshot = str(manifest.facts.get("snapshot", ""))
    if snapshot and (
        not is_safe(snapshot)
        or "/" in snapshot
        or snapshot.startswith(".")
        or f"{holdings.INDEX}{snapshot}/manifest.json" not in manifest.files
    ):
        raise PackageError("Cadangan ini menunjuk ke indeks yang tidak ada di dalamnya; jangan dipakai. Tidak ada yang diubah.")
    return snapshot


def _rows_kept_of(settings: Settings, identity: str) -> Path:
    file = holdings.records_file(settings)
    return file.parent / f"{KEPT}{identity}" if file is not None else kept_of(settings, identity)


def _try_rows(settings: Settings, rows: Path, trial: Path) -> None:
    """Put the rows into a fresh SQLite file, and try them on a server that is to take them; raises AssistantError."""
    trial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with rows.open("rb") as lines:
        load(f"sqlite:///{trial.resolve()}", lines)
    remove(trial.with_name(trial.name + ".migrasi"))
    if holdings.records_file(settings) is None:
        try:
            with rows.open("rb") as lines:
                load(settings.records_url, lines, keep=False)
        except InputError as error:  # a text that this database can't keep
            raise PackageError(REFUSED.format(_first_line(error.__cause__ or error))) from error


def _first_line(error: BaseException) -> str:
    words = str(getattr(error, "orig", error)).strip()
    return words.splitlines()[0] if words else type(error).__name__


def _check_room(settings: Settings, manifest: Manifest) -> None:
    free, wanted = shutil.disk_usage(settings.data_dir).free, int(manifest.bytes * ROOM)
    if free < wanted:
        raise PackageError(f"Ruang cakram kurang: perlu {wanted // 1_000_000} MB, ada {free // 1_000_000} MB; kosongkan dahulu.")


def _stage(
    settings: Settings, file: Path, manifest: Manifest, *, keep_rows: bool, with_settings: bool, told: Told, step: Step
) -> Swap:
    """Unpack, check, try the rows; return what has to be moved."""
    identity = new_id()[:12]
    stage, corpus_stage = stage_of(settings, identity), corpus_stage_of(settings, identity)
    kept, corpus_kept = kept_of(settings, identity), corpus_kept_of(settings, identity)
    step("unpack")
    stage.mkdir(mode=0o700)
    unpack(file, manifest, stage, told=told)
    step("rows")
    staged_rows, place = rows_stage_of(settings, identity), holdings.records_file(settings)
    _try_rows(settings, stage / holdings.DATABASE, staged_rows)
    old: list[tuple[Path, Path]] = []
    new: list[tuple[Path, Path]] = []
    if place is not None:
        for ending in ("", "-wal", "-shm"):
            old.append((place.with_name(place.name + ending), _rows_kept_of(settings, identity) / (place.name + ending)))
        new.append((staged_rows, place))
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
    snapshot = _snapshot_of(manifest)
    if snapshot:
        old.append((settings.index_dir / snapshot, kept / "index" / snapshot))
        new.append((stage / holdings.INDEX / snapshot, settings.index_dir / snapshot))
    if with_settings and (stage / holdings.SETTINGS).is_file():
        write(stage / "env", _portable((stage / holdings.SETTINGS).read_text(encoding="utf-8")).encode(), private=True)
        old.append((DOTENV, DOTENV.with_name(f".env.sebelum-pulih-{identity}")))
        new.append((stage / "env", DOTENV))
    return Swap(identity, tuple((a, b) for a, b in old if a.exists()), tuple(new), snapshot, place is None)


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
