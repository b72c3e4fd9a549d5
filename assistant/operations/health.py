"""The check of everything."""

from __future__ import annotations

from assistant.encoding import EncoderSignature
from assistant.errors import AssistantError
from assistant.index.snapshot import Snapshot
from assistant.operations.backups import BackupFolder
from assistant.operations.findings import Finding, Level, Repair
from assistant.operations.ingests import last_ingest
from assistant.operations.soundness import check_encoder, check_files, check_index
from assistant.operations.surroundings import (
    check_backup,
    check_database,
    check_disk,
    check_ingest,
    check_questions,
    check_standards,
)
from assistant.records import Records
from assistant.records.database import utc_now
from assistant.service import Assistant
from assistant.settings import Settings


def check_all(
    assistant: Assistant | None,
    records: Records | None,
    settings: Settings,
    backups: BackupFolder,
    *,
    trouble: str = "",
    away: str = "",
) -> tuple[Finding, ...]:
    """Check everything; never raises for what is broken.

    Without `assistant`, `trouble` says why there is no encoder; without `records`, `away` why there is no database.
    """
    last, now = last_ingest(settings.data_dir), records.now() if records is not None else utc_now()
    found: list[Finding] = []
    snapshot: Snapshot | None = None
    signature: EncoderSignature | None = assistant.signature if assistant is not None else None
    try:
        snapshot = assistant.snapshot() if assistant is not None else None
    except AssistantError as error:
        found.append(Finding("indeks", "Indeks", Level.SEVERE, str(error), "Bangun ulang indeks.", Repair.REBUILD))
    if snapshot is not None:
        found += [check_index(snapshot, settings), check_files(snapshot, settings, last)]
    found.append(check_encoder(signature, snapshot, trouble))
    found += [
        check_ingest(last, now),
        check_database(records, away),
        check_disk(settings),
        check_backup(backups, settings, now, records),
        check_questions(records, now),
        check_standards(assistant, records),
    ]
    return tuple(found)
