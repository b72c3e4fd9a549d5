"""Questions that reviewers confirmed, and took back."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.ledger import Confirmed
from assistant.privacy import mask
from assistant.records import standards
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.guidance import ConfirmedRow, HandledRow, StandardRow


def confirm(records: Records, name: str, question: str, *, origin: str, actor: str) -> Confirmed:
    """Write a question, masked, for a statement; one that is confirmed for it already is returned as it is."""
    asked = mask(question)[0].strip()
    with records.writing() as session:
        query = select(ConfirmedRow).where(
            ConfirmedRow.name == name, ConfirmedRow.question == asked, ConfirmedRow.undone.is_(None)
        )
        row = session.scalar(query)
        if row is None:
            row = ConfirmedRow(id=new_id(), name=name, question=asked, origin=origin, actor=actor, at=records.now(), undone=None)
            session.add(row)
            note(session, records, actor, "pertanyaan-dikukuhkan", name[:200])
        return _confirmed(row)


def undo(records: Records, identity: str, *, actor: str) -> Confirmed:
    """Take a confirmation back; raises InputError when there is none."""
    with records.writing() as session:
        row = session.get(ConfirmedRow, identity)
        if row is None:
            raise InputError("Pertanyaan ini tidak ada dalam daftar; muat ulang halaman.")
        if row.undone is None:
            row.undone = records.now()
            note(session, records, actor, "pengukuhan-dibatalkan", row.name[:200])
        return _confirmed(row)


def confirmed(records: Records, *, undone: bool = False) -> tuple[Confirmed, ...]:
    """Return what is confirmed, newest first; with `undone` also what was taken back."""
    query = select(ConfirmedRow).order_by(ConfirmedRow.at.desc(), ConfirmedRow.id)
    if not undone:
        query = query.where(ConfirmedRow.undone.is_(None))
    with records.reading() as session:
        return tuple(_confirmed(row) for row in session.scalars(query))


def _confirmed(row: ConfirmedRow) -> Confirmed:
    return Confirmed(row.id, row.name, row.question, row.origin, row.actor, row.at, row.undone)


def mask_guidance(session: Session, pattern: re.Pattern[str], note_text: str) -> int:
    """Put `note_text` in place of a name in confirmed questions, notes and standard answers; return how many were changed.

    The transaction is open; quotes stay verbatim.
    """
    changed = 0
    for row in session.scalars(select(ConfirmedRow)):
        masked = pattern.sub(note_text, row.question)
        if masked != row.question:
            row.question, changed = masked, changed + 1
    for handled in session.scalars(select(HandledRow)):
        masked = pattern.sub(note_text, handled.note)
        if masked != handled.note:
            handled.note, changed = masked, changed + 1
    for standard in session.scalars(select(StandardRow)):
        masked = standards.without_name(standard.body, pattern, note_text)
        if masked != standard.body:
            standard.body, changed = masked, changed + 1
    return changed
