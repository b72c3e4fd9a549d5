"""Standard answers, each kept whole with its history."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from assistant.errors import InputError, RecordsError
from assistant.ledger import StandardAnswer, State
from assistant.records.audit import note
from assistant.records.database import Records
from assistant.records.guidance import StandardRow
from assistant.records.inbox import reopen_answered

STANDARD: TypeAdapter[StandardAnswer] = TypeAdapter(StandardAnswer)
MOVED = "Jawaban baku ini baru saja diubah orang lain; muat ulang halaman, lalu ulangi."


def standards(records: Records, *states: State) -> tuple[StandardAnswer, ...]:
    """Return the standard answers in some states (none named: all), changed last first."""
    query = select(StandardRow.body).order_by(StandardRow.changed.desc(), StandardRow.id)
    if states:
        query = query.where(StandardRow.state.in_([str(state) for state in states]))
    with records.reading() as session:
        return tuple(_read(body) for body in session.scalars(query))


def standard_of(records: Records, identity: str) -> StandardAnswer:
    """Return one standard answer; raises InputError when there is none."""
    with records.reading() as session:
        row = session.get(StandardRow, identity)
        if row is None:
            raise InputError("Jawaban baku ini tidak ada; muat ulang halaman.")
        return _read(row.body)


def keep(
    records: Records,
    changed: Iterable[tuple[StandardAnswer, StandardAnswer | None]],
    *,
    actor: str,
    reopened: Collection[str] = (),
) -> None:
    """Write standard answers, all or none, each beside what it was read as before (None: new).

    The questions that were handled by those with an id in `reopened` wait again.
    Raises InputError when somebody else changed one meanwhile.
    """
    with records.writing() as session:
        for new, old in changed:
            row = session.get(StandardRow, new.id, with_for_update=True)
            if (row is None) != (old is None) or (row is not None and _read(row.body) != old):
                raise InputError(MOVED)
            body = STANDARD.dump_json(new).decode()
            session.merge(StandardRow(id=new.id, state=str(new.state), body=body, changed=records.now()))
            note(session, records, actor, f"jawaban-baku-{new.history[-1].what}", new.id)
        reopen_answered(session, records, reopened, actor=actor)


def without_name(body: str, pattern: re.Pattern[str], note_text: str) -> str:
    """Return a kept answer with `note_text` in place of a name in all that people wrote."""
    answer = _read(body)
    hidden = replace(
        answer,
        question=pattern.sub(note_text, answer.question),
        variants=tuple(pattern.sub(note_text, variant) for variant in answer.variants),
        text=pattern.sub(note_text, answer.text),
        history=tuple(replace(deed, note=pattern.sub(note_text, deed.note)) for deed in answer.history),
    )
    return body if hidden == answer else STANDARD.dump_json(hidden).decode()


@lru_cache(maxsize=512)
def _read(body: str) -> StandardAnswer:
    """Return what was kept; the approved ones are read at every question, so what was read is kept."""
    try:
        return STANDARD.validate_json(body)
    except ValidationError as error:
        raise RecordsError(f"Jawaban baku tersimpan tidak dapat dibaca ({error.error_count()} kesalahan).") from error
