"""Vectors of people's questions, remembered in memory alone: nothing of a question goes to the disk but its record."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

MOST = 5_000
"""Vectors kept, those used last: 8 MB."""


class RememberedVectors:
    """Encodes a question once while it is looked at often; safe to call from several threads."""

    def __init__(self, encoder: Embeddings, *, most: int = MOST) -> None:
        """Encode with `encoder`, keep the `most` used last."""
        self._encoder = encoder
        self._most = most
        self._vectors: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, text: str) -> np.ndarray:
        """Return the vector (d,) of a question, of length one."""
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        made = np.asarray(self._encoder.embed_query(text), dtype=np.float32)
        with self._lock:
            self._vectors[text] = made
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)
        return made

    def many(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors (n, d) of questions."""
        return np.stack([self.of(text) for text in texts]) if texts else np.zeros((0, 0), dtype=np.float32)
