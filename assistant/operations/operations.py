"""Operations: what an admin does to keep the system running. Every use case checks who asks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from filelock import BaseFileLock

from assistant.access import Action, require
from assistant.documents import Documents
from assistant.errors import AssistantError, PackageError
from assistant.jobs import Job, Jobs, Reporter
from assistant.ledger import SYSTEM, Person, actor_of
from assistant.operations.backups import FAILED, Backup, Backups
from assistant.operations.figures import figures
from assistant.operations.findings import Finding, Repair
from assistant.operations.health import check_all
from assistant.operations.metrics import Metrics
from assistant.operations.readiness import reasons
from assistant.operations.repairs import mend
from assistant.records import Records, audit
from assistant.records.state import bring_to_head
from assistant.service import Assistant
from assistant.settings import Settings

CHECKED_SECONDS = 60.0
"""How long a check of everything is shown again before the next one: it reads all files."""
READY_SECONDS = 2.0
SEEN_AT: dict[str, str] = {
    Repair.INGEST: "/dokumen/pekerjaan",
    Repair.REBUILD: "/dokumen/pekerjaan",
    Repair.BACKUP: "/sehat",  # without an anchor: browsers don't reload an address that ends in one
}
"""Where a repair that goes on in the background is seen."""


class Operations:
    """Health, repairs, backups and figures of one app."""

    def __init__(self, assistant: Assistant, records: Records, settings: Settings, documents: Documents) -> None:
        """Look after the given parts."""
        self._assistant = assistant
        self._records = records
        self._settings = settings
        self._documents = documents
        self.backups = Backups(settings, records)
        self.metrics = Metrics(lambda: figures(settings, records, assistant, self.backups))
        self._jobs: Jobs[Path] = Jobs()
        self._checked: tuple[float, tuple[Finding, ...]] | None = None
        self._lock: BaseFileLock | None = None
        self._ready: tuple[float, tuple[str, ...]] | None = None

    def serve(self, lock: BaseFileLock) -> None:
        """Keep the lock that says that this process serves from the data folder: a restore waits until it has ended."""
        self._lock = lock

    def health(self, person: Person | None, *, again: bool = False) -> tuple[Finding, ...]:
        """Return what a check of everything found, at most a minute ago unless it is to be done `again`."""
        require(person, Action.MANAGE)
        if again or self._checked is None or time.monotonic() - self._checked[0] > CHECKED_SECONDS:
            found = check_all(self._assistant, self._records, self._settings, self.backups)
            self._checked = (time.monotonic(), found)
        return self._checked[1]

    def repair(self, person: Person | None, name: str) -> str:
        """Mend what one click can; returns where to see how it goes, empty when it is done.

        Raises InputError for an unknown repair, and what the repair itself raises.
        """
        require(person, Action.MANAGE)
        self._checked = None
        mend(
            name,
            self._settings,
            ingest=lambda: self._documents.refresh(person),
            migrate=lambda: bring_to_head(self._records),
            back_up=lambda: self.back_up(person),
        )
        audit.add(self._records, actor_of(person), "perbaikan", name)
        return SEEN_AT.get(name, "")

    def back_up(self, person: Person | None) -> None:
        """Make a backup in the background; raises IngestBusyError while one is made."""
        require(person, Action.MANAGE)

        def work(reporter: Reporter) -> Path:
            file = self.backups.make(told=reporter.progress)
            audit.add(self._records, actor_of(person), "cadangan-dibuat", file.name)
            self._checked = None
            return file

        self._jobs.start("membuat cadangan", work)

    def back_up_when_due(self) -> None:
        """Make the backup that is due; a failure stands in the audit log and on the page, and the next hour tries again."""
        try:
            file = self.backups.make_when_due()
        except AssistantError as error:
            audit.add(self._records, SYSTEM, FAILED, "", str(error))
            return
        if file is not None:
            audit.add(self._records, SYSTEM, "cadangan-dibuat", file.name)

    def job(self, person: Person | None) -> Job[Any] | None:
        """Return the backup that is made or was made last since the start."""
        require(person, Action.MANAGE)
        return self._jobs.current()

    def listed(self, person: Person | None) -> tuple[Backup, ...]:
        """Return the backups, newest first; none when the folder can't be read, which the check of the backups says."""
        require(person, Action.MANAGE)
        try:
            return self.backups.listed()
        except PackageError:
            return ()

    def file(self, person: Person | None, name: str) -> Path:
        """Return the file of a backup, and note who took it."""
        require(person, Action.MANAGE)
        found = self.backups.file(name)
        audit.add(self._records, actor_of(person), "cadangan-diunduh", name)
        return found

    def not_ready(self) -> tuple[str, ...]:
        """Return why no question can be answered now; empty when one can. Nothing in it is private."""
        if self._ready is None or time.monotonic() - self._ready[0] > READY_SECONDS:
            self._ready = (time.monotonic(), reasons(self._assistant, self._records, self._settings))
        return self._ready[1]
