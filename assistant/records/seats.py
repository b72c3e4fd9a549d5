"""Participants of a sitting and their answers. What is checked and what is written is one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.sittings import readable_code, row_of, sitting_from
from assistant.records.trained import ParticipantRow, ResponseRow
from assistant.training.scoring import Attempt, Response
from assistant.training.sittings import MOST_PARTICIPANTS, Participant, Sitting, Stage, Test, require_open

NO_SEAT = "Halaman peserta ini tidak ada; buka lagi lewat kode sesi."


def join(records: Records, sitting: str, name: str, kabupaten: str, *, owner: str) -> Participant:
    """Write a new participant with the next number; raises InputError when the sitting is over or full."""
    with records.writing() as session:
        row = row_of(session, sitting, writing=True)
        if row.stage == Stage.DONE:
            raise InputError("Sesi ini sudah selesai; minta pelatih membukanya lagi.")
        taken = session.scalar(select(func.max(ParticipantRow.number)).where(ParticipantRow.sitting_id == sitting)) or 0
        if taken >= MOST_PARTICIPANTS:
            raise InputError(f"Sesi ini sudah penuh ({MOST_PARTICIPANTS} peserta).")
        pins = set(session.scalars(select(ParticipantRow.pin).where(ParticipantRow.sitting_id == sitting)))
        pin = readable_code(5)
        while pin in pins:
            pin = readable_code(5)
        seat = ParticipantRow(
            id=new_id(),
            sitting_id=sitting,
            number=taken + 1,
            name=name,
            kabupaten=kabupaten,
            owner=owner,
            pin=pin,
            joined=records.now(),
        )
        session.add(seat)
        return _participant(seat)


def participant_of(records: Records, identity: str) -> Participant:
    """Return a participant; raises InputError when there is none."""
    with records.reading() as session:
        return _participant(_seat(session, identity))


def participant_by(records: Records, sitting: str, *, owner: str = "", pin: str = "") -> Participant | None:
    """Return the participant of a sitting with this browser (the last one to join from it) or this pin, or None."""
    query = select(ParticipantRow).where(ParticipantRow.sitting_id == sitting).order_by(ParticipantRow.number.desc()).limit(1)
    query = query.where(ParticipantRow.pin == pin) if pin else query.where(ParticipantRow.owner == owner)
    with records.reading() as session:
        row = session.scalar(query)
        return _participant(row) if row is not None else None


def participants(records: Records, sitting: str) -> tuple[Participant, ...]:
    """Return the participants of a sitting in the order in which they joined."""
    query = select(ParticipantRow).where(ParticipantRow.sitting_id == sitting).order_by(ParticipantRow.number)
    with records.reading() as session:
        return tuple(_participant(row) for row in session.scalars(query))


def rename(records: Records, identity: str, name: str, kabupaten: str, *, actor: str) -> None:
    """Write a participant's name and kabupaten anew."""
    with records.writing() as session:
        row = _seat(session, identity)
        row.name, row.kabupaten = name, kabupaten
        note(session, records, actor, "bimtek-peserta-diubah", identity)


def respond(records: Records, participant: str, test: Test, response: Response) -> None:
    """Write an answer over the one before it; raises InputError when the test isn't open to this participant now."""
    with records.writing() as session:
        seat, sitting = _open_seat(session, participant, test, records)
        if response.item not in {item.id for item in sitting.items(test)}:
            raise InputError("Soal ini bukan bagian tes ini; muat ulang halaman.")
        session.merge(
            ResponseRow(
                participant_id=seat.id,
                test=str(test),
                item=response.item,
                chosen=",".join(map(str, response.chosen)),
                reason=response.reason,
                at=records.now(),
            )
        )


def hand_in(records: Records, participant: str, test: Test) -> None:
    """Write down that a participant is done with a test; raises InputError when it isn't open to them."""
    with records.writing() as session:
        seat, _ = _open_seat(session, participant, test, records)
        if test is Test.BEFORE:
            seat.before_done = records.now()
        else:
            seat.after_done = records.now()


def attempts(records: Records, sitting: str, test: Test) -> tuple[Attempt, ...]:
    """Return the answers of everybody who answered anything of a test."""
    query = (
        select(ResponseRow)
        .join(ParticipantRow, ParticipantRow.id == ResponseRow.participant_id)
        .where(ParticipantRow.sitting_id == sitting, ResponseRow.test == str(test))
        .order_by(ParticipantRow.number, ResponseRow.at)
    )
    with records.reading() as session:
        return _attempts(session.scalars(query))


def attempt_of(records: Records, participant: str, test: Test) -> Attempt:
    """Return what one participant has answered of a test."""
    query = select(ResponseRow).where(ResponseRow.participant_id == participant, ResponseRow.test == str(test))
    with records.reading() as session:
        return next(iter(_attempts(session.scalars(query))), Attempt(participant))


def certify(records: Records, sitting: str, *, earned: Iterable[str]) -> None:
    """Give a certificate's code to each participant of `earned` who has none."""
    with records.writing() as session:
        for identity in earned:
            row = _seat(session, identity)
            if row.sitting_id == sitting and row.certificate is None:
                row.certificate = readable_code(8)


def participant_certified(records: Records, code: str) -> Participant | None:
    """Return the participant whose certificate has a code, or None."""
    with records.reading() as session:
        row = session.scalar(select(ParticipantRow).where(ParticipantRow.certificate == code))
        return _participant(row) if row is not None else None


def export_seats(session: Session, owner: str) -> list[dict[str, Any]]:
    """Return the sittings that somebody joined from their browser, as JSON values."""
    query = select(ParticipantRow).where(ParticipantRow.owner == owner).order_by(ParticipantRow.joined)
    return [
        {"nama": row.name, "kabupaten": row.kabupaten, "ikut": row.joined.isoformat(), "sertifikat": row.certificate}
        for row in session.scalars(query)
    ]


def mask_participants(session: Session, pattern: re.Pattern[str], note: str) -> int:
    """Put `note` in place of a name in those of participants, in a transaction that is open; return how many."""
    changed = 0
    for row in session.scalars(select(ParticipantRow)):
        masked = pattern.sub(note, row.name)
        if masked != row.name:
            row.name, changed = masked, changed + 1
    return changed


def _seat(session: Session, identity: str) -> ParticipantRow:
    row = session.get(ParticipantRow, identity)
    if row is None:
        raise InputError(NO_SEAT)
    return row


def _open_seat(session: Session, participant: str, test: Test, records: Records) -> tuple[ParticipantRow, Sitting]:
    seat = _seat(session, participant)
    sitting = sitting_from(row_of(session, seat.sitting_id))
    require_open(sitting, _participant(seat), test, now=records.now())
    return seat, sitting


def _participant(row: ParticipantRow) -> Participant:
    return Participant(
        row.id,
        row.sitting_id,
        row.number,
        row.name,
        row.kabupaten,
        row.pin,
        row.joined,
        row.before_done,
        row.after_done,
        row.certificate or "",
    )


def _attempts(rows: Iterable[ResponseRow]) -> tuple[Attempt, ...]:
    found: dict[str, list[Response]] = {}
    for row in rows:
        chosen = tuple(int(part) for part in row.chosen.split(",") if part)
        found.setdefault(row.participant_id, []).append(Response(row.item, chosen, row.reason))
    return tuple(Attempt(person, tuple(responses)) for person, responses in found.items())
