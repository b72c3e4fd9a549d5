"""What was asked and tested, counted; no text of a person is read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import DateTime, extract, func, literal_column, select

from assistant.gapmap import Asked, Quizzed
from assistant.language import flat
from assistant.records import seats, sittings
from assistant.records.database import Records
from assistant.records.tables import ConversationRow, EntryRow, FeedbackRow
from assistant.training.scoring import points
from assistant.training.sittings import Stage
from assistant.training.topics import OUTSIDE
from assistant.wording import WITA

RIGHT = 0.999
HOURS = int(WITA.utcoffset(None).total_seconds()) // 3600


def asked(records: Records) -> tuple[Asked, ...]:
    """Return how often was asked by month (WITA), kabupaten, topic and outcome; questions outside the topic are left out."""
    at = _local(records, EntryRow.at)
    year, month = extract("year", at), extract("month", at)
    unhelpful = func.coalesce(FeedbackRow.helpful, True).is_(False)
    parts = (year, month, ConversationRow.kabupaten, EntryRow.topic, EntryRow.status, unhelpful)
    query = (
        select(*parts, func.count())
        .join(ConversationRow, ConversationRow.id == EntryRow.conversation_id)
        .outerjoin(FeedbackRow, FeedbackRow.entry_id == EntryRow.id)
        .where(func.coalesce(EntryRow.topic, "") != OUTSIDE)
        .group_by(*parts)
    )
    with records.reading() as session:
        return tuple(
            Asked(f"{int(year):04}-{int(month):02}", kabupaten, topic or "bantuan", status or "", bool(bad), count)
            for year, month, kabupaten, topic, status, bad, count in session.execute(query)
        )


def quizzed(records: Records) -> tuple[Quizzed, ...]:
    """Return what each participant answered on each topic in all sittings that are over."""
    found: list[Quizzed] = []
    for sitting in sittings.sittings(records):
        if sitting.stage is not Stage.DONE:
            continue
        seated = {one.id: one for one in seats.participants(records, sitting.id)}
        counted: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for test in sitting.tests:
            items = {item.id: item for item in sitting.items(test)}
            for attempt in seats.attempts(records, sitting.id, test):
                for response in attempt.responses:
                    if response.item in items and response.chosen:
                        item = items[response.item]
                        counted[attempt.person, item.topic][0] += 1
                        counted[attempt.person, item.topic][1] += points(item, response) < RIGHT
        month = sitting.created.astimezone(WITA).strftime("%Y-%m")
        for (person, topic), numbers in counted.items():
            seat = seated.get(person)
            # One name is one person, also in two sittings: of two people with one name too few are counted, never too many.
            key, place = (flat(seat.name).casefold(), seat.kabupaten) if seat else (person, "")
            found.append(Quizzed(key, month, place, topic, *numbers))
    return tuple(found)


def _local(records: Records, at: Any) -> Any:
    """Return a moment of the database as it reads on the clock of Kaltim, whatever zone the connection has."""
    if records.engine.dialect.name == "sqlite":
        return func.datetime(at, literal_column(f"'+{HOURS} hours'"), type_=DateTime())
    return func.timezone(literal_column(f"INTERVAL '{HOURS} hours'"), at, type_=DateTime())
