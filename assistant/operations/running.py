"""Is an app running on this data folder? Each holds a lock of its own that ends with its process."""

from __future__ import annotations

import uuid
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import AssistantError
from assistant.settings import Settings


def hold_running(settings: Settings) -> FileLock:
    """Say that this process serves from the data folder, until the returned lock is released or the process ends.

    Raises AssistantError when the folder can't be written.
    """
    folder = _folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_running(settings)  # clears away the locks of processes that are gone
        lock = FileLock(folder / f"{uuid.uuid4().hex}.lock")  # no process number: in containers each has the same
        lock.acquire(timeout=0)
    except OSError as error:
        raise AssistantError(f"Folder {folder} tidak dapat ditulisi ({error.strerror}); periksa DATA_DIR dan izin.") from error
    return lock


def is_running(settings: Settings) -> bool:
    """Tell whether an app serves from the data folder now; locks of processes that are gone are deleted."""
    for path in sorted(_folder(settings).glob("*.lock")):
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            return True
        path.unlink(missing_ok=True)
    return False


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "berjalan"
