"""Build objects for tests, naming only what the test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from assistant.answering.evidence import Evidence
from assistant.answering.pipeline import answer
from assistant.index.reader import SnapshotReader
from assistant.ingestion import IngestReport, ingest, make_plan
from assistant.knowledge import Glossary, Knowledge
from assistant.ledger import Entry, Person, Role, User
from assistant.office import Office, open_office
from assistant.people import People
from assistant.records import Records, open_records
from assistant.records.database import utc_now
from assistant.secrets import Passwords
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.training.items import Anchor, Item, ItemKind, Option, identified
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
    Retrieval,
    Sentence,
    Source,
    Status,
    Validity,
)
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


def no_ingest(reporter: Any) -> IngestReport:
    """Change nothing."""
    return IngestReport(make_plan("", {}, {}), (), None, 0, 0)


class Moving:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def on(self, **time: float) -> None:
        """Move on by `days`, `hours`, `minutes` or `seconds`."""
        self.time += timedelta(**time)


def make_people(records: Records, **settings: Any) -> People:
    """Return People whose passwords are hashed at the lowest cost, so that tests are quick."""
    return People(records, Settings(**settings), passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))


def make_office(
    folder: Path, assistant: Any, *, url: str = "", now: Any = utc_now, ingest_job: Any = None, **settings: Any
) -> Office:
    """Return an office over `assistant` with records in `folder`, or at `url`; `ingest_job` is what its jobs do.

    Its corpus is the one that `make_index` wrote into `folder`, if any: what is confirmed or uploaded is written there.
    """
    records = open_records(url or f"sqlite:///{folder / 'catatan.sqlite'}", now=now)
    own = {"corpus_dir": folder / "corpus"} if (folder / "corpus").exists() else {}
    chosen = Settings(**{"data_dir": folder, **own, **settings})
    return open_office(assistant, records, chosen, ingest=ingest_job or no_ingest, people=make_people(records, **settings))


PASSWORD = "tiga kata acak"
"""The password of everybody whom `add_person` makes."""


def add_person(people: People, name: str = "siti.berau", *, role: Role = Role.PETUGAS, display: str = "") -> Person:
    """Add a user who has chosen PASSWORD; returns them as a Person."""
    from assistant.records import people as rows

    user = rows.add_user(people._records, name, display or name.title(), role, "", actor="uji")
    people.accept(people.link_for(user.name), PASSWORD)
    return Person(f"user:{user.id}", rows.user_of(people._records, user.id))


def make_user(role: Role = Role.PETUGAS, *, active: bool = True) -> User:
    """Return a user that no database knows."""
    return User("u1", "siti.berau", "Siti", role, "", active, True, datetime(2026, 1, 1, tzinfo=UTC))


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


def make_source(
    name: str, title: str, publisher: str = "", date: str = "tanpa tanggal", url: str | None = None, locator: str | None = None
) -> Source:
    """Return an original publication of the kind `berita`."""
    return Source(name, title, publisher, date, "berita", url, locator)


def make_label(name: str, *sources: Source, scope: str = "kaltim", status: Validity = Validity.BERLAKU) -> Label:
    """Return what the corpus knows of a statement."""
    return Label(name, sources, scope, "uep-kaltim", status, "dibaca")


def make_gap(name: str, missing: str, *, searched: str = "berita publik", whom: str = "Dinsos Kaltim") -> Gap:
    """Return a known gap."""
    return Gap(name, missing, "aturan", whom, searched)


def make_citation(number: int, quote: str, *, labels: tuple[str, ...] = (), **passage: Any) -> Citation:
    """Return a citation of a whole passage; `passage` goes to `make_passage`."""
    return Citation(number, make_passage(quote, **passage), quote, 0, len(quote), labels)


def make_entry(
    question: str,
    *citations: Citation,
    status: Status = Status.ANSWERED,
    text: str | None = None,
    known: Sequence[Label] = (),
    gaps: Sequence[Gap] = (),
) -> Entry:
    """Return a kept question of 24 November 2026, 13.05 UTC; without `text` the answer is its quotes with their [n]."""
    quoted = "\n\n".join(f"{citation.quote} [{citation.number}]" for citation in citations)
    answer = Answer(question, status, quoted if text is None else text, citations, snapshot="snap-1")
    at = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
    return Entry("e-1", "c-1", 1, at, question, answer, tuple(known), tuple(gaps))


def make_item(
    stem: str = "Dalam bentuk apa UEP Kaltim 2025 diberikan?",
    right: str = "Barang dan bahan usaha",
    wrong: Sequence[str] = ("Uang lewat bank", "Kredit lunak", "Voucer belanja"),
    *,
    kind: ItemKind = ItemKind.CHOICE,
    topic: str = "bantuan",
    label: str = "B-029",
    quote: str = "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai.",
    path: str = "bantuan.md",
    scope: str = "kaltim",
    status: Validity = Validity.BERLAKU,
    **values: Any,
) -> Item:
    """Return an item whose right option stands first; `values` are further fields of Item."""
    options = tuple(Option(text) for text in (right, *wrong))
    anchor = Anchor(label, path, quote, "Bantuan", scope, status)
    fields: dict[str, Any] = {"options": options, "key": (0,), "explanation": "", "anchors": (anchor,), **values}
    return identified(Item(id="", kind=kind, topic=topic, stem=stem, **fields))
