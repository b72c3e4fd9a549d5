"""Fakes that implement the ports: an encoder of hashed words, and a dense index in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.encoding import EncoderSignature
from assistant.errors import IndexAwayError, IndexBrokenError
from assistant.language import words

DIMENSION = 256


class FakeEncoder(Embeddings):
    """Bag of word beginnings, hashed; nearer texts share more words."""

    def __init__(self, name: str = "palsu") -> None:
        self.signature = EncoderSignature(name, "1", "q: ", "d: ", DIMENSION)
        self.encoded = 0

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        return self._encode(texts, self.signature.document_prompt, progress)

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        return self._encode(texts, self.signature.query_prompt, progress)

    def _encode(self, texts: list[str], prompt: str, progress: Callable[[int], None] | None) -> Any:
        self.encoded += len(texts)
        if progress is not None:
            progress(len(texts))
        rows = [self._vector(text) + 0.1 * self._vector(prompt) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), DIMENSION)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self.encode_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.encode_queries([text])[0]]

    @staticmethod
    def _vector(text: str) -> Any:
        vector = np.full(DIMENSION, 0.001, dtype=np.float32)
        for word in words(text):
            vector[int(hashlib.md5(word[:6].encode()).hexdigest(), 16) % DIMENSION] += 1
        return vector / np.linalg.norm(vector)


class FakeDense:
    """The dense part of one snapshot in memory."""

    def __init__(self, store: FakeStore, name: str) -> None:
        self._store = store
        self._rows = store._snapshots.setdefault(name, {})

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        self._rows.setdefault(collection, []).extend(zip(references, vectors, strict=True))

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[tuple[str, float]]:
        self._store.check()
        found = [(reference, float(np.dot(row, vector))) for reference, row in self._rows.get(collection, [])]
        return sorted(found, key=lambda item: -item[1])[:count]

    def count(self, collection: str) -> int:
        self._store.check()
        return len(self._rows.get(collection, []))

    def stored(self, collection: str) -> list[tuple[str, str]]:
        return [(str(at), reference) for at, (reference, _) in enumerate(self._rows.get(collection, []))]

    def vector(self, collection: str, identity: str) -> list[float]:
        rows = self._rows.get(collection, [])
        if int(identity) >= len(rows):
            raise IndexBrokenError("Vektor tidak dapat diambil; jalankan `python ingest.py`.")
        return [float(value) for value in rows[int(identity)][1]]

    def close(self) -> None:
        pass


class FakeStore:
    """The dense parts of all snapshots in memory; `away` makes it a server that can't be reached."""

    def __init__(self) -> None:
        self._snapshots: dict[str, dict[str, list[tuple[str, Any]]]] = {}
        self.away = False

    def check(self) -> None:
        if self.away:
            raise IndexAwayError("Server pencarian sedang tidak dapat dihubungi; coba lagi sebentar.")

    def create(self, folder: Path) -> FakeDense:
        self.check()
        return FakeDense(self, folder.name)

    def open(self, folder: Path) -> FakeDense:
        self.check()
        if folder.name not in self._snapshots:
            raise IndexBrokenError("Tidak ada vektor; jalankan `python ingest.py`.")
        return FakeDense(self, folder.name)

    def keep_only(self, identities: Collection[str]) -> None:
        for name in set(self._snapshots) - set(identities):
            del self._snapshots[name]
