"""The questions that wait for a person, and what was done about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from assistant.errors import InputError
from assistant.inbox import DOUBTFUL, Waiting
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
    quiet = (str(Status.OFF_TOPIC), str(Status.DECLINED))
    wants = or_(
        EntryRow.status.is_(None),
        EntryRow.status.in_([str(Status.NOT_FOUND), str(Status.PARTIAL)]),
        FeedbackRow.helpful.is_(False),
        and_(EntryRow.nearest < DOUBTFUL, EntryRow.status.not_in(quiet)),
    )
    query = _query().where(HandledRow.entry_id.is_not(None) if handled else and_(HandledRow.entry_id.is_(None), wants))
    with records.reading() as session:
        rows = list(session.execute(query.order_by(EntryRow.at.desc()).limit(count)))
    return tuple(_waiting(*row) for row in reversed(rows))


def waiting_of(records: Records, entries: Iterable[str]) -> tuple[Waiting, ...]:
    """Return some questions, oldest first; those that are gone are left out."""
    with records.reading() as session:
        rows = session.execute(_query().where(EntryRow.id.in_(list(entries))).order_by(EntryRow.at))
        return tuple(_waiting(*row) for row in rows)


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
        for entry in entries:
            row = session.get(HandledRow, entry)
            if row is not None:
                session.delete(row)
                note(session, records, actor, "pertanyaan-dibuka-lagi", row.target)


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
