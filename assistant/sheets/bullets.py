"""Statements of a topic -> which passages to show and what of each as bullets: whole sentences of the corpus alone. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.training.statements import Said
from assistant.types import BlockKind
from assistant.wording import warnings

LONGEST, LONGEST_LIST, MOST_ITEMS = 200, 340, 7
"""Letters of a sentence and of a list with its lead-in line, and items of a list, that a slide may show."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z«\"“])")
_MARK = re.compile(r"^(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line of a slide; `under` are the items of its list."""

    text: str
    under: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """Return how much room it takes, in letters."""
        return len(self.text) + sum(len(line) + 20 for line in self.under)


def shown(quote: str) -> Bullet | None:
    """Return a quote as a bullet: whole, else its first sentences.

    None when not even the first one is short enough, when a list is too long, or for a row of a table.
    """
    lead, *rest = [line.strip() for line in quote.split("\n") if line.strip()]
    if " | " in quote:
        return None
    if rest:
        bullet = Bullet(lead, tuple(_MARK.sub("", line) for line in rest))
        return bullet if len(lead) <= LONGEST and bullet.letters <= LONGEST_LIST and len(rest) <= MOST_ITEMS else None
    kept = ""
    for sentence in _SENTENCE.split(lead):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > LONGEST:
            break
        kept = longer
    return Bullet(kept) if kept else None


def bullets(group: Sequence[Said]) -> Iterator[tuple[list[Said], Bullet]]:
    """Yield what a slide shows of a passage, with the statements behind each bullet; items of a list stand under its lead.

    A list of which only a part is about the topic is left out, unless its items are sentences of their own.
    """
    lists = [said.quote for said in group if "\n" in said.quote and shown(said.quote)]
    alone = [said for said in group if not any(said.quote != whole and said.quote in whole for whole in lists)]
    for (lead, due), run in groupby(alone, key=_lead):
        members = list(run)
        if not lead or all(said.quote[:1].isupper() and said.quote.endswith(".") for said in members):
            yield from (([said], bullet) for said in members if (bullet := shown(said.quote)))
        elif len(members) == due and (whole := shown("\n".join([lead, *(f"- {said.quote}" for said in members)]))):
            yield members, whole


def main_passages(mine: Sequence[Said], weight: Mapping[str, int], most: int) -> list[list[Said]]:
    """Return the statements of at most `most` passages in reading order, those first that say most that no other has said.

    `weight` tells how many questions rest on a label. A passage stands once for each set of warnings of its statements.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Said]] = defaultdict(list)
    for said in mine:
        groups[said.passage.id, warnings(said.scope, said.status)].append(said)
    left = {key: [said.labels[0] for members, _ in bullets(group) for said in members] for key, group in groups.items()}
    told: set[str] = set()
    chosen: set[tuple[str, tuple[str, ...]]] = set()

    def worth(key: tuple[str, tuple[str, ...]]) -> tuple[int, int]:
        return sum(1 + 2 * weight.get(label, 0) for label in set(left[key]) - told), -len(key[1])

    while len(chosen) < most and left.keys() - chosen:
        best = max((key for key in left if key not in chosen), key=worth)
        if not worth(best)[0]:
            break
        chosen.add(best)
        told.update(left[best])
    return [group for key, group in groups.items() if key in chosen]


def _lead(said: Said) -> tuple[str, int]:
    """Return the line that introduces the list in which a statement is an item and how many items it has; ("", 0) for none."""
    if said.kind not in (BlockKind.LIST, BlockKind.STEPS) or "\n" in said.quote:
        return "", 0
    sentences = said.passage.sentences
    mine = next((one for one in sentences if not one.lead and said.quote in one.text), None)
    block = [one for one in sentences if mine and one.block == mine.block]
    lead = next((one.text for one in block if one.lead), "")
    return (lead, len(block) - 1) if lead else ("", 0)
