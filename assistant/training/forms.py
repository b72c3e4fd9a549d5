"""Parallel forms: a pre-test and a post-test alike in topics, kinds and difficulty, with nothing in common. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from assistant.errors import InputError
from assistant.training.items import Item, ItemKind
from assistant.training.statements import amounts, content, coverage
from assistant.training.statistics import ItemStatistics

PRIOR: Mapping[ItemKind, float] = {
    ItemKind.TRUE_FALSE: 0.3,
    ItemKind.CHOICE: 0.4,
    ItemKind.CASE: 0.45,
    ItemKind.FIGURE: 0.55,
    ItemKind.MATCH: 0.5,
    ItemKind.ORDER: 0.6,
}
"""The share expected to fail an item of a kind before anybody has answered it."""

PRIOR_ANSWERS = 8
"""How many answers the prior weighs against those counted."""

TOLD = 0.5
"""A text that holds so much of a question is about the same thing, and then its answer must not stand there too."""

Pair = tuple[Item, Item]


def difficulty(item: Item, counted: ItemStatistics | None = None) -> float:
    """Return the share expected to fail, 0 to 1: by kind and by how near the distractors are, then by what was counted."""
    prior = PRIOR[item.kind]
    if item.single and item.kind is not ItemKind.TRUE_FALSE:
        right = content(item.right.text)
        near = [len(right & content(option.text)) / max(1, len(right | content(option.text))) for option in item.wrong]
        prior += 0.3 * sum(near) / len(near) + 0.05 * (sum(bool(option.origin) for option in item.wrong) / len(near))
    prior = min(prior, 0.95)
    if counted is None or not counted.answers:
        return prior
    failed = (1 - counted.facility) * counted.answers
    return (prior * PRIOR_ANSWERS + failed) / (PRIOR_ANSWERS + counted.answers)


def forms(
    items: Sequence[Item], topics: Sequence[str], number: int, seed: int, statistics: Mapping[str, ItemStatistics] | None = None
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return two forms of `number` items each, in the order in which they are asked.

    Items come in pairs of one topic and kind and of near difficulty, one for each form; no two items of both forms share a
    statement or give each other away. Raises InputError when the topics don't hold enough.
    """
    if number < 1:
        raise InputError("Jumlah soal paling sedikit satu.")
    draw = random.Random(f"{seed}:{number}:{','.join(topics)}")
    hard = {item.id: difficulty(item, (statistics or {}).get(item.id)) for item in items}
    queues = {topic: list(_pairs([item for item in items if item.topic == topic], hard, draw)) for topic in topics}
    chosen: list[Pair] = []
    while len(chosen) < number:
        taken = 0
        for topic in topics:
            pair = _next(queues[topic], chosen) if len(chosen) < number else None
            if pair is not None:
                chosen.append(pair)
                taken += 1
        if not taken:
            raise InputError(f"Topik itu hanya cukup untuk {len(chosen)} soal per tes; tambah topik atau kurangi jumlah soal.")
    return _split(chosen, hard, draw)


def clash(first: Item, second: Item) -> bool:
    """Tell whether two items may not be asked of one person: one statement, one term, or one gives the other away."""
    if first.id == second.id or (first.labels & second.labels) - {""}:
        return True
    named = _terms(first) & _terms(second)
    return bool(named) or gives_away(first, second) or gives_away(second, first)


def gives_away(first: Item, second: Item) -> bool:
    """Tell whether the question, the right answer or a sentence of the first item says the answer of the second."""
    if second.kind in (ItemKind.ORDER, ItemKind.MATCH, ItemKind.CASE):
        return False
    shown = " ".join([first.stem, *(reason.text for reason in first.reasons), *([first.right.text] if first.single else ())])
    told = content(shown)
    if coverage(content(second.stem), told) < TOLD:
        return False
    if second.kind is ItemKind.TRUE_FALSE:
        return True
    figures = amounts(second.right.text)
    return figures <= amounts(shown) and coverage(content(second.right.text), told) >= 1.0


def _terms(item: Item) -> frozenset[str]:
    return frozenset(item.terms) | (frozenset({item.right.text}) if item.single and item.topic == "istilah" else frozenset())


def _pairs(items: Sequence[Item], hard: Mapping[str, float], draw: random.Random) -> Iterator[Pair]:
    """Yield pairs of a topic, the kinds in turn, each pair of neighbours in difficulty that do not clash."""
    by_kind: dict[ItemKind, list[Item]] = defaultdict(list)
    for item in draw.sample(items, len(items)):
        by_kind[item.kind].append(item)
    rows: list[list[Pair]] = []
    for kind in draw.sample(list(by_kind), len(by_kind)):
        left = sorted(by_kind[kind], key=lambda item: round(hard[item.id], 2))
        pairs: list[Pair] = []
        while len(left) > 1:
            first = left.pop(0)
            mate = next((other for other in left[:4] if not clash(first, other)), None)
            if mate is not None:
                left.remove(mate)
                pairs.append((first, mate))
        rows.append(draw.sample(pairs, len(pairs)))
    while any(rows):
        yield from (row.pop() for row in rows if row)


def _next(queue: list[Pair], chosen: Sequence[Pair]) -> Pair | None:
    """Take the first pair of a queue that clashes with none of the chosen; what clashes is dropped."""
    taken = [item for pair in chosen for item in pair]
    while queue:
        pair = queue.pop(0)
        if not any(clash(item, other) for item in pair for other in taken):
            return pair
    return None


def _split(pairs: Sequence[Pair], hard: Mapping[str, float], draw: random.Random) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return the two forms, the harder of each pair going to the form that has been easier so far; both in one shuffled order."""
    totals = [0.0, 0.0]
    split: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: -abs(hard[pair[0].id] - hard[pair[1].id])):
        easy, difficult = sorted(pair, key=lambda item: hard[item.id])
        first, second = (difficult, easy) if totals[0] <= totals[1] else (easy, difficult)
        totals[0] += hard[first.id]
        totals[1] += hard[second.id]
        split.append((first, second))
    order = draw.sample(split, len(split))
    return tuple(first for first, _ in order), tuple(second for _, second in order)


def swapped(
    before: Sequence[Item], after: Sequence[Item], place: int, items: Sequence[Item], seed: int
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return both forms with another pair at `place`, of the same topic and as near in difficulty as can be.

    `before` may be empty (one test only). Raises InputError when `items` hold no other pair of that topic.
    """
    old = after[place]
    asked = [item for number, item in enumerate([*before, *after]) if number % len(after) != place]
    known = {item.id for item in (*before, *after)}
    hard = {item.id: difficulty(item) for item in items}
    free = [item for item in items if item.topic == old.topic and item.id not in known]
    fitting = [
        pair
        for pair in _pairs(free, hard, random.Random(f"{seed}:{place}:{old.id}"))
        if not any(clash(item, other) for item in pair for other in asked)
    ]
    if not fitting:
        raise InputError("Tidak ada soal lain untuk topik ini; tambah topik atau kurangi jumlah soal.")
    first, second = min(fitting, key=lambda pair: abs(hard[pair[0].id] + hard[pair[1].id] - 2 * difficulty(old)))
    new_after = (*after[:place], second, *after[place + 1 :])
    return (*before[:place], first, *before[place + 1 :]) if before else (), new_after
