"""Spaced repetition: when a question comes back, by how right its answer was. FSRS is named here alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

from assistant.errors import RecordsError

STEP = timedelta(minutes=10)
"""After so long a question that went wrong is asked again, the same evening."""
LONGEST_DAYS = 365
"""Rules change every year, so nothing rests for longer."""
KNOWN_DAYS = 7.0
"""Who will most likely still know the answer after so many days knows it."""
RIGHT = 0.999

_SCHEDULER = Scheduler(learning_steps=(STEP,), relearning_steps=(STEP,), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Memory:
    """What somebody remembers of an item: the library's card as JSON, when it is due, when it was begun, whether it is known."""

    card: str
    due: datetime
    begun: datetime
    known: bool


def rate(points: float, *, sure: bool = False) -> int:
    """Return the rating, 1 to 4, of an answer with `points` of 0 to 1; a right one that one was sure of comes back later."""
    if points >= RIGHT:
        return int(Rating.Easy if sure else Rating.Good)
    return int(Rating.Hard if points > 0 else Rating.Again)


def review(card: str | None, rating: int, now: datetime) -> Memory:
    """Return the memory after an answer at `now`; no card is a first sight. Raises RecordsError for a card that can't be read."""
    moment = now.astimezone(UTC)
    before = _read(card) if card else Card(card_id=int(moment.timestamp() * 1000), due=moment)
    after, _ = _SCHEDULER.review_card(before, Rating(rating), moment)
    return _memory(after)


def recall(card: str) -> Memory:
    """Return the memory that a card holds; raises RecordsError for one that can't be read."""
    return _memory(_read(card))


def _memory(card: Card) -> Memory:
    begun = datetime.fromtimestamp(card.card_id / 1000, UTC)  # the library numbers cards by the moment they were made
    known = card.state is State.Review and (card.stability or 0.0) >= KNOWN_DAYS
    return Memory(card.to_json(), card.due, begun, known)


def _read(card: str) -> Card:
    try:
        return Card.from_json(card)
    except (ValueError, KeyError, TypeError) as error:
        raise RecordsError("Catatan latihan tidak dapat dibaca; mulai topik itu dari awal di Latihan.") from error
