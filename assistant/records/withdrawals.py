"""Documents out of all answers, kept in the database: every replica leaves them out from its next question on."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from assistant.records.database import Records, new_id
from assistant.records.shared import WithdrawnRow


class KeptWithdrawals:
    """The withdrawn documents of an office; survives a crash and reaches all replicas at once."""

    def __init__(self, records: Records) -> None:
        """Keep them in `records`."""
        self._records = records

    def paths(self) -> frozenset[str]:
        """Return the paths that no answer may use."""
        with self._records.reading() as session:
            return frozenset(session.scalars(select(WithdrawnRow.path)))

    def marks(self) -> frozenset[str]:
        """Return what names the withdrawals until now; an ingest that starts later takes them into account."""
        with self._records.reading() as session:
            return frozenset(session.scalars(select(WithdrawnRow.id)))

    def add(self, path: str) -> None:
        """Withdraw a document."""
        with self._records.writing() as session:
            session.add(WithdrawnRow(id=new_id(), path=path))

    def remove(self, path: str) -> None:
        """Take back the withdrawal of a document."""
        with self._records.writing() as session:
            session.execute(delete(WithdrawnRow).where(WithdrawnRow.path == path))

    def forget(self, marks: Collection[str]) -> None:
        """Forget the withdrawals of `marks`."""
        if marks:
            with self._records.writing() as session:
                session.execute(delete(WithdrawnRow).where(WithdrawnRow.id.in_(marks)))
