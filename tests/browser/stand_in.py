"""A small Assistant for the screens alone: fixed documents, one answer for each outcome that looks different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.answering.standard import Known
from assistant.course import Course
from assistant.errors import CorpusError, IndexMissingError, QuestionError
from assistant.knowledge import Knowledge
from assistant.knowledge.glossary import Glossary, Term
from assistant.remembered import RememberedVectors
from assistant.types import (
    Answer,
    BlockKind,
    Citation,
    DocumentCard,
    Gap,
    Hit,
    Kind,
    Label,
    Match,
    Passage,
    Rejected,
    Retrieval,
    Sentence,
    Source,
    Status,
    Turn,
    Validity,
)
from tests.fakes import FakeEncoder

CARD = DocumentCard(
    "kaltim/uep.md",
    "Program UEP Kaltim 2025 dan tujuannya",
    Kind.RINGKASAN,
    "kaltim",
    "uep-kaltim",
    Validity.BERLAKU,
    "2025",
    None,
    "2026-11-24",
)
OTHER = DocumentCard("daerah-lain/banten.md", "UEP di Banten", Kind.CONTOH, "daerah-lain", "uep-daerah-lain", Validity.BERLAKU)
TEXT = (
    "Usaha Ekonomi Produktif (UEP) adalah nama program baru di Dinsos Kaltim. Sejak 2025 bantuan UEP diberikan kepada "
    "perorangan, bukan lagi kelompok.\n\nHasil yang diharapkan:\n- akses ekonomi terbuka\n- produktivitas naik"
)
QUOTE = "Sejak 2025 bantuan UEP diberikan kepada perorangan, bukan lagi kelompok."
SOURCE = Source(
    "S1", "Kaltim alihkan KUBE ke UEP", "NusaSatu", "2025-10-22", "berita", "https://example.org/a?b=1&c=2", "paragraf 3"
)
LABELS = {
    "B-027": Label("B-027", (SOURCE,), "kaltim", "uep-kaltim", Validity.BERLAKU, "tinggi"),
    "A-158": Label("A-158", (replace(SOURCE, id="S2", kind="contoh"),), "daerah-lain", "uep", Validity.USANG, "sedang"),
}


def _passage(card: DocumentCard, text: str, label: str, kinds: tuple[BlockKind, ...]) -> Passage:
    return Passage(
        f"{card.path}#a:1", "d", card, ("Apa itu UEP", "Bentuk bantuan"), text, (Sentence(text, 0, len(text), (label,)),), kinds
    )


PASSAGE = _passage(CARD, TEXT, "B-027", (BlockKind.PARAGRAPH, BlockKind.LIST))
ELSEWHERE = _passage(OTHER, "Di Banten UEP diberikan tunai Rp2.000.000 <b>per orang</b>.", "A-158", (BlockKind.PARAGRAPH,))
REPEATED = replace(PASSAGE, id="forum/fkp.md#a:1", document=replace(CARD, path="forum/fkp.md", title="Forum <i>konsultasi</i>"))


def _hit(passage: Passage, score: float, **parts: float) -> Hit:
    return Hit(passage, score, parts, (Match(0, score, parts, by=(score,)),))


KEPT = (
    _hit(PASSAGE, 0.8, kata=0.35, pertanyaan=0.25, bagian=0.15, kalimat=0.05, kosinus=0.7, kedudukan=1.0),
    _hit(ELSEWHERE, 0.44, kata=0.2, pertanyaan=0.2, bagian=0.1, kalimat=0.0, kosinus=0.6, kedudukan=0.88),
)
REJECTED = (Rejected(_hit(REPEATED, 0.7, kata=0.3, kedudukan=1.0), "nilainya di bawah batas"),)


class StandInAssistant:
    """Has the interface of `assistant.service.Assistant` and no index."""

    def __init__(self) -> None:
        """Remember vectors of words alone."""
        self.remembered = RememberedVectors(FakeEncoder())

    def answer_first(self, source: Any, *, today: Any) -> None:
        """Give no standard answers."""

    def known(self) -> Known:
        """Return the passages of two documents."""
        knowledge = Knowledge(LABELS, {}, {}, Glossary(), ())
        return Known({passage.id: passage for passage in (PASSAGE, ELSEWHERE)}, knowledge)

    def matching(self, question: str, among: Any) -> list[Any]:
        """Return none."""
        return []

    writer = None

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: str = "semua",
        quote_only: bool = False,
        show: Any = None,
    ) -> Answer:
        """Answer every question with the same two quotes."""
        if not question.strip():
            raise QuestionError("Pertanyaan kosong; tulis pertanyaan Anda.")
        if "rusak" in question:
            raise ValueError("boom")
        if "presiden" in question:
            return Answer(question, Status.OFF_TOPIC, "Di luar topik.", (), Retrieval(question, KEPT, REJECTED, (question,)))
        start = TEXT.index(QUOTE)
        whole = ELSEWHERE.text
        return Answer(
            question,
            Status.PARTIAL,
            f"{QUOTE} [1]\n\nContoh dari daerah lain, bukan aturan Kaltim.\n\n{whole} [2]",
            (
                Citation(1, PASSAGE, QUOTE, start, start + len(QUOTE), ("B-027",)),
                Citation(2, ELSEWHERE, whole, 0, len(whole), ("A-158",)),
            ),
            Retrieval(question, KEPT, REJECTED, (question,)),
        )

    def documents(self) -> tuple[DocumentCard, ...]:
        """Return two cards."""
        return (OTHER, CARD)

    def read(self, path: str) -> tuple[DocumentCard, str, tuple[Passage, ...]]:
        """Return one of the two documents."""
        for card, passage in ((CARD, PASSAGE), (OTHER, ELSEWHERE)):
            if card.path == path:
                return card, "Ringkasan, bukan naskah resmi.", (passage,)
        raise CorpusError(f"Dokumen {path} tidak ada di Pustaka.")

    def label(self, name: str) -> Label | None:
        """Return a label."""
        return LABELS.get(name)

    def gap(self, name: str) -> Gap | None:
        """Return no gap."""
        return None

    def terms(self) -> tuple[Term, ...]:
        """Return one term."""
        meaning = "Keluarga yang menerima bantuan sosial."
        return (Term("KPM", "Keluarga Penerima Manfaat", meaning, ("kpm",), "", "dasar"),)

    def course(self) -> Course:
        """Return the course of the shipped corpus."""
        from tests.training import shipped_course

        return shipped_course()

    def examples(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return two topics."""
        return (("Kriteria", ("Siapa yang diprioritaskan menerima UEP?",)), ("Bantuan", ("UEP itu uang atau barang?",)))

    def followups(self, answer: Answer) -> tuple[str, ...]:
        """Return one question for an answer with sources."""
        return ("Siapa yang menetapkan penerima UEP Kaltim 2025?",) if answer.citations else ()

    def health(self) -> dict[str, object]:
        """Return a good state."""
        return {"ok": True}

    @property
    def signature(self) -> None:
        """Return none: there is no encoder."""

    def snapshot(self) -> None:
        """Have no index."""
        raise IndexMissingError("Indeks belum ada.")

    def checked(self, question: str) -> str:
        """Refuse an empty question."""
        if not question.strip():
            raise QuestionError("Pertanyaan kosong; tulis pertanyaan Anda.")
        return question

    def passages(self) -> dict[str, list[Passage]]:
        """Return the passages of two documents."""
        return {passage.document.path: [passage] for passage in (PASSAGE, ELSEWHERE)}

    def withdraw(self, path: str) -> None:
        """Keep everything."""

    def welcome(self, path: str) -> None:
        """Keep everything."""
