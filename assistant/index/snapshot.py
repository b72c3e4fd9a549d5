"""Snapshots: an index that is built aside, checked by query and published by swapping one pointer.

`data/index/<id>/` holds `chroma/` (unless a Chroma server has the vectors), `kata/` and `kata-pertanyaan/` (lexical, without
and with stored questions),
`knowledge/` (a copy of the corpus' data files), `passages.jsonl`, `documents.jsonl` and `manifest.json`, written last.
`data/index/CURRENT` names the published one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.durable import write
from assistant.errors import IndexBrokenError, IndexMissingError
from assistant.index.dense import ChromaFolders, DenseStore
from assistant.index.lexical import LexicalIndex
from assistant.index.records import DocumentRecord, passage_from_record, passage_to_record
from assistant.index.vocabulary import spelling_of
from assistant.knowledge import Knowledge, read_knowledge
from assistant.passages import answering_ordinal, sentence_names
from assistant.times import newest
from assistant.types import Passage

FORMAT = 6
"""Raised when the files of a snapshot change: snapshots of another format are refused and rebuilt."""

SAMPLE, SAME, FOUND_AGAIN = 40, 0.999, 0.8
"""Vectors of each kind that are looked up after a build, the cosine that counts as the same, the share that finds itself."""

DISTRUSTED = "ULANG"
"""File that asks the next ingest to build a snapshot though nothing changed; gone once one is published."""

ENOUGH_ASKED = 4
"""Stored questions by which a statement is judged alone; with fewer its own words stand in where they are nearer."""

Step = Callable[[str], None]
"""Told the name of each step of a build as it begins; tests kill the process there."""

FOLDERS = ChromaFolders()
"""Where vectors are unless a server is named: in the snapshot's own folder."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made from; `fingerprint` changes when any input changes."""

    id: str
    format: int
    fingerprint: str
    created: str
    encoder: dict[str, Any]
    documents: dict[str, str]
    passages: int
    sentences: int
    questions: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One text to index: `reference` is `passage id|sentence ordinal`, `-` for the whole passage, for a question
    what it asks for: a label, the id of a passage or of a premise.
    """

    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that goes into a snapshot; vectors are arrays (n, d) in the order of their units."""

    passages: Sequence[Passage]
    documents: Sequence[DocumentRecord]
    sentences: Sequence[Unit]
    questions: Sequence[Unit]
    wholes: Sequence[Unit]
    vectors: tuple[Any, Any, Any]
    words: tuple[Sequence[str], Sequence[str]]
    knowledge: Sequence[Path]


def build(
    folder: Path, contents: Contents, manifest: Manifest, *, vectors: DenseStore = FOLDERS, step: Step = lambda name: None
) -> None:
    """Write a snapshot into the new `folder`; the manifest comes last, so a killed build is never taken for whole."""
    folder.mkdir(parents=True)
    step("vectors")
    dense = vectors.create(folder)
    groups = zip(
        ("kalimat", "pertanyaan", "bagian"),
        (contents.sentences, contents.questions, contents.wholes),
        contents.vectors,
        strict=True,
    )
    for name, units, rows in groups:
        if units:
            dense.add(name, [unit.reference for unit in units], [unit.text for unit in units], rows)
    dense.close()
    step("words")
    references = [unit.reference for unit in contents.sentences]
    LexicalIndex(references, contents.words[0]).save(folder / "kata")
    LexicalIndex(references, contents.words[1]).save(folder / "kata-pertanyaan")
    step("texts")
    _write_lines(folder / "passages.jsonl", [passage_to_record(passage) for passage in contents.passages])
    _write_lines(folder / "documents.jsonl", [asdict(record) for record in contents.documents])
    (folder / "knowledge").mkdir()
    for path in contents.knowledge:
        shutil.copyfile(path, folder / "knowledge" / path.name)
    step("manifest")
    write(folder / "manifest.json", json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())


def verify(folder: Path, contents: Contents, *, vectors: DenseStore = FOLDERS) -> None:
    """Check a built snapshot by query: every count, a sample of vectors fetched back, and that these find themselves.

    The search is approximate: among many vectors a few may miss themselves. Raises IndexBrokenError naming what is wrong.
    """
    snapshot = Snapshot(folder, vectors=vectors)
    try:
        groups = (("kalimat", contents.sentences), ("pertanyaan", contents.questions), ("bagian", contents.wholes))
        for (name, units), rows in zip(groups, contents.vectors, strict=True):
            if snapshot.dense.count(name) != len(units):
                raise IndexBrokenError(f"Indeks {folder.name}: jumlah vektor {name} tidak cocok; jalankan ingest ulang.")
            sample = range(0, len(units), max(1, len(units) // SAMPLE))
            found = [snapshot.dense.nearest(name, rows[position], count=1) for position in sample]
            kept = [float(np.dot(snapshot.dense.vector(name, str(position)), rows[position])) for position in sample]
            own = sum(bool(near) and near[0][1] >= SAME for near in found)
            if any(cosine < SAME for cosine in kept) or own < FOUND_AGAIN * len(found):
                raise IndexBrokenError(f"Indeks {folder.name}: vektor {name} tidak ditemukan kembali; ulangi ingest.")
        if set(snapshot.passages) != {passage.id for passage in contents.passages}:
            raise IndexBrokenError(f"Indeks {folder.name}: daftar bagian tidak lengkap; jalankan ingest ulang.")
    finally:
        snapshot.close()


def publish(index: Path, identity: str) -> None:
    """Make the snapshot `identity` the current one by replacing the pointer file atomically."""
    write(index / "CURRENT", f"{identity}\n".encode())
    (index / DISTRUSTED).unlink(missing_ok=True)


def current_id(index: Path) -> str:
    """Return the id of the published snapshot; raises IndexMissingError when there is none."""
    try:
        identity = (index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        raise IndexMissingError("Indeks belum ada; jalankan `python ingest.py` lebih dahulu.") from None
    if not identity or "/" in identity or "\\" in identity or identity.startswith("."):
        raise IndexBrokenError("Berkas penunjuk data/index/CURRENT rusak; jalankan `python ingest.py`.")
    return identity


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a snapshot folder; raises IndexBrokenError when it is damaged or of another format."""
    try:
        values = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise IndexBrokenError(f"Indeks {folder.name} dibuat oleh versi lain; jalankan `python ingest.py`.")
        return Manifest(**values)
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexBrokenError(f"Indeks {folder.name} hilang atau rusak; jalankan `python ingest.py`.") from None


def published(index: Path) -> list[str]:
    """Return the ids of whole snapshots, oldest first."""
    return sorted(path.parent.name for path in index.glob("*/manifest.json"))


def distrust(index: Path) -> None:
    """Ask the next ingest to build the index anew, also when no file changed."""
    index.mkdir(parents=True, exist_ok=True)
    write(index / DISTRUSTED, b"")


def keep_only(index: Path, kept: Collection[str]) -> None:
    """Delete unfinished builds and all snapshots but `kept`.

    A folder that another program holds open (Windows) is left for the next time.
    """
    for path in index.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


class Snapshot:
    """An open snapshot: passages, documents and knowledge in memory, lexical search on disk, dense search there or elsewhere."""

    def __init__(self, folder: Path, *, as_of: str = "", vectors: DenseStore = FOLDERS) -> None:
        """Open `folder`; `as_of` is the day that counts as now, else the newest day on which a document was reviewed.

        Raises IndexBrokenError when it is damaged, foreign or of another format, IndexAwayError when its server is away.
        """
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.dense = vectors.open(folder)  # first: a server that is away is told before much is read
        try:
            self._read(folder, as_of)
        except BaseException:
            self.dense.close()
            raise

    def _read(self, folder: Path, as_of: str) -> None:
        self.knowledge: Knowledge = read_knowledge(folder / "knowledge")
        try:
            lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
            self.passages = {p.id: p for p in (passage_from_record(json.loads(line)) for line in lines)}
            lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
            self.documents = {r.card["path"]: r for r in (DocumentRecord(**json.loads(line)) for line in lines)}
            reviewed = newest(record.card.get("reviewed") for record in self.documents.values())
            self.knowledge = replace(self.knowledge, as_of=as_of or reviewed)
        except (OSError, ValueError, KeyError, TypeError):
            raise IndexBrokenError(f"Indeks {folder.name} rusak; jalankan `python ingest.py`.") from None
        self.stating: dict[str, list[str]] = {}
        for passage in self.passages.values():
            for ordinal, sentence in enumerate(passage.sentences):
                for label in sentence.labels:
                    self.stating.setdefault(label, []).append(f"{passage.id}|{ordinal}")
            self.stating[passage.id] = [f"{passage.id}|{answering_ordinal(passage)}"]
            for ordinal, name in enumerate(sentence_names(passage)):
                self.stating.setdefault(name, [f"{passage.id}|{ordinal}"])
        questions = self.knowledge.questions
        enough = (name for name, asked in questions.items() if len(asked) >= ENOUGH_ASKED)
        known = (*enough, *(premise.label for premise in self.knowledge.premises.values()))
        self.asked_for = frozenset(reference for name in known for reference in self.stating.get(name, ()))
        """The statements that have enough stored questions to be judged by them; what an office adds has none or few."""
        self.spelling = spelling_of(self.passages.values(), self.knowledge)
        self.lexical = LexicalIndex.load(folder / "kata")
        self.lexical_questions = LexicalIndex.load(folder / "kata-pertanyaan")

    def close(self) -> None:
        """Release the files."""
        self.dense.close()


def _write_lines(path: Path, records: Sequence[dict[str, Any]]) -> None:
    write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode())
