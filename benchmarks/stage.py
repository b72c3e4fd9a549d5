"""A real office for looking at: the shipped corpus with its encoder, invented people, questions, answers and a bimtek.

Nobody and no number here exists. The index of `DATA_DIR` (default `data/`) is copied where there is one, so that a stage opens
in seconds; otherwise it is made, which takes minutes.
"""

from __future__ import annotations

import io
import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.ledger import Person, Role
from assistant.office import Office
from assistant.records import people as rows
from assistant.settings import ROOT, Settings, load_settings
from assistant.standards import Draft
from assistant.start import indexed_office
from assistant.training.sittings import Sitting, SittingPlan, Test
from assistant.unanswered import ASKED
from tests.sitting import guess

PASSWORD = "tiga kata acak"
PEOPLE = {
    "petugas.contoh": (Role.PETUGAS, "Petugas Contoh", "Berau"),
    "pelatih.contoh": (Role.PELATIH, "Pelatih Contoh", ""),
    "admin.contoh": (Role.ADMIN, "Admin Contoh", ""),
    "penelaah.contoh": (Role.ADMIN, "Penelaah Contoh", ""),
}
FIRST_QUESTION = "UEP itu uang atau barang?"
QUESTIONS = (
    ("Berau", "Pak, warga yg udah dpt tahun lalu boleh diusulkan lagi?"),
    ("Berau", "Berapa nilai bantuan UEP per orang tahun 2025?"),
    ("Paser", "Berapa lama barang UEP sampai setelah usulan disetujui?"),
    ("Paser", "Berapa hari barang UEP sampai sesudah usulan disetujui?"),
    ("Kutai Barat", "Apakah penerima UEP boleh ganti jenis usaha setelah barang diterima?"),
    ("Mahakam Ulu", "Siapa yang menanggung ongkos angkut barang ke kampung?"),
    ("Berau", "Berapa umur paling tinggi penerima UEP Kaltim?"),
)
UNKNOWN = "Apakah penerima UEP boleh menjual mesin yang diterimanya?"
PARTICIPANTS = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan")
TOPICS = ("kriteria", "bantuan", "alur")
LETTER = "Petunjuk Pengantaran Barang UEP"


@dataclass(frozen=True, slots=True)
class Stage:
    """An office with what the screens need: the sitting that waits, the one that runs with a seat, the one that is over."""

    office: Office
    people: dict[Role, Person]
    lobby: Sitting
    running: Sitting
    seat: str
    done: Sitting
    finished_seat: str
    answer: str
    case: str
    marked_case: str
    standard: str
    proposed: str


def set_stage(folder: Path) -> Stage:
    """Return an office in the empty `folder`; everything in it was done through its use cases."""
    office = _open(folder)
    found = {name: _person(office, name) for name in PEOPLE}
    officer, trainer, admin, reviewer = found.values()
    answer = _ask(office, officer)
    standard, proposed = _standards(office, trainer, reviewer)
    _handle(office, trainer)
    lobby, running, done, seat, finished_seat = _bimtek(office, trainer)
    case, marked_case = _cases(office, officer)
    _practise(office, officer)
    office.documents.upload(admin, [(f"{LETTER}.pdf", io.BytesIO(_letter()))])
    office.operations.back_up(admin)
    people = {Role.PETUGAS: officer, Role.PELATIH: trainer, Role.ADMIN: admin}
    return Stage(office, people, lobby, running, seat, done, finished_seat, answer, case, marked_case, standard, proposed)


def _open(folder: Path) -> Office:
    found = load_settings()
    corpus, data = folder / "corpus", folder / "data"
    shutil.copytree(ROOT / "corpus", corpus, ignore=shutil.ignore_patterns("unggahan"))
    data.mkdir()
    for name in ("index", "vectors.sqlite", "bacaan"):
        kept = found.data_dir / name
        if kept.is_dir():
            shutil.copytree(kept, data / name)
        elif kept.exists():
            shutil.copy2(kept, data / name)
    settings = Settings(corpus_dir=corpus, data_dir=data, questions_per_minute=10_000, log_to="off", backup_hours=0)
    return indexed_office(settings)


def _person(office: Office, name: str) -> Person:
    role, display, kabupaten = PEOPLE[name]
    user = rows.add_user(office.records, name, display, role, kabupaten, actor="contoh")
    office.people.accept(office.people.link_for(name), PASSWORD)
    return Person(f"user:{user.id}", rows.user_of(office.records, user.id))


def _ask(office: Office, officer: Person) -> str:
    for number, (kabupaten, question) in enumerate(QUESTIONS):
        name = f"pendamping.{number}"
        asker = rows.add_user(office.records, name, f"Pendamping Contoh {number}", Role.PETUGAS, kabupaten, actor="contoh")
        person = Person(f"user:{asker.id}", rows.user_of(office.records, asker.id))
        office.conversations.ask(person, question, scope="semua", conversation=None, open_chat=False, address="127.0.0.1")
    unknown = office.conversations.ask(officer, UNKNOWN, scope="semua", conversation=None, open_chat=False, address="127.0.0.1")
    office.conversations.rate(officer, unknown.id, helpful=False, reason="", comment="")
    first = office.conversations.ask(
        officer, FIRST_QUESTION, scope="semua", conversation=None, open_chat=False, address="127.0.0.1"
    )
    return first.id


def _standards(office: Office, trainer: Person, reviewer: Person) -> tuple[str, str]:
    """Propose two answers, each of one found sentence; the reviewer approves the first."""
    made = []
    for question, variant in (
        ("Bantuan UEP diberikan dalam bentuk apa?", "UEP berbentuk uang atau barang?"),
        ("Siapa yang mengasesmen calon penerima UEP?", "Asesmen calon penerima dilakukan siapa?"),
    ):
        citation = office.assistant.ask(question).citations[0]
        quote = (citation.passage.id, citation.start, citation.end)
        made.append(office.standards.propose(trainer, Draft(question, (variant,), f"{citation.quote} [1]", (quote,))))
    office.standards.approve(reviewer, made[0].id, made[0].seen)
    return made[0].id, made[1].id


def _handle(office: Office, trainer: Person) -> None:
    """Pass one question on and confirm the sentence that answers another."""
    waiting = office.unanswered.groups(trainer)
    passed = waiting[-1]
    office.unanswered.handle(trainer, [member.entry for member in passed.members], ASKED, note="Lewat surat")
    citation = office.assistant.ask("Apa bentuk bantuan UEP?").citations[0]
    sentences = citation.passage.sentences
    ordinal = next(place for place, sentence in enumerate(sentences) if sentence.end > citation.start)
    office.confirming.confirm(trainer, citation.passage.id, ordinal, ["bantuannya nanti rupa apa pak"])
    office.documents.wait(120)


def _bimtek(office: Office, trainer: Person) -> tuple[Sitting, Sitting, Sitting, str, str]:
    plans = [
        SittingPlan(f"Bimtek UEP angkatan {n}", "Aula Contoh", "2026-11-24", "Pelatih Contoh", TOPICS, 6, 30, seed=n)
        for n in (3, 2, 1)
    ]
    lobby, running, done = (office.bimtek.create(trainer, plan) for plan in plans)
    seats = [_join(office, sitting, count) for sitting, count in ((lobby, 3), (running, 8), (done, 8))]
    running = office.bimtek.advance(trainer, running.id, running.stage)
    _write(office, running, Test.BEFORE, seats[1][1:], 0.5)
    done = office.bimtek.advance(trainer, done.id, done.stage)
    _write(office, done, Test.BEFORE, seats[2], 0.4)
    for _ in range(2):
        done = office.bimtek.advance(trainer, done.id, done.stage)
    _write(office, done, Test.AFTER, seats[2], 0.8)
    done = office.bimtek.advance(trainer, done.id, done.stage)
    return lobby, running, done, seats[1][0], seats[2][0]


def _join(office: Office, sitting: Sitting, count: int) -> list[str]:
    owners = [(f"Peserta {name}", f"tamu:{sitting.id}{name}") for name in PARTICIPANTS[:count]]
    regions = ("Berau", "Paser", "Samarinda")
    return [
        office.attending.join(sitting, name, regions[place % 3], owner=owner, address=owner).id
        for place, (name, owner) in enumerate(owners)
    ]


def _write(office: Office, sitting: Sitting, test: Test, seats: list[str], skill: float) -> None:
    draw = random.Random(5)
    for seat in seats:
        for response in guess(seat, sitting.items(test), skill, draw).responses:
            office.attending.answer(seat, test, response)
        office.attending.hand_in(seat, test)


def _cases(office: Office, officer: Person) -> tuple[str, str]:
    first, second = (office.casework.begin(officer, offer.plan) for offer in office.casework.offers(officer)[:2])
    office.casework.finish(officer, second.id)
    return first.id, second.id


def _practise(office: Office, officer: Person) -> None:
    draw = random.Random(3)
    for _ in range(6):
        asked = office.practice.next(officer)
        if asked is not None:
            for response in guess("x", [asked.item], 0.7, draw).responses:
                office.practice.answer(officer, asked, response)


def _letter() -> bytes:
    """Return an invented letter of one page as PDF."""
    from reportlab.pdfgen import canvas

    content = io.BytesIO()
    sheet = canvas.Canvas(content, invariant=True)
    for place, line in enumerate((LETTER, "Contoh untuk panduan; bukan naskah resmi.", "Barang diantar pada hari kerja.")):
        sheet.drawString(80, 760 - 40 * place, line)
    sheet.save()
    return content.getvalue()
