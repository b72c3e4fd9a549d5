"""Practice: somebody learns alone. What is asked next, what an answer was worth, how far one is; all of one's own."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from assistant.errors import InputError
from assistant.itembank import ItemBank
from assistant.ledger import Person
from assistant.records import Records, practice
from assistant.training.choices import shuffled
from assistant.training.items import TOPICS, Item, ItemKind
from assistant.training.lessons import Learner, Progress, next_item, progress
from assistant.training.repetition import RIGHT, Memory, rate, recall, review
from assistant.training.scoring import Response, points

LOOKS_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as it is asked of somebody who has answered it `number` times; its options stand in another order each time."""

    item: Item
    number: int

    @property
    def again(self) -> bool:
        """Tell whether it was asked before."""
        return self.number > 0


@dataclass(frozen=True, slots=True)
class Marked:
    """An answered item with its points, 0 to 1, and what is remembered of it now."""

    item: Item
    response: Response
    points: float
    memory: Memory | None


class Practice:
    """What a person learns alone."""

    def __init__(self, bank: ItemBank, records: Records) -> None:
        """Ask the items of `bank` as trainers have left them, keep in `records`."""
        self._bank = bank
        self._records = records

    def progress(self, person: Person) -> Progress:
        """Return how far a person is."""
        return progress(self._items().values(), self._learner(person))

    def next(self, person: Person, topics: Collection[str] = ()) -> Asked | None:
        """Return what is asked next, None when nothing is due and the day's new items are done."""
        item = next_item(self._items().values(), self._learner(person), topics)
        return self._asked(person, item, practice.times(self._records, person.key, item.id)) if item else None

    def question(self, person: Person, identity: str, number: int) -> Asked | None:
        """Return an item as it was asked at the given time, None for one that is asked no longer."""
        item = self._items().get(identity)
        return self._asked(person, item, number) if item else None

    def answer(self, person: Person, asked: Asked, response: Response, *, sure: bool = False) -> None:
        """Store the answer to an item as it was asked; the same form sent twice counts once."""
        item, got = asked.item, points(asked.item, response)
        rating, now = rate(got, sure=sure), self._records.now()
        practice.add_answer(
            self._records,
            person.key,
            item=item.id,
            topic=item.topic,
            number=asked.number,
            correct=got >= RIGHT,
            rating=rating,
            learn=lambda card: review(card, rating, now),
        )

    def marked(self, person: Person, asked: Asked, response: Response) -> Marked:
        """Return what an answer was worth and when the item comes back."""
        card = practice.card_of(self._records, person.key, asked.item.id)
        return Marked(asked.item, response, points(asked.item, response), recall(card) if card else None)

    def forget(self, person: Person, topic: str) -> int:
        """Begin a topic anew; returns how many items were forgotten. Raises InputError for a topic that there is not."""
        if topic not in TOPICS:
            raise InputError("Pilih topik dari daftar.")
        return practice.forget_topic(self._records, person.key, topic)

    def _asked(self, person: Person, item: Item, number: int) -> Asked:
        if item.kind is ItemKind.TRUE_FALSE:  # right stands before wrong
            return Asked(item, number)
        return Asked(shuffled(item, random.Random(f"{person.key}:{item.id}:{number}")), number)

    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self._bank.pool()}

    def _learner(self, person: Person) -> Learner:
        now = self._records.now()
        memories = {item: recall(card) for item, card in practice.cards(self._records, person.key).items()}
        return Learner(now, memories, practice.answers(self._records, person.key, since=now - LOOKS_BACK))
