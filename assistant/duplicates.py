"""Documents and passages that say nearly the same: reported at ingest, cited once. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.language import words
from assistant.types import Document, Hit, Passage, Rejected, Retrieval, Validity

SHINGLE = 5
NEARLY_SAME = 0.8
"""Share of five-word runs that two documents have in common."""
SAME_PASSAGE = 0.85
FEWEST_WORDS = 8
MOST_SHARED = 20
"""A run that stands in more documents than this is boilerplate and names no pair."""


def nearly_same(documents: Sequence[Document]) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs of paths whose texts are nearly the same, with the share they have in common, most alike first."""
    runs = {document.card.path: _runs(_text(document)) for document in documents}
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, found in runs.items():
        for run in found:
            where[run].append(path)
    shared: Counter[tuple[str, str]] = Counter()
    for paths in where.values():
        if 1 < len(paths) <= MOST_SHARED:
            ordered = sorted(paths)
            shared.update((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])
    pairs = []
    for (one, other), count in shared.items():
        share = count / (len(runs[one]) + len(runs[other]) - count)
        if share >= NEARLY_SAME:
            pairs.append((one, other, share))
    return tuple(sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])))


def cited_once(found: Retrieval) -> Retrieval:
    """Return what was found with each unlabelled passage that repeats another document's rejected; the newer one stays.

    Labelled statements are told apart by their labels when the answer is chosen, so they are left alone here.
    """
    kept: list[Hit] = []
    gone: list[Rejected] = []
    for hit in found.kept:
        twin = next((place for place, other in enumerate(kept) if _repeats(hit.passage, other.passage)), None)
        if twin is None:
            kept.append(hit)
        elif _newer(hit.passage, kept[twin].passage):
            gone.append(Rejected(kept[twin], f"hampir sama dengan {hit.passage.document.title}, yang lebih baru"))
            kept[twin] = replace(hit, score=kept[twin].score)
        else:
            gone.append(Rejected(hit, f"hampir sama dengan {kept[twin].passage.document.title}"))
    return replace(found, kept=tuple(kept), rejected=(*found.rejected, *gone)) if gone else found


def _repeats(one: Passage, other: Passage) -> bool:
    if one.labels or other.labels or one.document.path == other.document.path:
        return False
    a, b = set(words(one.text)), set(words(other.text))
    return min(len(a), len(b)) >= FEWEST_WORDS and len(a & b) / len(a | b) >= SAME_PASSAGE


def _newer(one: Passage, other: Passage) -> bool:
    return _age(one) > _age(other)


def _age(passage: Passage) -> tuple[bool, str, str]:
    card = passage.document
    return (card.status is Validity.BERLAKU, card.valid_from or "", card.reviewed or "")


def _runs(text: str) -> set[tuple[str, ...]]:
    all_words = words(text)
    return {tuple(all_words[at : at + SHINGLE]) for at in range(len(all_words) - SHINGLE + 1)}


def _text(document: Document) -> str:
    return " ".join(_blocks(document))


def _blocks(document: Document) -> Iterable[str]:
    return (block.text for section in document.sections for block in section.blocks)
