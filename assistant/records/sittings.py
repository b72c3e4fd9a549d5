"""Sittings: made, found, moved on. Every change reads what it changes inside its own transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.records import items
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.trained import SittingRow
from assistant.training.sittings import (
    Sitting,
    SittingPlan,
    Stage,
)

PLAN: TypeAdapter[SittingPlan] = TypeAdapter(SittingPlan)
PIN_SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"
"""Letters and digits that nobody takes for another when they are read aloud or copied by hand."""
NO_SITTING = "Sesi ini tidak ada atau sudah dihapus; periksa kodenya."


def readable_code(length: int) -> str:
    """Return a random code of letters and digits that are easy to tell apart."""
    return "".join(secrets.choice(PIN_SIGNS) for _ in range(length))


def add_sitting(records: Records, owner: str, plan: SittingPlan, forms: tuple[str, str]) -> Sitting:
    """Write a new sitting with a code of six digits that no other one has; `forms` are both tests as JSON."""
    with records.writing() as session:
        code = _free_code(session)
        row = SittingRow(
            id=new_id(),
            code=code,
            owner=owner,
            stage=str(Stage.LOBBY),
            created=records.now(),
            ends=None,
            closed=None,
            plan=PLAN.dump_json(plan).decode(),
            before=forms[0],
            after=forms[1],
        )
        session.add(row)
        note(session, records, owner, "bimtek-dibuat", row.id)
        return sitting_from(row)


def sitting_of(records: Records, identity: str) -> Sitting:
    """Return a sitting; raises InputError when there is none."""
    with records.reading() as session:
        return sitting_from(row_of(session, identity))


def sitting_by_code(records: Records, code: str) -> Sitting:
    """Return the sitting of a code; raises InputError when there is none."""
    with records.reading() as session:
        row = session.scalar(select(SittingRow).where(SittingRow.code == code))
        if row is None:
            raise InputError("Tidak ada sesi dengan kode itu; periksa angka di layar.")
        return sitting_from(row)


def sittings(records: Records, owner: str = "", *, count: int = 200) -> tuple[Sitting, ...]:
    """Return the sittings of a trainer, or of all, newest first."""
    query = select(SittingRow).order_by(SittingRow.created.desc()).limit(count)
    with records.reading() as session:
        return tuple(sitting_from(row) for row in session.scalars(query.where(SittingRow.owner == owner) if owner else query))


def change_sitting(records: Records, identity: str, change: Callable[[Sitting], Sitting], *, actor: str) -> Sitting:
    """Apply `change` to the sitting as it is now and write it; what `change` raises leaves everything as it was."""
    with records.writing() as session:
        row = row_of(session, identity, writing=True)
        old = sitting_from(row)
        new = change(old)
        row.stage, row.ends, row.closed = str(new.stage), new.ends, new.closed
        row.plan = PLAN.dump_json(new.plan).decode()
        if (new.before, new.after) != (old.before, old.after):
            row.before, row.after = items.to_json(new.before), items.to_json(new.after)
        if new.stage is not old.stage:
            note(session, records, actor, "bimtek-tahap", identity, str(new.stage))
        return sitting_from(row)


def delete_sitting(records: Records, identity: str, *, actor: str) -> None:
    """Delete a sitting with its participants and their answers."""
    with records.writing() as session:
        session.delete(row_of(session, identity, writing=True))
        note(session, records, actor, "bimtek-dihapus", identity)


def expire_sittings(session: Session, before: datetime) -> None:
    """Delete the sittings made before a moment, with participants and answers, in a transaction that is open."""
    session.execute(delete(SittingRow).where(SittingRow.created < before))


def _free_code(session: Session) -> str:
    while True:
        code = f"{secrets.randbelow(900_000) + 100_000}"
        if session.scalar(select(SittingRow.id).where(SittingRow.code == code)) is None:
            return code


def row_of(session: Session, identity: str, *, writing: bool = False) -> SittingRow:
    """Return the row of a sitting in a transaction that is open; raises InputError when there is none."""
    row = session.get(SittingRow, identity, with_for_update=writing)
    if row is None:
        raise InputError(NO_SITTING)
    return row


def sitting_from(row: SittingRow) -> Sitting:
    """Return the sitting of a row."""
    return Sitting(
        row.id,
        row.code,
        row.owner,
        Stage(row.stage),
        PLAN.validate_json(row.plan),
        items.from_json(row.before),
        items.from_json(row.after),
        row.created,
        row.ends,
        row.closed,
    )
