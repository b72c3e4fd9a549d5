"""Office: the parts of the running app that the screens may call."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from assistant.attending import Attending
from assistant.bimtek import Bimtek
from assistant.casework import Casework
from assistant.confirming import Confirming
from assistant.conversations import Conversations
from assistant.documents import Documents, Ingest
from assistant.index.places import Place
from assistant.itembank import ItemBank
from assistant.limits import Rates
from assistant.modeldesk import ModelDesk
from assistant.operations.operations import Operations
from assistant.people import People
from assistant.practice import Practice
from assistant.records import Records, personal, rates
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.standards import Standards
from assistant.tokens import Tokens
from assistant.unanswered import Unanswered


@dataclass(frozen=True, slots=True)
class Office:
    """The assistant, what people keep with it, and who they are."""

    assistant: Assistant
    conversations: Conversations
    people: People
    documents: Documents
    bank: ItemBank
    bimtek: Bimtek
    attending: Attending
    practice: Practice
    casework: Casework
    model: ModelDesk
    unanswered: Unanswered
    standards: Standards
    confirming: Confirming
    operations: Operations
    tokens: Tokens
    records: Records
    settings: Settings

    def tidy(self) -> int:
        """Delete what has been kept long enough; returns how many conversations."""
        chosen = self.settings
        rates.forget_old(self.records)
        return personal.expire(
            self.records, days=chosen.retention_days, audit_days=chosen.audit_days, training_days=chosen.training_days
        )


def open_office(
    assistant: Assistant,
    records: Records,
    settings: Settings,
    *,
    ingest: Ingest,
    people: People | None = None,
    index: Place | None = None,
    limiter: Rates | None = None,
) -> Office:
    """Return the office over `assistant` and `records`; `ingest` brings the `index` (default: the folder) up to date.

    Acts are counted by `limiter` (default: in memory, each use case for itself).
    """
    bank = ItemBank(assistant, records)
    documents = Documents(assistant, records, settings, ingest, index=index)
    standards = Standards(assistant, records)
    assistant.answer_first(standards.approved, today=standards.today)
    confirming = Confirming(assistant, records, documents.shelf, refresh=documents.follow)
    with suppress(OSError):  # a folder that can't be written: the questions wait in the records
        confirming.write()
    return Office(
        assistant=assistant,
        conversations=Conversations(assistant, records, settings, limiter=limiter),
        people=people or People(records, settings),
        documents=documents,
        bank=bank,
        bimtek=Bimtek(records, bank),
        attending=Attending(records, limiter=limiter),
        practice=Practice(bank, records),
        casework=Casework(assistant, records),
        model=ModelDesk(assistant, records, settings),
        unanswered=Unanswered(assistant, records),
        standards=standards,
        confirming=confirming,
        tokens=Tokens(records, settings, limiter=limiter),
        operations=Operations(assistant, records, settings, documents),
        records=records,
        settings=settings,
    )
