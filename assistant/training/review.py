"""What one participant reads after a test: own answer, right answer, why, and the sentence that bears it out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.training.items import Anchor, Item, ItemKind
from assistant.training.scoring import Attempt, Response, points
from assistant.wording import warnings


class Outcome(StrEnum):
    """How an answer was marked, as people read it."""

    RIGHT = "Benar"
    PARTLY = "Benar sebagian"
    WRONG = "Belum tepat"
    LEFT_OUT = "Tidak dijawab"


@dataclass(frozen=True, slots=True)
class Basis:
    """A sentence of the corpus with the document that it stands in, and what to warn of."""

    quote: str
    title: str
    path: str
    label: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One item as its participant reads it afterwards.

    `yours` and `right` hold one line for a choice, one a step or pair otherwise; `why` says what is wrong with the chosen
    option where the item knows; the reasons are empty but for true/false.
    """

    number: int
    item: Item
    outcome: Outcome
    points: float
    yours: tuple[str, ...]
    right: tuple[str, ...]
    your_reason: str
    right_reason: str
    why: str
    explanation: str
    bases: tuple[Basis, ...]


def review(items: Sequence[Item], attempt: Attempt) -> tuple[Reviewed, ...]:
    """Return the items of a form in order, each with what the attempt answered and what was due."""
    return tuple(_reviewed(number, item, attempt.response(item.id)) for number, item in enumerate(items, 1))


def key_lines(item: Item) -> tuple[str, ...]:
    """Return the right answer in words: one line, or one a step or pair."""
    return answer_lines(item, item.key)


def answer_lines(item: Item, chosen: Sequence[int]) -> tuple[str, ...]:
    """Return an answer in words; ordinals that the item does not have are passed over."""
    names = [item.options[ordinal].text if 0 <= ordinal < len(item.options) else "" for ordinal in chosen]
    if item.kind is ItemKind.MATCH:
        return tuple(f"{term}: {name}" for term, name in zip(item.terms, names, strict=False) if name)
    named = [name for name in names if name]
    return tuple(f"{number}. {name}" for number, name in enumerate(named, 1)) if item.kind is ItemKind.ORDER else tuple(named)


def basis(anchor: Anchor) -> Basis:
    """Return a citation as it is shown, with the warnings of its scope and status."""
    return Basis(anchor.quote, anchor.title or anchor.path, anchor.path, anchor.label, warnings(anchor.scope, anchor.status))


def _reviewed(number: int, item: Item, response: Response) -> Reviewed:
    got = points(item, response)
    chosen, reasons = response.chosen, item.reasons
    wrong = item.single and len(chosen) == 1 and chosen != item.key and 0 <= chosen[0] < len(item.options)
    reason = response.reason
    return Reviewed(
        number=number,
        item=item,
        outcome=_outcome(got, bool(chosen)),
        points=got,
        yours=answer_lines(item, chosen),
        right=key_lines(item),
        your_reason=reasons[reason].text if reason is not None and 0 <= reason < len(reasons) else "",
        right_reason=reasons[item.reason].text if reasons else "",
        why=item.options[chosen[0]].why if wrong else "",
        explanation=item.explanation,
        bases=tuple(basis(anchor) for anchor in item.anchors),
    )


def _outcome(got: float, answered: bool) -> Outcome:
    if not answered:
        return Outcome.LEFT_OUT
    if got > 1 - 1e-9:
        return Outcome.RIGHT
    return Outcome.PARTLY if got > 1e-9 else Outcome.WRONG
