"""Tokens of programs. They come in as digests: what is stored opens nothing."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from assistant.errors import InputError
from assistant.ledger import Token
from assistant.privacy import mask
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.tables import TokenRow

SELDOM = timedelta(minutes=1)
"""How exactly the last use is kept: a program that asks all the time doesn't write all the time."""


def add(records: Records, name: str, digest: str, *, actor: str) -> Token:
    """Keep a fresh token by its digest."""
    row = TokenRow(id=new_id(), name=mask(name)[0], digest=digest, creator=actor, created=records.now())
    with records.writing() as session:
        session.add(row)
        session.flush()
        note(session, records, actor, "token-dibuat", row.id, row.name)
        return _token(row)


def tokens(records: Records) -> tuple[Token, ...]:
    """Return all tokens, newest first, revoked ones too."""
    with records.reading() as session:
        return tuple(_token(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.created.desc(), TokenRow.id)))


def revoke(records: Records, identity: str, *, actor: str) -> Token:
    """End a token for good; raises InputError for one that is not there."""
    with records.writing() as session:
        row = session.get(TokenRow, identity)
        if row is None:
            raise InputError("Token ini tidak ada; muat ulang daftar token.")
        if row.revoked is None:
            row.revoked = records.now()
            note(session, records, actor, "token-dicabut", row.id, row.name)
        return _token(row)


def find(records: Records, digest: str) -> Token | None:
    """Return the token of a digest unless it is revoked, and note that it was used."""
    with records.reading() as session:
        row = session.scalar(select(TokenRow).where(TokenRow.digest == digest, TokenRow.revoked.is_(None)))
        found = _token(row) if row else None
    now = records.now()
    if found is not None and (found.used is None or now - found.used >= SELDOM):
        with records.writing() as session:
            session.execute(update(TokenRow).where(TokenRow.id == found.id).values(used=now))
    return found


def _token(row: TokenRow) -> Token:
    return Token(row.id, row.name, row.creator, row.created, row.used, row.revoked)
