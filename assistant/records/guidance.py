"""The tables of what an office makes of people's questions: what was done about them, standard answers, confirmed questions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import KEY, Base, Moment


class HandledRow(Base):
    """What was done about one question of a person; it goes with the question."""

    __tablename__ = "handled"
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    action: Mapped[str] = mapped_column(String(20), index=True)
    target: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(KEY))
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class StandardRow(Base):
    """A standard answer, whole as JSON."""

    __tablename__ = "standards"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    body: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime] = mapped_column(Moment, index=True)


class ConfirmedRow(Base):
    """A question that a reviewer confirmed as answered by a statement; kept when it is undone, with the day."""

    __tablename__ = "confirmed"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    name: Mapped[str] = mapped_column(String(500), index=True)
    question: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(KEY))
    actor: Mapped[str] = mapped_column(String(KEY))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    undone: Mapped[datetime | None] = mapped_column(Moment)
