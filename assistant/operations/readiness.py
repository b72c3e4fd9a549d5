"""Can a question be answered now? Quick enough to be asked every second."""

from __future__ import annotations

import shutil

from assistant.errors import AssistantError
from assistant.records import Records
from assistant.records.state import read_state
from assistant.service import Assistant
from assistant.settings import Settings

LEAST_MB = 50


def reasons(assistant: Assistant, records: Records, settings: Settings) -> tuple[str, ...]:
    """Return why not, in words without anything private; empty when it can."""
    found = []
    if not assistant.health()["ok"]:
        found.append("indeks tidak dapat dipakai")
    try:
        if not read_state(records).newest:
            found.append("tabel basis data bukan versi program ini")
    except AssistantError:
        found.append("basis data tidak dapat dihubungi")
    try:
        if shutil.disk_usage(settings.data_dir).free < LEAST_MB * 1_000_000:
            found.append("cakram penuh")
    except OSError:
        found.append("folder data tidak ada")
    return tuple(found)
