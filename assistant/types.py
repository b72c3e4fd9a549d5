"""The nouns of the system, frozen, in the order in which they arise: files to documents to passages to hits to an answer.

Nothing here does work when constructed, and nothing here imports another module of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of publication a document is; decides its authority."""

    PERATURAN = "peraturan"
    JUKNIS = "juknis"
    FORUM = "forum"
    BERITA = "berita"
    PANDUAN = "panduan"
    RINGKASAN = "ringkasan"
    CONTOH = "contoh"
    CELAH = "celah"


class Validity(StrEnum):
    """Whether a statement holds now, is planned, was revoked or is out of date."""

    BERLAKU = "berlaku"
    RENCANA = "rencana"
    DICABUT = "dicabut"
    USANG = "usang"


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


class BlockKind(StrEnum):
    """How a block of a section is built; lists, steps and tables are never split."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Source:
    """An original publication that bears out a statement; `locator` says where in it."""

    id: str
    title: str
    publisher: str
    date: str
    kind: str
    url: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """The truth about one statement, from `corpus/labels.yaml`."""

    id: str
    sources: tuple[Source, ...]
    scope: str
    program: str
    status: Validity
    confidence: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing that officers ask and no source says (labels `C-…`), from `corpus/gaps.yaml`."""

    id: str
    missing: str
    attribute: str
    whom: str
    searched: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What the front matter says about a document; `path` is POSIX and relative to the corpus folder.

    `guessed` names the fields that nobody wrote down.
    """

    path: str
    title: str
    kind: Kind
    scope: str
    program: str
    status: Validity
    valid_from: str | None = None
    valid_to: str | None = None
    reviewed: str | None = None
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list, steps or table as written, footnote labels included."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading; `page` says where it stands when the format has pages."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded file: its card, the note on its provenance, its sections and the digest of its bytes."""

    card: DocumentCard
    sections: tuple[Section, ...]
    digest: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """A file that could not be read, why, and what the person can do."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement that can be quoted: `text == passage.text[start:end]`.

    `block` is the ordinal of its block in the passage; `lead` marks the line that introduces a list.
    """

    text: str
    start: int
    end: int
    labels: tuple[str, ...] = ()
    block: int = 0
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that is indexed and shown whole.

    `id` names the place, `digest` the embedded text; `blocks` holds the kind of each block. `asked` are stored questions by
    sentence ordinal: they help an ingest to find the passage and are never shown as a source.
    """

    id: str
    digest: str
    document: DocumentCard
    headings: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[BlockKind, ...] = ()
    page: str | None = None
    asked: tuple[tuple[int, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels of all sentences, in order, each once."""
        return tuple(dict.fromkeys(label for sentence in self.sentences for label in sentence.labels))


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

    `searched` are the texts that were looked up: the question, then its parts.
    """

    question: str
    kept: tuple[Hit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    searched: tuple[str, ...] = ()


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
