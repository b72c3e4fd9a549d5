"""Questions that wait for a person: why they wait, and which of them ask the same. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from assistant.types import Status

DOUBTFUL = 0.65
"""Below this nearness (cosine of the nearest cited text) an answer may be beside the point: one in seven of the dev questions."""

ALIKE = 0.75
"""Questions at least this near (cosine) to the first of a group stand in it; benchmarks/guidance.py prints the purity."""

ANSWERED, CONFIRMED = "dijawab-baku", "dikukuhkan"
"""Acts that are taken back with the standard answer, and with the confirmation."""


class Reason(StrEnum):
    """Why a question waits."""

    NOT_FOUND = "belum ada di sumber"
    PARTIAL = "baru sebagian terjawab"
    UNHELPFUL = "dinilai tidak membantu"
    DOUBTFUL = "mungkin tidak tepat"
    BROKEN = "tidak sempat dijawab"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One question of a person, masked; `helpful` and `comment` are what they said of the answer."""

    entry: str
    question: str
    status: str | None
    topic: str
    kabupaten: str
    at: datetime
    nearest: float | None
    helpful: bool | None = None
    comment: str = ""
    handled: str = ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why it waits, the gravest first; empty when it does not."""
        found = []
        if self.helpful is False:
            found.append(Reason.UNHELPFUL)
        if self.status == Status.NOT_FOUND:
            found.append(Reason.NOT_FOUND)
        elif self.status == Status.PARTIAL:
            found.append(Reason.PARTIAL)
        elif self.status is None:
            found.append(Reason.BROKEN)
        elif self.status not in (Status.OFF_TOPIC, Status.DECLINED) and self.nearest is not None and self.nearest < DOUBTFUL:
            found.append(Reason.DOUBTFUL)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask nearly the same; the first one asked leads."""

    members: tuple[Waiting, ...]

    @property
    def key(self) -> str:
        """Return the id of the leading question, by which the group is found again."""
        return self.members[0].entry

    @property
    def question(self) -> str:
        """Return the leading question."""
        return self.members[0].question

    @property
    def topic(self) -> str:
        """Return the topic of most of its questions."""
        return Counter(member.topic for member in self.members).most_common(1)[0][0]

    @property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """Return why its questions wait and how many for each reason, most first."""
        return tuple(Counter(reason for member in self.members for reason in member.reasons).most_common())

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Return where they were asked and how often, most first; an empty name is the province or a visitor."""
        return tuple(Counter(member.kabupaten for member in self.members).most_common())

    @property
    def last(self) -> datetime:
        """Return when one of them was last asked."""
        return max(member.at for member in self.members)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the different ways in which it was asked, the leading one first."""
        return tuple(dict.fromkeys(member.question for member in self.members))


def groups(waiting: Sequence[Waiting], vectors: np.ndarray, *, alike: float = ALIKE) -> tuple[Group, ...]:
    """Return questions in groups, the largest first, then the newest; `vectors` (n, d) of length one are in their order.

    The oldest question that is in no group yet leads one: a question stays where it is when newer ones come.
    """
    order = sorted(range(len(waiting)), key=lambda n: (waiting[n].at, waiting[n].entry))
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    for n in order:
        near = vectors[leaders] @ vectors[n] if leaders else np.zeros(0)
        best = int(np.argmax(near)) if len(near) else -1
        if best >= 0 and near[best] >= alike:
            members[leaders[best]].append(n)
        else:
            leaders.append(n)
            members[n] = [n]
    found = [Group(tuple(waiting[n] for n in members[leader])) for leader in leaders]
    return tuple(sorted(found, key=lambda group: (-len(group.members), -group.last.timestamp(), group.key)))
