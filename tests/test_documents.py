"""What an admin does with documents: in answers within one job, out of them at once, and nothing lost on the way."""

import io
import threading
import zipfile
from types import SimpleNamespace

import pytest

from assistant.documents import Documents
from assistant.errors import AccessError, InputError, QuestionError
from assistant.index.reader import SnapshotReader
from assistant.jobs import State
from assistant.ledger import Person
from assistant.people import People
from assistant.records import open_records
from assistant.records.withdrawals import KeptWithdrawals
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.staging import LONGEST_TITLE, Staging
from assistant.types import Status
from assistant.wiring import make_assistant, run_ingest
from tests.factories import make_index

JUKNIS = b"Petunjuk Teknis Kunjungan UEP\n\nPendamping UEP mengunjungi setiap penerima paling lambat tanggal 17 bulan ganjil.\n"
CARD = {"title": "Juknis Kunjungan", "kind": "juknis", "scope": "kaltim", "program": "uep-kaltim", "status": "berlaku"}
QUESTION = "Tanggal berapa pendamping mengunjungi setiap penerima UEP?"


class Place:
    """An office's documents over the small corpus."""

    def __init__(self, folder):
        self.corpus, self.index, self.encoder = make_index(folder)
        self.settings = Settings(corpus_dir=self.corpus, data_dir=folder)
        self.records = open_records(f"sqlite:///{folder / 'c.sqlite'}")
        self.hold = threading.Event()
        self.hold.set()
        self.open()

    def open(self):
        """Open everything as a start of the app does."""
        self.withdrawals = KeptWithdrawals(self.records)
        reader = SnapshotReader(self.index, signature=self.encoder.signature)
        self.assistant = Assistant(self.settings, self.encoder, reader, withdrawals=self.withdrawals)
        self.documents = Documents(self.assistant, self.records, self.settings, self.ingest)
        people = People(self.records, self.settings)
        token = people.first_link()
        if token:
            self.login = people.accept(token, "kuda lari senja")
        self.admin = people.person(self.login, None)

    def ingest(self, reporter):
        self.hold.wait(10)
        told = {"progress": reporter.progress, "step": reporter.step}
        return run_ingest(self.settings, encoder=self.encoder, withdrawals=self.withdrawals, **told)

    def upload(self, name="Juknis Kunjungan.txt", content=JUKNIS):
        (waiting,), refused = self.documents.upload(self.admin, [(name, io.BytesIO(content))])
        assert refused == []
        return waiting

    def publish(self, name="Juknis Kunjungan.txt", content=JUKNIS, *, replaces="", **card):
        path = self.documents.publish(self.admin, self.upload(name, content).staged.id, {**CARD, **card}, replaces=replaces)
        job = self.documents.wait(20)
        assert job.state is State.DONE, job.reason
        return path

    def quotes(self, question=QUESTION):
        return [citation.quote for citation in self.assistant.ask(question).citations]


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_a_published_document_is_cited_with_its_card(place):
    path = place.publish()
    answer = place.assistant.ask(QUESTION)
    assert path == "unggahan/juknis-kunjungan.txt"
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].quote.startswith("Pendamping UEP mengunjungi setiap penerima paling lambat tanggal 17")
    card = answer.citations[0].passage.document
    assert (card.path, card.title, card.kind) == (path, "Juknis Kunjungan", "juknis")


def test_the_documents_of_a_zip_wait_one_by_one(place):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("juknis/Kunjungan.txt", JUKNIS)
        packed.writestr("../../jahat.txt", JUKNIS)
        packed.writestr("program.exe", b"MZ")
    archive.seek(0)
    taken, refused = place.documents.upload(place.admin, [("berkas.zip", archive)])
    assert "kunjungan.txt" in {waiting.staged.name for waiting in taken}
    assert any("program.exe" in message for message in refused)
    assert all(place.settings.data_dir in waiting.staged.file.parents for waiting in taken)
    assert not any(waiting.staged.name.endswith(".zip") for waiting in place.documents.waiting(place.admin))


def test_an_upload_is_in_no_answer_before_it_is_published(place):
    waiting = place.upload()
    assert waiting.words == 11
    assert not any("tanggal 17" in quote for quote in place.quotes())
    place.documents.discard(place.admin, waiting.staged.id)
    assert place.documents.waiting(place.admin) == ()


@pytest.mark.parametrize(
    ("card", "named"),
    [
        ({"title": ""}, "title"),
        ({"scope": "bulan"}, "bulan"),
        ({"kind": "surat cinta"}, "surat cinta"),
        ({"valid_from": "kapan"}, "valid_from"),
    ],
)
def test_a_card_that_cannot_be_taken_is_named_and_the_upload_stays(place, card, named):
    waiting = place.upload()
    with pytest.raises(InputError, match=named):
        place.documents.publish(place.admin, waiting.staged.id, {**CARD, **card})
    assert [item.staged.id for item in place.documents.waiting(place.admin)] == [waiting.staged.id]


def test_a_file_that_cannot_be_read_says_why_and_is_not_published(place):
    waiting = place.upload("x.txt", b"\x00\x01\x02")
    assert waiting.failure is not None
    with pytest.raises(InputError, match=waiting.failure.reason[:10]):
        place.documents.publish(place.admin, waiting.staged.id, CARD)
    assert not (place.corpus / "unggahan").exists()


def test_a_withdrawn_document_is_out_of_answers_before_the_ingest_has_run_and_after(place):
    path = place.publish()
    place.hold.clear()
    place.documents.withdraw(place.admin, path)
    assert not any("tanggal 17" in quote for quote in place.quotes())
    assert path not in {card.path for card in place.assistant.documents()}
    with pytest.raises(InputError):
        place.documents.original(path)
    place.hold.set()
    assert place.documents.wait(20).state is State.DONE
    assert not any("tanggal 17" in quote for quote in place.quotes())


def test_a_withdrawn_document_comes_back_from_the_archive(place):
    path = place.publish()
    place.documents.withdraw(place.admin, path)
    place.documents.wait(20)
    taken = place.documents.history(place.admin, path)[0]
    assert (taken.action, taken.changed) == ("tarik", "0 bagian baru, 0 berubah, 1 hilang, 0 tetap")
    assert place.documents.restore(place.admin, taken.id) == path
    place.documents.wait(20)
    assert any("tanggal 17" in quote for quote in place.quotes())
    assert place.assistant.read(path)[0].title == "Juknis Kunjungan"


def test_a_new_version_takes_the_place_of_the_old_one_and_says_what_it_changes(place):
    path = place.publish()
    assert place.publish("lain.txt", JUKNIS.replace(b"17", b"21"), replaces=path) == path
    assert any("tanggal 21" in quote for quote in place.quotes())
    assert not any("tanggal 17" in quote for quote in place.quotes())
    newest, first = place.documents.history(place.admin, path)
    assert (newest.action, newest.changed) == ("ganti", "0 bagian baru, 1 berubah, 0 hilang, 0 tetap")
    assert first.action == "terbit"
    place.documents.restore(place.admin, newest.id)
    place.documents.wait(20)
    assert any("tanggal 17" in quote for quote in place.quotes())


def test_a_second_document_of_the_same_name_gets_a_name_of_its_own(place):
    place.publish()
    assert place.publish(content=JUKNIS.replace(b"Pendamping", b"Petugas")) == "unggahan/juknis-kunjungan-2.txt"


def test_going_back_answers_from_the_snapshot_before(place):
    place.publish()
    place.documents.roll_back(place.admin)
    assert not any("tanggal 17" in quote for quote in place.quotes())


def test_going_back_leaves_out_what_was_withdrawn_until_it_is_brought_back(place):
    with zipfile.ZipFile(place.corpus / "berkas.zip", "w") as packed:
        packed.writestr("kunjungan.txt", JUKNIS.replace(b"17 bulan ganjil", b"19 bulan genap"))
    path = place.publish()
    place.documents.withdraw(place.admin, path)
    place.documents.wait(20)
    place.documents.roll_back(place.admin)
    assert not any("tanggal 17" in quote for quote in place.quotes())
    assert {card.path for card in place.assistant.documents()} == {"bantuan.md", "celah.md", "berkas.zip/kunjungan.txt"}
    place.documents.restore(place.admin, place.documents.history(place.admin, path)[0].id)
    place.documents.wait(20)
    assert any("tanggal 17" in quote for quote in place.quotes())
    assert place.withdrawals.paths() == frozenset()


def test_without_the_corpus_folder_nobody_goes_back_for_nobody_knows_what_was_withdrawn(place):
    place.publish()
    place.corpus.rename(place.corpus.with_name("tidak-terpasang"))
    with pytest.raises(InputError, match="Folder korpus tidak ada"):
        place.documents.roll_back(place.admin)
    assert any("tanggal 17" in quote for quote in place.quotes())


def test_a_command_leaves_out_what_was_withdrawn_in_the_app_and_its_ingest_ends_that(tmp_path):
    corpus, _, encoder = make_index(tmp_path)
    settings = Settings(corpus_dir=corpus, data_dir=tmp_path)
    run_ingest(settings, encoder=encoder)
    assert not list(tmp_path.glob("catatan.sqlite*")), "an ingest needs no records"
    withdrawals = KeptWithdrawals(open_records(settings.records_url))
    withdrawals.add("bantuan.md")
    assert "bantuan.md" not in {card.path for card in make_assistant(settings, encoder=encoder).documents()}
    (corpus / "bantuan.md").unlink()
    run_ingest(settings, encoder=encoder)
    assert withdrawals.paths() == frozenset()


def test_a_cancelled_job_leaves_the_answers_as_they_were_and_the_next_one_completes(place):
    place.hold.clear()
    waiting = place.upload()
    path = place.documents.publish(place.admin, waiting.staged.id, CARD)
    place.documents.cancel(place.admin)
    place.hold.set()
    assert place.documents.wait(20).state is State.CANCELLED
    assert not any("tanggal 17" in quote for quote in place.quotes())
    assert (place.corpus / path).is_file()
    place.documents.refresh(place.admin)
    place.documents.wait(20)
    assert any("tanggal 17" in quote for quote in place.quotes())


def test_while_a_job_runs_another_change_waits_for_it(place):
    place.hold.clear()
    path = place.documents.publish(place.admin, place.upload().staged.id, CARD)
    with pytest.raises(InputError, match="Masih berjalan"):
        place.documents.withdraw(place.admin, "bantuan.md")
    place.hold.set()
    place.documents.wait(20)
    assert (place.corpus / path).is_file()


def stop_after(monkeypatch, owner, name):
    """Let the process die, as it were, right after a step."""
    real = getattr(owner, name)

    def dies(*arguments, **values):
        real(*arguments, **values)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, name, dies)


@pytest.mark.parametrize("step", ["confirm", "keep", "put", "note"])
def test_a_replacement_that_a_crash_interrupted_is_completed_at_the_next_start(place, monkeypatch, step):
    path = place.publish()
    staged = place.upload("lain.txt", JUKNIS.replace(b"17", b"21"))
    with monkeypatch.context() as patch:
        owner = {"confirm": place.documents._staging, "note": place.documents}.get(step, place.documents._shelf)
        stop_after(patch, owner, "_note" if step == "note" else step)
        with pytest.raises(KeyboardInterrupt):
            place.documents.publish(place.admin, staged.staged.id, CARD, replaces=path)
    place.open()
    place.documents.refresh(by_system=True)
    assert place.documents.wait(20).state is State.DONE
    assert any("tanggal 21" in quote for quote in place.quotes())
    newest = place.documents.history(place.admin, path)[0]
    assert [version.action for version in place.documents.history(place.admin, path)] == ["ganti", "terbit"]
    place.documents.restore(place.admin, newest.id)
    place.documents.wait(20)
    assert any("tanggal 17" in quote for quote in place.quotes()), "the archive holds the old file, not the new one"


def test_only_an_admin_does_any_of_this(place):
    visitor = Person("tamu:1")
    calls = [
        lambda: place.documents.upload(visitor, []),
        lambda: place.documents.waiting(visitor),
        lambda: place.documents.discard(visitor, "1"),
        lambda: place.documents.publish(visitor, "1", CARD),
        lambda: place.documents.cards(visitor),
        lambda: place.documents.history(visitor),
        lambda: place.documents.withdraw(visitor, "bantuan.md"),
        lambda: place.documents.restore(visitor, "1"),
        lambda: place.documents.roll_back(visitor),
        lambda: place.documents.refresh(visitor),
        lambda: place.documents.job(visitor),
        lambda: place.documents.cancel(visitor),
    ]
    for call in calls:
        with pytest.raises(AccessError):
            call()
    with pytest.raises(QuestionError):
        place.assistant.ask("")


@pytest.mark.parametrize("path", ["../c.sqlite", "/etc/passwd", "labels.yaml", "tidak-ada.md", "bantuan.md/../labels.yaml"])
def test_only_documents_of_the_index_can_be_opened(place, path):
    with pytest.raises(InputError, match="tidak ada"):
        place.documents.original(path)
    assert place.documents.original("bantuan.md").is_file()


def test_an_unlabelled_sentence_is_quoted_once_though_parts_of_the_question_find_it_too(place):
    place.publish()
    question = "Siapa yang mengunjungi penerima UEP? Tanggal berapa pendamping mengunjungi setiap penerima UEP itu?"
    quotes = place.quotes(question)
    assert any("tanggal 17" in quote for quote in quotes)
    assert len(quotes) == len(set(quotes))


def test_a_title_longer_than_the_records_keep_is_refused_and_nothing_is_published(tmp_path):
    staged = SimpleNamespace(file=tmp_path / "berkas.md")
    staging = Staging(tmp_path, largest=1)
    with pytest.raises(InputError, match="Judul terlalu panjang"):
        staging.confirm(staged, {"card": {"title": "j" * (LONGEST_TITLE + 1)}})
    assert not list(tmp_path.glob("*.json"))
    staging.confirm(staged, {"card": {"title": "j" * LONGEST_TITLE}})
    assert list(tmp_path.glob("*.json"))
