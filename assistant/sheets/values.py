"""Entry -> ProofSheet: everything that a person needs to check one answer against its sources. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from assistant.ledger import Entry
from assistant.types import Citation, Gap, Label, Source, Status
from assistant.wording import (
    DECISION,
    STATUS_WORDS,
    approval_words,
    day,
    kind_name,
    moment,
    outcome_words,
    page_name,
    scope_name,
    statement_warnings,
)

TITLE = "Lembar bukti jawaban"
AUTHOR = "Asisten UEP"
CHECK = "Jawaban ini kutipan dari sumber yang disebut; periksa dokumen aslinya."
UNANSWERED = "Pertanyaan ini belum terjawab karena gangguan. Silakan tanyakan lagi."
UNDERSTOOD = "Dibaca bersama pertanyaan sebelumnya"
NO_SOURCES = "Jawaban ini tidak mengutip sumber."
MOST_COLUMNS = 6
"""A table with more columns is shown as lines: it doesn't fit the width of a page."""

_BULLET = re.compile(r"\s*[-*•]\s+")
_STEP = re.compile(r"\s*(\d+)[.)]\s+")
_CELL = " | "


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or an item of a list when it has a `mark` ("•" or "3.")."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; all rows have as many cells as the first, which is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """An original publication with its date as people write it; `link` is set only for an address of the web."""

    title: str
    publisher: str
    date: str
    locator: str
    url: str
    link: bool

    @property
    def details(self) -> str:
        """Return publisher, date and place in it, in one line."""
        return ", ".join(part for part in (self.publisher, self.date, self.locator) if part)


@dataclass(frozen=True, slots=True)
class Proof:
    """One citation with what it is checked by; `number` is the [n] of the answer, `quote` is verbatim."""

    number: int
    document: str
    path: tuple[str, ...]
    page: str
    kind: str
    scope: str
    status: str
    reviewed: str
    quote: str
    publications: tuple[Publication, ...]
    warnings: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @property
    def place(self) -> str:
        """Return the path of headings, with the page where the document has pages."""
        return " › ".join((*self.path, page_name(self.page)) if self.page else self.path)

    @property
    def description(self) -> str:
        """Return kind, scope, status and the day of review in one line."""
        facts = f"Jenis: {self.kind} · Cakupan: {self.scope} · Status: {self.status}"
        return f"{facts} · Ditinjau: {self.reviewed}" if self.reviewed else facts


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """One question with its answer as they are printed; `understood` says how a follow-up was read (else empty)."""

    question: str
    understood: str
    at: datetime
    asked: str
    status: str
    text: str
    proofs: tuple[Proof, ...]
    snapshot: str
    mode: str
    notes: tuple[str, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return the names and values that stand at the head of the sheet."""
        named = (
            ("Ditanyakan", self.asked),
            ("Hasil", self.status),
            ("Cara menjawab", self.mode),
            ("Versi kumpulan sumber", self.snapshot),
        )
        return tuple((name, value) for name, value in named if value)


def proof_sheet(entry: Entry) -> ProofSheet:
    """Return the sheet of a kept question; one without an answer gives a sheet that says so."""
    answer = entry.answer
    labels, gaps = {label.id: label for label in entry.labels}, {gap.id: gap for gap in entry.gaps}
    proofs = tuple(proof_of(citation, labels, gaps) for citation in answer.citations) if answer else ()
    standalone = answer.standalone.strip() if answer else ""
    return ProofSheet(
        question=entry.question,
        understood=f"{UNDERSTOOD}: {standalone}" if standalone not in ("", entry.question.strip()) else "",
        at=entry.at,
        asked=moment(entry.at),
        status=outcome_words(answer.status, answer.mode) if answer else STATUS_WORDS[Status.FAILED],
        text=answer.text.strip() if answer else UNANSWERED,
        proofs=proofs,
        snapshot=answer.snapshot if answer else "",
        mode=(approval_words(answer.approval) if answer.approval else answer.mode) if answer else "",
        notes=(DECISION, CHECK) if proofs else (DECISION,),
    )


def gap_facts(gap: Gap) -> tuple[tuple[str, str], ...]:
    """Return what is missing, where it was searched and whom to ask, each with its name."""
    return ("Belum ada di sumber", gap.missing), ("Sudah dicari di", gap.searched), ("Tanyakan kepada", gap.whom)


def blocks(text: str) -> tuple[Line | Rows, ...]:
    """Return a text as paragraphs, items and tables, in order; blank lines only separate.

    Lines with ` | ` are a table when two or more that follow each other have as many cells.
    """
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Line | Rows]:
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.split("\n") if line.strip()]
        for columns, run in groupby(lines, key=lambda line: line.count(_CELL) + 1):
            found = list(run)
            if len(found) > 1 and 1 < columns <= MOST_COLUMNS:
                yield Rows(tuple(tuple(cell.strip() for cell in line.split(_CELL)) for line in found))
            else:
                yield from map(_line, found)


def _line(line: str) -> Line:
    step, bullet = _STEP.match(line), _BULLET.match(line)
    if step:
        return Line(line[step.end() :].strip(), f"{step[1]}.")
    return Line(line[bullet.end() :].strip(), "•") if bullet else Line(line.strip())


def proof_of(citation: Citation, labels: Mapping[str, Label], gaps: Mapping[str, Gap]) -> Proof:
    """Return a citation with what it is checked by; its first known label tells kind, scope and status."""
    passage = citation.passage
    document = passage.document
    known = [labels[name] for name in citation.labels if name in labels]
    first = known[0] if known else None
    return Proof(
        number=citation.number,
        document=document.title,
        path=passage.headings,
        page=passage.page or "",
        kind=kind_name(document, first),
        scope=scope_name(first.scope if first else document.scope),
        status=str(first.status if first else document.status),
        reviewed=day(document.reviewed or ""),
        quote=citation.quote,
        publications=tuple(dict.fromkeys(_publication(source) for label in known for source in label.sources)),
        warnings=statement_warnings(document, known),
        gaps=tuple(gaps[name] for name in citation.labels if name in gaps),
    )


def _publication(source: Source) -> Publication:
    url = (source.url or "").strip()
    link = re.fullmatch(r"https?://\S+", url) is not None
    return Publication(source.title, source.publisher, day(source.date), source.locator or "", url, link)
