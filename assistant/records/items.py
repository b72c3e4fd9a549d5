"""Items that a trainer has touched, kept whole with their history; an item that nobody touched is a draft of the bank."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from assistant.errors import RecordsError
from assistant.records.database import Records
from assistant.records.trained import ItemRow
from assistant.training.items import Item
from assistant.training.lifecycle import Change, Entry, State

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(tuple[Item, ...])
HISTORY: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


def entries(records: Records) -> tuple[Entry, ...]:
    """Return every stored entry; raises RecordsError when one can't be read."""
    with records.reading() as session:
        return tuple(_entry(row) for row in session.scalars(select(ItemRow).order_by(ItemRow.id)))


def keep_entries(records: Records, changed: Iterable[Entry]) -> None:
    """Write entries, each in the place of the one with its id, all in one transaction."""
    with records.writing() as session:
        for entry in changed:
            session.merge(
                ItemRow(
                    id=entry.item.id,
                    state=str(entry.state),
                    topic=entry.item.topic,
                    body=ITEM.dump_json(entry.item).decode(),
                    history=HISTORY.dump_json(entry.history).decode(),
                    before=entry.before,
                )
            )


def to_json(items: tuple[Item, ...]) -> str:
    """Return items as JSON."""
    return ITEMS.dump_json(items).decode()


@lru_cache(maxsize=64)
def from_json(text: str) -> tuple[Item, ...]:
    """Read what `to_json` wrote; raises RecordsError for another format. The tests of a hall are read at every click, so kept."""
    try:
        return ITEMS.validate_json(text)
    except ValidationError as error:
        raise RecordsError(f"Soal tersimpan tidak dapat dibaca ({error.error_count()} kesalahan).") from error


def _entry(row: ItemRow) -> Entry:
    try:
        item, history = _read(row.body, row.history)
    except ValidationError as error:
        raise RecordsError(f"Soal {row.id} tidak dapat dibaca ({error.error_count()} kesalahan).") from error
    return Entry(item, State(row.state), history, row.before)


@lru_cache(maxsize=4096)
def _read(body: str, history: str) -> tuple[Item, tuple[Change, ...]]:
    """Return an item and its history; every question of Latihan looks through the whole bank, so what was read is kept."""
    return ITEM.validate_json(body), HISTORY.validate_json(history)
