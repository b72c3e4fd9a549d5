"""What mends each finding: the same on the page, where it goes on in the background, and in the terminal."""

from __future__ import annotations

from collections.abc import Callable

from assistant.errors import InputError
from assistant.index.snapshot import distrust
from assistant.operations.findings import Repair
from assistant.operations.tidying import prune_all
from assistant.settings import Settings

Act = Callable[[], object]


def mend(name: str, settings: Settings, *, ingest: Act, migrate: Act, back_up: Act) -> None:
    """Do the repair `name` by the given acts; raises InputError for an unknown one, and what the act raises."""
    match name:
        case Repair.INGEST:
            ingest()
        case Repair.REBUILD:
            distrust(settings.index_dir)
            ingest()
        case Repair.MIGRATE:
            migrate()
        case Repair.PRUNE:
            prune_all(settings)
        case Repair.BACKUP:
            back_up()
        case _:
            raise InputError(f"Perbaikan ini tidak dikenal; yang ada: {', '.join(item for item in Repair if item)}.")
