"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 20
BESIDE = ".baru"
"""Ending of a file that is being written; one that a crash left behind is worth nothing."""
STALE_SECONDS = 3600.0
"""Age from which such a file is one that a crash left behind, not one that somebody else writes now."""


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Replace a file whole: write beside it, flush to the disk, rename; a `private` one is readable by its owner alone.

    Of several writers at the same time the last one stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_stale(path)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{BESIDE}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        move(aside, path)
    finally:
        aside.unlink(missing_ok=True)  # when it could not be written whole


def move(source: Path, target: Path) -> None:
    """Rename within one disk, replacing a file, so that it stays renamed after a power cut."""
    source.replace(target)
    for folder in {source.parent, target.parent}:
        settle(folder)


def settle(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def files_below(folder: Path, *, links: bool = False) -> Iterator[tuple[str, Path]]:
    """Return every file below `folder`, sorted, with its POSIX path in it; what a crash left half written is left out.

    With `links` a link to a file counts as that file; links to folders are never followed.
    """
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and (links or not path.is_symlink()) and not path.name.endswith((BESIDE, ".tmp")):
            yield path.relative_to(folder).as_posix(), path


def remove(path: Path) -> None:
    """Delete a file or a folder with all that is in it; one that is gone already is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _clear_stale(path: Path) -> None:
    for left in path.parent.glob(f".{glob.escape(path.name)}*{BESIDE}"):
        with contextlib.suppress(OSError):  # somebody else clears it too, or renames it into place
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()
