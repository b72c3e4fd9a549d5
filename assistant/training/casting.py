"""Who a case is about: name, age, place and values, drawn by seed from the cast of `cases.yaml`. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.knowledge.cases import Cast


@dataclass(frozen=True, slots=True)
class Role:
    """One invented person; `values` fill further placeholders such as `desil`, `nilai` and `usaha`."""

    name: str
    person: str
    age: int
    place: str
    values: Mapping[str, str] = field(default_factory=dict)

    def holding(self, cast: Cast, draw: random.Random, answers: Mapping[str, str]) -> Role:
        """Return the role with a value for each placeholder that the answers need; what it has for an answer stays."""
        values = dict(self.values)
        given = set(answers.values())
        for name, table in cast.values.items():
            fitting = [option for answer in table if answer in given for option in table[answer]]
            if fitting and values.get(name) not in fitting:
                values[name] = draw.choice(fitting)
        if "usaha" not in values and (usual := cast.values.get("usaha", {}).get("difasilitasi")):
            values["usaha"] = draw.choice(usual)
        return replace(self, values=values)


def cast_role(cast: Cast, draw: random.Random, person: str, age: int, places: Sequence[str] = ()) -> Role:
    """Return a person of the cast at an age, from one of `places` or of the cast's."""
    return Role(draw.choice(cast.names[person]), person, age, draw.choice(tuple(places) or cast.places))


def told(text: str, role: Role) -> str:
    """Return a phrase about a role; raises KeyError for a placeholder that it has no value for."""
    return text.format(nama=role.name, umur=role.age, tempat=role.place, **role.values)
