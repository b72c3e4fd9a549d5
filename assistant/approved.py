"""Approved answers: which standard answer, if any, is the answer to a question; looked up before the search's own is worded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np

from assistant.answering.standard import NEAR, Known, fits, given
from assistant.index.snapshot import Snapshot
from assistant.ledger import StandardAnswer
from assistant.remembered import RememberedVectors
from assistant.retrieval import is_inside
from assistant.types import Answer

Source = Callable[[], Sequence[StandardAnswer]]
"""Returns the approved answers as they are now."""
RIVALS = 60
"""Stored questions looked through for one that belongs to something else."""


class Approved:
    """Finds the standard answer of a question."""

    def __init__(self, source: Source, vectors: RememberedVectors, *, today: Callable[[], str], rivals: bool = True) -> None:
        """Take answers from `source`; `today` returns an ISO day, `rivals` says whether stored questions are searched too."""
        self._source = source
        self._vectors = vectors
        self._today = today
        self._rivals = rivals

    def answer(
        self, question: str, snapshot: Snapshot, *, withdrawn: Collection[str] = (), scope: str = "semua"
    ) -> Answer | None:
        """Return the standard answer to `question`, or None when there is none that may be given today."""
        known = Known(snapshot.passages, snapshot.knowledge, withdrawn)
        for standard in self.matching(question, snapshot):
            found = given(standard, question, known, today=self._today())
            inside = scope == "semua" or (found and all(is_inside(c.passage.document.scope, scope) for c in found.citations))
            if found is not None and inside:
                return found
        return None

    def matching(self, question: str, snapshot: Snapshot, among: Sequence[StandardAnswer] | None = None) -> list[StandardAnswer]:
        """Return the standard answers that answer `question`, nearest first; `among` (default: the approved) are looked at."""
        standards = self._source() if among is None else among
        if not standards:
            return []
        vector = self._vectors.of(question)
        nearest: Sequence[tuple[str, float]] | None = None
        found: list[tuple[float, StandardAnswer]] = []
        for standard in standards:
            cosines = self._vectors.many(standard.asked) @ vector
            best = int(np.argmax(cosines))
            similarity = float(cosines[best])
            if similarity < NEAR[0]:
                continue
            if nearest is None and self._rivals:
                nearest = snapshot.dense.nearest("pertanyaan", vector.tolist(), count=RIVALS)
            rival = _rival(standard, nearest, snapshot)
            if fits(question, standard.asked[best], similarity=similarity, rival=rival):
                found.append((similarity, standard))
        return [standard for _, standard in sorted(found, key=lambda item: -item[0])]


def _rival(standard: StandardAnswer, nearest: Sequence[tuple[str, float]] | None, snapshot: Snapshot) -> float:
    """Return the cosine of the nearest stored question that asks for none of the statements of `standard`; 1 when unknown."""
    if nearest is None:
        return 1.0
    own = {pinned.passage for pinned in standard.quotes}
    for pinned in standard.quotes:
        passage = snapshot.passages.get(pinned.passage)
        own.update(passage.labels if passage else ())
    premises = snapshot.knowledge.premises
    foreign = (
        cosine
        for name, cosine in nearest
        if (name.rpartition("~")[0] or name) not in own and getattr(premises.get(name), "label", "") not in own
    )
    return next(foreign, 0.0)
