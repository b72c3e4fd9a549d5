"""Questions that reviewers confirmed, and took back."""

from __future__ import annotations

from sqlalchemy import select

from assistant.errors import InputError
from assistant.ledger import Confirmed
from assistant.privacy import mask
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.guidance import ConfirmedRow


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
