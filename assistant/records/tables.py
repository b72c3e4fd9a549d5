"""The tables, as SQLAlchemy classes; `migrations/` makes them and a test holds both the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
KEY = 80
"""Longest id, digest or owner key."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets time zones, so they are taken off before and put back after."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment in UTC, naive for SQLite."""
        if value is None:
            return None
        whole = value.astimezone(UTC)
        return whole.replace(tzinfo=None) if dialect.name == "sqlite" else whole

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)


class UserRow(Base):
    """A person with an account; `password` is an Argon2 hash, None until the first one is chosen."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    name: Mapped[str] = mapped_column(String(KEY), unique=True)
    display: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    kabupaten: Mapped[str] = mapped_column(String(KEY))
    password: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[datetime] = mapped_column(Moment)


class InviteRow(Base):
    """A one-time link to choose a password; `digest` is of its token, which is stored nowhere."""

    __tablename__ = "invites"
    digest: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime] = mapped_column(Moment)


class LoginRow(Base):
    """A browser that is logged in; `digest` is of its cookie's token."""

    __tablename__ = "logins"
    digest: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class AttemptRow(Base):
    """A failed login: digests of the name and of the address."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(KEY), index=True)
    address: Mapped[str] = mapped_column(String(KEY), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class TokenRow(Base):
    """A key of a program for the API; `digest` is of the token, which is stored nowhere."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(KEY), unique=True)
    creator: Mapped[str] = mapped_column(String(KEY))
    created: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


class ConversationRow(Base):
    """A conversation of one owner."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    owner: Mapped[str] = mapped_column(String(KEY))
    kabupaten: Mapped[str] = mapped_column(String(KEY))
    started: Mapped[datetime] = mapped_column(Moment)
    last: Mapped[datetime] = mapped_column(Moment, index=True)
    __table_args__ = (Index("ix_conversations_owner_last", "owner", "last"),)


class EntryRow(Base):
    """A question, masked, and its answer with citations as JSON once there is one."""

    __tablename__ = "entries"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(String(20), index=True)
    snapshot: Mapped[str | None] = mapped_column(String(KEY))
    seconds: Mapped[float | None] = mapped_column(Float)
    kept: Mapped[str | None] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(KEY), index=True)
    nearest: Mapped[float | None] = mapped_column(Float)
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)


class FeedbackRow(Base):
    """What the owner of an entry said of its answer; the last word counts."""

    __tablename__ = "feedback"
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    helpful: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(KEY))
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class AuditRow(Base):
    """One act; rows are only added, and deleted when their time is over."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(KEY), index=True)
    action: Mapped[str] = mapped_column(String(KEY), index=True)
    target: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)


class SecretRow(Base):
    """A key made at first start, such as the one that signs cookies."""

    __tablename__ = "secrets"
    name: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class VersionRow(Base):
    """A version of a document of the corpus: who added, replaced or withdrew it, and where its file is kept."""

    __tablename__ = "versions"
    id: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    path: Mapped[str] = mapped_column(String(500), index=True)
    action: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(500))
    digest: Mapped[str] = mapped_column(String(KEY))
    actor: Mapped[str] = mapped_column(String(KEY))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kept: Mapped[str] = mapped_column(String(500))
    changed: Mapped[str] = mapped_column(Text)
