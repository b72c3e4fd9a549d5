"""What the checks of a corpus look at and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.knowledge import Knowledge
from assistant.knowledge.facts import Fact
from assistant.types import Document, Label, LoadFailure, Passage, Sentence


class Severity(StrEnum):
    """A fault stops `make check`; a note is for whoever edits the corpus."""

    FAULT = "kesalahan"
    NOTE = "catatan"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: where, what, and what to do; the runner fills in `check`."""

    path: str
    what: str
    remedy: str
    severity: Severity = Severity.FAULT
    check: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a passage; `lead` is the line that introduces the list or table in which it stands."""

    passage: Passage
    sentence: Sentence
    lead: str = ""

    @property
    def context(self) -> str:
        """Return what a reader sees around it: title, headings, lead-in line."""
        return " › ".join(part for part in (self.passage.document.title, *self.passage.headings, self.lead) if part)

    @property
    def text(self) -> str:
        """Return the sentence as shown."""
        return self.sentence.text

    @property
    def path(self) -> str:
        """Return the document that it stands in."""
        return self.passage.document.path

    def finding(self, what: str, remedy: str, severity: Severity = Severity.FAULT) -> Finding:
        """Return a finding about this statement, with its words."""
        return Finding(self.path, f"{what}: «{self.text}»", remedy, severity)


@dataclass(frozen=True, slots=True)
class Material:
    """A corpus as read; `texts` holds the raw text of each document, `sources` the dates of sources.yaml by id."""

    knowledge: Knowledge
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    failures: tuple[LoadFailure, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    unsourced: frozenset[str] = frozenset()

    def statements(self) -> Iterator[Statement]:
        """Yield every sentence that states something: all but the lead-in lines without a label."""
        for passage in self.passages:
            leads = {sentence.block: sentence.text for sentence in passage.sentences if sentence.lead}
            for sentence in passage.sentences:
                if sentence.labels or not sentence.lead:
                    yield Statement(passage, sentence, "" if sentence.lead else leads.get(sentence.block, ""))

    def labels_of(self, statement: Statement) -> tuple[Label, ...]:
        """Return the known fact labels of a statement, in order."""
        known = self.knowledge.labels
        return tuple(known[name] for name in statement.sentence.labels if name in known)
