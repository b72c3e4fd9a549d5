"""Office: the parts of the running app that the screens may call."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations import Conversations
from assistant.documents import Documents, Ingest
from assistant.people import People
from assistant.records import Records, personal
from assistant.service import Assistant
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Office:
    """The assistant, what people keep with it, and who they are."""

    assistant: Assistant
    conversations: Conversations
    people: People
    documents: Documents
    records: Records
    settings: Settings

    def tidy(self) -> int:
        """Delete what has been kept long enough; returns how many conversations."""
        return personal.expire(self.records, days=self.settings.retention_days, audit_days=self.settings.audit_days)


def open_office(assistant: Assistant, records: Records, settings: Settings, *, ingest: Ingest) -> Office:
    """Return the office over `assistant` and `records`; `ingest` brings the index up to date with the corpus."""
    conversations = Conversations(assistant, records, settings)
    documents = Documents(assistant, records, settings, ingest)
    return Office(assistant, conversations, People(records, settings), documents, records, settings)
