"""Conversations and feedback. A question is on the disk before it is answered, an answer before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.errors import AccessError, RecordsError
from assistant.ledger import Entry, Feedback
from assistant.privacy import mask
from assistant.records.database import Records, new_id
from assistant.records.kept import Kept, from_json, to_json
from assistant.records.tables import ConversationRow, EntryRow, FeedbackRow
from assistant.training.topics import nearness, topic_of_answer

NOT_YOURS = "Percakapan ini tidak ada atau bukan milik Anda."
MOST_ENTRIES = 100
"""Newest entries of a conversation that are read; older ones stay stored."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its first question, when it was last used, how many questions it has."""

    id: str
    title: str
    last: datetime
    questions: int


def add_question(records: Records, owner: str, question: str, *, conversation: str | None = None, kabupaten: str = "") -> Entry:
    """Store a question, masked, in `conversation` of `owner` or in a new one; raises AccessError for another's."""
    now = records.now()
    with records.writing() as session:
        if conversation is None:
            row = ConversationRow(id=new_id(), owner=owner, kabupaten=kabupaten, started=now, last=now)
            session.add(row)
            session.flush()
        else:
            # Locked where the database has row locks, so that two questions at once get two numbers.
            found = session.scalar(select(ConversationRow).where(ConversationRow.id == conversation).with_for_update())
            row = _owned(found, owner)
            row.last = now
        number = session.scalar(select(func.max(EntryRow.number)).where(EntryRow.conversation_id == row.id)) or 0
        entry = EntryRow(id=new_id(), conversation_id=row.id, number=number + 1, at=now, question=mask(question)[0])
        session.add(entry)
        session.flush()
        return _entry(entry, None)


def add_answer(records: Records, entry: str, kept: Kept) -> Entry:
    """Store the answer of a question; raises RecordsError when the question is gone (its conversation was deleted meanwhile)."""
    with records.writing() as session:
        row = session.get(EntryRow, entry)
        if row is None:
            raise RecordsError("Percakapan ini sudah dihapus; jawabannya tidak disimpan. Mulai percakapan baru.")
        row.kept = to_json(kept)
        row.status, row.snapshot, row.seconds = str(kept.answer.status), kept.answer.snapshot, kept.answer.seconds
        row.topic, row.nearest = topic_of_answer(kept.answer), nearness(kept.answer)
        session.flush()
        return _entry(row, session.get(FeedbackRow, entry))


def read_conversation(records: Records, owner: str, conversation: str, *, count: int = MOST_ENTRIES) -> tuple[Entry, ...]:
    """Return the newest entries, at most `count`, in order; raises AccessError for another's conversation."""
    with records.reading() as session:
        _owned(session.get(ConversationRow, conversation), owner)
        newest = select(EntryRow).where(EntryRow.conversation_id == conversation).order_by(EntryRow.number.desc()).limit(count)
        rows = list(session.scalars(newest))[::-1]
        said = select(FeedbackRow).where(FeedbackRow.entry_id.in_([row.id for row in rows]))
        feedback = {row.entry_id: row for row in session.scalars(said)}
        return tuple(_entry(row, feedback.get(row.id)) for row in rows)


def read_entry(records: Records, owner: str, entry: str) -> Entry:
    """Return one entry; raises AccessError for another's."""
    with records.reading() as session:
        row = _owned_entry(session, owner, entry)
        return _entry(row, session.get(FeedbackRow, entry))


def latest(records: Records, owner: str) -> str | None:
    """Return the id of the conversation that `owner` used last."""
    query = select(ConversationRow.id).where(ConversationRow.owner == owner).order_by(ConversationRow.last.desc()).limit(1)
    with records.reading() as session:
        return session.scalar(query)


def summaries(records: Records, owner: str, *, count: int = 50) -> tuple[Summary, ...]:
    """Return the newest conversations of `owner`, last used first."""
    first = select(EntryRow.conversation_id, EntryRow.question).where(EntryRow.number == 1).subquery()
    many = select(EntryRow.conversation_id, func.count().label("many")).group_by(EntryRow.conversation_id).subquery()
    query = (
        select(ConversationRow.id, first.c.question, ConversationRow.last, many.c.many)
        .join(first, first.c.conversation_id == ConversationRow.id)
        .join(many, many.c.conversation_id == ConversationRow.id)
        .where(ConversationRow.owner == owner)
        .order_by(ConversationRow.last.desc())
        .limit(count)
    )
    with records.reading() as session:
        return tuple(Summary(*row) for row in session.execute(query))


def delete_conversation(records: Records, owner: str, conversation: str) -> None:
    """Delete a conversation with its answers and feedback; raises AccessError for another's."""
    with records.writing() as session:
        _owned(session.get(ConversationRow, conversation), owner)
        session.execute(delete(ConversationRow).where(ConversationRow.id == conversation))


def give_feedback(records: Records, owner: str, entry: str, *, helpful: bool, reason: str = "", comment: str = "") -> Feedback:
    """Store what the owner says of an answer, masked; the last word counts. Raises AccessError for another's entry."""
    with records.writing() as session:
        if _owned_entry(session, owner, entry).kept is None:
            raise AccessError("Pertanyaan ini belum dijawab, jadi belum dapat dinilai.")
        row = FeedbackRow(entry_id=entry, helpful=helpful, reason=reason, comment=mask(comment)[0], at=records.now())
        row = session.merge(row)
        return _feedback(row)


def _owned(row: ConversationRow | None, owner: str) -> ConversationRow:
    if row is None or row.owner != owner:
        raise AccessError(NOT_YOURS)
    return row


def _owned_entry(session: Session, owner: str, entry: str) -> EntryRow:
    row = session.get(EntryRow, entry)
    _owned(session.get(ConversationRow, row.conversation_id) if row else None, owner)
    if row is None:
        raise AccessError(NOT_YOURS)
    return row


def _entry(row: EntryRow, feedback: FeedbackRow | None) -> Entry:
    kept = from_json(row.kept) if row.kept else None
    return Entry(
        row.id,
        row.conversation_id,
        row.number,
        row.at,
        row.question,
        kept.answer if kept else None,
        kept.labels if kept else (),
        kept.gaps if kept else (),
        _feedback(feedback) if feedback else None,
    )


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(row.helpful, row.reason, row.comment, row.at)
