"""Cases that people work on: what they asked, filled in, decided and wrote. Stored at every step, marked once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import AccessError
from assistant.privacy import mask
from assistant.records.database import Records
from assistant.records.trained import CaseworkRow
from assistant.records.turns import hold

NOT_YOURS = "Kasus ini tidak ada atau bukan milik Anda; pilih dari daftar."


@dataclass(frozen=True, slots=True)
class Notes:
    """What somebody did with a case, in the words that are stored."""

    asked: tuple[str, ...] = ()
    sheet: Mapping[str, str] = field(default_factory=dict)
    step: str = ""
    option: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case of an owner: plan and seed make it again, `case` is its id then; `got` of `possible` once it is marked."""

    id: str
    plan: str
    seed: str
    case: str
    notes: Notes
    started: datetime
    finished: datetime | None = None
    got: int = 0
    possible: int = 0


def begin(records: Records, owner: str, *, plan: str, number: int, seed: str, case: str) -> str:
    """Store a case that an owner begins, the `number`th of its plan, and return its id; asked twice it is stored once."""
    identity = hashlib.sha256(f"{owner}\n{plan}\n{number}".encode()).hexdigest()[:32]
    with records.writing() as session:
        hold(session, records, owner)
        if session.get(CaseworkRow, identity) is None:
            row = CaseworkRow(
                id=identity, owner=owner, plan=plan, seed=seed, case_id=case, work=_dump(Notes()), started=records.now()
            )
            session.add(row)
    return identity


def dealt(records: Records) -> frozenset[str]:
    """Return the ids of all cases that anybody has begun."""
    with records.reading() as session:
        return frozenset(session.scalars(select(CaseworkRow.case_id)))


def read(records: Records, owner: str, identity: str) -> CaseFile:
    """Return one's own case; raises AccessError for another's."""
    with records.reading() as session:
        return _file(_owned(session, owner, identity))


def files(records: Records, owner: str) -> tuple[CaseFile, ...]:
    """Return all cases of an owner, the newest first."""
    query = select(CaseworkRow).where(CaseworkRow.owner == owner).order_by(CaseworkRow.started.desc(), CaseworkRow.id)
    with records.reading() as session:
        return tuple(_file(row) for row in session.scalars(query))


def keep(records: Records, owner: str, identity: str, notes: Notes) -> CaseFile:
    """Store what an owner did, the reason masked; what was asked and filled in before and isn't named stays.

    A case that is marked stays as it is. Raises AccessError for another's.
    """
    with records.writing() as session:
        hold(session, records, owner)
        row = _owned(session, owner, identity)
        if row.finished is None:
            before = _load(row.work)
            asked = tuple(dict.fromkeys((*before.asked, *notes.asked)))
            sheet = {**before.sheet, **notes.sheet}
            row.work = _dump(replace(notes, asked=asked, sheet=sheet, reason=mask(notes.reason)[0]))
        return _file(row)


def finish(records: Records, owner: str, identity: str, *, got: int, possible: int) -> CaseFile:
    """Store the mark of a case, the first time only. Raises AccessError for another's."""
    with records.writing() as session:
        hold(session, records, owner)
        row = _owned(session, owner, identity)
        if row.finished is None:
            row.finished, row.got, row.possible = records.now(), got, possible
        return _file(row)


def delete_casework(session: Session, owner: str) -> None:
    """Delete all cases of an owner in a transaction that is open."""
    session.execute(delete(CaseworkRow).where(CaseworkRow.owner == owner))


def expire_casework(session: Session, before: datetime) -> None:
    """Delete the cases begun before a moment."""
    session.execute(delete(CaseworkRow).where(CaseworkRow.started < before))


def export_casework(session: Session, owner: str) -> list[dict[str, Any]]:
    """Return all cases of an owner as JSON values."""
    found = session.scalars(select(CaseworkRow).where(CaseworkRow.owner == owner).order_by(CaseworkRow.started))
    return [
        {
            "kasus": row.plan,
            "mulai": row.started.isoformat(),
            "selesai": row.finished and row.finished.isoformat(),
            "poin": row.got,
            "dari": row.possible,
            "isian": json.loads(row.work),
        }
        for row in found
    ]


def mask_reasons(session: Session, pattern: re.Pattern[str], sign: str) -> int:
    """Put `sign` in the place of `pattern` in all reasons; returns how many changed."""
    changed = 0
    for row in session.scalars(select(CaseworkRow)):
        notes = _load(row.work)
        reason = pattern.sub(sign, notes.reason)
        if reason != notes.reason:
            row.work = _dump(replace(notes, reason=reason))
            changed += 1
    return changed


def _owned(session: Session, owner: str, identity: str) -> CaseworkRow:
    row = session.get(CaseworkRow, identity)
    if row is None or row.owner != owner:
        raise AccessError(NOT_YOURS)
    return row


def _file(row: CaseworkRow) -> CaseFile:
    marked = (row.finished, row.got or 0, row.possible or 0)
    return CaseFile(row.id, row.plan, row.seed, row.case_id, _load(row.work), row.started, *marked)


def _dump(notes: Notes) -> str:
    values = {
        "tanya": notes.asked,
        "lembar": dict(notes.sheet),
        "langkah": notes.step,
        "pilihan": notes.option,
        "alasan": notes.reason,
    }
    return json.dumps(values, ensure_ascii=False)


def _load(work: str) -> Notes:
    values = json.loads(work)
    return Notes(tuple(values["tanya"]), values["lembar"], values["langkah"], values["pilihan"], values["alasan"])
