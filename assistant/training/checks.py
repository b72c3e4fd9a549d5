"""The checks of an item: one right answer, no distractor that a source bears out, nothing given away. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from assistant.knowledge.statements import ELSEWHERE
from assistant.language import words
from assistant.training.items import Item, ItemKind
from assistant.training.statements import NEGATION, Said, Statements, amounts, content, coverage
from assistant.training.terms import GLOSSARY
from assistant.training.wording import ABSOLUTE, PAST_OR_PLANNED
from assistant.types import Validity

LONGER, SHORTER, SLACK = 1.6, 0.5, 12
"""The right option may be so many times as long as the longest distractor, or as short as that part of the shortest;
a difference of `SLACK` characters is never a fault."""

ON_TOPIC = 0.65
"""A statement that holds so much of a question, and of the names in it, is about what is asked."""

SAID = 0.6
"""So much of a right answer must stand under its label."""


class Fault(StrEnum):
    """What is wrong with an item."""

    KEY = "tidak tepat satu jawaban benar"
    TWICE = "pilihan kembar"
    LENGTH = "panjang pilihan membocorkan jawaban"
    ABSOLUTE = "kata mutlak membocorkan jawaban"
    ECHO = "kata soal hanya ada di jawaban benar"
    DENIAL = "hanya jawaban benar yang menyangkal"
    FORM = "bentuk pilihan tidak seragam"
    FIGURES = "angka tidak ditulis cara Indonesia"
    LEAK = "jawaban ada di soal"
    SOURCE = "sumber tidak menyatakannya"
    SUPPORTED = "pengecoh didukung sumber"
    SCOPE = "aturan daerah atau masa lain tanpa disebut"


def faults(item: Item, statements: Statements) -> tuple[Fault, ...]:
    """Return what is wrong with an item against the statements of the corpus; empty when it may be asked."""
    if _key(item, statements):
        return (Fault.KEY,)
    return tuple(fault for fault, wrong in _CHECKS.items() if wrong(item, statements))


def _key(item: Item, _: Statements) -> bool:
    count = len(item.options)
    if any(not 0 <= number < count for number in item.key) or len(set(item.key)) != len(item.key):
        return True
    if item.kind is ItemKind.TRUE_FALSE:
        return len(item.key) != 1 or count != 2 or len(item.reasons) < 3 or not 0 <= item.reason < len(item.reasons)
    if item.kind is ItemKind.MATCH:
        return len(item.terms) != len(item.key)
    return len(item.key) != (count if item.kind is ItemKind.ORDER else 1) or count < 3


def _twice(item: Item, _: Statements) -> bool:
    shown = [" ".join(option.text.casefold().strip(" .!?").split()) for option in (item.reasons or item.options)]
    figures = [amounts(option.text) for option in item.options] if item.kind is ItemKind.FIGURE else []
    return len(set(shown)) != len(shown) or len(set(figures)) != len(figures)


def _length(item: Item, _: Statements) -> bool:
    if item.kind not in (ItemKind.CHOICE, ItemKind.CASE) or item.topic == "istilah":
        return False
    right, others = len(item.right.text), [len(option.text) for option in item.wrong]
    longer = right > max(others) * LONGER and right - max(others) > SLACK
    return longer or (right < min(others) * SHORTER and min(others) - right > SLACK)


def _absolute(item: Item, _: Statements) -> bool:
    if item.kind is ItemKind.TRUE_FALSE:
        return item.right.text == "Salah" and bool(ABSOLUTE.search(_claim(item)))
    if item.kind is not ItemKind.CHOICE:
        return False
    return not ABSOLUTE.search(item.right.text) and sum(bool(ABSOLUTE.search(option.text)) for option in item.wrong) >= 2


def _echo(item: Item, _: Statements) -> bool:
    if item.kind is not ItemKind.CHOICE or item.topic == "istilah":
        return False
    asked = content(item.stem)
    others = frozenset().union(*(content(option.text) for option in item.wrong))
    return len((content(item.right.text) & asked) - others) >= 2


def _denial(item: Item, _: Statements) -> bool:
    """Fault a choice whose right option alone denies something, or alone does not."""
    if item.kind is not ItemKind.CHOICE or item.topic == "istilah":
        return False
    right, others = bool(NEGATION.search(item.right.text)), {bool(NEGATION.search(option.text)) for option in item.wrong}
    return others == {not right} and not NEGATION.search(item.stem)


def _form(item: Item, _: Statements) -> bool:
    if item.kind not in (ItemKind.CHOICE, ItemKind.FIGURE, ItemKind.CASE):
        return False
    texts = [option.text for option in item.options]
    ends = {text[-1] in ".!?" for text in texts}
    starts = {text[0].isupper() or text[0].isdigit() for text in texts}
    counted = {bool(_COUNT.search(text)) for text in texts} if item.stem.startswith(("Berapa", "Isilah")) else {True}
    return len(ends) > 1 or len(starts) > 1 or len(counted) > 1


def _figures(item: Item, _: Statements) -> bool:
    shown = [item.stem, *(option.text for option in item.options)]
    return any(_FOREIGN.search(text) for text in shown)


def _leak(item: Item, _: Statements) -> bool:
    if not item.single or item.kind in (ItemKind.TRUE_FALSE, ItemKind.CASE):
        return False
    answer = " ".join(words(item.right.text))
    return f" {answer} " in f" {' '.join(words(item.stem))} "


def _source(item: Item, statements: Statements) -> bool:
    """Fault an item whose quotes are gone or whose right answer its label doesn't bear out."""
    for anchor in item.anchors:
        if anchor.path != GLOSSARY and anchor.digest not in statements.digests:
            return True
    told = statements.told(item.anchor.label)
    if item.kind is ItemKind.TRUE_FALSE:
        claim, verdict = _claim(item), item.right.text
        borne = _borne(claim, told)
        return borne != (verdict == "Benar") if verdict == "Benar" else _says(claim, item.anchor.quote)
    if item.kind in (ItemKind.CHOICE, ItemKind.FIGURE) and item.topic != "istilah":
        return not _borne(item.right.text, told)
    return False


def _supported(item: Item, statements: Statements) -> bool:
    """Fault a distractor that a statement valid here bears out for what is asked."""
    if item.kind not in (ItemKind.CHOICE, ItemKind.FIGURE) or item.topic == "istilah":
        return False
    asked, right = content(item.stem) - _ASKING, item.right.text
    named, numbers = content(" ".join(_NAME.findall(item.stem))), amounts(item.stem)
    foreign = item.anchor.scope.startswith("daerah-lain") or item.anchor.status is not Validity.BERLAKU
    sayings = statements.by_label.get(item.anchor.label, ()) if foreign else statements.valid
    return any(
        coverage(asked, said.shown) >= ON_TOPIC
        and coverage(named, said.shown) >= ON_TOPIC
        and coverage(numbers, said.figures) >= ON_TOPIC
        and any(_bears(option.text, said, right) for option in item.wrong)
        for said in sayings
    )


def _scope(item: Item, _: Statements) -> bool:
    """Fault an item about another region, one district or another time whose question doesn't say so."""
    if item.kind in (ItemKind.MATCH, ItemKind.CASE) or item.topic == "istilah":
        return False
    shown = item.stem if item.kind is not ItemKind.ORDER else f"{item.stem} {item.anchor.title}"
    scope, status = item.anchor.scope, item.anchor.status
    if scope.startswith("daerah-lain") and not (ELSEWHERE.search(shown) or _REGION.search(shown)):
        return True
    place = scope.partition("/")[2]
    if place and not _names(place, shown):
        return True
    return status is not Validity.BERLAKU and not PAST_OR_PLANNED.search(shown)


_CHECKS: dict[Fault, Callable[[Item, Statements], bool]] = {
    Fault.TWICE: _twice,
    Fault.LENGTH: _length,
    Fault.ABSOLUTE: _absolute,
    Fault.ECHO: _echo,
    Fault.DENIAL: _denial,
    Fault.FORM: _form,
    Fault.FIGURES: _figures,
    Fault.LEAK: _leak,
    Fault.SOURCE: _source,
    Fault.SUPPORTED: _supported,
    Fault.SCOPE: _scope,
}
_FOREIGN = re.compile(r"\bRp\.?\s\d|\bRp\d+,\d{3}\b|(?<![\d/.,–-])(?!(?:19|20)\d\d\b)\d{4,}\b(?!/)|\b\d{1,3}(?:,\d{3})+\b")
_COUNT = re.compile(r"\d|\b(?:se\w{4,}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|setengah)\b", re.I)
_ASKING = content("siapa berapa mana bagaimana kapan mengapa apakah sebutkan jelaskan disebut termasuk menurut")
_NAME = re.compile(r"(?<=\s)[A-Z]\w+")
_REGION = re.compile(r"\b(?:luar Kaltim|Banten|Serang|Parepare|Payakumbuh|Kaltara|Kalteng|Babel|Jawa Timur|DIY|Sulsel)\b")
_SHORT = {"kutai-kartanegara": "Kukar", "penajam-paser-utara": "PPU", "kutai-timur": "Kutim", "mahakam-ulu": "Mahulu"}


def _names(place: str, text: str) -> bool:
    return (
        place.replace("-", " ").title() in text
        or _SHORT.get(place, "-") in text
        or ("Long Apari" in text and place == "mahakam-ulu")
    )


def _claim(item: Item) -> str:
    found = re.search(r"«(.+?)\.?»", item.stem)
    return found[1] if found else item.stem


def _borne(text: str, told: str) -> bool:
    """Tell whether what a label says bears out a text: all of its figures and most of its words."""
    return amounts(text) <= amounts(told) and coverage(content(text), content(told)) >= SAID


def _says(claim: str, quote: str) -> bool:
    """Tell whether a sentence says a claim outright: all words and figures, no negation that the claim lacks."""
    whole = amounts(claim) <= amounts(quote) and coverage(content(claim), content(quote)) >= 1.0
    return whole and bool(NEGATION.search(claim)) == bool(NEGATION.search(quote))


def _bears(option: str, said: Said, right: str) -> bool:
    """Tell whether a sentence says a distractor without saying the right answer too, and without denying anything."""
    numbers = amounts(option)
    if numbers:
        return numbers <= said.figures and not amounts(right) & said.figures and coverage(content(option), said.stems) >= 0.8
    if coverage(content(option), said.stems) < 0.9 or NEGATION.search(said.quote) or not content(option):
        return False
    return coverage(content(right), said.stems) < 0.9
