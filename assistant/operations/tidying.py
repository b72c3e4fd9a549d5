"""Making room: what can be made again, and what a kill left half done."""

from __future__ import annotations

from assistant.durable import remove
from assistant.index.places import OwnPlace
from assistant.settings import Settings


def prune_all(settings: Settings) -> None:
    """Delete snapshots beyond the two newest, pictures of pages, what was read of the files, a damaged store of vectors.

    Raises IngestBusyError during an ingest.
    """
    place = OwnPlace(settings.index_dir)
    place.folder.mkdir(parents=True, exist_ok=True)
    with place.alone():
        place.prune(keep=2)
        for name in ("halaman", "bacaan", "vectors.rusak"):
            remove(settings.data_dir / name)
