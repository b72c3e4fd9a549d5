"""Paper: a sheet as it is printed, in parts that the PDF and the Word writer both know. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.sheets.values import AUTHOR, NO_SOURCES, TITLE, Proof, ProofSheet


class Tone(StrEnum):
    """How a text is set: `body` is read block by block (lists, tables), the others are one paragraph."""

    BODY = "body"
    LARGE = "large"
    STRONG = "strong"
    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; `level` counts from 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one tone."""

    text: str
    tone: Tone = Tone.BODY


Part = Heading | Text | Proof


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet: `about` goes with the title into the properties of the file, `warning` stands above everything else.

    `facts` are the names and values at its head, `foot` stands on each page, `notes` end it.
    """

    title: str
    about: str
    subject: str
    at: datetime
    foot: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    warning: str = ""

    @property
    def name(self) -> str:
        """Return title and subject in one line."""
        about = " ".join(self.about.split())
        return f"{self.title}: {about}" if about else self.title

    @property
    def texts(self) -> Iterator[str]:
        """Yield what a reader compares with the screen: texts and quotes."""
        for part in self.parts:
            if isinstance(part, Proof):
                yield part.quote
            elif isinstance(part, Text) and part.tone is not Tone.QUIET:
                yield part.text


def proof_paper(sheet: ProofSheet) -> Paper:
    """Return the proof sheet of an answer as paper."""
    return Paper(
        title=TITLE,
        about=sheet.question,
        subject=sheet.asked,
        at=sheet.at,
        foot=f"{AUTHOR} · {sheet.snapshot}" if sheet.snapshot else AUTHOR,
        facts=sheet.facts,
        parts=tuple(_parts(sheet)),
        notes=sheet.notes,
    )


def _parts(sheet: ProofSheet) -> Iterator[Part]:
    yield Heading("Pertanyaan")
    yield Text(sheet.question.strip(), Tone.LARGE)
    if sheet.understood:
        yield Text(sheet.understood, Tone.QUIET)
    yield Heading("Jawaban")
    yield Text(sheet.text)
    yield Heading("Sumber")
    yield from sheet.proofs or (Text(NO_SOURCES),)
