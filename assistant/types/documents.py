"""What is there before anybody asks: publications and what they bear out, documents, passages, sentences."""

from __future__ import annotations

from dataclasses import dataclass
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
