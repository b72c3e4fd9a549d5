"""What is kept of a person: shown, erased, and deleted when its time is over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.ledger import SYSTEM
from assistant.records.audit import note
from assistant.records.casework import delete_casework, expire_casework, export_casework, mask_reasons
from assistant.records.confirmed import mask_guidance
from assistant.records.database import Records, told
from assistant.records.kept import from_json, to_json
from assistant.records.practice import delete_practice, expire_practice, export_practice
from assistant.records.seats import export_seats, mask_participants
from assistant.records.sittings import expire_sittings
from assistant.records.tables import AttemptRow, AuditRow, ConversationRow, EntryRow, FeedbackRow, InviteRow, LoginRow

NAME_NOTE = "[nama disamarkan]"
ATTEMPT_DAYS = 2


def export(records: Records, owner: str) -> dict[str, Any]:
    """Return everything kept of `owner` as JSON values: conversations with feedback, practice, cases, and their acts."""
    with records.reading() as session:
        conversations = session.scalars(
            select(ConversationRow).where(ConversationRow.owner == owner).order_by(ConversationRow.started)
        )
        acts = session.scalars(select(AuditRow).where(AuditRow.actor == owner).order_by(AuditRow.id))
        return {
            "pemilik": owner,
            "percakapan": [_conversation(session, row) for row in conversations],
            "latihan": export_practice(session, owner),
            "kasus": export_casework(session, owner),
            "bimtek": export_seats(session, owner),
            "tindakan": [
                {"waktu": row.at.isoformat(), "tindakan": row.action, "sasaran": row.target, "rincian": row.detail}
                for row in acts
            ],
        }


def erase(records: Records, owner: str, *, actor: str) -> int:
    """Delete all that `owner` left: conversations with answers and feedback, practice, cases; return how many conversations."""
    with records.writing() as session:
        gone = delete_left(session, owner)
        note(session, records, actor, "data-dihapus", owner, f"{gone} percakapan")
    clean_up(records)
    return gone


def delete_left(session: Session, owner: str) -> int:
    """Delete all that `owner` left in a transaction that is open; return how many conversations."""
    delete_practice(session, owner)
    delete_casework(session, owner)
    return int(session.execute(delete(ConversationRow).where(ConversationRow.owner == owner)).rowcount)  # type: ignore[attr-defined]


def mask_name(records: Records, name: str, *, actor: str) -> int:
    """Mask a name, whole words in any case, in all questions, comments and reasons; return how many texts changed.

    Quotes stay verbatim: they are of public documents.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.I)
    changed = 0
    with records.writing() as session:
        for row in session.scalars(select(EntryRow)):
            question, kept = pattern.sub(NAME_NOTE, row.question), row.kept and _masked_kept(row.kept, pattern)
            if (question, kept) != (row.question, row.kept):
                row.question, row.kept = question, kept
                changed += 1
        for said in session.scalars(select(FeedbackRow)):
            comment = pattern.sub(NAME_NOTE, said.comment)
            if comment != said.comment:
                said.comment = comment
                changed += 1
        changed += mask_reasons(session, pattern, NAME_NOTE) + mask_participants(session, pattern, NAME_NOTE)
        changed += mask_guidance(session, pattern, NAME_NOTE)
        note(session, records, actor, "nama-disamarkan", "", f"{changed} catatan")
    clean_up(records)
    return changed


def expire(records: Records, *, days: int, audit_days: int, training_days: int) -> int:
    """Delete what was unused for `days`, audit lines older than `audit_days`, sittings with their participants older than
    `training_days`, and logins and links that have run out.

    Returns how many conversations.
    """
    now = records.now()
    with records.writing() as session:
        old = delete(ConversationRow).where(ConversationRow.last < now - timedelta(days=days))
        gone = int(session.execute(old).rowcount)  # type: ignore[attr-defined]
        expire_practice(session, now - timedelta(days=days))
        expire_casework(session, now - timedelta(days=days))
        expire_sittings(session, now - timedelta(days=training_days))
        session.execute(delete(AuditRow).where(AuditRow.at < now - timedelta(days=audit_days)))
        session.execute(delete(AttemptRow).where(AttemptRow.at < now - timedelta(days=ATTEMPT_DAYS)))
        session.execute(delete(LoginRow).where(LoginRow.expires < now))
        session.execute(delete(InviteRow).where(InviteRow.expires < now))
        if gone:
            note(session, records, SYSTEM, "masa-simpan-habis", "", f"{gone} percakapan dihapus")
    if gone:
        clean_up(records)
    return gone


def clean_up(records: Records) -> None:
    """Take deleted text out of SQLite's write-ahead log too."""
    if records.engine.dialect.name == "sqlite":
        with told(), records.engine.connect() as connection:
            connection.commit()
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _masked_kept(text: str, pattern: re.Pattern[str]) -> str:
    kept = from_json(text)
    answer = kept.answer
    found = answer.retrieval
    hidden = replace(
        answer,
        question=pattern.sub(NAME_NOTE, answer.question),
        standalone=pattern.sub(NAME_NOTE, answer.standalone),
        retrieval=replace(
            found,
            question=pattern.sub(NAME_NOTE, found.question),
            searched=tuple(pattern.sub(NAME_NOTE, item) for item in found.searched),
        ),
    )
    return to_json(replace(kept, answer=hidden))


def _conversation(session: Session, row: ConversationRow) -> dict[str, Any]:
    entries = session.scalars(select(EntryRow).where(EntryRow.conversation_id == row.id).order_by(EntryRow.number))
    return {
        "mulai": row.started.isoformat(),
        "terakhir": row.last.isoformat(),
        "tanya_jawab": [_values(session, e) for e in entries],
    }


def _values(session: Session, row: EntryRow) -> dict[str, Any]:
    answer = from_json(row.kept).answer if row.kept else None
    said = session.get(FeedbackRow, row.id)
    return {
        "waktu": row.at.isoformat(),
        "pertanyaan": row.question,
        "status": row.status,
        "jawaban": answer.text if answer else None,
        "kutipan": [{"dokumen": c.passage.document.path, "kutipan": c.quote} for c in answer.citations] if answer else [],
        "snapshot": row.snapshot,
        "penilaian": said
        and {"membantu": said.helpful, "alasan": said.reason, "komentar": said.comment, "waktu": said.at.isoformat()},
    }
