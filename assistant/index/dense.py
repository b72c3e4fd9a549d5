"""Dense search: Chroma through langchain_chroma, in a folder or on a server. The only module that names Chroma."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from langchain_core.documents import Document as StoredText
from langchain_core.embeddings import Embeddings

from assistant.errors import IndexBrokenError
from assistant.index.telling import told

COLLECTIONS = ("kalimat", "pertanyaan", "bagian")
"""One collection each for sentences, stored questions and whole passages."""
CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": 400, "max_neighbors": 32, "ef_construction": 200}}
"""Twice Chroma's links and a wider search: at 100,000 passages .95 instead of .85 of the ten nearest (docs/performance.md)."""
SERVER_SECONDS = 10.0
"""How long an answer of the server may take; Chroma's client would wait for ever."""
WRITING_SECONDS = 120.0
"""The same while an ingest writes, where nobody waits and a batch into a large index on a busy server takes long."""

Found = tuple[str, float]
"""`(reference, cosine)`; a reference is `passage id|sentence ordinal`."""


class DenseIndex(Protocol):
    """Vectors of one snapshot by collection; a fake, the folder and the server pass the same contract test."""

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """Store texts with their vectors (n, d) under ids made from `references`."""

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[Found]:
        """Return up to `count` references with their cosine, nearest first."""

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""

    def stored(self, collection: str) -> list[tuple[str, str]]:
        """Return the id and the reference of every text that can be fetched back."""

    def vector(self, collection: str, identity: str) -> list[float]:
        """Return the stored vector of an id of `stored`; raises IndexBrokenError when it is gone."""

    def close(self) -> None:
        """Release the files or the connections."""


class DenseStore(Protocol):
    """Where the dense part of each snapshot is; snapshots are named by their folder."""

    def create(self, folder: Path) -> DenseIndex:
        """Return the empty dense part of the new snapshot in `folder`."""

    def open(self, folder: Path) -> DenseIndex:
        """Return the dense part of the snapshot in `folder`; raises IndexBrokenError when it is not there."""

    def keep_only(self, identities: Collection[str]) -> None:
        """Delete the dense parts of all other snapshots, as far as they don't lie in the snapshots' own folders."""


class _NoEmbeddings(Embeddings):
    """Vectors are always given: a store that embeds by itself would use another prompt or model."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError("vectors are given")

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError("vectors are given")


class ChromaIndex:
    """Collections of one snapshot; written once by an ingest, afterwards only read."""

    def __init__(self, client: Any, *, prefix: str = "", create: bool = False) -> None:
        """Open the collections `prefix…` of `client`, or make them; a missing one is never made by the way."""
        from langchain_chroma import Chroma

        self._client = client
        self._prefix = prefix
        if create:
            for name in COLLECTIONS:
                client.create_collection(prefix + name, configuration=CONFIGURATION, embedding_function=None)
        self._stores = {
            name: Chroma(
                collection_name=prefix + name,
                client=client,
                embedding_function=_NoEmbeddings(),
                create_collection_if_not_exists=False,
            )
            for name in COLLECTIONS
        }

    def add(self, collection: str, references: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """Store texts with their vectors (n, d); several questions may point to one reference."""
        store = self._collection(collection)
        start = told(store.count)
        batch = 2000
        for at in range(0, len(references), batch):
            chosen = slice(at, at + batch)
            told(
                lambda at=at, chosen=chosen: store.add(  # type: ignore[misc]
                    ids=[f"{start + at + i}" for i in range(len(references[chosen]))],
                    embeddings=vectors[chosen],
                    documents=list(texts[chosen]),
                    metadatas=[{"reference": reference} for reference in references[chosen]],
                )
            )

    def nearest(self, collection: str, vector: Sequence[float], *, count: int) -> list[Found]:
        """Return up to `count` references with their cosine, nearest first."""
        search = self._stores[collection].similarity_search_by_vector_with_relevance_scores
        numbers = [float(value) for value in vector]
        pairs: list[tuple[StoredText, float]] = told(lambda: search(numbers, k=count), again=True)
        return [(str(text.metadata["reference"]), 1.0 - distance) for text, distance in pairs]

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""
        return int(told(self._collection(collection).count, again=True))

    def stored(self, collection: str) -> list[tuple[str, str]]:
        """Return the id and the reference of every text that can be fetched back."""
        store, found = self._collection(collection), list[tuple[str, str]]()
        while True:
            at = len(found)
            batch = told(lambda at=at: store.get(limit=2000, offset=at, include=["metadatas"]), again=True)  # type: ignore[misc]
            if not batch["ids"]:
                return found
            pairs = zip(batch["ids"], batch["metadatas"] or (), strict=True)
            found += [(name, str(values["reference"])) for name, values in pairs]

    def vector(self, collection: str, identity: str) -> list[float]:
        """Return the stored vector of an id of `stored`; raises IndexBrokenError when it is gone."""
        store = self._collection(collection)
        found = told(lambda: store.get(ids=[identity], include=["embeddings"]), again=True)["embeddings"]
        if found is None or not len(found):
            raise IndexBrokenError(f"Vektor {identity} tidak dapat diambil; jalankan `python ingest.py`.")
        return [float(value) for value in found[0]]

    def close(self) -> None:
        """Release the files of the database, or the connections to the server."""
        self._client.close()

    def _collection(self, name: str) -> Any:
        return told(lambda: self._client.get_collection(self._prefix + name), again=True)


class ChromaFolders:
    """The dense part of a snapshot in its own folder, read and written by one process: the default."""

    def create(self, folder: Path) -> DenseIndex:
        """Return the empty dense part of the new snapshot in `folder`."""
        return self._open(folder, create=True)

    def open(self, folder: Path) -> DenseIndex:
        """Return the dense part of the snapshot in `folder`; raises IndexBrokenError when it is not there."""
        if not (folder / "chroma").is_dir():
            raise IndexBrokenError(f"Indeks {folder.name} tidak punya vektor; jalankan `python ingest.py`.")
        return self._open(folder, create=False)

    def keep_only(self, identities: Collection[str]) -> None:
        """Do nothing: these vectors go with the folder of their snapshot."""

    def _open(self, folder: Path, *, create: bool) -> DenseIndex:
        import chromadb

        place = folder / "chroma"
        place.mkdir(parents=True, exist_ok=True)
        client = told(lambda: chromadb.PersistentClient(str(place), _settings()))
        return _opened(client, prefix="", create=create)


class ChromaServer:
    """The dense part of all snapshots on a Chroma server, as collections named by office and snapshot."""

    def __init__(self, url: str, *, office: str) -> None:
        """Use the server at `url`; `office` keeps the snapshots of one database of records apart from others on this server."""
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https")
        self._prefix = f"uep-{office}-"

    def create(self, folder: Path) -> DenseIndex:
        """Return the empty dense part of the new snapshot `folder`."""
        return _opened(self._client(WRITING_SECONDS), prefix=f"{self._prefix}{folder.name}-", create=True)

    def open(self, folder: Path) -> DenseIndex:
        """Return the dense part of a snapshot; raises IndexBrokenError when the server lacks it, IndexAwayError if it is away."""
        return _opened(self._client(), prefix=f"{self._prefix}{folder.name}-", create=False)

    def keep_only(self, identities: Collection[str]) -> None:
        """Delete the collections of all other snapshots of this office; a large one takes the server long."""
        client = self._client(WRITING_SECONDS)
        try:
            for collection in told(lambda: client.list_collections(limit=client.count_collections() or None), again=True):
                of_ours = collection.name.startswith(self._prefix)
                if of_ours and collection.name.removeprefix(self._prefix).rpartition("-")[0] not in identities:
                    told(lambda name=collection.name: client.delete_collection(name))  # type: ignore[misc]
        finally:
            client.close()

    def _client(self, seconds: float | None = None) -> Any:
        import chromadb
        import httpx

        host, port, tls = self._address
        client = told(lambda: chromadb.HttpClient(host, port, ssl=tls, settings=_settings()), again=True)
        # Chroma offers no setting for it, and a server that hangs would take one thread of the app after the other.
        client._server._session.timeout = httpx.Timeout(SERVER_SECONDS if seconds is None else seconds)
        return client


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _opened(client: Any, *, prefix: str, create: bool) -> DenseIndex:
    try:
        return told(lambda: ChromaIndex(client, prefix=prefix, create=create))
    except BaseException:
        with suppress(Exception):  # it may be away by now; the first error is the one to tell
            client.close()
        raise
