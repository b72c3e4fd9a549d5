"""Published snapshots in the database, where every replica finds them; and the lock that lets one ingest at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import IndexBrokenError, IngestBusyError
from assistant.records.database import Records, told
from assistant.records.shared import PointerRow, SnapshotPartRow, SnapshotRow

PIECE = 4 << 20
INGEST_LOCK = 7_241_005
"""Number of PostgreSQL's advisory lock that lets one replica ingest at a time."""
CURRENT = "indeks"
BUSY = "Ingest lain sedang berjalan; tunggu sampai selesai lalu ulangi."
LOST = "Kunci ingest hilang karena basis data terputus; yang terbit tetap seperti semula. Jalankan ingest ulang."


def current(records: Records) -> str:
    """Return the id of the published snapshot; empty when there is none."""
    with records.reading() as session:
        row = session.get(PointerRow, CURRENT)
        return row.snapshot_id if row else ""


def stored(records: Records) -> tuple[str, ...]:
    """Return the ids of all kept snapshots, oldest first."""
    with records.reading() as session:
        return tuple(session.scalars(select(SnapshotRow.id).order_by(SnapshotRow.id)))


def put(records: Records, identity: str, content: bytes) -> None:
    """Keep a packed snapshot and publish it, in one transaction: it is there whole and published, or not at all."""
    with records.writing() as session:
        row = SnapshotRow(id=identity, at=records.now(), size=len(content), digest=hashlib.sha256(content).hexdigest())
        session.add(row)
        session.flush()
        for number, start in enumerate(range(0, len(content), PIECE)):
            session.add(SnapshotPartRow(snapshot_id=identity, number=number, content=content[start : start + PIECE]))
        session.flush()
        session.merge(PointerRow(name=CURRENT, snapshot_id=identity))


def point(records: Records, identity: str) -> None:
    """Publish a snapshot that is kept already."""
    with records.writing() as session:
        session.merge(PointerRow(name=CURRENT, snapshot_id=identity))


def fetch(records: Records, identity: str) -> bytes:
    """Return a packed snapshot; raises IndexBrokenError when it is missing, cut or altered."""
    wanted = select(SnapshotPartRow.content).where(SnapshotPartRow.snapshot_id == identity).order_by(SnapshotPartRow.number)
    with records.reading() as session:
        row = session.get(SnapshotRow, identity)
        content = b"".join(session.scalars(wanted))
    if row is None or row.size != len(content) or row.digest != hashlib.sha256(content).hexdigest():
        raise IndexBrokenError(f"Indeks {identity} di basis data hilang atau rusak; jalankan `python ingest.py`.")
    return content


def keep_only(records: Records, identities: Collection[str]) -> None:
    """Delete all snapshots but `identities`; the published one stays."""
    with records.writing() as session:
        published = select(PointerRow.snapshot_id).scalar_subquery()
        gone = delete(SnapshotRow).where(SnapshotRow.id.not_in(identities), SnapshotRow.id != func.coalesce(published, ""))
        session.execute(gone)


@contextmanager
def alone(records: Records) -> Iterator[Callable[[], None]]:
    """Hold the one ingest over all replicas; raises IngestBusyError when another runs.

    Hands out a check that raises IngestBusyError when the lock was lost meanwhile. A killed process gives the lock back.
    """
    if records.engine.dialect.name != "postgresql":
        try:
            with FileLock(f"{records.engine.url.database}.ingest", timeout=0):
                yield lambda: None
        except Timeout:
            raise IngestBusyError(BUSY) from None
        return
    with told():
        connection = records.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with told():
            free = connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": INGEST_LOCK})
        if not free:
            raise IngestBusyError(BUSY)

        def check() -> None:
            try:
                connection.scalar(text("SELECT 1"))
            except SQLAlchemyError as error:
                raise IngestBusyError(LOST) from error

        yield check
    finally:
        with suppress(SQLAlchemyError):  # a connection that is gone has given the lock back
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
        connection.close()
