"""Assistant: every use case that the screens, the commands and the API may call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from langchain_core.embeddings import Embeddings

from assistant.answering.pipeline import prepare
from assistant.answering.prompts import wording_prompts
from assistant.answering.rewording import Show, may_reword, reword
from assistant.answering.standard import Known
from assistant.answering.writing import Writer
from assistant.approved import Approved, Source
from assistant.course import Course, make_course
from assistant.duplicates import cited_once
from assistant.encoding import EncoderSignature
from assistant.errors import CorpusError, QuestionError
from assistant.examples import EXAMPLES
from assistant.followups import followups
from assistant.index.reader import SnapshotReader
from assistant.index.records import card_from
from assistant.index.snapshot import Snapshot
from assistant.knowledge.glossary import Term
from assistant.language import clean
from assistant.ledger import StandardAnswer
from assistant.privacy import mask
from assistant.questions import parts
from assistant.remembered import RememberedVectors
from assistant.retrieval import retrieve, without
from assistant.settings import Settings
from assistant.types import Answer, DocumentCard, Gap, Label, Passage, Retrieval, Status, Turn
from assistant.withdrawals import OwnWithdrawals, Withdrawals

Told = Callable[[str, float], None]
"""Told the outcome of a question and its seconds."""


class Assistant:
    """Answers from the published snapshot; safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        encoder: Embeddings,
        reader: SnapshotReader,
        writer: Writer | None = None,
        *,
        withdrawals: Withdrawals | None = None,
    ) -> None:
        """Use the given parts; `assistant.wiring` chooses them. Without a writer all answers are given by quotation."""
        self._settings = settings
        self._encoder = encoder
        self._reader = reader
        self.writer = writer
        self._withdrawals = withdrawals or OwnWithdrawals()
        self.remembered = RememberedVectors(encoder)
        self._approved: Approved | None = None
        self._course: Course | None = None
        self._teaching = threading.Lock()
        self._places = threading.BoundedSemaphore(settings.parallel_questions)
        self._told: Told = lambda status, seconds: None

    @property
    def signature(self) -> EncoderSignature | None:
        """Return what makes the vectors of the encoder comparable."""
        return getattr(self._encoder, "signature", None)

    def snapshot(self) -> Snapshot:
        """Return the published snapshot, open; raises IndexMissingError and IndexBrokenError."""
        return self._reader.current()

    def listen(self, told: Told) -> None:
        """Tell `told` the outcome and the seconds of every question from now on, nothing else of it."""
        self._told = told

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: str = "semua",
        quote_only: bool = False,
        show: Show = lambda answer: None,
    ) -> Answer:
        """Answer one question with citations, worded by the model where there is one and `quote_only` doesn't forbid it.

        `show` is given the worded answer as it grows. Raises QuestionError for an empty, wordless or too long question,
        IndexMissingError and IndexBrokenError when there is nothing to search; a model's failure is no error.
        """
        started = time.perf_counter()
        asked = self.checked(question)
        status = str(Status.FAILED)
        try:
            withdrawn, snapshot = self._now()
            with self._places:
                prepared = prepare(
                    asked,
                    history=history,
                    knowledge=snapshot.knowledge,
                    find=lambda text, also, wanted: self._find(text, snapshot, withdrawn, scope, also, wanted),
                    approved=lambda text: self._standard(text, snapshot, withdrawn, scope),
                )
            result = prepared.answer
            if self.writer is not None and not quote_only and may_reword(prepared):
                result = reword(prepared, self.writer, wording_prompts(), snapshot.knowledge.glossary.shorten, show=show)
            status = str(result.status)
        finally:
            self._told(status, time.perf_counter() - started)
        return replace(result, seconds=round(time.perf_counter() - started, 4), snapshot=snapshot.manifest.id)

    def answer_first(self, source: Source, *, today: Callable[[], str]) -> None:
        """Give the standard answers of `source`, where one fits, before those of the search; `today` returns an ISO day."""
        self._approved = Approved(source, self.remembered, today=today, rivals=self._settings.question_index)

    def known(self) -> Known:
        """Return what standard answers are held against: the passages of now that are not withdrawn, and their labels."""
        withdrawn, snapshot = self._now()
        return Known(snapshot.passages, snapshot.knowledge, withdrawn)

    def matching(self, question: str, among: Sequence[StandardAnswer]) -> list[StandardAnswer]:
        """Return those of `among` that would answer `question`, nearest first."""
        asked, _ = mask(self.checked(question))
        return self._approved.matching(asked, self._reader.current(), among) if self._approved else []

    def checked(self, question: str) -> str:
        """Return a question cleaned; raises QuestionError for an empty, wordless or too long one."""
        text = clean(question).replace("\n", " ")
        if not text:
            raise QuestionError("Pertanyaan kosong; tulis pertanyaan Anda.")
        if len(text) > self._settings.question_limit:
            raise QuestionError(
                f"Pertanyaan terlalu panjang ({len(text)} huruf); ringkas sampai {self._settings.question_limit} huruf."
            )
        if not any(character.isalnum() for character in text):
            raise QuestionError("Pertanyaan tidak memuat kata; tulis pertanyaan Anda dengan kata-kata.")
        return text

    def search(self, question: str, *, scope: str = "semua") -> Retrieval:
        """Return what a question finds, with scores by part and what was rejected; personal numbers are masked."""
        asked, _ = mask(self.checked(question))
        withdrawn, snapshot = self._now()
        return self._find(asked, snapshot, withdrawn, scope, parts(asked, snapshot.knowledge.glossary.field_words))

    def documents(self) -> tuple[DocumentCard, ...]:
        """Return the cards of all documents, sorted by path."""
        withdrawn, snapshot = self._now()
        records = snapshot.documents
        return tuple(card_from(records[path].card) for path in sorted(records) if path not in withdrawn)

    def read(self, path: str) -> tuple[DocumentCard, str, tuple[Passage, ...]]:
        """Return card, note and passages of one document; raises CorpusError for an unknown path."""
        withdrawn, snapshot = self._now()
        if path not in snapshot.documents or path in withdrawn:
            raise CorpusError(f"Dokumen {path} tidak ada di Pustaka; pilih dari daftar.")
        record = snapshot.documents[path]
        passages = tuple(p for p in snapshot.passages.values() if p.document.path == path)
        return card_from(record.card), record.note, passages

    def passages(self) -> dict[str, list[Passage]]:
        """Return all passages by the path of their document."""
        found: dict[str, list[Passage]] = {}
        for passage in self._reader.current().passages.values():
            found.setdefault(passage.document.path, []).append(passage)
        return found

    def course(self) -> Course:
        """Return what the published snapshot teaches, without withdrawn documents; made once, the first caller waits."""
        withdrawn, snapshot = self._now()
        identity = "|".join([snapshot.manifest.id, *sorted(withdrawn)])
        with self._teaching:
            if self._course is None or self._course.id != identity:
                kept = (passage for passage in snapshot.passages.values() if passage.document.path not in withdrawn)
                self._course = make_course(identity, snapshot.folder / "knowledge", snapshot.knowledge, kept)
            return self._course

    def withdraw(self, path: str) -> None:
        """Answer without a document from now on, though the snapshot still holds it."""
        self._withdrawals.add(path)

    def welcome(self, path: str) -> None:
        """Take back `withdraw` of a document."""
        self._withdrawals.remove(path)

    def label(self, name: str) -> Label | None:
        """Return what is known about a footnote label."""
        return self._reader.latest().knowledge.labels.get(name)

    def gap(self, name: str) -> Gap | None:
        """Return the known gap of a label `C-…`."""
        return self._reader.latest().knowledge.gaps.get(name)

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary."""
        return self._reader.latest().knowledge.glossary.terms

    def followups(self, answer: Answer) -> tuple[str, ...]:
        """Return questions that statements near those of `answer` answer; raises AssistantError when there is no index."""
        withdrawn, snapshot = self._now()
        return followups(answer, snapshot.passages.values(), snapshot.knowledge, withdrawn=withdrawn)

    def examples(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return example questions by topic."""
        return EXAMPLES

    def health(self) -> dict[str, object]:
        """Return the state of the index; never raises for a missing or broken one, `ok` is then False."""
        return self._reader.health()

    def _now(self) -> tuple[frozenset[str], Snapshot]:
        """Return what is withdrawn and the snapshot; in this order, since a withdrawal is forgotten after its publication."""
        withdrawn = self._withdrawals.paths()
        return withdrawn, self._reader.current()

    def _standard(self, text: str, snapshot: Snapshot, withdrawn: frozenset[str], scope: str) -> Answer | None:
        return self._approved.answer(text, snapshot, withdrawn=withdrawn, scope=scope) if self._approved else None

    def _find(
        self,
        text: str,
        snapshot: Snapshot,
        withdrawn: frozenset[str],
        scope: str,
        also: Sequence[str],
        wanted: Sequence[str] = (),
    ) -> Retrieval:
        index = self._settings.question_index
        found = retrieve(text, snapshot, self._encoder, also=also, wanted=wanted, scope=scope, question_index=index)
        return cited_once(without(found, withdrawn))
