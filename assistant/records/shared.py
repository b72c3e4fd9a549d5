"""Tables of what several replicas share beside the people's records: snapshots, withdrawn documents, counted acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.tables import KEY, Base, Moment


class SnapshotRow(Base):
    """A snapshot without its vectors, packed into one file of `size` bytes; `digest` (SHA-256) is of the whole file."""

    __tablename__ = "snapshots"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(KEY))


class SnapshotPartRow(Base):
    """A piece of a packed snapshot, in order of `number`."""

    __tablename__ = "snapshot_parts"
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PointerRow(Base):
    """Which snapshot is published; one row."""

    __tablename__ = "pointers"
    name: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshots.id"))


class WithdrawnRow(Base):
    """A document that is out of all answers though the published snapshot may still hold it."""

    __tablename__ = "withdrawn"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    path: Mapped[str] = mapped_column(String(500), index=True)


class ActRow(Base):
    """Something that somebody may do only so often; `key` is a digest, rows live for minutes."""

    __tablename__ = "acts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(KEY))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    __table_args__ = (Index("ix_acts_key_at", "key", "at"),)
