"""Tell whether a worded sentence says no more and nothing else than a quote. Pure.

A rewording may shorten and link, not retell: its words stand in one sentence of the quote, in that order. Whole asides and
tails of the quote may be left out, single words of it may not, but for those that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.segments import COLON, FREE, OPERATORS, Segment, Shorten, Token, Unit, tokens_of, units_of
from assistant.places import KALTIM_PLACES

LONGEST_UNIT = 300
"""Tokens of the longest sentence or list of a quote that a rewording is laid beside."""

LONGEST_SENTENCE = 700
"""Letters of the longest worded sentence; a whole quote, word for word, may be longer."""

FEWEST_WORDS = 3
"""A worded sentence has at least so many words that say something."""

_CUE = frozenset({COLON, "adalah", "meliputi", "mencakup", "terdiri", "berisi", "memuat", "berupa"})
"""After these follows a whole list: what is left out of it would be denied."""

_ASIDE = frozenset({"adalah", "misalnya", "contohnya", "termasuk"})
_FURTHER = frozenset({"lalu", "kemudian", "dan"})
_BESIDE = frozenset({"adalah", "misalnya", "contohnya", "sehingga", "bukan", "sedangkan"})
"""Tails that begin so explain what stands before them, follow from it or speak of something else."""

_TURN_WORDS = "kecuali tetapi melainkan hanya padahal meski bila asal asalkan selama sepanjang belum"
_TURNS = frozenset(_TURN_WORDS.split())
_LIMIT_WORDS = "dengan untuk pada melalui lewat oleh menurut berdasarkan dari ke kepada per bersama atas"
_LIMITS = frozenset(_LIMIT_WORDS.split())
"""A tail that begins so may limit what stands before it."""

_HEAD = frozenset({"karena", "jadi", "artinya"})
_ALLOWED = re.compile(r"[\w\s.,;:()–—/%\"'’‘“”«»&+±×=≤≥-]*")
_ENDS = re.compile(r"[.!?]\s+\S|\n")
_PLACE_WORDS = frozenset(word for names in KALTIM_PLACES.values() for name in names for word in name.split())


@dataclass(frozen=True, slots=True)
class Allowance:
    """How far a rewording may stray: words of its own, and words of the quote left out inside a segment.

    Both are 0 in use; `benchmarks/invention.py` measures what more would let in.
    """

    own: int = 0
    lost: int = 0


STRICT = Allowance()


def fault(sentence: str, quotes: Sequence[str], shorten: Shorten, *, allowance: Allowance | None = None) -> str:
    """Return why none of `quotes` bears out `sentence` alone, in Indonesian; empty when one does."""
    if len(sentence) > LONGEST_SENTENCE or not _ALLOWED.fullmatch(sentence) or _ENDS.search(sentence.strip()):
        return "bukan satu kalimat biasa"
    said = tokens_of(shorten(sentence))
    if sum(token.word not in FREE for token in said) < FEWEST_WORDS:
        return "terlalu pendek untuk diperiksa"
    units = [unit for quote in quotes for unit in units_of(quote, shorten)]
    if any(not unit.hangs and is_borne_out(said, unit, allowance or STRICT) for unit in units):
        return ""
    return _reason(said, {token.word for unit in units for token in unit.tokens})


def _reason(said: Sequence[Token], known: set[str]) -> str:
    strange = [token for token in said if token.word not in known and token.word not in FREE]
    if any(token.figure for token in strange):
        return "memuat angka yang tidak ada di kutipan"
    if any(token.word in OPERATORS for token in strange):
        return "mengubah ingkar, syarat, atau keharusan"
    if any(token.named or token.word in _PLACE_WORDS for token in strange):
        return "memuat nama yang tidak ada di kutipan"
    if strange:
        return f"memuat kata yang tidak ada di kutipan: {max(strange, key=lambda token: len(token.word)).word}"
    return "susunannya mengubah arti kutipan"


def is_borne_out(said: Sequence[Token], unit: Unit, allowance: Allowance) -> bool:
    """Tell whether `said` is `unit` with asides, tails and empty words left out or put in."""
    segments = unit.segments
    if len(unit.tokens) > LONGEST_UNIT:
        return False
    begins = _beginnings(segments)
    held = unit.tokens

    @cache
    def fits(i: int, j: int, cue: bool, own: int, lost: int) -> bool:
        if j == len(held):
            return all(token.word in FREE for token in said[i:])
        segment = segments[begins[j]] if j in begins else None
        if segment is not None and _may_go(segment, i, len(said), cue) and fits(i, j + len(segment.tokens), cue, own, lost):
            return True
        other = held[j]
        if i < len(said):
            token = said[i]
            same = token.word == other.word or (other.word == COLON and token.word == "adalah")
            if same and fits(i + 1, j + 1, cue or other.word in _CUE, own, lost):
                return True
            if token.word in FREE and fits(i + 1, j, cue, own, lost):
                return True
            if (
                own
                and token.word not in OPERATORS
                and not token.figure
                and not token.named
                and fits(i + 1, j, cue, own - 1, lost)
            ):
                return True
        if other.word in FREE:
            return fits(i, j + 1, cue or other.word == COLON, own, lost)
        return bool(lost) and not _weighs(other) and fits(i, j + 1, cue, own, lost - 1)

    return fits(0, 0, False, allowance.own, allowance.lost)


def _beginnings(segments: Sequence[Segment]) -> dict[int, int]:
    found: dict[int, int] = {}
    place = 0
    for ordinal, segment in enumerate(segments):
        found[place] = ordinal
        place += len(segment.tokens)
    return found


def _may_go(segment: Segment, said: int, whole: int, cue: bool) -> bool:
    """Tell whether a segment may be left out where `said` of `whole` tokens have been laid beside the quote."""
    words = [token.word for token in segment.tokens]
    if segment.aside and len(words) == 1 and segment.tokens[0].named:
        return True  # the abbreviation in brackets behind a name
    if said == 0:
        return (segment.lead or words[0] in _HEAD) and not any(map(_weighs, segment.tokens))
    if said < whole:
        return (segment.aside or words[0] in _ASIDE) and not any(map(_weighs, segment.tokens))
    if words[0] in _BESIDE:
        return _TURNS.isdisjoint(words)
    if cue:
        return segment.aside and not any(map(_weighs, segment.tokens))
    if words[0] in _FURTHER:
        return OPERATORS.isdisjoint(words)
    return words[0] not in _LIMITS and not any(map(_weighs, segment.tokens))


def _weighs(token: Token) -> bool:
    return token.word in OPERATORS or token.figure or token.named
