"""Learning alone: what an owner remembers of each item, and each answer. An answer and its card are written together or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.records.database import Records
from assistant.records.trained import CardRow, ReviewRow
from assistant.records.turns import hold


class Remembered(Protocol):
    """What is stored after an answer: a card as JSON, and when it is due."""

    @property
    def card(self) -> str:
        """Return the card."""

    @property
    def due(self) -> datetime:
        """Return when it is due."""


Learn = Callable[[str | None], Remembered]
"""What an answer makes of the card stored before it, None at first sight."""


def cards(records: Records, owner: str) -> Mapping[str, str]:
    """Return the card of each item that an owner has seen."""
    with records.reading() as session:
        return dict(session.execute(select(CardRow.item, CardRow.card).where(CardRow.owner == owner)).tuples().all())


def card_of(records: Records, owner: str, item: str) -> str | None:
    """Return the card of one item, None for one not seen."""
    with records.reading() as session:
        row = session.get(CardRow, (owner, item))
        return row.card if row else None


def answers(records: Records, owner: str, *, since: datetime) -> tuple[tuple[datetime, bool], ...]:
    """Return when an owner answered since a moment, and whether rightly, oldest first."""
    query = select(ReviewRow.at, ReviewRow.correct).where(ReviewRow.owner == owner, ReviewRow.at >= since).order_by(ReviewRow.at)
    with records.reading() as session:
        return tuple((at, correct) for at, correct in session.execute(query))


def times(records: Records, owner: str, item: str) -> int:
    """Return how often an owner has answered an item."""
    with records.reading() as session:
        return _times(session, owner, item)


def add_answer(
    records: Records, owner: str, *, item: str, topic: str, number: int, correct: bool, rating: int, learn: Learn
) -> bool:
    """Store an answer and the card that it leads to; `number` is how often the owner had answered before.

    Returns False, and stores nothing, when that many are there already: the same form was sent twice.
    """
    now = records.now()
    with records.writing() as session:
        hold(session, records, owner)
        if _times(session, owner, item) != number:
            return False
        row = session.get(CardRow, (owner, item))
        after = learn(row.card if row else None)
        session.merge(CardRow(owner=owner, item=item, topic=topic, card=after.card, due=after.due))
        session.add(ReviewRow(owner=owner, item=item, topic=topic, correct=correct, rating=rating, at=now))
        return True


def forget_topic(records: Records, owner: str, topic: str) -> int:
    """Delete the cards of a topic, so that it begins anew; the answers stay. Returns how many cards."""
    with records.writing() as session:
        gone = session.execute(delete(CardRow).where(CardRow.owner == owner, CardRow.topic == topic))
        return int(gone.rowcount)  # type: ignore[attr-defined]


def delete_practice(session: Session, owner: str) -> None:
    """Delete all of an owner in a transaction that is open."""
    session.execute(delete(CardRow).where(CardRow.owner == owner))
    session.execute(delete(ReviewRow).where(ReviewRow.owner == owner))


def expire_practice(session: Session, before: datetime) -> None:
    """Delete the answers given before a moment, and the cards that were due before it and not asked since."""
    session.execute(delete(ReviewRow).where(ReviewRow.at < before))
    session.execute(delete(CardRow).where(CardRow.due < before))


def export_practice(session: Session, owner: str) -> dict[str, Any]:
    """Return all of an owner as JSON values."""
    found = session.scalars(select(CardRow).where(CardRow.owner == owner).order_by(CardRow.due))
    said = session.scalars(select(ReviewRow).where(ReviewRow.owner == owner).order_by(ReviewRow.id))
    return {
        "soal": [{"soal": row.item, "topik": row.topic, "diulang": row.due.isoformat()} for row in found],
        "jawaban": [
            {"waktu": row.at.isoformat(), "soal": row.item, "topik": row.topic, "benar": row.correct, "nilai": row.rating}
            for row in said
        ],
    }


def _times(session: Session, owner: str, item: str) -> int:
    query = select(func.count()).select_from(ReviewRow).where(ReviewRow.owner == owner, ReviewRow.item == item)
    return session.scalar(query) or 0
