"""Bring the index up to date with a corpus folder: plan, then load, split, encode what is new, build, verify, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from assistant.duplicates import nearly_same
from assistant.encoding import EncoderSignature
from assistant.errors import AssistantError, CorpusError, IngestBusyError
from assistant.index.records import DocumentRecord
from assistant.index.snapshot import (
    FORMAT,
    Contents,
    Manifest,
    Step,
    Unit,
    build,
    current_id,
    prune,
    publish,
    read_manifest,
    verify,
)
from assistant.knowledge import Knowledge, read_knowledge
from assistant.loading import Loader, corpus_files
from assistant.passages import embedded_text, sentence_context, split_document
from assistant.types import Document, LoadFailure, Passage

SPLITTER = 4
"""Raised when passages are cut differently, so that an unchanged corpus is indexed anew."""

DATA_NAMES = (
    "labels.yaml",
    "sources.yaml",
    "questions.jsonl",
    "premises.jsonl",
    "glossary.yaml",
    "conflicts.yaml",
    "gaps.yaml",
    "criteria.yaml",
    "situations.yaml",
    "items.yaml",
    "cases.yaml",
)


class Progress(Protocol):
    """Told how far an ingest is; the command draws bars, the app shows a line."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report `done` of `total` in `stage` (`berkas` or `vektor`)."""


class VectorMaker(Protocol):
    """What ingest needs of an encoder."""

    signature: EncoderSignature

    @property
    def encoded(self) -> int:
        """Return how many texts were freshly encoded."""

    def encode_documents(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of texts of documents."""

    def encode_queries(self, texts: list[str], *, progress: Callable[[int], None] | None = None) -> Any:
        """Return vectors (n, d) of questions."""


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
    passages = [passage for document in documents for passage in split_document(document, asked=_asked(knowledge))]
    notes = (*_unknown_labels(passages, knowledge), *_duplicates(documents))
    if plan.fingerprint == old_print:
        return IngestReport(plan, tuple(failures), None, read_manifest(index / current_id(index)).passages, 0, notes)
    before = encoder.encoded
    contents = _contents(corpus, documents, passages, knowledge, encoder, progress, step)
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


def _contents(
    corpus: Path,
    documents: list[Document],
    passages: list[Passage],
    knowledge: Knowledge,
    encoder: VectorMaker,
    progress: Progress,
    step: Step,
) -> Contents:
    sentences: list[Unit] = []
    bare: list[str] = []
    with_questions: list[str] = []
    for passage in passages:
        for ordinal in range(len(passage.sentences)):
            reference = f"{passage.id}|{ordinal}"
            asked = [question for at, question in passage.asked if at == ordinal]
            sentences.append(Unit(reference, sentence_context(passage, ordinal)))
            bare.append(" ".join([passage.document.title, *passage.headings[-1:], sentences[-1].text]))
            rewritten = " ".join(knowledge.glossary.rewrite(question) for question in asked)
            with_questions.append(f"{bare[-1]} {rewritten}")
    # A label may stand in several documents; its questions are stored once and found through the label.
    stated = {label for passage in passages for label in (*passage.labels, passage.id)}
    questions = [Unit(name, q) for name, asked in knowledge.questions.items() if name in stated for q in asked]
    questions += [Unit(p.id, q) for p in knowledge.premises.values() if p.label in stated for q in p.questions]
    wholes = [Unit(f"{passage.id}|-", embedded_text(passage)) for passage in passages]
    total = len(sentences) + len(questions) + len(wholes)
    step("encode")
    made: list[Any] = []
    for units, encode in (
        (sentences, encoder.encode_documents),
        (questions, encoder.encode_queries),
        (wholes, encoder.encode_documents),
    ):
        start = sum(len(vectors) for vectors in made)
        made.append(encode([unit.text for unit in units], progress=lambda n, at=start: progress("vektor", at + n, total)))  # type: ignore[misc]
    return Contents(
        passages,
        [DocumentRecord.of(document) for document in documents],
        sentences,
        questions,
        wholes,
        (made[0], made[1], made[2]),
        (bare, with_questions),
        [corpus / name for name in DATA_NAMES if (corpus / name).is_file()],
    )


def _asked(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return all stored questions by label or passage id: whoever holds a wrong premise asks for the label that mends it."""
    asked = {name: tuple(questions) for name, questions in knowledge.questions.items()}
    for premise in knowledge.premises.values():
        asked[premise.label] = asked.get(premise.label, ()) + premise.questions
    return asked


def _current(index: Path) -> tuple[dict[str, str], str]:
    """Return the documents and fingerprint of the current snapshot; nothing when there is none that can be used."""
    try:
        manifest = read_manifest(index / current_id(index))
    except AssistantError:
        return {}, ""
    return manifest.documents, manifest.fingerprint


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
