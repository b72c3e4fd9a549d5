"""Does the index hold what the files say? Asked by query: counts lie after a fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from assistant.encoding import EncoderSignature
from assistant.errors import AssistantError, IndexBrokenError
from assistant.index.dense import DenseIndex
from assistant.index.snapshot import Snapshot
from assistant.loading.digests import compare_files
from assistant.operations.findings import Finding, Level, Repair, some
from assistant.operations.ingests import LastIngest
from assistant.privacy import mask
from assistant.settings import Settings

SAMPLE = 40
NEAREST = 10
SAME = 0.999
"""Cosine from which a vector counts as found again."""


class _Borrowed:
    """The vectors of a snapshot that others ask meanwhile: not closed when what is read around them turns out broken."""

    def __init__(self, dense: DenseIndex) -> None:
        self._dense = dense

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dense, name)

    def close(self) -> None:
        pass


class _Opened:
    """A store of vectors that are open already: what else a snapshot consists of is read from its files anew."""

    def __init__(self, dense: DenseIndex) -> None:
        self._dense = cast(DenseIndex, _Borrowed(dense))

    def create(self, folder: Path) -> DenseIndex:
        return self._dense

    def open(self, folder: Path) -> DenseIndex:
        return self._dense

    def keep_only(self, identities: Collection[str]) -> None:
        pass


def check_index(snapshot: Snapshot, settings: Settings) -> Finding:
    """Read the files anew as a start would, fetch every document back, let a sample of the stored vectors find themselves."""
    name, title, many = "indeks", "Indeks", len(snapshot.manifest.documents)
    try:
        if not settings.chroma_url:
            _check_vector_files(snapshot.folder)
        wrong = _not_found(Snapshot(snapshot.folder, vectors=_Opened(snapshot.dense)))
    except AssistantError as error:
        return Finding(name, title, Level.SEVERE, str(error), "Bangun ulang indeks.", Repair.REBUILD)
    except (EOFError, TypeError, LookupError) as error:  # what numpy and json leave of a file that was cut or exchanged
        said = f"Berkas indeks {snapshot.folder.name} rusak ({type(error).__name__})."
        return Finding(name, title, Level.SEVERE, said, "Bangun ulang indeks.", Repair.REBUILD)
    if wrong:
        said = f"Tidak utuh: {some(wrong)}."
        return Finding(
            name, title, Level.SEVERE, said, "Bangun ulang indeks; jawaban tetap berjalan sementara itu.", Repair.REBUILD
        )
    said = f"{many} dokumen dan {len(snapshot.passages)} bagian diambil kembali; contoh vektornya menemukan dirinya sendiri."
    return Finding(name, title, Level.GOOD, said)


def check_files(snapshot: Snapshot, settings: Settings, last: LastIngest | None) -> Finding:
    """Compare the files of the corpus with the digests of the manifest."""
    name, title = "berkas", "Berkas korpus"
    try:
        new, changed, missing = compare_files(settings.corpus_dir, snapshot.manifest.documents)
        data = [
            path.name
            for path in sorted((snapshot.folder / "knowledge").iterdir())
            if not _same(path.read_bytes(), settings.corpus_dir / path.name)
        ]
    except OSError as error:
        return Finding(
            name, title, Level.SEVERE, f"Folder korpus tidak dapat dibaca ({error.strerror}).", "Periksa CORPUS_DIR dan izin."
        )
    failed = {path for path, _, _ in last.failures} if last else set()
    new = [path for path in new if mask(path)[0] not in failed]  # masked as they were noted
    words = [("baru", new), ("berubah", [*changed, *data]), ("hilang", missing)]
    told = [f"{len(paths)} {word} ({some(paths)})" for word, paths in words if paths]
    if not told:
        return Finding(
            name, title, Level.GOOD, f"Indeks sama dengan {len(snapshot.manifest.documents)} dokumen di folder korpus."
        )
    said = f"Sejak ingest terakhir: {', '.join(told)}."
    return Finding(
        name,
        title,
        Level.ACT,
        said,
        "Perbarui indeks; bila ada yang hilang tanpa sengaja, kembalikan berkasnya dahulu.",
        Repair.INGEST,
    )


def check_encoder(signature: EncoderSignature | None, snapshot: Snapshot | None, trouble: str = "") -> Finding:
    """Compare the encoder that runs with the one the index was made with."""
    name, title = "enkoder", "Model enkoder"
    if signature is None:
        return Finding(
            name, title, Level.SEVERE, trouble or "Tidak ada.", "Pasang ulang folder models/encoder, atau periksa ENCODER."
        )
    if snapshot is not None and snapshot.manifest.encoder != asdict(signature):
        other = snapshot.manifest.encoder.get("name")
        said = f"Yang dipakai {signature.name}, sedangkan indeks dibuat dengan {other}."
        return Finding(name, title, Level.SEVERE, said, "Perbarui indeks.", Repair.INGEST)
    return Finding(name, title, Level.GOOD, f"{signature.name} ({signature.revision}) ada dan cocok dengan indeks.")


def _check_vector_files(folder: Path) -> None:
    """Raise IndexBrokenError unless the files are there that the open index was read from: memory outlives them."""
    file = folder / "chroma" / "chroma.sqlite3"
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA quick_check(1)")]
    except sqlite3.Error as error:
        found = [str(error)]
    if found != ["ok"]:
        raise IndexBrokenError(f"Berkas vektor indeks {folder.name} hilang atau rusak ({found[0]}); sesudah dimulai ulang gagal.")


def _not_found(snapshot: Snapshot) -> list[str]:
    dense = snapshot.dense
    found = {collection: dense.stored(collection) for collection in ("kalimat", "bagian")}
    sentences, wholes = ({reference for _, reference in found[name]} for name in ("kalimat", "bagian"))
    wrong: dict[str, None] = {}
    held = {passage.document.path for passage in snapshot.passages.values()}
    wrong |= dict.fromkeys(path for path in snapshot.manifest.documents if path not in held)
    for passage in snapshot.passages.values():
        wanted = {f"{passage.id}|{ordinal}" for ordinal in range(len(passage.sentences))}
        if f"{passage.id}|-" not in wholes or not wanted <= sentences:
            wrong[passage.document.path] = None
    for collection, stored in found.items():
        for identity, reference in stored[:: max(1, len(stored) // SAMPLE)]:
            nearest = dense.nearest(collection, dense.vector(collection, identity), count=NEAREST)
            if not nearest or nearest[0][1] < SAME or reference not in [name for name, cosine in nearest if cosine >= SAME]:
                wrong[reference.partition("#")[0]] = None
    return list(wrong)


def _same(content: bytes, file: Path) -> bool:

    return file.is_file() and file.read_bytes() == content
