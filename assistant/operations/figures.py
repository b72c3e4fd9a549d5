"""The gauges of the moment: records, index, last ingest, backups, disk."""

from __future__ import annotations

import shutil
from contextlib import suppress

from assistant.errors import AssistantError
from assistant.operations.backups import Backups
from assistant.operations.ingests import last_ingest
from assistant.operations.metrics import Figures
from assistant.records import Records
from assistant.records.state import counts, statuses
from assistant.service import Assistant
from assistant.settings import Settings


def figures(settings: Settings, records: Records, assistant: Assistant, backups: Backups) -> Figures:
    """Return what can be looked up now; what can't is left out, and `up` says so."""
    found: dict[str, tuple[str, dict[str, float]]] = {}
    up: dict[str, float] = {"index": 0.0, "database": 0.0}
    with suppress(AssistantError):
        found["records"] = ("Rows of each table.", {name: float(count) for name, count in counts(records).items()})
        found["kept_questions"] = (
            "Kept questions by outcome.",
            {name: float(count) for name, count in statuses(records).items()},
        )
        up["database"] = 1.0
    state = assistant.health()
    if state["ok"]:
        up["index"] = 1.0
        sizes = {"documents": "dokumen", "passages": "bagian", "sentences": "kalimat"}
        values = {label: state.get(key) for label, key in sizes.items()}
        found["index"] = ("What the index holds.", {k: float(v) for k, v in values.items() if isinstance(v, int)})
    found["up"] = ("1 when it can be used.", up)
    last = last_ingest(settings.data_dir)
    if last is not None:
        values_of = {"failed_files": float(len(last.failures)), "failed": float(bool(last.error)), "seconds": last.seconds}
        found["last_ingest"] = ("How the last ingest ended.", values_of)
        found["last_ingest_timestamp_seconds"] = ("When the last ingest ended.", {"": last.at.timestamp()})
    with suppress(OSError, AssistantError):
        newest = next(iter(backups.listed()), None)
        if newest is not None:
            found["last_backup_timestamp_seconds"] = ("When the newest backup was made.", {"": newest.made.timestamp()})
        found["disk_free_bytes"] = ("Free room on the disk of the data.", {"": float(shutil.disk_usage(settings.data_dir).free)})
    return found
