"""Making room: what can be made again, and what a kill left half done."""

from __future__ import annotations

from filelock import FileLock, Timeout

from assistant.errors import IngestBusyError
from assistant.index.snapshot import prune
from assistant.operations.durable import remove
from assistant.settings import Settings


def prune_all(settings: Settings) -> None:
    """Delete snapshots beyond the two newest, and pictures of pages; raises IngestBusyError during an ingest."""
    try:
        with FileLock(settings.index_dir / "ingest.lock", timeout=0):
            prune(settings.index_dir, keep=2)
    except Timeout:
        raise IngestBusyError("Ingest sedang berjalan; tunggu sampai selesai, lalu ulangi.") from None
    remove(settings.data_dir / "halaman")
