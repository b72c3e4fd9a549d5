"""The questions that wait for a person, and what was done about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.inbox import ANSWERED, DOUBTFUL, Waiting
from assistant.privacy import mask
from assistant.records.audit import note
from assistant.records.database import Records
from assistant.records.guidance import HandledRow
from assistant.records.tables import ConversationRow, EntryRow, FeedbackRow
from assistant.types import Status

MOST = 2_000
"""Newest waiting questions that are looked at."""


def waiting(records: Records, *, handled: bool = False, count: int = MOST) -> tuple[Waiting, ...]:
    """Return the newest questions that wait, or those about which something was done, at most `count`, oldest first."""
    query = _query().where(HandledRow.entry_id.is_not(None) if handled else _wanting())
    with records.reading() as session:
        rows = list(session.execute(query.order_by(EntryRow.at.desc()).limit(count)))
    return tuple(_waiting(*row) for row in reversed(rows))


def extent(records: Records) -> tuple[int, datetime | None]:
    """Return how many questions wait in all, and since when the oldest does."""
    query = _query().where(_wanting()).with_only_columns(func.count(), func.min(EntryRow.at))
    with records.reading() as session:
        count, oldest = session.execute(query).one()
    return int(count), oldest


def handle(records: Records, entries: Iterable[str], action: str, *, target: str, text: str, actor: str) -> int:
    """Write down what was done about questions, and in the audit log; return how many there were.

    Raises InputError when none of them is there any more.
    """
    with records.writing() as session:
        found = [entry for entry in entries if session.get(EntryRow, entry) is not None]
        if not found:
            raise InputError("Pertanyaan ini sudah tidak ada (dihapus pemiliknya); muat ulang halaman.")
        for entry in found:
            row = HandledRow(entry_id=entry, action=action, target=target, note=mask(text)[0], actor=actor, at=records.now())
            session.merge(row)
        note(session, records, actor, f"pertanyaan-{action}", target, f"{len(found)} pertanyaan")
        return len(found)


def reopen(records: Records, entries: Iterable[str], *, actor: str) -> None:
    """Let questions wait again."""
    with records.writing() as session:
        for row in session.scalars(select(HandledRow).where(HandledRow.entry_id.in_(list(entries)))):
            wait_again(session, records, row, actor=actor)


def reopen_answered(session: Session, records: Records, standards: Collection[str], *, actor: str) -> None:
    """Let the questions that some standard answers were written for wait again, in a transaction that is open."""
    query = select(HandledRow).where(HandledRow.action == ANSWERED, HandledRow.target.in_(list(standards)))
    for row in session.scalars(query):
        wait_again(session, records, row, actor=actor)


def wait_again(session: Session, records: Records, row: HandledRow, *, actor: str) -> None:
    """Forget what was done about a question, in a transaction that is open."""
    session.delete(row)
    note(session, records, actor, "pertanyaan-dibuka-lagi", row.target)


def _wanting() -> Any:
    quiet = (str(Status.OFF_TOPIC), str(Status.DECLINED))
    wants = or_(
        EntryRow.status.is_(None),
        EntryRow.status.in_([str(Status.NOT_FOUND), str(Status.PARTIAL)]),
        FeedbackRow.helpful.is_(False),
        and_(EntryRow.nearest < DOUBTFUL, EntryRow.status.not_in(quiet)),
    )
    return and_(HandledRow.entry_id.is_(None), wants)


def _query() -> Any:
    return (
        select(EntryRow, ConversationRow.kabupaten, FeedbackRow, HandledRow.action)
        .join(ConversationRow, ConversationRow.id == EntryRow.conversation_id)
        .outerjoin(FeedbackRow, FeedbackRow.entry_id == EntryRow.id)
        .outerjoin(HandledRow, HandledRow.entry_id == EntryRow.id)
    )


def _waiting(row: EntryRow, kabupaten: str, said: FeedbackRow | None, handled: str | None) -> Waiting:
    helpful, comment = (said.helpful, said.comment) if said else (None, "")
    values = (row.id, row.question, row.status, row.topic or "bantuan", kabupaten, row.at, row.nearest)
    return Waiting(*values, helpful=helpful, comment=comment, handled=handled or "")
