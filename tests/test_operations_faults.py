"""What goes wrong around an office that runs: restores that can't be finished, false packages, wrong clocks, broken files."""

import json
import os
import shutil
import sqlite3
import threading
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from assistant import durable, start
from assistant.__main__ import main
from assistant.errors import IndexBrokenError, InputError, PackageError, RecordsError
from assistant.index.lexical import LexicalIndex
from assistant.index.reader import SnapshotReader
from assistant.ingestion import ingest
from assistant.operations import package, swap
from assistant.operations.backups import FAILED, KIND, Backups
from assistant.operations.findings import Level
from assistant.operations.health import check_all
from assistant.operations.ingests import note_ingest
from assistant.operations.observing import route_of
from assistant.operations.operations import Operations
from assistant.operations.package import read_manifest, unpack
from assistant.operations.restoring import differences, restore
from assistant.operations.running import hold_running, is_running
from assistant.operations.surroundings import check_backup, check_database, check_questions, check_standards
from assistant.operations.swap import finish
from assistant.operations.tidying import prune_all
from assistant.operations.updating import STAGE, update
from assistant.records import Records, audit, confirmed, conversations, inbox, open_records, people
from assistant.settings import Settings
from tests.conftest import empty_postgres
from tests.factories import add_person, make_people
from tests.test_operations import Place, installed, make_update_file

__all__ = ["installed"]  # a fixture


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    yield made
    made.records.close()


@pytest.fixture
def server_url(postgres):
    yield from empty_postgres(postgres)


def elsewhere(folder: Path, **values) -> Settings:
    return Settings(data_dir=folder / "sana" / "data", corpus_dir=folder / "sana" / "korpus", **values)


def too_long(place: Place) -> None:
    """Leave a row that SQLite keeps and PostgreSQL refuses."""
    confirmed.confirm(place.records, "p" * 600, "apa?", origin="petugas", actor="user:1")


def crafted(file: Path, facts: dict, contents: dict[str, bytes], sizes: dict[str, int] | None = None) -> Path:
    """Write a backup whose manifest says `facts`, and of some files another size."""
    listed = {
        name: {"sha256": sha256(content).hexdigest(), "bita": (sizes or {}).get(name, len(content))}
        for name, content in contents.items()
    }
    values = {"format": 1, "jenis": KIND, "dibuat": "2026", "keterangan": facts, "berkas": listed}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in contents.items():
            target.writestr(name, content)
        target.writestr("isi.json", json.dumps(values))
    return file


def rows_of(place: Place) -> bytes:
    file = place.backups.make()
    with zipfile.ZipFile(file) as source:
        return source.read("catatan.jsonl")


# Restores


def test_rows_that_the_server_refuses_are_refused_before_anything_is_written_down(place, tmp_path, server_url):
    too_long(place)
    file = place.backups.make()
    there = elsewhere(tmp_path, database_url=server_url)
    with pytest.raises(PackageError, match=r"character varying.*Tidak ada yang diubah.*Kosongkan DATABASE_URL"):
        restore(there, file)
    assert not finish(there)
    assert restore(elsewhere(tmp_path), file)[1] is None  # the way out that the message names


def stuck(place, there, file, monkeypatch):
    """Leave a restore whose rows the server refuses, as versions before this one did."""
    original = swap.load

    def untried(url, lines, *, keep=True):
        if keep:
            original(url, lines)

    monkeypatch.setattr("assistant.operations.restoring.load", untried)
    with pytest.raises(PackageError, match=r"Belum ada yang dipindah.*restore BERKAS"):
        restore(there, file)
    monkeypatch.undo()
    assert (there.data_dir / "pulih.json").is_file()


def test_a_restore_that_the_server_refuses_for_ever_is_set_aside_by_the_next_one(place, tmp_path, server_url, monkeypatch):
    good = place.backups.make(out=tmp_path / "baik.zip")
    too_long(place)
    there = elsewhere(tmp_path, database_url=server_url)
    stuck(place, there, place.backups.make(), monkeypatch)
    with pytest.raises(PackageError, match="Pemulihan yang terputus"):
        finish(there)
    restore(there, good)
    assert differences(there, good) == []
    assert [path.name.partition("-")[0] for path in there.data_dir.glob("pulih*")] == ["pulih.gagal"]
    assert not finish(there)


def test_the_command_restores_past_a_journal_that_stops_all_others(place, tmp_path, monkeypatch, capsys):
    file = place.backups.make(out=tmp_path / "c.zip")
    monkeypatch.setenv("DATA_DIR", str(place.settings.data_dir))
    monkeypatch.setenv("CORPUS_DIR", str(place.settings.corpus_dir))
    (place.settings.data_dir / "pulih.json").write_text("{")
    assert main(["users"]) == 1
    assert "restore BERKAS" in capsys.readouterr().err
    assert main(["restore", str(file), "--replace"]) == 0
    assert "sama" in capsys.readouterr().out


@pytest.mark.parametrize("damage", [False, True], ids=["whole journal", "damaged journal"])
def test_a_journal_is_not_set_aside_once_something_was_moved(place, tmp_path, damage):
    place.ask_something()
    file = place.backups.make(out=tmp_path / "c.zip")
    child = os.fork()
    if child == 0:
        restore(place.settings, file, replace=True, step=lambda name: name == "old 1" and os._exit(9))
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    journal = place.settings.data_dir / "pulih.json"
    if damage:
        journal.write_text("{")
        with pytest.raises(PackageError, match="sebelum-pulih-"):
            restore(place.settings, file, replace=True)
        assert journal.is_file()
    else:
        assert not swap.set_aside(place.settings)  # it was finished
        assert differences(place.settings, file) == []


def test_a_restore_for_a_server_is_not_finished_into_sqlite(place, tmp_path, server_url, monkeypatch):
    too_long(place)
    there = elsewhere(tmp_path, database_url=server_url)
    stuck(place, there, place.backups.make(), monkeypatch)
    with pytest.raises(PackageError, match="menunjuk ke SQLite"):
        finish(elsewhere(tmp_path))
    assert not (there.data_dir / "catatan.sqlite").exists()


@pytest.mark.parametrize("snapshot", ["../../rumah/foto", "..", "/etc", "a\\b", ".x", "20260101T000000-a"])
def test_a_backup_whose_index_leads_elsewhere_or_is_not_in_it_is_refused(place, tmp_path, snapshot):
    victim = tmp_path / "sana" / "rumah" / "foto"
    victim.mkdir(parents=True)
    there = elsewhere(tmp_path)
    with pytest.raises(PackageError, match="Tidak ada yang diubah"):
        restore(there, crafted(tmp_path / "x.zip", {"snapshot": snapshot}, {"catatan.jsonl": rows_of(place)}))
    assert victim.is_dir()
    assert not (there.index_dir / "CURRENT").exists()


def test_an_app_that_starts_meanwhile_stops_the_restore_before_it_moves_anything(place, tmp_path):
    place.ask_something()
    file = place.backups.make(out=tmp_path / "c.zip")
    locks = []

    def app_starts(name):
        if name == "journal":
            locks.append(hold_running(place.settings))

    with pytest.raises(InputError, match="sedang berjalan"):
        restore(place.settings, file, replace=True, step=app_starts)
    assert not (place.settings.data_dir / "pulih.json").exists()
    assert not list(place.settings.data_dir.glob("sebelum-pulih-*"))


def test_an_app_says_that_it_runs_before_it_looks_for_a_restore(tmp_path, monkeypatch):
    settings, seen = Settings(data_dir=tmp_path), []

    def stop(given):
        seen.append(is_running(given))
        raise PackageError("cukup")

    monkeypatch.setattr(start, "complete", stop)
    with pytest.raises(PackageError, match="cukup"):
        start.ready_office(settings)
    assert seen == [True]


def test_rows_are_restored_into_the_sqlite_file_that_the_settings_name_and_the_old_file_is_kept(place, tmp_path):
    place.ask_something()
    file = place.backups.make(out=tmp_path / "c.zip")
    there = elsewhere(tmp_path, database_url=f"sqlite:///{tmp_path / 'lain' / 'kantor.sqlite'}")
    records = open_records(there.records_url)
    add_person(make_people(records), "orang.lama")
    records.close()
    kept = restore(there, file, replace=True)[1]
    records = open_records(there.records_url)
    assert [user.name for user in people.users(records)] == ["siti.berau"]
    records.close()
    assert differences(there, file) == []
    assert (kept / "kantor.sqlite").is_file()
    assert not (there.data_dir / "catatan.sqlite").exists()
    assert not [path for path in (tmp_path / "lain").iterdir() if path.name.startswith(".pulih-")]


def test_nobody_is_told_to_empty_the_shared_folder(place, tmp_path):
    with pytest.raises(InputError, match=r"kosongkan pengaturan SHARED_DIR \(jangan hapus isi"):
        restore(elsewhere(tmp_path, shared_dir=str(tmp_path)), place.backups.make())


# Packages


def test_no_more_is_unpacked_of_a_file_than_the_manifest_says(tmp_path):
    file = crafted(tmp_path / "bom.zip", {}, {"bom.bin": bytes(20_000_000)}, {"bom.bin": 10})
    with pytest.raises(PackageError, match=r"bom\.bin berubah"):
        unpack(file, read_manifest(file, kind=KIND)[0], tmp_path / "isi")
    assert (tmp_path / "isi" / "bom.bin").stat().st_size == 11


def test_a_manifest_is_not_read_beyond_its_limit(tmp_path, monkeypatch):
    file = crafted(tmp_path / "x.zip", {}, {"a": b"x"})
    assert read_manifest(file, kind=KIND)
    monkeypatch.setattr(package, "MOST_MANIFEST", 100)
    with pytest.raises(PackageError, match="rusak"):
        read_manifest(file, kind=KIND)


def test_a_manifest_with_a_size_below_zero_is_refused(tmp_path):
    with pytest.raises(PackageError, match="rusak"):
        read_manifest(crafted(tmp_path / "x.zip", {}, {"a": b"x"}, {"a": -1}), kind=KIND)


def test_a_refused_update_leaves_nothing_behind(installed, tmp_path):
    home, secret = installed
    changed = tmp_path / "berubah.zip"
    with zipfile.ZipFile(make_update_file(tmp_path / "u.zip", secret)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, bytes(10_000) if name == "versi/app.py" else source.read(name))
    with pytest.raises(PackageError, match="tidak utuh"):
        update(home, changed)
    assert not (home / STAGE).exists()


# Backups


def test_a_file_that_only_begins_like_a_database_is_in_the_backup_as_it_is(place):
    file = place.settings.data_dir / "unggah" / "aneh.txt"
    file.parent.mkdir()
    file.write_bytes(b"SQLite format 3\0 catatan rapat")
    with zipfile.ZipFile(place.backups.make()) as made:
        assert made.read("data/unggah/aneh.txt") == file.read_bytes()


def test_a_document_that_a_link_leads_to_is_in_the_backup_as_it_is_in_the_index(place, tmp_path):
    (tmp_path / "luar.md").write_text((place.settings.corpus_dir / "bantuan.md").read_text().replace("barang", "ternak"))
    (place.settings.corpus_dir / "sub").mkdir()
    (place.settings.corpus_dir / "sub" / "tautan.md").symlink_to(tmp_path / "luar.md")
    ingest(place.settings.corpus_dir, place.settings.index_dir, place.encoder)
    indexed = {f"korpus/{name}" for name in place.assistant.snapshot().manifest.documents}
    assert "korpus/sub/tautan.md" in indexed
    assert indexed <= set(read_manifest(place.backups.make(), kind=KIND)[0].files)


def test_a_backup_from_the_future_hides_no_other_and_is_told(place):
    place.records.now = lambda: datetime(2036, 1, 1, tzinfo=UTC)
    place.backups.make()
    del place.records.now
    place.records.now = lambda: datetime(2026, 11, 1, tzinfo=UTC)
    found = place.check()["cadangan"]
    assert (found.level, "cadangan-20360101-000000.zip" in found.said) == (Level.ACT, True)
    assert place.backups.make_when_due() is not None
    assert place.backups.make_when_due() is None  # not each hour again
    assert place.check()["cadangan"].level is Level.ACT


def test_pruning_never_deletes_what_was_just_made(tmp_path):
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path / "korpus", backup_keep=2)
    records = open_records(settings.records_url, now=lambda: moment)
    backups = Backups(settings, records)
    for _ in range(2):
        backups.make()
        moment += timedelta(days=1)
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    made = backups.make()
    assert made.is_file()
    assert len(backups.listed()) == 2
    records.close()


def test_a_backup_that_can_not_be_opened_counts_as_none(place):
    file = place.backups.make()
    assert place.check()["cadangan"].level is Level.GOOD
    file.write_bytes(b"")
    found = place.check()["cadangan"]
    assert (found.level, file.name in found.said) == (Level.ACT, True)
    place.records.now = lambda: datetime.now(UTC) + timedelta(minutes=1)
    assert place.backups.make_when_due() is not None


def test_a_file_named_after_a_day_that_there_is_not_is_no_backup(place):
    place.backups.folder.mkdir()
    (place.backups.folder / "cadangan-20261332-000000.zip").write_bytes(b"x")
    assert "Belum ada cadangan." in place.check()["cadangan"].said


def test_backups_that_fail_are_tried_again_noted_and_told_and_end_with_the_next_good_one(place, tmp_path, monkeypatch):
    (tmp_path / "berkas").write_text("")
    settings = replace(place.settings, backup_dir=str(tmp_path / "berkas" / "folder"))
    office = type("Office", (), {})()
    office.operations = Operations(place.assistant, place.records, settings, None)
    due, timers = office.operations.back_up_when_due, []
    monkeypatch.setattr(start, "_later", lambda work, seconds: timers.append(work))

    def worse():
        due()
        raise OSError("tak terduga")

    for failing in (due, worse):
        monkeypatch.setattr(office.operations, "back_up_when_due", failing)
        start.back_up_for_ever(office)
        with suppress(OSError):
            timers.pop()()
        assert len(timers) == 1  # the next time
        timers.clear()
    assert len(audit.read(place.records, action=FAILED)) == 2
    found = check_backup(office.operations.backups, settings, place.records.now(), place.records)
    assert found.level is Level.ACT
    assert "Not a directory" in found.said
    place.records.now = lambda: datetime.now(UTC) + timedelta(minutes=1)
    place.backups.make()
    assert check_backup(place.backups, place.settings, place.records.now(), place.records).level is Level.GOOD


# Health


def spoil_vectors(folder):
    shutil.rmtree(folder / "chroma")


def spoil_words(folder):
    for path in (folder / "kata").iterdir():
        path.write_bytes(b"\0" * 10)


def empty_words(folder):
    (folder / "kata" / "data.csc.index.npy").write_bytes(b"")


def spoil_texts(folder):
    (folder / "passages.jsonl").write_bytes(b"x")


def spoil_manifest(folder):
    (folder / "manifest.json").write_bytes(b"x")


@pytest.mark.parametrize("spoil", [spoil_vectors, spoil_words, empty_words, spoil_texts, spoil_manifest])
def test_an_index_whose_files_are_broken_is_told_while_memory_still_answers(place, spoil):
    before = place.assistant.ask("Apa bentuk bantuan UEP?").status
    spoil(place.assistant.snapshot().folder)
    assert place.check()["indeks"].level is Level.SEVERE
    if spoil is not spoil_vectors:  # Chroma reads some of its file anew when it likes
        assert place.assistant.ask("Apa bentuk bantuan UEP?").status == before


@pytest.mark.parametrize("spoil", [spoil_words, empty_words])
def test_words_that_were_cut_are_told_at_a_start_too(place, spoil):
    folder = place.assistant.snapshot().folder
    spoil(folder)
    with pytest.raises(IndexBrokenError, match="rusak"):
        LexicalIndex.load(folder / "kata")


def test_a_database_that_can_only_be_read_is_told_on_sqlite(place, tmp_path):
    place.records.close()
    from sqlalchemy import create_engine

    file = place.settings.data_dir / "catatan.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    records = Records(create_engine(f"sqlite:///file:{file}?mode=ro&uri=true"))
    found = check_database(records)
    assert (found.level, "tidak dapat ditulisi" in found.said) == (Level.SEVERE, True)
    records.close()


def test_a_database_that_can_only_be_read_is_told_on_postgresql(server_url):
    from sqlalchemy import text

    records = open_records(server_url)
    assert check_database(records).level is Level.GOOD
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = records.engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    records.engine.dispose()
    assert check_database(records).level is Level.SEVERE
    records.close()


def test_a_check_of_the_database_leaves_no_row(records):
    before = [line.action for line in audit.read(records)]
    from assistant.records.state import counts

    rows = counts(records)
    assert check_database(records).level is Level.GOOD
    assert (counts(records), [line.action for line in audit.read(records)]) == (rows, before)


def test_a_destroyed_page_of_a_table_is_told_with_the_way_back(place):
    place.ask_something()
    place.records.close()
    file = place.settings.data_dir / "catatan.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'users'").fetchone()[0]
        size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    content = bytearray(file.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    file.write_bytes(bytes(content))
    found = check_database(place.records)
    assert (found.level, "restore BERKAS" in found.remedy) == (Level.SEVERE, True)


def test_what_can_not_be_checked_is_not_called_well(place):
    assert check_standards(None, place.records).level is Level.ACT
    found = {item.name: item.level for item in check_all(None, None, place.settings, place.backups, away="mati")}
    assert found["basis-data"] is Level.SEVERE
    assert found["pertanyaan"] is found["jawaban-baku"] is Level.ACT


def test_the_command_prints_all_findings_when_the_database_is_away(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ENCODER", str(tmp_path / "tidak-ada"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://uji@127.0.0.1:1/x")
    assert main(["health", "--json"]) == 1
    levels = {item["nama"]: item["tingkat"] for item in json.loads(capsys.readouterr().out)["temuan"]}
    assert levels["basis-data"] == "gawat"
    assert {"cakram", "cadangan", "enkoder", "ingest"} <= set(levels)


def test_the_oldest_question_is_the_oldest_however_many_wait(place, monkeypatch):
    monkeypatch.setitem(inbox.waiting.__kwdefaults__, "count", 1)
    now = place.records.now()
    person = add_person(make_people(place.records))
    for days in (90, 1):
        place.records.now = lambda days=days: now - timedelta(days=days)
        conversations.add_question(place.records, person.key, "Apa itu UEP?")
    found = check_questions(place.records, now)
    assert (found.level, found.said) == (
        Level.ACT,
        "2 pertanyaan belum terjawab baik dan belum ditangani; yang tertua 90 hari lalu.",
    )


def test_a_file_that_failed_with_a_number_of_a_person_in_its_name_is_not_new_for_ever(place):
    (place.settings.corpus_dir / "surat 081234567890.pdf").write_bytes(b"%PDF-rusak")
    report = ingest(place.settings.corpus_dir, place.settings.index_dir, place.encoder)
    note_ingest(place.settings.data_dir, 1.0, report=report)
    assert [failure.path for failure in report.failures] == ["surat 081234567890.pdf"]
    assert place.check()["berkas"].level is Level.GOOD


def test_making_room_leaves_nothing_that_can_be_made_again(place):
    for name in ("bacaan", "halaman"):
        (place.settings.data_dir / name).mkdir()
    (place.settings.data_dir / "vectors.rusak").write_bytes(b"1")
    prune_all(place.settings)
    assert not {"bacaan", "halaman", "vectors.rusak"} & {path.name for path in place.settings.data_dir.iterdir()}
    assert SnapshotReader(place.settings.index_dir, signature=place.encoder.signature).health()["ok"]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/gradio_api/queue/join", "/gradio_api/queue"),
        ("/gradio_api/file=/x/y", "/gradio_api/file"),
        ("/gradio_api/startup-events", "/gradio_api/startup-events"),
        ("/gradio_api/siti_aminah", "lain"),
        ("/gradio_api/", "lain"),
    ],
)
def test_an_address_that_somebody_made_up_is_no_route(path, route):
    assert route_of({"path": path}) == route


# Files


def test_writers_of_one_file_at_the_same_time_leave_one_whole_file_and_no_other(tmp_path):
    errors = []

    def write(content):
        try:
            for _ in range(60):
                durable.write(tmp_path / "x.json", content * 50_000)
        except OSError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    assert len(set((tmp_path / "x.json").read_bytes())) == 1


def test_what_a_crash_left_beside_a_file_goes_with_the_next_write_and_what_somebody_writes_now_stays(tmp_path):
    stale, live = tmp_path / ".x.json.baru", tmp_path / ".x.json.0a1b2c3d.baru"
    for path in (stale, live):
        path.write_bytes(b"")
    os.utime(stale, (time.time() - 2 * durable.STALE_SECONDS,) * 2)
    durable.write(tmp_path / "x.json", b"1")
    assert (stale.exists(), live.exists()) == (False, True)


def test_a_data_folder_that_can_not_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "berkas").write_text("")
    with pytest.raises(Exception, match="periksa DATA_DIR") as told:
        hold_running(Settings(data_dir=tmp_path / "berkas" / "data"))
    assert not isinstance(told.value, (OSError, RecordsError))
