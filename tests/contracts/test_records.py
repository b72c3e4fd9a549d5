"""One body of tests for both databases: made, migrated, read, written, broken, away."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from assistant.errors import AccessError, InputError, RecordsError
from assistant.ledger import Role
from assistant.records import audit, conversations, open_records, people, personal
from assistant.records.database import MIGRATIONS, new_id
from assistant.records.kept import Kept
from assistant.records.tables import Base
from assistant.types import Answer, Retrieval, Status
from tests.conftest import absent


def kept(question="Apa?", text="Jawaban."):
    return Kept(Answer(question, Status.ANSWERED, text, (), Retrieval(question, (), (), (question,))), (), ())


def asked(records, owner="tamu:a", question="Apa itu UEP?"):
    entry = conversations.add_question(records, owner, question)
    return conversations.add_answer(records, entry.id, kept(question))


def alembic(records, act):
    """Run a command of Alembic on the database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with records.engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        act(config)


# The schema


@pytest.fixture
def fresh(database):
    """A database of its own, for tests that change tables."""
    opened = open_records(database)
    yield opened
    opened.close()


def test_the_migrated_schema_is_that_of_the_models(fresh):
    with fresh.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_opening_again_changes_nothing_and_keeps_the_rows(fresh, database):
    entry = asked(fresh)
    again = open_records(database)
    assert conversations.read_entry(again, "tamu:a", entry.id) == entry
    again.close()


def test_the_downgrade_takes_every_table_away_and_the_upgrade_brings_them_back(fresh):
    alembic(fresh, lambda config: command.downgrade(config, "base"))
    assert set(inspect(fresh.engine).get_table_names()) <= {"alembic_version"}
    alembic(fresh, lambda config: command.upgrade(config, "head"))
    assert set(Base.metadata.tables) <= set(inspect(fresh.engine).get_table_names())


NEWEST = max(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))


def _open(url, results):
    try:
        open_records(url).close()
        results.put("")
    except Exception as error:  # noqa: BLE001  # told to the parent, whatever it is
        results.put(repr(error))


def test_two_processes_may_migrate_at_once(database):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    started = [context.Process(target=_open, args=(database, results)) for _ in range(4)]
    for process in started:
        process.start()
    assert [results.get(timeout=60) for _ in started] == [""] * 4
    for process in started:
        process.join(10)
    records = open_records(database)
    with records.reading() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == [NEWEST]
    records.close()


def test_a_database_of_a_newer_version_is_refused_untouched_with_what_to_do(fresh, database):
    with fresh.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match="versi Asisten UEP yang lebih baru"):
        open_records(database)
    with fresh.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


# What goes in comes out


def test_an_answer_comes_back_as_it_was_given(records, clock):
    entry = asked(records, question="Apa itu UEP? “kutip” ʼ 🌾 '; DROP TABLE entries; --")
    found = conversations.read_conversation(records, "tamu:a", entry.conversation)
    assert found == (entry,)
    assert found[0].question.endswith("DROP TABLE entries; --")
    assert found[0].at == clock()


def test_another_owner_sees_rates_and_deletes_nothing(records):
    entry = asked(records)
    for act in (
        lambda: conversations.read_entry(records, "tamu:b", entry.id),
        lambda: conversations.read_conversation(records, "tamu:b", entry.conversation),
        lambda: conversations.add_question(records, "tamu:b", "Lalu?", conversation=entry.conversation),
        lambda: conversations.give_feedback(records, "tamu:b", entry.id, helpful=False),
        lambda: conversations.delete_conversation(records, "tamu:b", entry.conversation),
        lambda: conversations.read_entry(records, "tamu:a", "' OR '1'='1"),
        lambda: conversations.read_entry(records, "tamu:a", "x" * 10_000),
    ):
        with pytest.raises(AccessError, match="bukan milik Anda"):
            act()
    assert conversations.read_entry(records, "tamu:a", entry.id) == entry


def test_numbers_are_masked_before_they_are_stored(records):
    entry = asked(records, question="NIK 6472031205900001 dan HP 081234567890, apa boleh?")
    conversations.give_feedback(records, "tamu:a", entry.id, helpful=False, comment="KK 6472031205900002 salah")
    with records.reading() as session:
        stored = " ".join(str(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select()))
    assert "disamarkan" in stored
    assert not any(number in stored for number in ("6472031205900001", "081234567890", "6472031205900002"))


def test_the_last_word_of_feedback_counts(records):
    entry = asked(records)
    conversations.give_feedback(records, "tamu:a", entry.id, helpful=True)
    said = conversations.give_feedback(records, "tamu:a", entry.id, helpful=False, reason="Lainnya", comment="kurang")
    assert conversations.read_entry(records, "tamu:a", entry.id).feedback == said


def test_a_question_without_an_answer_is_kept_and_cannot_be_rated(records):
    entry = conversations.add_question(records, "tamu:a", "Apa itu UEP?")
    assert conversations.read_entry(records, "tamu:a", entry.id).answer is None
    with pytest.raises(AccessError, match="belum dijawab"):
        conversations.give_feedback(records, "tamu:a", entry.id, helpful=True)


def test_an_answer_of_a_conversation_that_was_deleted_meanwhile_says_so(records):
    entry = conversations.add_question(records, "tamu:a", "Apa itu UEP?")
    conversations.delete_conversation(records, "tamu:a", entry.conversation)
    with pytest.raises(RecordsError, match="sudah dihapus"):
        conversations.add_answer(records, entry.id, kept())


def test_questions_asked_at_once_in_one_conversation_get_numbers_of_their_own(records):
    first = asked(records)
    at_once(8, lambda _: conversations.add_question(records, "tamu:a", "Lalu?", conversation=first.conversation))
    found = conversations.read_conversation(records, "tamu:a", first.conversation)
    assert [entry.number for entry in found] == list(range(1, 10))


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_a_sign_that_cannot_be_stored_is_an_error_of_the_input_or_kept(records, sign):
    try:
        entry = conversations.add_question(records, "tamu:a", f"Apa{sign}itu?")
    except InputError as error:
        assert "tanda yang tidak dapat disimpan" in str(error)
        assert conversations.latest(records, "tamu:a") is None
    else:
        assert conversations.read_entry(records, "tamu:a", entry.id).question == f"Apa{sign}itu?"


# Time


def test_what_was_unused_too_long_is_deleted_with_its_feedback_and_the_rest_stays(records, clock):
    old = asked(records, "tamu:lama")
    conversations.give_feedback(records, "tamu:lama", old.id, helpful=True)
    clock.on(days=29, hours=23)
    assert personal.expire(records, days=30, audit_days=90, training_days=900) == 0
    fresh = asked(records, "tamu:baru")
    clock.on(hours=2)
    assert personal.expire(records, days=30, audit_days=90, training_days=900) == 1
    assert conversations.latest(records, "tamu:lama") is None
    assert conversations.read_entry(records, "tamu:baru", fresh.id) == fresh
    with records.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM feedback")) == 0
    assert [line.action for line in audit.read(records)] == ["masa-simpan-habis"]


def test_audit_lines_attempts_logins_and_links_run_out(records, clock):
    user = people.add_user(records, "siti", "Siti", Role.PETUGAS, "", actor="uji")
    people.add_login(records, user.id, "d" * 64, clock.time.replace(hour=20))
    people.add_invite(records, user.id, "i" * 64, clock.time.replace(hour=20), actor="uji")
    people.count_attempt(records, "n", "a", since=clock.time)
    clock.on(days=91)
    personal.expire(records, days=365, audit_days=90, training_days=900)
    with records.reading() as session:
        for table in ("audit", "attempts", "logins", "invites"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table


def test_export_holds_all_of_a_person_and_erase_leaves_nothing(records):
    entry = asked(records, "user:7", "Berapa nilainya?")
    asked(records, "user:8")
    conversations.give_feedback(records, "user:7", entry.id, helpful=False, comment="kurang jelas")
    found = personal.export(records, "user:7")
    assert found["percakapan"][0]["tanya_jawab"][0]["pertanyaan"] == "Berapa nilainya?"
    assert found["percakapan"][0]["tanya_jawab"][0]["penilaian"]["komentar"] == "kurang jelas"
    assert personal.erase(records, "user:7", actor="user:7") == 1
    assert personal.export(records, "user:7")["percakapan"] == []
    assert conversations.latest(records, "user:8")


def test_a_name_is_masked_in_questions_comments_and_kept_answers_as_a_whole_word(records):
    entry = asked(records, question="Bu Siti Aminah boleh? Sitinjau lain.")
    conversations.give_feedback(records, "tamu:a", entry.id, helpful=False, comment="SITI AMINAH kecewa")
    assert personal.mask_name(records, "siti aminah", actor="user:1") == 2
    found = conversations.read_entry(records, "tamu:a", entry.id)
    assert found.question == "Bu [nama disamarkan] boleh? Sitinjau lain."
    assert "Aminah" not in repr(found)
    assert "AMINAH" not in repr(found)
    assert "minah" not in repr(audit.read(records)).casefold()


def test_erased_text_is_gone_from_the_files_of_sqlite(tmp_path):
    records = open_records(f"sqlite:///{tmp_path / 'c.sqlite'}")
    asked(records, question="Kata rahasia kelapamuda ada?")
    assert any(b"kelapamuda" in path.read_bytes() for path in tmp_path.iterdir())
    personal.erase(records, "tamu:a", actor="tamu:a")
    assert not any(b"kelapamuda" in path.read_bytes() for path in tmp_path.iterdir())
    records.close()


# All or nothing


def at_once(count, act):
    """Run `act(n)` in threads that start together; return what each returned or raised."""
    gate, results = threading.Barrier(count), [None] * count

    def run(number):
        gate.wait()
        try:
            results[number] = act(number)
        except (AccessError, InputError, RecordsError) as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_an_act_whose_audit_line_fails_does_not_happen(records, monkeypatch):
    admin = people.add_user(records, "admin", "Admin", Role.ADMIN, "", actor="uji")
    people.set_password(records, admin.id, "hash", actor="uji", action="sandi-dibuat")
    user = people.add_user(records, "siti", "Siti", Role.PETUGAS, "", actor="uji")
    entry = asked(records, f"user:{user.id}")
    lines = audit.read(records)

    def broken(*_, **__):
        raise RecordsError("penuh")

    monkeypatch.setattr(people, "note", broken)
    monkeypatch.setattr(personal, "note", broken)
    for act in (
        lambda: people.add_user(records, "budi", "Budi", Role.PETUGAS, "", actor="uji"),
        lambda: people.change_user(records, user.id, display="X", role=Role.ADMIN, kabupaten="", active=True, actor="uji"),
        lambda: people.set_password(records, user.id, "lain", actor="uji", action="sandi-diganti"),
        lambda: people.add_invite(records, user.id, "i", records.now(), actor="uji"),
        lambda: people.add_login(records, user.id, "d", records.now()),
        lambda: people.delete_user(records, user.id, actor="uji"),
        lambda: personal.erase(records, f"user:{user.id}", actor="uji"),
        lambda: personal.mask_name(records, "UEP", actor="uji"),
    ):
        with pytest.raises(RecordsError):
            act()
    assert {found.name for found in people.users(records)} == {"admin", "siti"}
    assert people.user_of(records, user.id) == user
    assert conversations.read_entry(records, f"user:{user.id}", entry.id) == entry
    assert audit.read(records) == lines


def test_a_login_name_is_given_once_even_at_the_same_moment(records):
    results = at_once(4, lambda _: people.add_user(records, "siti", "Siti", Role.PETUGAS, "", actor="uji"))
    assert sum(isinstance(result, InputError) for result in results) == 3
    assert len(people.users(records)) == 1


def test_the_secret_is_made_once_even_at_the_same_moment(records):
    assert len(set(at_once(6, lambda number: people.secret(records, "cookie", f"kunci {number}")))) == 1


def test_two_admins_cannot_take_each_other_s_rights_at_the_same_moment(records):
    two = [people.add_user(records, name, name.title(), Role.ADMIN, "", actor="uji") for name in ("satu", "dua")]
    for user in two:
        people.set_password(records, user.id, "hash", actor="uji", action="sandi-dibuat")

    def remove(number):
        other = two[1 - number].id
        return people.change_user(records, other, display="X", role=Role.PETUGAS, kabupaten="", active=True, actor="uji")

    results = at_once(2, remove)
    assert sum(isinstance(result, InputError) for result in results) == 1
    assert people.has_admin(records)


def test_a_link_is_taken_once_even_at_the_same_moment(records, clock):
    user = people.add_user(records, "siti", "Siti", Role.PETUGAS, "", actor="uji")
    people.add_invite(records, user.id, "i" * 64, clock.time.replace(hour=20), actor="uji")
    taken = at_once(5, lambda number: people.accept_invite(records, "i" * 64, f"hash {number}"))
    assert sum(result is not None for result in taken) == 1
    won = next(number for number, result in enumerate(taken) if result is not None)
    assert people.user_named(records, "siti")[1] == f"hash {won}"


# Broken, full, away


def test_an_address_of_another_database_is_refused_with_an_example():
    for url in ("mysql://a/b", "kacau", "sqlite://", "://"):
        with pytest.raises(RecordsError, match="DATABASE_URL"):
            open_records(url)


@pytest.mark.parametrize("content", [b"bukan basis data " * 999, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_sqlite_file_is_one_message_and_stays_as_it_is(tmp_path, content):
    path = tmp_path / "c.sqlite"
    path.write_bytes(content)
    with pytest.raises(RecordsError) as caught:
        open_records(f"sqlite:///{path}")
    assert len(str(caught.value).splitlines()) == 1
    assert path.read_bytes() == content


def test_pages_damaged_in_the_middle_are_a_records_error(tmp_path):
    path = tmp_path / "c.sqlite"
    records = open_records(f"sqlite:///{path}")
    for _ in range(40):
        asked(records, question="Apa itu UEP? " * 40)
    records.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * (size - 8192))
    with pytest.raises(RecordsError):
        conversations.summaries(open_records(f"sqlite:///{path}"), "tamu:a")


def _as_nobody(folder, results):
    os.setgid(65534)
    os.setuid(65534)
    _open(f"sqlite:///{folder}/baru/c.sqlite", results)
    _open(f"sqlite:///{folder}/c.sqlite", results)


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path):
    if os.geteuid() != 0:
        absent("needs root to become another user")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    process = context.Process(target=_as_nobody, args=(tmp_path, results))
    process.start()
    for _ in range(2):
        said = results.get(timeout=30)
        assert said.startswith("RecordsError("), said
        assert "tidak dapat di" in said
    process.join(10)


def test_a_full_disk_is_a_message_nothing_half_is_kept_and_it_goes_on_with_room(tmp_path):
    disk = tmp_path / "cakram"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False).returncode:
        absent("needs root to mount a small disk")
    try:
        records = open_records(f"sqlite:///{disk / 'c.sqlite'}")
        written = []
        with pytest.raises(RecordsError, match="ruang cakram"):
            for _ in range(999):
                written.append(asked(records, question="Apa itu UEP? " * 400))
        filler = shutil.disk_usage(disk)
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        assert filler.total < 2_000_000
        for entry in written:
            assert conversations.read_entry(records, "tamu:a", entry.id) == entry
        asked(records)
        with records.reading() as session:
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        records.close()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_writer_waits_for_another_process_that_writes(tmp_path):
    path = tmp_path / "c.sqlite"
    records = open_records(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, lambda: None)
    timer.start()
    done = []
    waiting = threading.Thread(target=lambda: done.append(asked(records)))
    waiting.start()
    timer.join()
    assert not done
    other.execute("COMMIT")
    waiting.join(20)
    assert done
    other.close()
    records.close()


def test_a_postgresql_that_goes_away_is_a_message_and_comes_back_by_itself(own_postgres):
    records = open_records(own_postgres("start"))
    entry = asked(records)
    own_postgres("halt")
    for _ in range(2):
        with pytest.raises(RecordsError, match="periksa DATABASE_URL") as caught:
            conversations.read_entry(records, "tamu:a", entry.id)
        assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(RecordsError):
        asked(records)
    own_postgres("start")
    assert conversations.read_entry(records, "tamu:a", entry.id) == entry
    asked(records)
    records.close()


def test_ids_are_not_repeated():
    assert len({new_id() for _ in range(1000)}) == 1000
