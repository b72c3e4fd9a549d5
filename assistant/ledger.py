"""The nouns of the records, frozen: people, and what they leave behind."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.types import Answer, Gap, Label


class Role(StrEnum):
    """What a person may do; see `assistant.access`."""

    PETUGAS = "petugas"
    PELATIH = "pelatih"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account; `name` is what is typed to log in. Without `ready` no password has been chosen yet."""

    id: str
    name: str
    display: str
    role: Role
    kabupaten: str
    active: bool
    ready: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A key with which a program asks; the key itself is known to nobody but its owner."""

    id: str
    name: str
    creator: str
    created: datetime
    used: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a user, or a visitor of one browser. `key` owns what they leave: `user:…` or `tamu:…`."""

    key: str
    user: User | None = None


SYSTEM = "sistem"
"""Who acts when no person does: the app itself, a command."""


def actor_of(person: Person | None) -> str:
    """Return whom the audit log names for an act."""
    return person.key if person else SYSTEM


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person said of an answer; `reason` is one of the reasons offered, or empty."""

    helpful: bool
    reason: str
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of a kept conversation; `answer` is None when it was not answered (a crash, an error)."""

    id: str
    conversation: str
    number: int
    at: datetime
    question: str
    answer: Answer | None = None
    labels: tuple[Label, ...] = ()
    gaps: tuple[Gap, ...] = ()
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what, when, and to what; `detail` holds no private number."""

    at: datetime
    actor: str
    action: str
    target: str
    detail: str


@dataclass(frozen=True, slots=True)
class Version:
    """What was done to a document of the corpus: `action` is terbit, ganti, tarik or pulih.

    `kept` is the folder in the archive with the file as it was before a replacement or withdrawal; `changed` says what changed.
    """

    id: str
    path: str
    action: str
    title: str
    digest: str
    actor: str
    at: datetime
    kept: str = ""
    changed: str = ""


class State(StrEnum):
    """Where a standard answer stands; only an approved one is given."""

    PROPOSED = "diajukan"
    APPROVED = "disetujui"
    REJECTED = "ditolak"
    WITHDRAWN = "dicabut"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A quote that a standard answer rests on: `quote == passage.text[start:end]` on the day it was pinned.

    `imprint` is of the passage and of what its labels said; when it differs today, the answer has to be looked at again.
    """

    passage: str
    path: str
    title: str
    start: int
    end: int
    quote: str
    imprint: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a standard answer; `name` is as it was shown then."""

    at: datetime
    actor: str
    name: str
    what: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """An answer written by a person: the question, other ways of asking it, the text with [n] for each of `quotes`.

    `until` is the ISO day after which it has to be looked at again; `before` the id of the one that it replaces when approved.
    """

    id: str
    question: str
    variants: tuple[str, ...]
    text: str
    quotes: tuple[Pinned, ...]
    partial: bool
    until: str
    state: State
    history: tuple[Deed, ...]
    before: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Return all ways of asking."""
        return (self.question, *self.variants)

    @property
    def approved_by(self) -> Deed | None:
        """Return who approved it last."""
        return next((deed for deed in reversed(self.history) if deed.what == State.APPROVED), None)

    @property
    def seen(self) -> str:
        """Return a digest of all that a reviewer reads of it: who approves says by it which wording was on the screen."""
        quotes = tuple((pinned.passage, pinned.quote) for pinned in self.quotes)
        shown = (self.question, self.variants, self.text, quotes, self.partial, self.until, self.before)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def written_by(self) -> Deed:
        """Return who wrote it."""
        return self.history[0]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question that a reviewer confirmed as answered by a statement: `name` is its label, or passage id and digest."""

    id: str
    name: str
    question: str
    origin: str
    actor: str
    at: datetime
    undone: datetime | None = None
