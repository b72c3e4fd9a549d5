"""The nouns of the records, frozen: people, and what they leave behind."""

from __future__ import annotations

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
