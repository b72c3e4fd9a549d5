"""Read files into documents; a file that can't be read is a LoadFailure value, never a crash.

One module a format. `FORMATS` maps the ending of a file name to its loader; a new format is one module and one line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.loading.card import CardError
from assistant.loading.markdown import load_markdown
from assistant.loading.text import load_text
from assistant.types import Document, LoadFailure

Loader = Callable[[str, str, str], Document]
"""`(path relative to the corpus, text, digest) -> Document`; raises CardError for bad front matter."""

FORMATS: Mapping[str, Loader] = {".md": load_markdown, ".markdown": load_markdown, ".txt": load_text}
DATA_FILES = frozenset({".yaml", ".yml", ".jsonl"})
LARGEST_BYTES = 20_000_000


def corpus_files(folder: Path) -> tuple[list[Path], list[LoadFailure]]:
    """Return the document files of `folder` (sorted) and a failure for each file of a format that is not read.

    Data files of the corpus (YAML, JSONL), hidden files and sidecars are no documents and no failures.
    """
    files: list[Path] = []
    failures: list[LoadFailure] = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~")) for part in parts) or not path.is_file():
            continue
        if path.suffix.lower() in DATA_FILES:
            continue
        if path.suffix.lower() in FORMATS:
            files.append(path)
        else:
            failures.append(
                LoadFailure(
                    path.relative_to(folder).as_posix(),
                    f"format {path.suffix or 'tanpa akhiran'} belum didukung",
                    f"Simpan sebagai {', '.join(sorted(FORMATS))} lalu jalankan ingest lagi.",
                )
            )
    return files, failures


def load(path: Path, *, folder: Path) -> Document | LoadFailure:
    """Load one file of the corpus `folder`; bad content is returned as a LoadFailure with the remedy."""
    name = path.relative_to(folder).as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        return LoadFailure(name, f"tidak dapat dibuka ({error.strerror})", "Periksa izin berkas itu.")
    if not raw.strip():
        return LoadFailure(name, "berkas kosong", "Isi berkas itu atau hapus dari folder korpus.")
    if len(raw) > LARGEST_BYTES:
        return LoadFailure(name, "berkas lebih besar dari 20 MB", "Bagi menjadi beberapa berkas.")
    if b"\x00" in raw:
        return LoadFailure(name, "isinya biner, bukan teks", "Simpan ulang sebagai teks UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return LoadFailure(
            name, f"bukan UTF-8 (bita ke-{error.start + 1})", "Simpan ulang dengan pengodean UTF-8 di penyunting teks."
        )
    try:
        document = FORMATS[path.suffix.lower()](name, text, hashlib.sha256(raw).hexdigest()[:16])
    except CardError as error:
        return LoadFailure(name, str(error), error.remedy)
    if not document.sections:
        return LoadFailure(name, "tidak ada kalimat yang dapat dibaca", "Tulis isinya di bawah judul.")
    return document
