"""How each item of a form was answered: right, which wrong option, left out; and which steps or terms were mixed up. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.training.items import Item, ItemKind
from assistant.training.scoring import Attempt, Response, points
from assistant.training.statistics import ItemStatistics, item_statistics

LEAST_MIXED = 2
"""So many people must have mixed up a pair before it is named."""

Sort = Literal["benar", "sebagian", "salah", "kosong"]


@dataclass(frozen=True, slots=True)
class Part:
    """The people who answered alike: `letter` is the option as sheets print it (empty where there is none)."""

    sort: Sort
    text: str
    count: int
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Two things that were put together wrongly: a term and a meaning, or a step and the one put next after it."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item of a form under its number, with its statistics, its answers in `parts` (they add up) and what was mixed up."""

    number: int
    item: Item
    statistics: ItemStatistics
    parts: tuple[Part, ...]
    mixed: tuple[Mixed, ...] = ()


def letter(ordinal: int) -> str:
    """Return the letter under which an option is printed: 0 is A."""
    return chr(ord("A") + ordinal)


def item_results(items: Sequence[Item], attempts: Sequence[Attempt]) -> tuple[ItemResult, ...]:
    """Return what is known of each item of a form that `attempts` sat."""
    counted = item_statistics(items, attempts)
    found = []
    for number, item in enumerate(items, 1):
        given = [attempt.response(item.id) for attempt in attempts]
        found.append(ItemResult(number, item, counted[item.id], tuple(_parts(item, given)), _mixed(item, given)))
    return tuple(found)


def _parts(item: Item, given: Sequence[Response]) -> Iterator[Part]:
    answered = [response for response in given if response.chosen]
    reached = [points(item, response) for response in answered]
    full, none = sum(one > 1 - 1e-9 for one in reached), sum(one < 1e-9 for one in reached)
    if not item.single:
        yield Part("benar", "Benar semua", full)
        yield Part("sebagian", "Benar sebagian", len(reached) - full - none)
        yield Part("salah", "Salah semua", none)
    else:
        right = item.key[0]
        name = item.right.text
        if item.reasons:
            yield Part("benar", f"{name}, dengan kalimat dasar yang tepat", full, letter(right))
            yield Part("sebagian", f"{name}, tetapi kalimat dasarnya keliru", len(reached) - full - none, letter(right))
        else:
            yield Part("benar", name, full, letter(right))
        chosen = Counter(response.chosen[0] for response in answered)
        for ordinal, option in enumerate(item.options):
            if ordinal != right:
                yield Part("salah", option.text, chosen[ordinal], letter(ordinal))
    yield Part("kosong", "Tidak dijawab", len(given) - len(answered))


def _mixed(item: Item, given: Sequence[Response]) -> tuple[Mixed, ...]:
    """Return the pairs put together wrongly by at least `LEAST_MIXED` people, the commonest first."""
    pairs: Counter[tuple[str, str]] = Counter()
    names = [option.text for option in item.options]
    for response in given:
        chosen = response.chosen
        if any(not 0 <= ordinal < len(names) for ordinal in chosen):
            continue
        if item.kind is ItemKind.MATCH:
            triples = zip(item.terms, chosen, item.key, strict=False)
            pairs.update((term, names[mine]) for term, mine, due in triples if mine != due)
        elif item.kind is ItemKind.ORDER:
            following = set(pairwise(item.key))
            pairs.update((names[a], names[b]) for a, b in pairwise(chosen) if (a, b) not in following)
    common = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Mixed(first, second, count) for (first, second), count in common if count >= LEAST_MIXED)
