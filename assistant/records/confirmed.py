"""Questions that reviewers confirmed, and took back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.inbox import CONFIRMED
from assistant.language import clean
from assistant.ledger import Confirmed
from assistant.privacy import mask
from assistant.records import standards
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.guidance import ConfirmedRow, HandledRow, StandardRow
from assistant.records.inbox import wait_again
from assistant.records.tables import EntryRow


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


def adopt(records: Records, found: Iterable[Confirmed], *, actor: str) -> None:
    """Take over what was confirmed elsewhere, masked, where nothing was confirmed here yet."""
    with records.writing() as session:
        if session.scalar(select(ConfirmedRow.id).limit(1)) is not None:
            return
        values = {(item.name, mask(item.question)[0].strip()): item for item in found}
        for (name, asked), item in values.items():
            row = ConfirmedRow(id=item.id, name=name, question=asked, origin=item.origin, actor=actor, at=item.at, undone=None)
            session.add(row)
        if values:
            note(session, records, actor, "pertanyaan-diambil-alih", "", f"{len(values)} pertanyaan")


def undo(records: Records, identity: str, *, actor: str) -> Confirmed:
    """Take a confirmation back: its question waits again; raises InputError when there is none."""
    with records.writing() as session:
        row = session.get(ConfirmedRow, identity)
        if row is None:
            raise InputError("Pertanyaan ini tidak ada dalam daftar; muat ulang halaman.")
        if row.undone is None:
            row.undone = records.now()
            note(session, records, actor, "pengukuhan-dibatalkan", row.name[:200])
            _wait_again(session, records, row.question, actor=actor)
        return _confirmed(row)


def _wait_again(session: Session, records: Records, question: str, *, actor: str) -> None:
    """Let the questions with these words wait again, unless another sentence is confirmed for them."""
    session.flush()
    others = select(ConfirmedRow.id).where(ConfirmedRow.question == question, ConfirmedRow.undone.is_(None))
    if session.scalar(others.limit(1)) is not None:
        return
    query = select(HandledRow, EntryRow.question).join(EntryRow, EntryRow.id == HandledRow.entry_id)
    for handled, asked in session.execute(query.where(HandledRow.action == CONFIRMED)):
        if mask(clean(asked).replace("\n", " "))[0].strip() == question:
            wait_again(session, records, handled, actor=actor)


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
