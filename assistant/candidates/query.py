"""Answers about one candidate as the query of an address: short, in one order, and without anything about a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from assistant.knowledge.criteria import UNKNOWN, Criterion


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says: known answers by criterion, and the criteria whose answer is not known (any more)."""

    answers: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[Criterion, ...] = ()


def read_query(criteria: Sequence[Criterion], values: Iterable[tuple[str, str]]) -> Asked:
    """Return the answers of a query; what names no criterion is left aside, the last value of a name counts."""
    given = dict(values)
    answers: dict[str, str] = {}
    strange: list[Criterion] = []
    for criterion in criteria:
        value = given.get(criterion.id, "")
        if value in ("", UNKNOWN):
            continue
        if any(option.id == value for option in criterion.answers):
            answers[criterion.id] = value
        else:
            strange.append(criterion)
    return Asked(answers, tuple(strange))


def write_query(criteria: Sequence[Criterion], answers: Mapping[str, str]) -> str:
    """Return the query of answers: one order, and nothing for what is unknown."""
    told = ((criterion.id, answers.get(criterion.id, UNKNOWN)) for criterion in criteria)
    return urlencode([(name, answer) for name, answer in told if answer != UNKNOWN])
