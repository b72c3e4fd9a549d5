"""Where snapshots live and which one is published: a folder of this machine, or the database that all replicas share."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from assistant.errors import CorpusError, IndexBrokenError, IndexMissingError, IngestBusyError
from assistant.index.dense import DenseStore
from assistant.index.snapshot import DISTRUSTED, FOLDERS, current_id, keep_only, publish, published, read_manifest
from assistant.records import Records, snapshots

MARK = ".asisten-uep"
"""File in the corpus folder that names the office it belongs to."""
STALE_SECONDS = 3600
NONE = "Indeks belum ada; jalankan `python ingest.py` lebih dahulu."

Check = Callable[[], None]
"""Raises IngestBusyError when the one ingest is no longer ours."""


class Place(Protocol):
    """Snapshots by id; new ones are built in `folder`, their vectors in `vectors`."""

    folder: Path
    vectors: DenseStore

    def current(self) -> str:
        """Return the id of the published snapshot; raises IndexMissingError when there is none."""

    def whole(self) -> list[str]:
        """Return the ids of all kept snapshots, oldest first."""

    def here(self, identity: str) -> Path:
        """Return the folder of a kept snapshot on this machine, brought here when needed."""

    def publish(self, identity: str) -> None:
        """Make a snapshot that was built in `folder`, or is kept, the current one, whole."""

    def prune(self, *, keep: int) -> None:
        """Delete unfinished builds and all but the newest `keep` snapshots; the current one always stays."""

    def alone(self) -> AbstractContextManager[Check]:
        """Hold the one ingest; raises IngestBusyError when another runs."""

    def check_corpus(self, corpus: Path) -> None:
        """Raise CorpusError when `corpus` is not the folder that this office's index is made from."""


class OwnPlace:
    """Snapshots in a folder of this machine, used by the processes on it."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which need not exist yet."""
        self.folder = folder
        self.vectors: DenseStore = FOLDERS

    def current(self) -> str:
        """Return the id that the pointer file names."""
        return current_id(self.folder)

    def whole(self) -> list[str]:
        """Return the ids of whole snapshots, oldest first."""
        return published(self.folder)

    def here(self, identity: str) -> Path:
        """Return the folder of a snapshot."""
        return self.folder / identity

    def publish(self, identity: str) -> None:
        """Replace the pointer file."""
        publish(self.folder, identity)

    def prune(self, *, keep: int) -> None:
        """Delete folders."""
        pointer = self.folder / "CURRENT"
        current = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
        keep_only(self.folder, {current, *self.whole()[-keep:]})

    @contextmanager
    def alone(self) -> Iterator[Check]:
        """Hold a lock file; the system releases it when the process dies."""
        try:
            with FileLock(self.folder / "ingest.lock", timeout=0):
                yield lambda: None
        except Timeout:
            raise IngestBusyError(snapshots.BUSY) from None

    def check_corpus(self, corpus: Path) -> None:
        """Take any folder: whoever names one on their machine means it."""


class SharedPlace:
    """Snapshots packed in the database of records, their vectors on a server; fetched into `folder`, verified by digest."""

    def __init__(self, folder: Path, records: Records, vectors: DenseStore, *, office: str) -> None:
        """Keep copies in `folder`; `office` names this installation."""
        self.folder = folder
        self.vectors = vectors
        self._records = records
        self._office = office

    def current(self) -> str:
        """Return the id that the database names; raises RecordsError when it is away."""
        identity = snapshots.current(self._records)
        if not identity:
            raise IndexMissingError(NONE)
        return identity

    def whole(self) -> list[str]:
        """Return the ids of the snapshots in the database, oldest first."""
        return list(snapshots.stored(self._records))

    def here(self, identity: str) -> Path:
        """Return the folder of a snapshot; the first time it is fetched, and copies that no database knows are deleted."""
        target = self.folder / identity
        if (target / "manifest.json").is_file():
            return target
        content = snapshots.fetch(self._records, identity)
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._coming(), ignore_cleanup_errors=True) as aside:
            _unpack(content, Path(aside) / identity)
            with suppress(OSError):  # another process with the same folder was faster
                (Path(aside) / identity).replace(target)
        oldest = min(self.whole(), default=identity)
        for path in self.folder.iterdir():
            if path.is_dir() and path.name < min(oldest, identity):  # a build that runs now has a newer name
                shutil.rmtree(path, ignore_errors=True)
        return target

    def publish(self, identity: str) -> None:
        """Keep and publish in one transaction."""
        if identity in self.whole():
            snapshots.point(self._records, identity)
        else:
            snapshots.put(self._records, identity, _pack(self.folder / identity))
        (self.folder / DISTRUSTED).unlink(missing_ok=True)

    def prune(self, *, keep: int) -> None:
        """Delete rows, then vectors, then folders: what is named is always there."""
        kept = {snapshots.current(self._records), *self.whole()[-keep:]} - {""}
        snapshots.keep_only(self._records, kept)
        self.vectors.keep_only(kept)
        keep_only(self.folder, kept)
        for path in self._coming().iterdir():  # what a killed process was fetching
            if time.time() - path.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(path, ignore_errors=True)

    def alone(self) -> AbstractContextManager[Check]:
        """Hold a lock of the database."""
        return snapshots.alone(self._records)

    def check_corpus(self, corpus: Path) -> None:
        """Take the folder with this office's mark alone: a replica without the shared folder would publish what it lacks.

        The first ingest of an office marks its folder.
        """
        mark = corpus / MARK
        try:
            found = mark.read_text(encoding="utf-8").strip() if mark.is_file() else ""
            if found == self._office:
                return
            if not found and not snapshots.current(self._records):
                mark.write_text(self._office + "\n", encoding="utf-8")
                return
        except OSError as error:
            raise CorpusError(f"Penanda {mark} tidak dapat dibaca atau ditulis ({error.strerror}); periksa izinnya.") from error
        raise CorpusError(
            f"Folder korpus {corpus} bukan folder bersama kantor ini (penanda {MARK} tidak cocok). Pasang folder bersama, "
            f"atau, bila memang ini folder yang benar, tulis {self._office} ke dalam {mark}."
        )

    def _coming(self) -> Path:
        place = self.folder.parent / "indeks-datang"
        place.mkdir(parents=True, exist_ok=True)
        return place


def place_of(index: Path | Place) -> Place:
    """Return the place that is a folder of this machine, or the given place."""
    return OwnPlace(index) if isinstance(index, Path) else index


def rollback(index: Path | Place, *, before: Callable[[Collection[str]], None] = lambda paths: None) -> str:
    """Publish the snapshot before the current one and return its id; `before` hears the paths of its documents first.

    Raises IndexMissingError when there is none, IndexBrokenError when it is damaged, IngestBusyError while an ingest is about
    to publish another.
    """
    place = place_of(index)
    with place.alone():
        current = place.current()
        older = [identity for identity in place.whole() if identity < current]
        if not older:
            raise IndexMissingError("Tidak ada indeks sebelumnya untuk dipakai kembali.")
        before(read_manifest(place.here(older[-1])).documents.keys())
        place.publish(older[-1])
    return older[-1]


def _pack(folder: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=3) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(folder).as_posix())
    return packed.getvalue()


def _unpack(content: bytes, folder: Path) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise IndexBrokenError(f"Indeks {folder.name} tidak dapat dipasang di sini ({error}); periksa ruang cakram.") from error
