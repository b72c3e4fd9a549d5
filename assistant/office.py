"""Office: the parts of the running app that the screens may call."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations import Conversations
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
    records: Records
    settings: Settings

    def tidy(self) -> int:
        """Delete what has been kept long enough; returns how many conversations."""
        return personal.expire(self.records, days=self.settings.retention_days, audit_days=self.settings.audit_days)


def open_office(assistant: Assistant, records: Records, settings: Settings) -> Office:
    """Return the office over `assistant` and `records`."""
    conversations = Conversations(assistant, records, settings)
    return Office(assistant, conversations, People(records, settings), records, settings)
