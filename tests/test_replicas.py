"""Several replicas: one index, one set of withdrawn documents, one ingest at a time, one count of acts; servers may go away."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from assistant.documents import Documents
from assistant.errors import (
    CorpusError,
    IndexAwayError,
    IndexBrokenError,
    IndexMissingError,
    IngestBusyError,
    InputError,
    RecordsError,
    TooOftenError,
)
from assistant.index.dense import ChromaServer
from assistant.index.places import MARK, SharedPlace, rollback
from assistant.index.reader import SnapshotReader
from assistant.jobs import State
from assistant.ledger import Person, Role
from assistant.operations.holdings import held_files
from assistant.operations.restoring import restore
from assistant.records import open_records, snapshots
from assistant.records.rates import SharedLimiter, forget_old
from assistant.records.shared import SnapshotPartRow
from assistant.records.withdrawals import KeptWithdrawals
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.wiring import in_turn, run_ingest
from tests.factories import add_person, make_office, make_user, write_corpus, write_document
from tests.fakes import FakeEncoder, FakeStore
from tests.serving import Client, served

NEW = "\n# Kunjungan\n\n## Jadwal\n\nPendamping UEP mengunjungi setiap penerima paling lambat tanggal 17.[^B-029]\n"
QUESTION = "Tanggal berapa pendamping mengunjungi penerima UEP?"
OFFICE = "kantor"


class Replica:
    """One process' view: its own data folder, the shared records, vectors and corpus."""

    def __init__(self, folder, records, vectors, corpus):
        self.records, self.corpus, self.encoder = records, corpus, FakeEncoder()
        self.place = SharedPlace(folder / "index", records, vectors, office=OFFICE)
        self.settings = Settings(corpus_dir=corpus, data_dir=folder)
        reader = SnapshotReader(self.place, signature=self.encoder.signature)
        self.withdrawals = KeptWithdrawals(records)
        self.assistant = Assistant(self.settings, self.encoder, reader, withdrawals=self.withdrawals)
        self.documents = Documents(self.assistant, records, self.settings, self.follow, index=self.place)
        self.during = lambda: None

    def follow(self, reporter):
        def step(name):
            reporter.step(name)
            if name == "encode":
                self.during()

        return self.ingest(step=step)

    def ingest(self, **options):
        settings = replace(self.settings, corpus_dir=self.corpus)
        return run_ingest(settings, encoder=self.encoder, place=self.place, withdrawals=self.withdrawals, **options)

    def quotes(self, question=QUESTION):
        return " ".join(citation.quote for citation in self.assistant.ask(question).citations)


ADMIN = Person("user:u1", make_user(Role.ADMIN))


@pytest.fixture
def vectors():
    return FakeStore()


def two(folder, records, vectors):
    """Two replicas over one small corpus, nothing published yet."""
    corpus = write_corpus(folder / "corpus")
    return [Replica(folder / name, records, vectors, corpus) for name in ("a", "b")]


@pytest.fixture
def replicas(tmp_path, vectors):
    """Two replicas over SQLite, for what doesn't hang on the database."""
    records = open_records(f"sqlite:///{tmp_path / 'catatan.sqlite'}")
    yield two(tmp_path, records, vectors)
    records.close()


@pytest.fixture
def on_both(tmp_path, records, vectors):
    """Two replicas over each of the two databases."""
    return two(tmp_path, records, vectors)


# One index


def test_what_one_replica_publishes_the_other_answers_from_at_once(on_both):
    a, b = on_both
    with pytest.raises(IndexMissingError, match=r"ingest\.py"):
        b.assistant.ask(QUESTION)
    a.ingest()
    assert "barang dan bahan usaha" in b.quotes("bantuannya uang apa barang")
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()
    assert "tanggal 17" in b.quotes()
    (a.corpus / "kunjungan.md").unlink()
    b.ingest()
    assert "tanggal 17" not in a.quotes()


def test_an_unchanged_corpus_is_published_once_for_all(replicas):
    a, b = replicas
    assert a.ingest().published
    assert b.ingest().published is None


def test_a_copy_is_fetched_whole_or_refused(on_both, records):
    a, b = on_both
    a.ingest()
    with records.writing() as session:
        part = session.get(SnapshotPartRow, (a.place.current(), 0))
        part.content = part.content[:-1] + b"x"
    with pytest.raises(IndexBrokenError, match="rusak"):
        b.assistant.ask(QUESTION)
    assert list((b.place.folder).glob("*")) == []


@pytest.mark.parametrize("name", ["vectors", "words", "verify", "publish"])
def test_an_ingest_that_dies_leaves_the_published_index_for_all(replicas, name):
    a, b = replicas
    a.ingest()
    before = b.place.current()
    write_document(a.corpus, "kunjungan", NEW)

    def die(step):
        if step == name:
            raise SystemExit

    with pytest.raises(SystemExit):
        a.ingest(step=die)
    assert b.place.current() == before
    assert "tanggal 17" not in b.quotes()
    b.ingest()
    assert "tanggal 17" in a.quotes()


def test_old_snapshots_go_everywhere_and_the_published_one_stays(replicas, vectors):
    a, b = replicas
    for number in range(4):
        write_document(a.corpus, f"baru{number}", NEW)
        a.ingest()
        b.quotes()
    kept = a.place.whole()
    assert len(kept) == 3, "two kept at the start of the last run and the new one"
    assert sorted(vectors._snapshots) == kept
    assert {path.name for path in b.place.folder.iterdir()} <= set(kept)
    for _ in range(2):
        rollback(a.place)
    oldest = kept[0]
    assert b.place.current() == oldest == b.assistant.ask(QUESTION).snapshot
    a.place.prune(keep=2)
    assert b.assistant.ask(QUESTION).snapshot == oldest
    with pytest.raises(IndexMissingError, match="sebelumnya"):
        rollback(b.place)


def test_vectors_that_the_server_lost_are_made_again_though_no_file_changed(replicas, vectors):
    a, b = replicas
    a.ingest()
    vectors._snapshots.clear()
    with pytest.raises(IndexBrokenError):
        b.assistant.ask(QUESTION)
    assert a.ingest().published
    assert b.quotes("bantuannya uang apa barang")


def test_without_the_server_nothing_is_published_or_lost(replicas, vectors):
    a, b = replicas
    a.ingest()
    vectors.away = True
    write_document(a.corpus, "kunjungan", NEW)
    with pytest.raises(IndexAwayError, match="coba lagi"):
        a.ingest()
    vectors.away = False
    assert "tanggal 17" not in b.quotes()
    assert a.ingest().published


def test_a_replica_without_the_shared_corpus_can_not_publish_what_it_lacks(replicas, tmp_path):
    a, b = replicas
    a.ingest()
    b.corpus = tmp_path / "kosong"
    b.corpus.mkdir()
    write_document(b.corpus, "lain", NEW)
    with pytest.raises(CorpusError, match="folder bersama"):
        b.ingest()
    (b.corpus / MARK).write_text(OFFICE)
    assert b.ingest().published, "the way out that the message names"


# One ingest at a time


def test_two_replicas_never_ingest_at_once_and_a_job_waits_for_its_turn(on_both, database_again):
    a, b = on_both
    b.place = SharedPlace(b.place.folder, database_again, b.place.vectors, office=OFFICE)
    with a.place.alone():
        with pytest.raises(IngestBusyError, match="sedang berjalan"):
            b.ingest()
        with pytest.raises(IngestBusyError, match="sedang berjalan"):
            rollback(b.place)
        tries = []
        done = threading.Thread(
            target=lambda: tries.append(in_turn(b.ingest, lambda: tries.append("waits"), shared=True, seconds=0.02))
        )
        done.start()
        while "waits" not in tries:
            pass
    done.join(20)
    assert tries[-1].published


@pytest.fixture
def database_again(records):
    """The same database, opened by another replica."""
    again = open_records(records.engine.url.render_as_string(hide_password=False), now=records.now)
    yield again
    again.close()


def test_an_ingest_that_lost_its_lock_publishes_nothing(on_both, records):
    a, _ = on_both
    if records.engine.dialect.name != "postgresql":
        return  # a lock of a file can't be lost while its process lives

    def cut(step):
        if step == "publish":
            with records.engine.connect() as connection:
                ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :number"
                connection.execute(text(ended), {"number": snapshots.INGEST_LOCK})

    with pytest.raises(IngestBusyError, match="terputus"):
        a.ingest(step=cut)
    assert a.place.whole() == []
    assert a.ingest().published


# Withdrawn documents


def test_a_document_withdrawn_on_one_replica_is_out_of_the_other_s_next_answer_and_out_after_a_crash(replicas):
    a, b = replicas
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()
    assert "tanggal 17" in b.quotes()
    a.assistant.withdraw("kunjungan.md")
    assert "tanggal 17" not in b.quotes()
    assert "kunjungan.md" not in {card.path for card in b.assistant.documents()}
    again = Replica(b.settings.data_dir, b.records, b.place.vectors, b.corpus)
    assert "tanggal 17" not in again.quotes()


def test_a_withdrawal_is_over_with_the_ingest_that_follows_it_and_the_document_can_come_back(on_both):
    a, b = on_both
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()
    a.documents.withdraw(ADMIN, "kunjungan.md")
    a.documents.wait(20)
    assert KeptWithdrawals(a.records).paths() == frozenset()
    assert "tanggal 17" not in b.quotes()
    write_document(a.corpus, "kunjungan", NEW)
    b.documents.refresh(ADMIN)
    b.documents.wait(20)
    assert "tanggal 17" in a.quotes()


def test_a_withdrawal_whose_job_failed_is_over_with_the_next_ingest_of_any_kind(on_both):
    a, b = on_both
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()

    def fail():
        raise CorpusError("gagal")

    a.during = fail
    a.documents.withdraw(ADMIN, "kunjungan.md")
    assert a.documents.wait(20).state is State.FAILED
    assert "tanggal 17" not in b.quotes()
    b.ingest()
    write_document(a.corpus, "kunjungan", NEW)
    b.ingest()
    assert all("tanggal 17" in one.quotes() for one in on_both)
    assert "kunjungan.md" in {card.path for card in b.assistant.documents()}


def test_going_back_on_one_replica_leaves_out_on_all_what_was_withdrawn_before(on_both):
    a, b = on_both
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()
    a.documents.withdraw(ADMIN, "kunjungan.md")
    a.documents.wait(20)
    b.documents.roll_back(ADMIN)
    assert "tanggal 17" not in a.quotes() + b.quotes()


def test_a_document_withdrawn_during_the_ingest_of_another_replica_stays_out(replicas):
    a, b = replicas
    write_document(a.corpus, "kunjungan", NEW)
    a.ingest()
    write_document(a.corpus, "lain", NEW.replace("17", "21").replace("B-029", "B-030"))
    a.during = lambda: (a.corpus.joinpath("kunjungan.md").unlink(), b.assistant.withdraw("kunjungan.md"))
    a.documents.refresh(ADMIN)
    assert a.documents.wait(20).result.published
    assert "tanggal 21" in b.quotes()
    assert "tanggal 17" not in b.quotes() + a.quotes(), "the snapshot of a still holds it"


# Backups


def test_a_backup_takes_the_shared_uploads_and_archive_and_a_restore_says_how(tmp_path):
    shared = tmp_path / "bersama"
    for name in ("unggah", "arsip"):
        (shared / name / "x").mkdir(parents=True)
        (shared / name / "x" / "berkas.txt").write_text("isi")
    settings = Settings(corpus_dir=tmp_path / "korpus", data_dir=tmp_path / "data", shared_dir=str(shared))
    settings.data_dir.mkdir()
    assert {name for name, _ in held_files(settings)} == {"data/unggah/x/berkas.txt", "data/arsip/x/berkas.txt"}
    with pytest.raises(InputError, match="kosongkan pengaturan SHARED_DIR"):
        restore(settings, tmp_path / "cadangan")


def test_a_replica_whose_vectors_are_away_says_that_it_can_not_answer(replicas, vectors):
    a, _ = replicas
    a.ingest()
    assert a.assistant.health()["ok"]
    vectors.away = True
    assert not a.assistant.health()["ok"]


# One count of acts


def test_acts_are_counted_over_all_replicas_and_the_minute_slides(records, clock):
    a, b = SharedLimiter(records), SharedLimiter(records)
    a.take("siti", 2)
    clock.on(seconds=20)
    b.take("siti", 2)
    b.take("budi", 2)
    with pytest.raises(TooOftenError, match="tunggu 41 detik") as told:
        a.take("siti", 2)
    assert told.value.seconds == 41
    clock.on(seconds=40)
    a.take("siti", 2)
    clock.on(seconds=61)
    forget_old(records)
    with records.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM acts")) == 0


def test_acts_at_the_same_moment_all_count_over_replicas(records):
    limiters, taken = [SharedLimiter(records) for _ in range(4)], []

    def run(limiter):
        for _ in range(5):
            try:
                limiter.take("siti", 10)
                taken.append(1)
            except TooOftenError:
                pass

    threads = [threading.Thread(target=run, args=(limiter,)) for limiter in limiters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 10


# The whole, over HTTP, with servers that go away


def test_replicas_answer_alike_through_publication_withdrawal_and_lost_servers(tmp_path, own_chroma, own_postgres):
    url, corpus = own_postgres("start"), write_corpus(tmp_path / "corpus")
    store = ChromaServer(own_chroma.start(), office=OFFICE)
    offices, made = [], []
    for name in ("a", "b"):
        replica = Replica(tmp_path / name, open_records(url), store, corpus)
        made.append(replica)
        settings = {"corpus_dir": corpus, "chroma_url": "http://127.0.0.1:1", "questions_per_minute": 10_000}
        offices.append(make_office(tmp_path / name, replica.assistant, url=url, **settings))
    made[0].ingest()
    add_person(offices[0].people, "siti")
    for first in served(offices[0]):
        for second in served(offices[1]):
            client = Client(first.lan)
            assert client.login("siti").status_code == 303
            other = Client(second.lan)
            other.cookies = client.cookies
            asked = [client, other]

            def answers(said, among=asked):
                return [said in one.get(f"/jawaban/{one.ask(QUESTION)}").text for one in among]

            assert all("Siti" in one.get("/akun").text for one in asked), "a login counts on every replica"
            write_document(corpus, "kunjungan", NEW)
            made[0].ingest()
            assert answers("tanggal 17") == [True, True]
            made[0].assistant.withdraw("kunjungan.md")
            assert answers("tanggal 17") == [False, False]
            made[0].assistant.welcome("kunjungan.md")
            own_chroma.kill()
            assert all("sedang tidak dapat dihubungi" in one.call("tanya", QUESTION, "semua", None) for one in asked)
            own_chroma.start()
            assert answers("tanggal 17") == [True, True]
            own_postgres("halt")
            for one in asked:
                assert one.get("/akun").status_code == 503
                assert "Basis data catatan tidak dapat dipakai" in one.get("/akun").text
            with pytest.raises(RecordsError):
                made[1].assistant.ask(QUESTION)
            own_postgres("start")
            assert answers("tanggal 17") == [True, True]
            first.stop()
            assert answers("tanggal 17", [other]) == [True]
