"""Multiple choice from the written stems: the wrong answers are drawn by seed, each told apart from the right one. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.knowledge.stems import Stem, Stems
from assistant.training.items import Anchor, Item, ItemKind, Option, identified
from assistant.training.statements import Statements
from assistant.types import Validity

DISTRACTORS = 3
UNSAID = "Tidak ada sumber yang menyatakannya untuk hal ini."


def choices(statements: Statements, stems: Stems, seed: int) -> Iterator[Item]:
    """Yield one item for each stem whose label the corpus states; the same seed draws the same distractors."""
    for stem in stems.questions:
        anchor = statements.anchor(stem.label, f"{stem.ask} {stem.answer}")
        if anchor is not None:
            yield _choice(statements, stem, anchor, seed)


def _choice(statements: Statements, stem: Stem, anchor: Anchor, seed: int) -> Item:
    draw = random.Random(f"{seed}:{stem.label}:{stem.ask}")
    wrong = draw.sample(stem.wrong, DISTRACTORS)
    options = [Option(one.text, why(statements, one.origin), one.origin) for one in wrong]
    return identified(
        shuffled(
            Item("", ItemKind.CHOICE, stem.topic, stem.ask, (Option(stem.answer), *options), (0,), explained(anchor), (anchor,)),
            draw,
        )
    )


def shuffled(item: Item, draw: random.Random) -> Item:
    """Return `item` with its options in a random order and the key to match."""
    order = list(range(len(item.options)))
    draw.shuffle(order)
    return replace(item, options=tuple(item.options[n] for n in order), key=tuple(order.index(n) for n in item.key))


def why(statements: Statements, origin: str) -> str:
    """Return what is wrong with a distractor: where its content really comes from, or that no source says it."""
    said = next(iter(statements.by_label.get(origin, ())), None)
    if said is None or origin not in statements.facts:
        return UNSAID
    fact = statements.facts[origin].text
    if said.scope.startswith("daerah-lain"):
        return f"Itu contoh daerah lain, bukan aturan Kaltim: {fact}"
    if said.status in (Validity.USANG, Validity.DICABUT):
        return f"Itu keterangan lama: {fact}"
    if said.status is Validity.RENCANA:
        return f"Itu baru rencana: {fact}"
    return f"Itu tentang hal lain: {fact}"


def explained(anchor: Anchor) -> str:
    """Return the explanation that every item has: the statement and its document, with a warning where it is one of the past."""
    note = {
        Validity.RENCANA: " Masih rencana.",
        Validity.DICABUT: " Aturan ini sudah dicabut.",
        Validity.USANG: " Keterangan lama.",
    }
    place = " Contoh daerah lain, bukan aturan Kaltim." if anchor.scope.startswith("daerah-lain") else ""
    quote = re.sub(r"\n\s*(?:[-*•]|\d+[.)])\s+", "; ", anchor.quote).replace(":; ", ": ").replace(";; ", "; ")
    return f"Dasarnya: «{quote}» ({anchor.title}).{place}{note.get(anchor.status, '')}"
