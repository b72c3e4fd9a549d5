"""What a question brings about: matches, hits, a retrieval, citations, an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.types.documents import Passage


class Status(StrEnum):
    """The outcome of a question; screens, records and evaluation switch on it."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CORRECTED = "corrected"
    CONFLICTING = "conflicting"
    NOT_FOUND = "not_found"
    OFF_TOPIC = "off_topic"
    DECLINED = "declined"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Match:
    """One sentence of a passage with its score; `parts` explain the score (dense, question, lexical …).

    `premise` is the id of the wrong belief that the question seems to hold, when a stored question that holds it is nearest.
    `by` holds the score for each text of `Retrieval.searched`.
    """

    sentence: int
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    premise: str = ""
    by: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; `matches` are its sentences, best first."""

    passage: Passage
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A hit that was found and not used, with the reason."""

    hit: Hit
    reason: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Everything that a question found: kept hits best first, and what was rejected and why.

    `searched` are the texts that were looked up: the question, then its parts. `foreign` are words of the question that
    neither a document nor a stored question uses.
    """

    question: str
    kept: tuple[Hit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    searched: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `quote == passage.text[start:end]`; `number` is the [n] of the answer."""

    number: int
    passage: Passage
    quote: str
    start: int
    end: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation; `role` is `user` or `assistant`."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a standard answer, on which day, and until when it holds without a new look (ISO days)."""

    standard: str
    reviewer: str
    day: str
    until: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language model did for an answer: which one, tokens, seconds, sentences kept and dropped.

    `fallback` says why the answer was given by quotation all the same; empty when the model's wording is shown.
    """

    model: str
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    kept: int = 0
    dropped: tuple[tuple[str, str], ...] = ()
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: the outcome, the text with [n] markers, and the citations that bear it out.

    `snapshot` names the index that was asked; `mode` is `kutipan`, `model`, or `baku` for a standard answer, whose `approval`
    is set; `wording` tells of a model that was asked.
    """

    question: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    retrieval: Retrieval = field(default_factory=lambda: Retrieval(question=""))
    mode: str = "kutipan"
    seconds: float = 0.0
    masked: tuple[str, ...] = ()
    standalone: str = ""
    snapshot: str = ""
    approval: Approval | None = None
    wording: Wording | None = None
