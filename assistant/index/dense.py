"""Dense search: Chroma through langchain_chroma. The only module that names Chroma."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from langchain_core.documents import Document as StoredText
from langchain_core.embeddings import Embeddings

from assistant.errors import IndexBrokenError

COLLECTIONS = ("kalimat", "pertanyaan", "bagian")
"""One collection each for sentences, stored questions and whole passages."""

Found = tuple[str, float]
"""`(reference, cosine)`; a reference is `passage id|sentence ordinal`."""


class DenseIndex(Protocol):
    """Vectors by collection; a fake and Chroma pass the same contract test."""

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """Store texts with their vectors (n, d) under ids made from `references`."""

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[Found]:
        """Return up to `count` references with their cosine, nearest first."""

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""

    def close(self) -> None:
        """Release the files."""


class _NoEmbeddings(Embeddings):
    """Vectors are always given: a store that embeds by itself would use another prompt or model."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError("vectors are given")

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError("vectors are given")


class ChromaIndex:
    """A Chroma folder of one snapshot; written once by an ingest, afterwards only read."""

    def __init__(self, folder: Path) -> None:
        """Open or create the Chroma database in `folder`."""
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from langchain_chroma import Chroma

        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
            self._stores = {
                name: Chroma(
                    collection_name=name,
                    client=self._client,
                    embedding_function=_NoEmbeddings(),
                    collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
                )
                for name in COLLECTIONS
            }
        except Exception as error:  # Chroma's errors share no base class; this is its adapter
            raise IndexBrokenError(f"Indeks di {folder.name} tidak dapat dibuka ({error}); jalankan ingest ulang.") from error

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """Store texts with their vectors (n, d); several questions may point to one reference."""
        store = self._client.get_collection(collection)
        start = store.count()
        batch = 2000
        for at in range(0, len(references), batch):
            chosen = slice(at, at + batch)
            store.add(
                ids=[f"{start + at + i}" for i in range(len(references[chosen]))],
                embeddings=vectors[chosen],
                documents=list(texts[chosen]),
                metadatas=[{"reference": reference} for reference in references[chosen]],
            )

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[Found]:
        """Return up to `count` references with their cosine, nearest first."""
        try:
            pairs: list[tuple[StoredText, float]] = self._stores[collection].similarity_search_by_vector_with_relevance_scores(
                [float(value) for value in vector], k=count
            )
        except Exception as error:  # see __init__
            raise IndexBrokenError(f"Indeks tidak dapat ditanyai ({error}); jalankan ingest ulang.") from error
        return [(str(text.metadata["reference"]), 1.0 - distance) for text, distance in pairs]

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""
        return int(self._client.get_collection(collection).count())

    def stored(self, collection: str) -> list[tuple[str, str]]:
        """Return the id and the reference of every text that can be fetched back; raises IndexBrokenError."""
        found: list[tuple[str, str]] = []
        try:
            store = self._client.get_collection(collection)
            while True:
                batch = store.get(limit=2000, offset=len(found), include=["metadatas"])
                if not batch["ids"]:
                    return found
                pairs = zip(batch["ids"], batch["metadatas"] or (), strict=True)
                found += [(name, str(values["reference"])) for name, values in pairs]
        except Exception as error:  # see __init__
            raise IndexBrokenError(f"Indeks tidak dapat dibaca ({error}); jalankan ingest ulang.") from error

    def vector(self, collection: str, identity: str) -> list[float]:
        """Return the stored vector of an id of `stored`; raises IndexBrokenError when it is gone."""
        try:
            found = self._client.get_collection(collection).get(ids=[identity], include=["embeddings"])["embeddings"]
            assert found is not None
            return [float(value) for value in found[0]]
        except Exception as error:  # see __init__
            raise IndexBrokenError(f"Vektor {identity} tidak dapat diambil ({error}); jalankan ingest ulang.") from error

    def close(self) -> None:
        """Release the files of the database."""
        self._client.close()
