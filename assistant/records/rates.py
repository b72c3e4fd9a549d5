"""How often somebody may do something, counted in the database: over all replicas together."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, text

from assistant.limits import WINDOW_SECONDS, too_often
from assistant.records.database import Records
from assistant.records.shared import ActRow
from assistant.secrets import digest

WINDOW = timedelta(seconds=WINDOW_SECONDS)
RATE_LOCK = 7_241_004


class SharedLimiter:
    """Counts what each key did in the last minute, for all replicas."""

    def __init__(self, records: Records) -> None:
        """Count in `records`."""
        self._records = records

    def take(self, key: str, most: int, *, what: str = "pertanyaan") -> None:
        """Count one act of `key`; raises TooOftenError beyond `most` a minute. `what` names the acts."""
        kept, now = digest(key), self._records.now()
        with self._records.writing() as session:
            if self._records.engine.dialect.name == "postgresql":
                held = {"lock": RATE_LOCK, "key": kept}
                session.execute(text("SELECT pg_advisory_xact_lock(:lock, hashtext(:key))"), held)
            session.execute(delete(ActRow).where(ActRow.key == kept, ActRow.at <= now - WINDOW))
            times = list(session.scalars(select(ActRow.at).where(ActRow.key == kept).order_by(ActRow.at)))
            if len(times) < most:
                session.add(ActRow(key=kept, at=now))
        if len(times) >= most:
            raise too_often(what, (WINDOW - (now - times[0])).total_seconds())


def forget_old(records: Records) -> None:
    """Delete the acts that no longer count."""
    with records.writing() as session:
        session.execute(delete(ActRow).where(ActRow.at <= records.now() - WINDOW))
