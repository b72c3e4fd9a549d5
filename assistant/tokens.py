"""Tokens: keys with which programs use the API and MCP. Made, listed and revoked by an admin; shown once."""

from __future__ import annotations

from assistant.access import Action, require
from assistant.errors import AccessError, InputError
from assistant.ledger import SYSTEM, Person, Role, Token, User, actor_of
from assistant.limits import Limiter, Rates
from assistant.records import Records, tokens
from assistant.secrets import digest, new_token
from assistant.settings import Settings

BEGINNING = "uep_"
"""Beginning of every token, by which tools that search for leaked secrets know it."""
LONGEST = 100
UNKNOWN = "Token tidak ada, salah, atau sudah dicabut. Kirim header Authorization: Bearer TOKEN; token dibuat admin di /token."


class Tokens:
    """Keys of programs, and who a request with one is."""

    def __init__(self, records: Records, settings: Settings, *, limiter: Rates | None = None) -> None:
        """Keep tokens in `records`; requests are counted by `limiter` (default: in memory)."""
        self._records = records
        self._most = settings.api_per_minute
        self._limiter: Rates = limiter or Limiter()

    def make(self, person: Person | None, name: str, *, by_system: bool = False) -> tuple[Token, str]:
        """Return a fresh token and its text, which nobody can see again; raises InputError for a name that says nothing."""
        if not by_system:
            require(person, Action.MANAGE)
        name = " ".join(name.split())
        if not 3 <= len(name) <= LONGEST:
            raise InputError(f"Beri token nama 3–{LONGEST} huruf yang menyebut program pemakainya.")
        text = BEGINNING + new_token()
        return tokens.add(self._records, name, digest(text), actor=SYSTEM if by_system else actor_of(person)), text

    def listed(self, person: Person | None, *, by_system: bool = False) -> tuple[Token, ...]:
        """Return all tokens, newest first."""
        if not by_system:
            require(person, Action.MANAGE)
        return tokens.tokens(self._records)

    def revoke(self, person: Person | None, identity: str, *, by_system: bool = False) -> Token:
        """End a token: its next request is refused."""
        if not by_system:
            require(person, Action.MANAGE)
        return tokens.revoke(self._records, identity, actor=SYSTEM if by_system else actor_of(person))

    def person(self, text: str) -> Person:
        """Return who a request with a token is: somebody who may ask and nothing else.

        Raises AccessError for an unknown or revoked token, TooOftenError for one that is used too often.
        """
        found = tokens.find(self._records, digest(text)) if text.startswith(BEGINNING) and len(text) <= LONGEST else None
        if found is None:
            raise AccessError(UNKNOWN)
        self._limiter.take(f"token:{found.id}", self._most, what="permintaan")
        asker = User(found.id, f"token {found.name}", found.name, Role.PETUGAS, "", True, True, found.created)
        return Person(f"token:{found.id}", asker)
