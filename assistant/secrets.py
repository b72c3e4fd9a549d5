"""Passwords, tokens and signatures: argon2 and itsdangerous are named here alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, TimestampSigner

AT_ONCE = 2
"""Passwords hashed at the same time: each takes 64 MiB, and a flood of logins must not take the memory of a small server."""


def new_token() -> str:
    """Return 256 random bits as text for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored of a token: it can't be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


class Passwords:
    """Hashes and checks passwords with Argon2id."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Use the library's recommended cost, or a given hasher."""
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash(new_token())

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        with self._places:
            return self._hasher.hash(password)

    def matches(self, password: str, stored: str | None) -> bool:
        """Tell whether a password is that of a hash; without a hash the same time is spent, so that names can't be guessed."""
        with self._places:
            try:
                return self._hasher.verify(stored or self._nobody, password) and stored is not None
            except (VerificationError, InvalidHashError):
                return False


class Signer:
    """Signs values of cookies and makes the tokens of forms, with one key."""

    def __init__(self, key: str) -> None:
        """Sign with `key`."""
        self._key = key

    def sign(self, purpose: str, value: str) -> str:
        """Return value, time and signature; the signature of one purpose is none for another."""
        return TimestampSigner(self._key, salt=purpose).sign(value).decode()

    def read(self, purpose: str, signed: str, *, seconds: int) -> str | None:
        """Return the value of a signature that is genuine and not older than `seconds`; None otherwise."""
        try:
            return TimestampSigner(self._key, salt=purpose).unsign(signed, max_age=seconds).decode()
        except (BadSignature, UnicodeDecodeError):
            return None

    def form_token(self, basis: str) -> str:
        """Return the token that a form of the browser with cookie `basis` has to send back."""
        return hmac.new(self._key.encode(), f"formulir:{basis}".encode(), "sha256").hexdigest()

    def form_matches(self, basis: str, token: str) -> bool:
        """Tell whether a form's token belongs to the browser that sends it."""
        return bool(basis) and hmac.compare_digest(self.form_token(basis).encode(), token.encode())
