"""What a new version of a document changes: passages added, removed and altered. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.types import Passage

SAME_PLACE = 0.5
"""Share of words that two passages have in common to count as one that was altered, when its place has moved."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A passage whose text changed."""

    before: Passage
    after: Passage


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two versions, in reading order."""

    added: tuple[Passage, ...]
    removed: tuple[Passage, ...]
    altered: tuple[Altered, ...]
    kept: int

    @property
    def none(self) -> bool:
        """Tell whether the text is the same."""
        return not (self.added or self.removed or self.altered)


def changes(before: Iterable[Passage], after: Iterable[Passage]) -> Changes:
    """Return what changed between the passages of two versions.

    A passage of the same text is kept wherever it stands now; of those left, one of the same place, or else the most similar one,
    was altered.
    """
    old, new = list(before), list(after)
    texts = [passage.text for passage in old]
    kept: list[Passage] = []
    left_new: list[Passage] = []
    for passage in new:
        if passage.text in texts:
            texts.remove(passage.text)
            kept.append(passage)
        else:
            left_new.append(passage)
    left_old: list[Passage] = []
    for passage in old:
        if passage.text in texts:
            texts.remove(passage.text)
            left_old.append(passage)
    altered, added = [], []
    for passage in left_new:
        match = _match(passage, left_old)
        if match is None:
            added.append(passage)
        else:
            left_old.remove(match)
            altered.append(Altered(match, passage))
    return Changes(tuple(added), tuple(left_old), tuple(altered), len(kept))


def _match(passage: Passage, old: list[Passage]) -> Passage | None:
    scored = [(_similar(passage, other) + (passage.id == other.id) * 0.25, place, other) for place, other in enumerate(old)]
    best = max(scored, key=lambda item: (item[0], -item[1]), default=None)
    return best[2] if best is not None and best[0] >= SAME_PLACE else None


def _similar(one: Passage, other: Passage) -> float:
    a, b = one.text.split(), other.text.split()
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # Two cheap upper bounds first: most pairs have nothing in common.
    if matcher.real_quick_ratio() < SAME_PLACE - 0.25 or matcher.quick_ratio() < SAME_PLACE - 0.25:
        return 0.0
    return matcher.ratio()
