"""Backups: everything that an office gave, in one file that is checked after it is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.durable import BESIDE, remove, write
from assistant.errors import InputError, PackageError
from assistant.operations import holdings
from assistant.operations.package import Part, Told, is_safe, no_one, read_manifest, unpack, write_package
from assistant.records import Records
from assistant.records.portable import dump
from assistant.settings import Settings

KIND = "cadangan"
FAILED = "cadangan-gagal"
"""The act of the audit log that says why a backup that was due was not made."""
NAME = re.compile(r"cadangan-(\d{8}-\d{6})\.zip")
WORK = ".kerja"
TRIES = 3
AHEAD = timedelta(minutes=5)
"""How far a clock may be off: a backup made later than that is from a time when it was wrong."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the folder: its name, when it was made, bytes."""

    name: str
    made: datetime
    bytes: int


class BackupFolder:
    """The folder of backups: what lies there, without a database."""

    def __init__(self, settings: Settings) -> None:
        """Look into the folder of `settings`."""
        self.folder = settings.backups_dir

    def listed(self) -> tuple[Backup, ...]:
        """Return the backups of the folder, newest first; raises PackageError when it can't be read."""
        found = []
        try:
            for path in self.folder.iterdir() if self.folder.is_dir() else ():
                made = _made(path.name)
                if made is not None:
                    found.append(Backup(path.name, made, path.stat().st_size))
        except OSError as error:
            raise PackageError(_trouble(self.folder, error, "dibaca")) from error
        return tuple(sorted(found, key=lambda item: item.name, reverse=True))

    def newest(self, now: datetime) -> tuple[Backup | None, tuple[Backup, ...], tuple[Backup, ...]]:
        """Return the newest backup that can be read, those above it that can't, and those that claim to be from the future.

        Raises PackageError when the folder can't be read.
        """
        listed = self.listed()
        ahead = tuple(item for item in listed if item.made > now + AHEAD)
        broken = []
        for item in listed[len(ahead) :]:
            try:
                read_manifest(self.folder / item.name, kind=KIND)
            except PackageError:
                broken.append(item)
            else:
                return item, tuple(broken), ahead
        return None, tuple(broken), ahead

    def file(self, name: str) -> Path:
        """Return the file of a backup of the folder; raises InputError for any other name."""
        if not NAME.fullmatch(name) or not is_safe(name) or not (self.folder / name).is_file():
            raise InputError("Cadangan ini tidak ada; muat ulang halaman.")
        return self.folder / name


class Backups(BackupFolder):
    """The folder of backups, and how they are made and the oldest deleted."""

    def __init__(self, settings: Settings, records: Records) -> None:
        """Keep backups of `records` and of the folders of `settings`."""
        super().__init__(settings)
        self._settings = settings
        self._records = records

    def make(self, *, out: Path | None = None, secrets: bool = False, told: Told = no_one) -> Path:
        """Write a backup to `out`, or to the folder and delete those beyond BACKUP_KEEP; returns the file.

        It is read back before it takes its place among the others. Raises PackageError when it can't be written, InputError while
        another one is made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "cadangan.lock", timeout=0):
                target = out or self.folder / f"cadangan-{self._records.now().astimezone(UTC):%Y%m%d-%H%M%S}.zip"
                if target.exists():
                    raise InputError(f"{target.name} sudah ada; pilih nama lain, atau ulangi sebentar lagi.")
                self._write(target, secrets=secrets, told=told)
                if out is None:
                    self._prune(target.name)
                return target
        except Timeout:
            raise InputError("Cadangan lain sedang dibuat; tunggu sampai selesai, lalu ulangi.") from None
        except OSError as error:
            raise PackageError(_trouble(self.folder, error, "ditulisi")) from error

    def make_when_due(self) -> Path | None:
        """Write a backup when the newest is older than BACKUP_HOURS (0: never); of several processes one does it."""
        hours = self._settings.backup_hours
        if not hours:
            return None
        now = self._records.now()
        newest = self.newest(now)[0]
        if newest is not None and now - newest.made < timedelta(hours=hours):
            return None
        return self.make()

    def _write(self, target: Path, *, secrets: bool, told: Told) -> None:
        work = self.folder / WORK
        for half in self.folder.glob(f".cadangan-*{BESIDE}"):  # of a run that was killed
            remove(half)
        for attempt in range(TRIES):
            remove(work)  # of a run that was killed too
            work.mkdir(mode=0o700)
            identity, index = holdings.index_files(self._settings)
            try:
                facts: dict[str, object] = {"snapshot": identity, "rahasia": secrets}
                manifest = write_package(
                    target,
                    self._parts(work, index, facts, secrets=secrets),
                    kind=KIND,
                    made=self._records.now().astimezone(UTC).isoformat(timespec="seconds"),
                    facts=lambda facts=facts: facts,  # type: ignore[misc]
                    told=told,
                )
                if {name for name, _ in index} <= set(manifest.files):
                    break
                target.unlink()  # an ingest pruned the snapshot meanwhile
            finally:
                shutil.rmtree(work, ignore_errors=True)
            if attempt == TRIES - 1:
                raise PackageError("Indeks terus berganti ketika dicadangkan; tunggu sampai ingest selesai, lalu ulangi.")
        try:
            unpack(target, read_manifest(target, kind=KIND)[0], None, told=lambda _, done, total: told("periksa", done, total))
        except PackageError:
            target.unlink(missing_ok=True)
            raise

    def _parts(self, work: Path, index: list[Part], facts: dict[str, object], *, secrets: bool) -> Iterator[Part]:
        # The database comes first: what is copied later may be newer than its rows, never older.
        rows = work / holdings.DATABASE
        with rows.open("wb") as file:
            facts["baris"] = dump(self._records, file, folder=work)
        yield holdings.DATABASE, rows
        text = holdings.settings_text(secrets=secrets)
        if text:
            write(work / holdings.SETTINGS, text.encode(), private=True)
            yield holdings.SETTINGS, work / holdings.SETTINGS
        for part in holdings.held_files(self._settings):
            yield holdings.settled(part, work)
        for part in index:
            yield holdings.settled(part, work)

    def _prune(self, made: str) -> None:
        """Delete the oldest; never what was just `made`, whatever the clock says."""
        others = [item for item in self.listed() if item.name != made]
        for old in others[max(0, self._settings.backup_keep - 1) :]:
            (self.folder / old.name).unlink(missing_ok=True)


def _made(name: str) -> datetime | None:
    match = NAME.fullmatch(name)
    try:
        return datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC) if match else None
    except ValueError:  # no such day
        return None


def _trouble(folder: Path, error: OSError, done: str) -> str:
    return f"Folder cadangan {folder} tidak dapat {done} ({error.strerror or error}); periksa BACKUP_DIR, izin, dan ruang cakram."
