"""The history of the documents: rows are written once, only what changed is added after the ingest."""

from __future__ import annotations

from sqlalchemy import select

from assistant.errors import InputError
from assistant.ledger import Version
from assistant.records.audit import note
from assistant.records.database import Records
from assistant.records.tables import VersionRow


def add_version(records: Records, version: Version) -> None:
    """Write a version and its audit line; a second time with the same id does nothing, so that a restart may repeat it."""
    with records.writing() as session:
        if session.get(VersionRow, version.id) is not None:
            return
        session.add(
            VersionRow(
                id=version.id,
                path=version.path,
                action=version.action,
                title=version.title,
                digest=version.digest,
                actor=version.actor,
                at=version.at,
                kept=version.kept,
                changed=version.changed,
            )
        )
        note(session, records, version.actor, f"dokumen-{version.action}", version.path)


def set_changed(records: Records, identity: str, changed: str) -> None:
    """Write down what a version changed."""
    with records.writing() as session:
        row = session.get(VersionRow, identity)
        if row is not None:
            row.changed = changed


def versions(records: Records, path: str = "", *, count: int = 200) -> tuple[Version, ...]:
    """Return the versions of a document, or of all, newest first."""
    query = select(VersionRow).order_by(VersionRow.at.desc()).limit(count)
    if path:
        query = query.where(VersionRow.path == path)
    with records.reading() as session:
        return tuple(_version(row) for row in session.scalars(query))


def version_of(records: Records, identity: str) -> Version:
    """Return one version; raises InputError when there is none."""
    with records.reading() as session:
        row = session.get(VersionRow, identity)
        if row is None:
            raise InputError("Versi dokumen ini tidak ada; muat ulang halaman.")
        return _version(row)


def _version(row: VersionRow) -> Version:
    return Version(row.id, row.path, row.action, row.title, row.digest, row.actor, row.at, row.kept, row.changed)
