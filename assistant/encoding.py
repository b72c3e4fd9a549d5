"""Text to vectors: a real SentenceTransformer as LangChain Embeddings; the shipped one runs an ONNX int8 file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from assistant.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ONNX_FILE = "model_int8.onnx"
WEIGHT_SUFFIXES = (".onnx", ".safetensors", ".bin")
SHIPPED_PROMPTS = {"query": "query: ", "document": "passage: "}
CHUNK = 256
"""Texts given to the model between two reports of progress."""


@dataclass(frozen=True, slots=True)
class EncoderSignature:
    """What makes vectors comparable; an index of another signature is refused."""

    name: str
    revision: str
    query_prompt: str
    document_prompt: str
    dimension: int

    @property
    def digest(self) -> str:
        """Return a short hash of all fields."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:16]


class Encoder(Embeddings):
    """Encodes questions and documents with their own prompts; vectors are normalised float32."""

    def __init__(self, model: SentenceTransformer, signature: EncoderSignature) -> None:
        """Wrap a loaded `model`."""
        self._model = model
        self.signature = signature
        self.encoded = 0

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of texts of documents."""
        return self._encode(texts, self.signature.document_prompt, progress)

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of questions."""
        return self._encode(texts, self.signature.query_prompt, progress)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of `texts` as LangChain wants them."""
        return [[float(x) for x in vector] for vector in self.encode_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question as LangChain wants it."""
        return [float(x) for x in self.encode_queries([text])[0]]

    def _encode(self, texts: list[str], prompt: str, progress: Callable[[int], None] | None) -> Any:
        import numpy as np

        # Texts of like length stand together, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        vectors = np.zeros((len(texts), self.signature.dimension), dtype=np.float32)
        for start in range(0, len(order), CHUNK):
            chosen = order[start : start + CHUNK]
            vectors[chosen] = self._model.encode(
                [texts[position] for position in chosen],
                prompt=prompt,
                batch_size=16,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
            self.encoded += len(chosen)
            if progress is not None:
                progress(min(start + CHUNK, len(order)))
        return vectors


def load_encoder(name: str) -> Encoder:
    """Load the encoder `name`: a folder with our ONNX file, a sentence-transformers folder, or a hub model.

    Nothing is downloaded: a hub model must already lie on this machine. Raises EncoderError naming `name`.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    folder = Path(name).expanduser()
    looks_like_folder = folder.is_absolute() or name.startswith((".", "~")) or folder.exists()
    if looks_like_folder and not folder.is_dir():
        raise EncoderError(f"Folder enkoder {name} tidak ada; periksa pengaturan ENCODER.")
    if (folder / ONNX_FILE).is_file():
        return _shipped(folder)
    if looks_like_folder and not (folder / "modules.json").is_file():
        raise EncoderError(f"Folder enkoder {name} tidak memuat {ONNX_FILE} atau modules.json; periksa ENCODER.")
    return _foreign(name, folder if looks_like_folder else None)


def _shipped(folder: Path) -> Encoder:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize
    from sentence_transformers.sentence_transformer.modules import Pooling

    from assistant.onnx_module import OnnxTransformer

    try:
        tokens = OnnxTransformer(folder, threads=max(1, min(4, os.cpu_count() or 1)))
    except Exception as error:  # onnxruntime and tokenizers raise bare classes of their own
        raise EncoderError(f"Berkas enkoder di {folder} rusak ({error}); pasang ulang folder models/encoder.") from error
    dimension = int(tokens.session.get_outputs()[0].shape[-1])
    model = SentenceTransformer(
        modules=[tokens, Pooling(dimension, pooling_mode="mean"), Normalize()], prompts=SHIPPED_PROMPTS, device="cpu"
    )
    return Encoder(model, _signature(folder.name, folder, SHIPPED_PROMPTS, dimension))


def _foreign(name: str, folder: Path | None) -> Encoder:
    from sentence_transformers import SentenceTransformer

    folder_or_name = folder or name
    try:
        model = SentenceTransformer(str(folder_or_name), device="cpu", local_files_only=True)
    except Exception as error:  # the library raises whatever its parts raise
        raise EncoderError(f"Enkoder {name} tidak dapat dimuat ({error}); periksa pengaturan ENCODER.") from error
    own = model.prompts or {}
    # 6.x adds `document: ""` by itself, which would drop e5's `passage: ` without a word.
    prompts = {"query": own.get("query") or "", "document": own.get("document") or own.get("passage") or ""}
    dimension = int(model.get_embedding_dimension() or 0)
    return Encoder(model, _signature(folder.name if folder else name, folder, prompts, dimension))


def _signature(name: str, folder: Path | None, prompts: dict[str, str], dimension: int) -> EncoderSignature:
    revision = "unknown"
    if folder is not None:
        digest = hashlib.sha256()
        # Weights may be sharded or stand in a subfolder.
        for file in sorted(f for f in folder.rglob("*") if f.suffix in WEIGHT_SUFFIXES and f.is_file()):
            digest.update(file.read_bytes())
        revision = digest.hexdigest()[:16]
    return EncoderSignature(name, revision, prompts["query"], prompts["document"], dimension)
