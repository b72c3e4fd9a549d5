"""Automatic numbers of a Word file: `w:numbering` -> the text before each paragraph, "Pasal 5", "(2)", "a.". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.loading.ooxml import child, value

BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: the kind of figure, the text around it, where it starts."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has been counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def text(self, identity: str, depth: int) -> str:
        """Return the number of the next paragraph of a list at a depth, and count it; empty when it shows none."""
        levels = self.lists.get(identity, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLET
        owner = self.owners.get(identity, identity)
        key = (owner, depth)
        self.counts[key] = self.counts.get(key, level.start - 1) + 1
        for other, deeper in list(self.counts):
            if other == owner and deeper > depth:
                del self.counts[other, deeper]

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            part = levels.get(at)
            return figure(self.counts.get((owner, at), part.start if part else 1), part.form if part else "decimal")

        return re.sub(r"%(\d)", shown, level.text).strip()


def read_numbering(root: Any | None) -> Numbering:
    """Return the numbering of the part `numbering.xml`; none when it is absent."""
    numbering = Numbering()
    if root is None:
        return numbering
    plans: dict[str, dict[int, Level]] = {}
    for plan in root.iterchildren("{*}abstractNum"):
        plans[value(plan, "abstractNumId") or ""] = dict(_level(level) for level in plan.iterchildren("{*}lvl"))
    for number in root.iterchildren("{*}num"):
        identity = value(number, "numId") or ""
        plan = value(child(number, "abstractNumId")) or ""
        levels = dict(plans.get(plan, {}))
        numbering.owners[identity] = plan
        for change in number.iterchildren("{*}lvlOverride"):
            depth = int(value(change, "ilvl") or 0)
            start = value(child(change, "startOverride"))
            if start is not None and depth in levels:
                levels[depth] = Level(levels[depth].form, levels[depth].text, int(start))
                numbering.owners[identity] = identity
            replaced = child(change, "lvl")
            if replaced is not None:
                levels[depth] = _level(replaced)[1]
        numbering.lists[identity] = levels
    return numbering


def _level(node: Any) -> tuple[int, Level]:
    form = value(child(node, "numFmt")) or "decimal"
    start = value(child(node, "start")) or "1"
    return int(value(node, "ilvl") or 0), Level(form, value(child(node, "lvlText")) or "", int(start) if start.isdigit() else 1)


def figure(number: int, form: str) -> str:
    """Return a number as a list shows it: `3`, `c`, `C`, `iii`, `III`, `03`."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return a number in capital Roman figures."""
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
    text = ""
    for size, mark in (*steps, (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= size:
            text += mark
            number -= size
    return text
