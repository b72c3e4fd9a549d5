"""Order the steps: the numbered lists of the corpus, whole or a part of a long one. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.knowledge.stems import Stems
from assistant.training.choices import explained
from assistant.training.items import Anchor, Item, ItemKind, Option, identified
from assistant.training.statements import Said, Statements, amounts
from assistant.training.topics import topic_of, topics_by_label
from assistant.types import BlockKind, Passage, Sentence

MOST_STEPS = 5
PARTS = 3
"""How many different parts of a long list are asked."""

_SEQUENCE = re.compile(r"\b(?:alur|urutan|langkah|tahap\w*|prosedur|mekanisme)\b", re.I)
_NUMBERED = re.compile(r"^\s*\d+[.)]\s*")
_TELLING = re.compile(r"\b(?:pra|pasca)-?\w+", re.I)
"""A step named like this gives its place away."""

_SOURCE = re.compile(r"\s*\((?:laporan )?\d{4}\)")


def orders(statements: Statements, stems: Stems, seed: int) -> Iterator[Item]:
    """Yield an item for each list of three or more steps that tells an order; long lists are asked in parts."""
    known = topics_by_label(stems)
    for passage in statements.material.passages:
        for block, kind in enumerate(passage.blocks):
            inside = [sentence for sentence in passage.sentences if sentence.block == block]
            if kind is BlockKind.STEPS and inside and inside[0].lead and _SEQUENCE.search(inside[0].text):
                yield from _of(statements, passage, inside[0], inside[1:], known, seed)


def _of(
    statements: Statements, passage: Passage, lead: Sentence, steps: Sequence[Sentence], known: Mapping[str, str], seed: int
) -> Iterator[Item]:
    labels = lead.labels or next((step.labels for step in steps if step.labels), ())
    said = next((s for label in labels for s in statements.by_label[label] if s.passage is passage), None)
    if said is None or len(steps) < 3 or _told(steps):
        return
    draw = random.Random(f"{seed}:{passage.id}:{lead.text}")
    for part in _parts(len(steps), draw):
        chosen = [steps[n] for n in part]
        if anchors := _anchors(statements, said, lead, chosen):
            yield _item(lead, chosen, anchors, topic_of(said, labels[0], known), draw, len(part) < len(steps))


def _told(steps: Sequence[Sentence]) -> bool:
    """Tell whether the words of the steps give their order away: named first or last, or a figure in each."""
    plain = [_NUMBERED.sub("", step.text) for step in steps]
    return any(_TELLING.search(text) for text in plain) or all(amounts(text) for text in plain)


def _anchors(statements: Statements, said: Said, lead: Sentence, steps: Sequence[Sentence]) -> tuple[Anchor, ...]:
    if lead.labels:
        return (statements.cite(said, lead.labels[0]),)
    return tuple(
        statements.cite(one, step.labels[0])
        for step in steps
        for one in statements.by_label.get(step.labels[0] if step.labels else "", ())
        if one.passage is said.passage and step.text.endswith(one.quote)
    )


def _item(
    lead: Sentence, steps: Sequence[Sentence], anchors: tuple[Anchor, ...], topic: str, draw: random.Random, part: bool
) -> Item:
    order = list(range(len(steps)))
    while order == sorted(order):
        draw.shuffle(order)
    texts = [_step(step.text) for step in steps]
    what = re.sub(r",?\s*(?:adalah)?\s*:$|,\s*yang prinsip.*$", "", lead.text)
    what = re.sub(r"^(?:Urutan|Langkah) ", "", what)
    head = "Urutkan langkah-langkah ini dari yang paling awal" + (" (sebagian dari alurnya)" if part else "")
    return identified(
        Item(
            id="",
            kind=ItemKind.ORDER,
            topic=topic,
            stem=f"{head}: {what[:1].lower() + what[1:] if not what[:2].isupper() else what}.",
            options=tuple(Option(texts[n]) for n in order),
            key=tuple(order.index(n) for n in range(len(steps))),
            explanation="Urutan yang benar: " + " → ".join(texts) + f". {explained(anchors[0])}",
            anchors=anchors,
        )
    )


def _step(text: str) -> str:
    plain = _SOURCE.sub("", _NUMBERED.sub("", text)).strip().rstrip(".;")
    return plain[:1].upper() + plain[1:]


def _parts(count: int, draw: random.Random) -> list[tuple[int, ...]]:
    if count <= MOST_STEPS:
        return [tuple(range(count))]
    found: dict[tuple[int, ...], None] = {}
    while len(found) < PARTS:
        found[tuple(sorted(draw.sample(range(count), MOST_STEPS - 1)))] = None
    return list(found)
