"""Bring the index up to date with a corpus folder: plan, then load, split, encode what is new, build, verify, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.contents import DATA_NAMES, Progress, VectorMaker, asked_by_name, make_contents
from assistant.duplicates import nearly_same
from assistant.errors import CorpusError, IndexBrokenError, IndexMissingError
from assistant.index.places import Check, Place, place_of
from assistant.index.snapshot import DISTRUSTED, FORMAT, Manifest, Step, build, read_manifest, verify
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
    index: Path | Place,
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
    place = place_of(index)
    place.folder.mkdir(parents=True, exist_ok=True)
    with place.alone() as check, loader or Loader() as reader:
        place.check_corpus(corpus)
        return _ingest(corpus, place, encoder, keep, reader, progress, step, check)


def _ingest(
    corpus: Path,
    place: Place,
    encoder: VectorMaker,
    keep: int,
    loader: Loader,
    progress: Progress,
    step: Step,
    check: Check,
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
    current = _current(place)
    plan = make_plan(_fingerprint(corpus, new, encoder), new, current.documents if current else {})
    place.prune(keep=keep)
    if not documents:
        raise CorpusError(f"Tidak ada dokumen yang dapat dibaca di {corpus}; {_reasons(failures)}")
    passages = [passage for document in documents for passage in split_document(document, asked=asked_by_name(knowledge))]
    notes = (*_unknown_labels(passages, knowledge), *_duplicates(documents))
    anew = (place.folder / DISTRUSTED).is_file()
    if current and plan.fingerprint == current.fingerprint and not anew:
        return IngestReport(plan, tuple(failures), None, current.passages, 0, notes)
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
    folder = place.folder / manifest.id
    build(folder, contents, manifest, vectors=place.vectors, step=step)
    step("verify")
    verify(folder, contents, vectors=place.vectors)
    step("publish")
    check()
    place.publish(manifest.id)
    return IngestReport(plan, tuple(failures), manifest.id, len(contents.passages), encoder.encoded - before, notes)


def _current(place: Place) -> Manifest | None:
    """Return the manifest of the current snapshot; None when there is none that can be used, such as one without its vectors.

    Raises IndexAwayError or RecordsError when a server is away: whether there is one can't be told then.
    """
    try:
        folder = place.here(place.current())
        manifest = read_manifest(folder)
        dense = place.vectors.open(folder)
    except (IndexMissingError, IndexBrokenError):
        return None
    try:
        return manifest if dense.count("kalimat") == manifest.sentences else None
    finally:
        dense.close()


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
