"""Fakes that implement the ports: an encoder of hashed words, and a dense index in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.encoding import EncoderSignature
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
    """The dense index in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[str, Any]]] = {}

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        self._rows.setdefault(collection, []).extend(zip(references, vectors, strict=True))

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[tuple[str, float]]:
        found = [(reference, float(np.dot(row, vector))) for reference, row in self._rows.get(collection, [])]
        return sorted(found, key=lambda item: -item[1])[:count]

    def count(self, collection: str) -> int:
        return len(self._rows.get(collection, []))

    def close(self) -> None:
        self._rows.clear()
