"""The case simulation: what is seen, what must be asked, and variants whose expected verdicts the engine reckons. Pure."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.criteria import Step, Verdict, decisive, judge, next_step
from assistant.errors import InputError
from assistant.knowledge.cases import CaseBook, CaseOption, CasePlan
from assistant.knowledge.criteria import Criterion
from assistant.training.casting import Role, cast_role, told

OPENING = "{nama}, {umur} tahun, tinggal di {tempat}, ingin diusulkan menerima UEP Kaltim."
TRIES = 60
"""How often a variant is drawn anew before the plan counts as used up."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One fact of a case: the question that opens it and what is then told; `key` is its criterion or its ordinal."""

    key: str
    question: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One case for one learner. The title of its plan is for the trainer: it may tell too much.

    A case about a candidate has a `situation` (answers by criterion) and the verdicts that the engine reckons from it; one
    about the officer's step has `options`. `lesson` is that of the plan, empty where a toggled fact decides otherwise.
    """

    id: str
    plan: CasePlan
    role: Role
    story: str
    facts: tuple[CaseFact, ...]
    situation: Mapping[str, str]
    verdicts: tuple[Verdict, ...] = ()
    options: tuple[CaseOption, ...] = ()
    lesson: str = ""

    @property
    def step(self) -> Step | None:
        """Return the next step that the verdicts suggest, None for a case about the officer's own step."""
        return next_step(self.verdicts) if self.verdicts else None

    @property
    def seen(self) -> tuple[CaseFact, ...]:
        """Return what is told at once."""
        return tuple(fact for fact in self.facts if not fact.hidden)

    @property
    def hidden(self) -> tuple[CaseFact, ...]:
        """Return what is told only to whoever asks."""
        return tuple(fact for fact in self.facts if fact.hidden)

    @property
    def right(self) -> int:
        """Return the ordinal of the right option; raises StopIteration for a case without options."""
        return next(number for number, option in enumerate(self.options) if option.right)


def make_case(plan: CasePlan, book: CaseBook, criteria: Sequence[Criterion], seed: int | str = 0) -> Case:
    """Return the case as it is written, with a person drawn by seed."""
    return _make(plan, book, criteria, {**plan.visible, **plan.hidden}, random.Random(f"{seed}:{plan.id}"))


def variants(plan: CasePlan, book: CaseBook, criteria: Sequence[Criterion], number: int, seed: int | str = 0) -> tuple[Case, ...]:
    """Return up to `number` different variants: other people, places and amounts, facts toggled; the first is as written.

    Fewer come back when the plan and the cast allow no more; the expected verdicts are reckoned anew for each.
    """
    found = {(first := make_case(plan, book, criteria, seed)).id: first}
    draw = random.Random(f"{seed}:{plan.id}:ragam")
    for _ in range(TRIES * number):
        if len(found) >= number:
            break
        answers = {**plan.visible, **plan.hidden}
        for criterion, others in plan.toggle.items():
            answers[criterion] = draw.choice((answers[criterion], *others))
        if not book.possible(answers):
            continue
        case = _make(plan, book, criteria, answers, draw)
        found.setdefault(case.id, case)
    return tuple(found.values())[:number]


def deal(
    book: CaseBook, criteria: Sequence[Criterion], seats: int, seed: int | str = 0, *, plans: Sequence[str] = ()
) -> tuple[Case, ...]:
    """Return one case a seat, none twice; neighbours have cases of different plans where there is more than one.

    `plans` keeps some by id. Raises InputError when there is no such plan or not enough variants.
    """
    chosen = [plan for plan in book.plans if not plans or plan.id in plans]
    if not chosen:
        raise InputError("Tidak ada kasus dengan pilihan itu; pilih kasus dari daftar.")
    draw = random.Random(f"{seed}:bagi")
    order = draw.sample(chosen, len(chosen))
    rounds = -(-seats // len(order))
    stock = {plan.id: variants(plan, book, criteria, rounds, seed) for plan in order}
    cases = [case for turn in range(rounds) for plan in order for case in stock[plan.id][turn : turn + 1]][:seats]
    if len(cases) < seats:
        raise InputError(f"Ragam kasus hanya cukup untuk {len(cases)} peserta; pilih lebih banyak kasus.")
    return tuple(cases)


def _make(plan: CasePlan, book: CaseBook, criteria: Sequence[Criterion], answers: Mapping[str, str], draw: random.Random) -> Case:
    role = cast_role(book.cast, draw, plan.person, draw.randint(*plan.age), plan.places).holding(book.cast, draw, answers)
    facts = _facts(plan, book, criteria, answers, role)
    story = " ".join([told(plan.story or OPENING, role), *(fact.text for fact in facts if not fact.hidden)])
    options = tuple(draw.sample(plan.options, len(plan.options)))
    verdicts = judge(criteria, answers, only=answers) if answers else ()
    content = [plan.id, story, [fact.text for fact in facts], sorted(option.text for option in options)]
    identity = "K-" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
    lesson = plan.lesson if _deciding(plan, criteria, answers) == _deciding(plan, criteria, {}) else ""
    return Case(identity, plan, role, story, facts, dict(answers), verdicts, options, lesson)


def _deciding(plan: CasePlan, criteria: Sequence[Criterion], answers: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return criterion and answer of each verdict that decides a plan with these answers in place of those written."""
    whole = {**plan.visible, **plan.hidden, **answers}
    if not whole:
        return frozenset()
    return frozenset((one.criterion.id, one.answer.id) for one in decisive(judge(criteria, whole, only=whole)))


def _facts(
    plan: CasePlan, book: CaseBook, criteria: Sequence[Criterion], answers: Mapping[str, str], role: Role
) -> tuple[CaseFact, ...]:
    if plan.options:
        return tuple(CaseFact(str(number), ask.question, told(ask.answer, role), True) for number, ask in enumerate(plan.asks))
    return tuple(
        CaseFact(one.id, one.question, told(book.phrases[f"{one.id}/{answers[one.id]}"], role), one.id in plan.hidden)
        for one in criteria
        if one.id in answers
    )
