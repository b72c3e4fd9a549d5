"""The gap of sosialisasi: what stayed unanswered, and what was got wrong in tests, by topic, kabupaten and month. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.types import Status

Key = TypeVar("Key", str, tuple[str, str])

UNANSWERED = frozenset({str(Status.NOT_FOUND), str(Status.PARTIAL), str(Status.FAILED), ""})
"""Outcomes after which a person still does not know."""
FEWEST_ASKED = 3
"""Fewer questions say nothing about a place."""
FEWEST_PEOPLE = 3
"""Wrong answers of fewer people in tests are not shown: they would be somebody's score."""
MOST_ADVICE = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """How often was asked: month `2026-11`, kabupaten (empty: province or visitor), topic, outcome, judged unhelpful, count."""

    month: str
    kabupaten: str
    topic: str
    status: str
    unhelpful: bool
    count: int


@dataclass(frozen=True, slots=True)
class Quizzed:
    """What one person answered in tests on a topic: month, kabupaten, how many answers, how many of them wrong.

    `person` tells people apart, and is shown nowhere.
    """

    person: str
    month: str
    kabupaten: str
    topic: str
    answers: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic in one place, or any other part of the map: questions, those left open, answers in tests, wrong ones, of whom."""

    asked: int = 0
    left: int = 0
    answers: int = 0
    wrong: int = 0
    tested: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """Return how many people were tested, each counted once however many topics, tests and sittings they answered in."""
        return len(self.tested)

    @property
    def share(self) -> float | None:
        """Return the share of questions that were left open; None for none asked."""
        return self.left / self.asked if self.asked else None

    @property
    def wrong_share(self) -> float | None:
        """Return the share of wrong answers in tests; None where too few people stand behind it."""
        return self.wrong / self.answers if self.answers and self.people >= FEWEST_PEOPLE else None

    @property
    def need(self) -> float:
        """Return how much a bimtek is needed: the questions left open, and as many again by the share of wrong answers."""
        return self.left * (1 + (self.wrong_share or 0.0))

    def with_asked(self, item: Asked) -> Cell:
        """Return the cell with more questions."""
        left = item.count if item.status in UNANSWERED or item.unhelpful else 0
        return replace(self, asked=self.asked + item.count, left=self.left + left)

    def with_quizzed(self, item: Quizzed) -> Cell:
        """Return the cell with what another person answered, or the same one on another topic."""
        tested = self.tested | {item.person}
        return replace(self, answers=self.answers + item.answers, wrong=self.wrong + item.wrong, tested=tested)


@dataclass(frozen=True, slots=True)
class GapMap:
    """The map of a span of months: all in one, and by each side."""

    months: tuple[str, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    whole: Cell
    by_topic: dict[str, Cell]
    by_place: dict[str, Cell]
    by_month: dict[str, Cell]
    cells: dict[tuple[str, str], Cell]

    @property
    def advice(self) -> tuple[tuple[str, str, Cell], ...]:
        """Return topic and place where a bimtek is needed most, at most `MOST_ADVICE`; enough has to be asked there."""
        found = [(topic, place, cell) for (topic, place), cell in self.cells.items() if cell.left and cell.asked >= FEWEST_ASKED]
        return tuple(sorted(found, key=lambda item: (-item[2].need, item[0], item[1]))[:MOST_ADVICE])


def occurring(asked: Iterable[Asked], quizzed: Iterable[Quizzed]) -> list[str]:
    """Return the months in which anything was asked or tested, in order."""
    return sorted({item.month for item in asked} | {test.month for test in quizzed})


def gap_map(asked: Sequence[Asked], quizzed: Sequence[Quizzed], *, months: Iterable[str] = ()) -> GapMap:
    """Return the map of what was asked and tested; `months` (default: all that occur) are kept, in order."""
    kept = sorted(set(months) or occurring(asked, quizzed))
    asked, quizzed = [item for item in asked if item.month in kept], [item for item in quizzed if item.month in kept]

    def by(key: Callable[[Asked | Quizzed], Key]) -> dict[Key, Cell]:
        found: defaultdict[Key, Cell] = defaultdict(Cell)
        for item in asked:
            found[key(item)] = found[key(item)].with_asked(item)
        for test in quizzed:
            found[key(test)] = found[key(test)].with_quizzed(test)
        return dict(found)

    topics, places = by(lambda item: item.topic), by(lambda item: item.kabupaten)
    ordered = sorted(topics, key=lambda topic: (-topics[topic].left, -topics[topic].asked, topic))
    return GapMap(
        months=tuple(kept),
        topics=tuple(ordered),
        places=tuple(sorted(places, key=lambda place: (not place, place))),
        whole=by(lambda item: "").get("", Cell()),
        by_topic=topics,
        by_place=places,
        by_month=by(lambda item: item.month),
        cells=by(lambda item: (item.topic, item.kabupaten)),
    )
