"""Build objects for tests, naming only what the test is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.answering.evidence import Evidence
from assistant.answering.pipeline import answer
from assistant.index.reader import SnapshotReader
from assistant.ingestion import ingest
from assistant.knowledge import Glossary, Knowledge
from assistant.office import Office, open_office
from assistant.records import open_records
from assistant.records.database import utc_now
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, BlockKind, DocumentCard, Hit, Kind, Match, Passage, Retrieval, Sentence, Validity
from tests.fakes import FakeEncoder

CARD = "title: {title}\nkind: ringkasan\nscope: {scope}\nprogram: uep-kaltim\nstatus: berlaku\nreviewed: 2026-11-24\n"

BANTUAN = """
> Ringkasan, bukan naskah resmi.

# Bantuan UEP

## Bentuk bantuan

UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai.[^B-029] UEP Kaltim 2025 bernilai Rp4,5 juta sampai
Rp5 juta per orang menurut Kadinsos Kaltim.[^B-030]

## Jenis usaha

Jenis usaha UEP Kaltim 2025 adalah:[^B-040]
- makanan
- gorengan
- olahan kue

## Seleksi

Calon penerima UEP Kaltim diasesmen oleh Dinas Sosial kabupaten atau kota.[^B-036]
"""

CELAH = """
# Belum ada di sumber

## Umur

Batas umur penerima UEP Kaltim belum ditemukan di sumber publik; tanyakan ke Dinsos Kaltim.[^C-001]
"""

LABELS = "".join(
    f"{name}: {{sources: [{{id: S-001}}], scope: kaltim, program: uep-kaltim, status: berlaku, confidence: dibaca}}\n"
    for name in ("B-029", "B-030", "B-036", "B-040")
)
SOURCES = "S-001: {title: Berita UEP, publisher: Harian Contoh, date: 2025-06-04, kind: berita, url: 'https://contoh.test/uep'}\n"
GAPS = "C-001: {missing: batas umur penerima UEP Kaltim, attribute: aturan, whom: Dinsos Kaltim, searched: berita publik}\n"
GLOSSARY = "- {term: UEP, expansion: Usaha Ekonomi Produktif, forms: [uep], rewrite: uep, group: istilah}\n"
QUESTIONS = (
    '{"label": "B-029", "questions": ["bantuannya uang apa barang"]}\n'
    '{"label": "C-001", "questions": ["umur berapa boleh dapat UEP"]}\n'
)


def write_corpus(folder: Path, **documents: str) -> Path:
    """Write a small corpus with its data files; `documents` add or replace `NAME.md` bodies."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in {"bantuan": BANTUAN, "celah": CELAH, **documents}.items():
        write_document(folder, name, body)
    (folder / "labels.yaml").write_text(LABELS, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "gaps.yaml").write_text(GAPS, encoding="utf-8")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (folder / "questions.jsonl").write_text(QUESTIONS, encoding="utf-8")
    return folder


def write_document(folder: Path, name: str, body: str, *, scope: str = "kaltim") -> Path:
    """Write one document with front matter."""
    path = folder / f"{name}.md"
    path.write_text(f"---\n{CARD.format(title=name.capitalize(), scope=scope)}---\n{body}", encoding="utf-8")
    return path


def make_index(folder: Path, *, data: Mapping[str, str] | None = None, **documents: str) -> tuple[Path, Path, FakeEncoder]:
    """Write and ingest a small corpus; returns corpus folder, index folder and encoder.

    `data` adds to its data files, or makes new ones, by file name.
    """
    encoder = FakeEncoder()
    corpus, index = write_corpus(folder / "corpus", **documents), folder / "index"
    for name, text in (data or {}).items():
        with (corpus / name).open("a", encoding="utf-8") as file:
            file.write(text)
    ingest(corpus, index, encoder)
    return corpus, index, encoder


def sample_assistant(folder: Path, **settings: Any) -> Assistant:
    """Return an Assistant over the small corpus with the fake encoder."""
    return open_assistant(*make_index(folder)[1:], **settings)


def open_assistant(index: Path, encoder: FakeEncoder, **settings: Any) -> Assistant:
    """Return an Assistant over the index of `make_index`."""
    return Assistant(Settings(**settings), encoder, SnapshotReader(index, signature=encoder.signature))


def make_office(folder: Path, assistant: Any, *, url: str = "", now: Any = utc_now, **settings: Any) -> Office:
    """Return an office over `assistant` with records in `folder`, or at `url`."""
    records = open_records(url or f"sqlite:///{folder / 'catatan.sqlite'}", now=now)
    return open_office(assistant, records, Settings(**settings))


def make_passage(
    text: str,
    *,
    label: str = "B-001",
    path: str = "a.md",
    title: str = "Judul",
    headings: tuple[str, ...] = ("Bagian",),
    scope: str = "kaltim",
    status: Validity = Validity.BERLAKU,
) -> Passage:
    """Return a passage of one sentence."""
    card = DocumentCard(path, title, Kind.RINGKASAN, scope, "uep-kaltim", status)
    sentence = Sentence(text, 0, len(text), (label,))
    return Passage(f"{path}#{label}:1", "d", card, headings, text, (sentence,), (BlockKind.PARAGRAPH,))


def make_evidence(
    text: str,
    *,
    label: str = "B-001",
    scope: str = "kaltim",
    status: Validity = Validity.BERLAKU,
    cosine: float = 0.9,
    **values: Any,
) -> Evidence:
    """Return a quotable sentence; `values` are further fields of Evidence."""
    passage = make_passage(text, label=label, scope=scope, status=status)
    return Evidence(passage, 0, len(text), (label,), 1.0, cosine, scope, status, **values)


def make_hit(
    text: str, *, score: float = 0.9, cosine: float = 0.9, premise: str = "", by: tuple[float, ...] = (), **passage: Any
) -> Hit:
    """Return a hit on a passage of one sentence; `passage` goes to `make_passage`."""
    match = Match(0, score, {"kosinus": cosine}, premise, by)
    return Hit(make_passage(text, **passage), score, match.parts, (match,))


def make_knowledge(**values: Any) -> Knowledge:
    """Return the knowledge of a corpus without data files, in which UEP is a word of the field."""
    known: dict[str, Any] = {"labels": {}, "gaps": {}, "questions": {}, "conflicts": ()}
    return Knowledge(**{**known, "glossary": Glossary(field_words=frozenset({"uep"})), **values})


def answer_from(question: str, *hits: Hit, **knowledge: Any) -> Answer:
    """Answer `question` as if a search had found `hits`, best first; `knowledge` goes to `make_knowledge`."""

    def find(text: str, also: Any, wanted: Any) -> Retrieval:
        return Retrieval(text, hits, (), (text, *also))

    return answer(question, history=(), find=find, knowledge=make_knowledge(**knowledge))
