"""The tables of model mode: whether it is switched on, and what each call took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import KEY, Base, Moment


class SwitchRow(Base):
    """A switch that an admin turns, such as `model`; without a row it stands as it was delivered."""

    __tablename__ = "switches"
    name: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    on: Mapped[bool] = mapped_column(Boolean)
    actor: Mapped[str] = mapped_column(String(KEY))
    at: Mapped[datetime] = mapped_column(Moment)


class CallRow(Base):
    """One call of the language model: figures alone, neither question nor answer."""

    __tablename__ = "calls"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    model: Mapped[str] = mapped_column(String(200))
    fallback: Mapped[str] = mapped_column(String(200))
    tokens_in: Mapped[int] = mapped_column(Integer)
    tokens_out: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[float] = mapped_column(Float)
    kept: Mapped[int] = mapped_column(Integer)
    dropped: Mapped[int] = mapped_column(Integer)
