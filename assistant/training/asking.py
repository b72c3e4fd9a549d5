"""What a learner may ask in a case: the questions that open what it hides, among others that it has nothing on. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.knowledge.criteria import Criterion
from assistant.training.cases import Case, CaseFact

OTHERS = 4
NOTHING = "Sudah diperiksa; pada kasus ini tidak menjadi soal."


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer; `tells` is False when the case has nothing on it."""

    key: str
    text: str
    answer: str
    tells: bool = True


def questions(case: Case, criteria: Sequence[Criterion]) -> tuple[Question, ...]:
    """Return what may be asked, in an order that tells nothing and is the same each time for one case."""
    draw = random.Random(case.id)
    found = [Question(fact.key, fact.question, fact.text) for fact in case.hidden]
    if case.verdicts:
        strange = [one for one in criteria if one.id not in case.situation]
        found += [Question(one.id, one.question, NOTHING, False) for one in draw.sample(strange, min(OTHERS, len(strange)))]
    return tuple(draw.sample(found, len(found)))


def known(case: Case, asked: Collection[str]) -> tuple[CaseFact, ...]:
    """Return the facts that a learner knows: those told at once and those asked for, in the order of the sheet."""
    return tuple(fact for fact in case.facts if not fact.hidden or fact.key in asked)
