"""The audit log: who did what, when. People are named by key, so that nothing of a person stays when they are erased."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.ledger import AuditLine
from assistant.privacy import mask
from assistant.records.database import Records
from assistant.records.tables import AuditRow

LONGEST_TARGET = 200


def note(session: Session, records: Records, actor: str, action: str, target: str = "", detail: str = "") -> None:
    """Add a line in the transaction of the act itself: neither is there without the other."""
    row = AuditRow(at=records.now(), actor=actor, action=action, target=mask(target)[0][:LONGEST_TARGET], detail=mask(detail)[0])
    session.add(row)


def add(records: Records, actor: str, action: str, target: str = "", detail: str = "") -> None:
    """Add a line of its own."""
    with records.writing() as session:
        note(session, records, actor, action, target, detail)


def read(
    records: Records, *, action: str = "", actor: str = "", count: int = 200, before: int | None = None
) -> tuple[AuditLine, ...]:
    """Return the newest lines first; `action` and `actor` narrow them."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(count)
    if action:
        query = query.where(AuditRow.action == action)
    if actor:
        query = query.where(AuditRow.actor == actor)
    if before is not None:
        query = query.where(AuditRow.id < before)
    with records.reading() as session:
        return tuple(AuditLine(row.at, row.actor, row.action, row.target, row.detail) for row in session.scalars(query))
