"""One writer at a time for one owner, so that a form that is sent twice finds what its first sending wrote."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.records.database import Records

LOCK = 7_241_003


def hold(session: Session, records: Records, owner: str) -> None:
    """Hold back other writers of this owner until the transaction ends; SQLite has one writer anyway."""
    if records.engine.dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock, hashtext(:owner))"), {"lock": LOCK, "owner": owner})
