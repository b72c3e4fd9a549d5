"""Vectors kept by digest, so that an unchanged text is never encoded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from langchain_core.embeddings import Embeddings

from assistant.encoding import EncoderSignature
from assistant.errors import EncoderError

log = logging.getLogger(__name__)
BATCH = 256


class TextEncoder(Protocol):
    """The interface of `assistant.encoding.Encoder`, which the cache wraps and has itself."""

    signature: EncoderSignature
    encoded: int

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of texts of documents."""

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of questions."""


class CachedEncoder(Embeddings):
    """An encoder that keeps what it encoded in one SQLite file, each batch in a transaction of its own."""

    def __init__(self, encoder: TextEncoder, path: Path) -> None:
        """Keep the vectors of `encoder` in the file `path`; a damaged file is set aside and begun anew."""
        self._encoder = encoder
        self.signature = encoder.signature
        self._lock = threading.Lock()
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = self._connect(path)
        except sqlite3.OperationalError as error:  # locked or no room: the file itself may be sound
            raise EncoderError(
                f"Simpanan vektor {path.name} tidak dapat dibuka ({error}); tutup program lain atau kosongkan ruang disk."
            ) from error
        except sqlite3.DatabaseError:
            aside = path.with_suffix(".rusak")
            path.replace(aside)
            log.warning("Simpanan vektor %s rusak; disisihkan sebagai %s dan dimulai baru.", path.name, aside.name)
            self._database = self._connect(path)

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
            database.execute("SELECT count(*) FROM vectors").fetchone()
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    @property
    def encoded(self) -> int:
        """Return how many texts were freshly encoded."""
        return self._encoder.encoded

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of texts of documents, from the cache where it has them."""
        return self._through(texts, self.signature.document_prompt, self._encoder.encode_documents, progress)

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of questions, from the cache where it has them."""
        return self._through(texts, self.signature.query_prompt, self._encoder.encode_queries, progress)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of `texts` as LangChain wants them."""
        return [[float(x) for x in vector] for vector in self.encode_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question; questions of people are not kept."""
        return [float(x) for x in self._encoder.encode_queries([text])[0]]

    def _through(
        self, texts: list[str], prompt: str, encode: Callable[[list[str]], Any], progress: Callable[[int], None] | None
    ) -> Any:
        try:
            return self._filled(texts, prompt, encode, progress)
        except sqlite3.DatabaseError as error:
            raise EncoderError(
                f"Simpanan vektor {self._path.name} tidak dapat dipakai ({error}); hapus berkas itu lalu ulangi ingest."
            ) from error

    def _filled(
        self, texts: list[str], prompt: str, encode: Callable[[list[str]], Any], progress: Callable[[int], None] | None
    ) -> Any:
        import numpy as np

        keys = [hashlib.sha256(f"{self.signature.digest}\n{prompt}\n{text}".encode()).digest() for text in texts]
        vectors = np.zeros((len(texts), self.signature.dimension), dtype=np.float32)
        missing: dict[bytes, list[int]] = {}
        with self._lock:
            for position, key in enumerate(keys):
                row = self._database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row is None:
                    missing.setdefault(key, []).append(position)
                else:
                    vectors[position] = np.frombuffer(row[0], dtype=np.float32)
        done = len(texts) - sum(map(len, missing.values()))
        # Like lengths together (less padding); the cache is filled batch by batch, so a killed run keeps what it had.
        order = sorted(missing, key=lambda key: len(texts[missing[key][0]]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            fresh = encode([texts[missing[key][0]] for key in chosen])
            with self._lock, self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, vector.tobytes()) for key, vector in zip(chosen, fresh, strict=True)],
                )
            for key, vector in zip(chosen, fresh, strict=True):
                vectors[missing[key]] = vector
                done += len(missing[key])
            if progress is not None:
                progress(done)
        if progress is not None:
            progress(len(texts))
        return vectors

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()
