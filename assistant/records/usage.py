"""What was asked and tested, counted; no text of a person is read."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import extract, func, select

from assistant.gapmap import Asked, Quizzed
from assistant.records import seats, sittings
from assistant.records.database import Records
from assistant.records.tables import ConversationRow, EntryRow, FeedbackRow
from assistant.training.scoring import points
from assistant.training.sittings import Stage
from assistant.training.topics import OUTSIDE

RIGHT = 0.999


def asked(records: Records) -> tuple[Asked, ...]:
    """Return how often was asked by month, kabupaten, topic and outcome; questions outside the topic are left out."""
    year, month = extract("year", EntryRow.at), extract("month", EntryRow.at)
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
        places = {one.id: one.kabupaten for one in seats.participants(records, sitting.id)}
        counted: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for test in sitting.tests:
            items = {item.id: item for item in sitting.items(test)}
            for attempt in seats.attempts(records, sitting.id, test):
                for response in attempt.responses:
                    if response.item in items and response.chosen:
                        item = items[response.item]
                        counted[attempt.person, item.topic][0] += 1
                        counted[attempt.person, item.topic][1] += points(item, response) < RIGHT
        month = sitting.created.strftime("%Y-%m")
        found += [Quizzed(month, places.get(p, ""), topic, *numbers) for (p, topic), numbers in counted.items()]
    return tuple(found)
