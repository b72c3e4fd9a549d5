"""Bring the index up to date with a corpus folder: plan, then load, split, encode what is new, build, verify, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.contents import DATA_NAMES, Progress, VectorMaker, asked_by_name, make_contents
from assistant.duplicates import nearly_same
from assistant.errors import AssistantError, CorpusError, IngestBusyError
from assistant.index.snapshot import (
    DISTRUSTED,
    FORMAT,
    Manifest,
    Step,
    build,
    current_id,
    prune,
    publish,
    read_manifest,
    verify,
)
from assistant.knowledge import Knowledge, read_knowledge
from assistant.loading import Loader, corpus_files
from assistant.passages import split_document
from assistant.types import Document, LoadFailure, Passage

SPLITTER = 5
"""Raised when passages are cut differently, so that an unchanged corpus is indexed anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest has to do, by path; `fingerprint` stands for everything that goes in."""

    fingerprint: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The outcome: the plan, what failed and why, the published snapshot (None when nothing changed), counts."""

    plan: Plan
    failures: tuple[LoadFailure, ...]
    published: str | None
    passages: int
    encoded: int
    warnings: tuple[str, ...] = field(default=())


def make_plan(fingerprint: str, new: Mapping[str, str], old: Mapping[str, str]) -> Plan:
    """Compare the digests of the documents now (`new`) and in the current snapshot (`old`)."""
    both = set(new) & set(old)
    return Plan(
        fingerprint,
        added=tuple(sorted(set(new) - set(old))),
        changed=tuple(sorted(path for path in both if new[path] != old[path])),
        removed=tuple(sorted(set(old) - set(new))),
        unchanged=tuple(sorted(path for path in both if new[path] == old[path])),
    )


def ingest(
    corpus: Path,
    index: Path,
    encoder: VectorMaker,
    *,
    keep: int = 2,
    loader: Loader | None = None,
    progress: Progress = lambda stage, done, total: None,
    step: Step = lambda name: None,
) -> IngestReport:
    """Bring the snapshots in `index` up to date with `corpus`; publishes only when something changed.

    Files are read by `loader` (default: one with the usual limits, without a cache), which is closed at the end.

    A file that can't be read is reported and the others go on. Raises IngestBusyError when another ingest runs,
    CorpusError when the folder or one of its data files can't be used, and leaves the current snapshot as it was.
    """
    if not corpus.is_dir():
        raise CorpusError(f"Folder korpus {corpus} tidak ada; buat folder itu atau atur CORPUS_DIR.")
    index.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index / "ingest.lock", timeout=0), loader or Loader() as reader:
            return _ingest(corpus, index, encoder, keep, reader, progress, step)
    except Timeout:
        raise IngestBusyError("Ingest lain sedang berjalan; tunggu sampai selesai lalu ulangi.") from None


def _ingest(
    corpus: Path, index: Path, encoder: VectorMaker, keep: int, loader: Loader, progress: Progress, step: Step
) -> IngestReport:
    knowledge = read_knowledge(corpus)
    files, refused = corpus_files(corpus)
    documents: list[Document] = []
    failures = list(refused)
    for number, path in enumerate(files, 1):
        for loaded in loader.load_all(path, folder=corpus):
            if isinstance(loaded, Document):
                documents.append(loaded)
            else:
                failures.append(loaded)
        progress("berkas", number, len(files))
    loader.forget_unused()
    new = {document.card.path: document.digest for document in documents}
    old, old_print = _current(index)
    plan = make_plan(_fingerprint(corpus, new, encoder), new, old)
    prune(index, keep=keep)
    if not documents:
        raise CorpusError(f"Tidak ada dokumen yang dapat dibaca di {corpus}; {_reasons(failures)}")
    passages = [passage for document in documents for passage in split_document(document, asked=asked_by_name(knowledge))]
    notes = (*_unknown_labels(passages, knowledge), *_duplicates(documents))
    if plan.fingerprint == old_print:
        return IngestReport(plan, tuple(failures), None, read_manifest(index / current_id(index)).passages, 0, notes)
    before = encoder.encoded
    contents = make_contents(corpus, documents, passages, knowledge, encoder, progress, step)
    now = datetime.now(UTC)
    manifest = Manifest(
        id=f"{now:%Y%m%dT%H%M%S%f}-{plan.fingerprint[:8]}",
        format=FORMAT,
        fingerprint=plan.fingerprint,
        created=now.isoformat(timespec="seconds"),
        encoder=asdict(encoder.signature),
        documents=new,
        passages=len(contents.passages),
        sentences=len(contents.sentences),
        questions=len(contents.questions),
    )
    folder = index / manifest.id
    build(folder, contents, manifest, step=step)
    step("verify")
    verify(folder, contents)
    step("publish")
    publish(index, manifest.id)
    return IngestReport(plan, tuple(failures), manifest.id, len(contents.passages), encoder.encoded - before, notes)


def _current(index: Path) -> tuple[dict[str, str], str]:
    """Return the documents and fingerprint of the current snapshot; nothing when there is none that can be used."""
    try:
        manifest = read_manifest(index / current_id(index))
    except AssistantError:
        return {}, ""
    return manifest.documents, "" if (index / DISTRUSTED).is_file() else manifest.fingerprint


def _fingerprint(corpus: Path, digests: Mapping[str, str], encoder: VectorMaker) -> str:
    parts = [str(FORMAT), str(SPLITTER), repr(sorted(asdict(encoder.signature).items())), repr(sorted(digests.items()))]
    parts += [hashlib.sha256((corpus / n).read_bytes()).hexdigest() for n in DATA_NAMES if (corpus / n).is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _unknown_labels(passages: list[Passage], knowledge: Knowledge) -> list[str]:
    """Return a warning for each document with labels that neither labels.yaml nor gaps.yaml knows."""
    unknown: dict[str, set[str]] = {}
    for passage in passages:
        for label in set(passage.labels) - set(knowledge.labels) - set(knowledge.gaps):
            unknown.setdefault(passage.document.path, set()).add(label)
    return [
        f"{path}: label {', '.join(sorted(labels))} tidak ada di labels.yaml atau gaps.yaml" for path, labels in unknown.items()
    ]


def _duplicates(documents: list[Document]) -> list[str]:
    """Return a warning for each pair of documents that say nearly the same; answers cite one of them."""
    return [
        f"{one} dan {other} hampir sama ({share:.0%}); yang lebih baru dikutip" for one, other, share in nearly_same(documents)
    ]


def _reasons(failures: list[LoadFailure]) -> str:
    return "; ".join(f"{f.path}: {f.reason}" for f in failures[:5]) or "folder itu kosong."
