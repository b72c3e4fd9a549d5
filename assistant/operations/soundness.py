"""Does the index hold what the files say? Asked by query: counts lie after a fault."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.encoding import EncoderSignature
from assistant.errors import AssistantError
from assistant.index.snapshot import Snapshot
from assistant.loading.digests import compare_files
from assistant.operations.findings import Finding, Level, Repair, some
from assistant.operations.ingests import LastIngest
from assistant.settings import Settings

SAMPLE = 40
NEAREST = 10
SAME = 0.999
"""Cosine from which a vector counts as found again."""


def check_index(snapshot: Snapshot) -> Finding:
    """Fetch every document of the manifest back, and let a sample of the stored vectors find themselves."""
    name, title, many = "indeks", "Indeks", len(snapshot.manifest.documents)
    try:
        wrong = _not_found(snapshot)
    except AssistantError as error:
        return Finding(name, title, Level.SEVERE, str(error), "Bangun ulang indeks.", Repair.REBUILD)
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
    new = [path for path in new if path not in failed]
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
