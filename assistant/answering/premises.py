"""Tell whether a question takes for granted what a statement contradicts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.evidence import Evidence
from assistant.knowledge import Premise
from assistant.language import numbers, stems
from assistant.questions import Reading
from assistant.types import Validity

PREMISE_COSINE, PREMISE_SHARE, PREMISE_NEW = 0.66, 0.6, 0.5
"""A stored wrong belief is taken for the asker's when the nearest stored question that holds it is this near, this share of
its words stands in the question, and this share of the words that the statement lacks does."""

_OVERTURNS = re.compile(
    r"\b(bukan (dasar|aturan|lagi)|sudah dicabut|tidak lagi|bukan lagi|(kutipan|keadaan|aturan|istilah) lama|sudah usang)\b", re.I
)
_DENIES = re.compile(r"\b(bukan|tidak|belum|hanya|dilarang|melainkan)\b", re.I)


@dataclass(frozen=True, slots=True)
class Overturned:
    """That the evidence contradicts the question; `premise` names the wrong belief when it is known."""

    premise: Premise | None = None
    position: int = 0


def overturned(reading: Reading, evidence: Sequence[Evidence], rewrite: Callable[[str], str]) -> Overturned | None:
    """Return how the evidence contradicts what the question takes for granted, or None.

    `rewrite` brings field spelling to standard words. A question that asks neutrally whether something holds presupposes
    nothing.
    """
    if not reading.neutral or reading.confirms:
        asked = set(stems(rewrite(reading.text)))
        for position, piece in enumerate(evidence[:2]):
            if piece.premise is None or piece.gap is not None or piece.cosine < PREMISE_COSINE:
                continue
            share, new = _shares(piece, piece.premise, asked, rewrite)
            if share >= PREMISE_SHARE and new >= PREMISE_NEW:
                return Overturned(piece.premise, position)
            if share >= PREMISE_SHARE and reading.confirms:
                return Overturned()
    return Overturned() if evidence and _by_cues(reading, evidence) else None


def _shares(piece: Evidence, premise: Premise, asked: set[str], rewrite: Callable[[str], str]) -> tuple[float, float]:
    """Return which share of the premise's words stands in the question: of all, and of those that the statement lacks."""
    believed = set(stems(rewrite(premise.text)))
    new = believed - set(stems(rewrite(piece.quote)))
    return len(believed & asked) / max(1, len(believed)), len(new & asked) / len(new) if new else 0.0


def _by_cues(reading: Reading, evidence: Sequence[Evidence]) -> bool:
    best = evidence[0]
    if _OVERTURNS.search(best.quote) and not reading.asks_change:
        return True
    if best.premise is not None and best.cosine >= PREMISE_COSINE and not reading.neutral and _other_figures(reading, best):
        return True
    if not reading.confirms:
        return False
    local_only = best.scope.startswith("kaltim/") and best.scope.partition("/")[2] not in reading.places
    old = any(piece.status in (Validity.USANG, Validity.DICABUT) for piece in evidence[:2])
    denied = not reading.denies and any(_DENIES.search(piece.quote) for piece in evidence[:2])
    return local_only or denied or _other_figures(reading, best) or old


def _other_figures(reading: Reading, best: Evidence) -> bool:
    """Tell whether a figure that the question takes for granted is absent where the evidence has other figures."""
    asked = {number for number in numbers(reading.text) if not (len(number) == 4 and number.startswith("20"))}
    held = numbers(best.quote)
    return bool(asked) and bool(held) and not asked & held
