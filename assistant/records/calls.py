"""Whether the model is switched on, and the figures of its calls."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from assistant.records.audit import note
from assistant.records.database import Records
from assistant.records.worded import CallRow, SwitchRow
from assistant.types import Wording

MODEL = "model"
DAYS = 90
"""Figures are deleted after so many days."""

LONGEST = 200


def is_on(records: Records) -> bool:
    """Tell whether answers may be worded by the model; it is on until somebody turns it off."""
    with records.reading() as session:
        row = session.get(SwitchRow, MODEL)
        return row is None or row.on


def turn(records: Records, *, on: bool, actor: str) -> None:
    """Turn the model on or off for all; the audit log tells who did."""
    with records.writing() as session:
        session.merge(SwitchRow(name=MODEL, on=on, actor=actor, at=records.now()))
        note(session, records, actor, "model-dinyalakan" if on else "model-dimatikan")


def add(records: Records, wording: Wording) -> None:
    """Store what a call took; old figures go."""
    with records.writing() as session:
        session.execute(delete(CallRow).where(CallRow.at < records.now() - timedelta(days=DAYS)))
        session.add(
            CallRow(
                at=records.now(),
                model=wording.model[:LONGEST],
                fallback=wording.fallback[:LONGEST],
                tokens_in=wording.tokens_in,
                tokens_out=wording.tokens_out,
                seconds=wording.seconds,
                kept=wording.kept,
                dropped=len(wording.dropped),
            )
        )


def recent(records: Records, *, count: int = 1000) -> tuple[Wording, ...]:
    """Return the newest calls first; of dropped sentences only how many."""
    with records.reading() as session:
        rows = session.scalars(select(CallRow).order_by(CallRow.id.desc()).limit(count))
        return tuple(
            Wording(row.model, row.tokens_in, row.tokens_out, row.seconds, row.kept, (("", ""),) * row.dropped, row.fallback)
            for row in rows
        )
