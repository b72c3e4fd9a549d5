"""The tables of the training: items, sittings, participants and their answers, learning alone, worked cases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import KEY, Base, Moment


class ItemRow(Base):
    """An item that a trainer has touched: its words, state and history as JSON; what nobody touched is a draft of the bank."""

    __tablename__ = "items"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    topic: Mapped[str] = mapped_column(String(KEY))
    body: Mapped[str] = mapped_column(Text)
    history: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(String(KEY))


class SittingRow(Base):
    """A bimtek session: its plan and the items of both tests as JSON, its stage, and when the test now open ends."""

    __tablename__ = "sittings"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    owner: Mapped[str] = mapped_column(String(KEY), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime] = mapped_column(Moment, index=True)
    ends: Mapped[datetime | None] = mapped_column(Moment)
    closed: Mapped[datetime | None] = mapped_column(Moment)
    plan: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


class ParticipantRow(Base):
    """Somebody who joined a sitting: name and kabupaten; their address holds `id`, `pin` opens it elsewhere."""

    __tablename__ = "participants"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sittings.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    kabupaten: Mapped[str] = mapped_column(String(KEY))
    owner: Mapped[str] = mapped_column(String(KEY), index=True)
    pin: Mapped[str] = mapped_column(String(20))
    joined: Mapped[datetime] = mapped_column(Moment)
    before_done: Mapped[datetime | None] = mapped_column(Moment)
    after_done: Mapped[datetime | None] = mapped_column(Moment)
    certificate: Mapped[str | None] = mapped_column(String(KEY), unique=True)
    __table_args__ = (UniqueConstraint("sitting_id", "number"), UniqueConstraint("sitting_id", "pin", name="uq_participants_pin"))


class ResponseRow(Base):
    """An answer of a participant to one item of a test (`pra` or `pasca`); the last word counts."""

    __tablename__ = "responses"
    participant_id: Mapped[str] = mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True)
    test: Mapped[str] = mapped_column(String(10), primary_key=True)
    item: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    chosen: Mapped[str] = mapped_column(String(200))
    reason: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)


class CardRow(Base):
    """What somebody who learns alone remembers of an item: the scheduler's card as JSON and when it is due."""

    __tablename__ = "cards"
    owner: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    item: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    topic: Mapped[str] = mapped_column(String(KEY))
    card: Mapped[str] = mapped_column(Text)
    due: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_cards_owner_due", "owner", "due"),)


class ReviewRow(Base):
    """One answer of somebody who learns alone; rows are only added."""

    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(KEY))
    item: Mapped[str] = mapped_column(String(KEY))
    topic: Mapped[str] = mapped_column(String(KEY))
    correct: Mapped[bool] = mapped_column(Boolean)
    rating: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_reviews_owner_at", "owner", "at"),)


class CaseworkRow(Base):
    """A case that somebody works on: plan and seed make it again; what they asked, filled in, decided and wrote as JSON."""

    __tablename__ = "casework"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    owner: Mapped[str] = mapped_column(String(KEY))
    plan: Mapped[str] = mapped_column(String(KEY))
    seed: Mapped[str] = mapped_column(String(KEY))
    case_id: Mapped[str] = mapped_column(String(KEY))
    work: Mapped[str] = mapped_column(Text)
    started: Mapped[datetime] = mapped_column(Moment)
    finished: Mapped[datetime | None] = mapped_column(Moment)
    got: Mapped[int | None] = mapped_column(Integer)
    possible: Mapped[int | None] = mapped_column(Integer)
    __table_args__ = (Index("ix_casework_owner_started", "owner", "started"),)
