"""Running it: what a check finds and mends, backups and moves, kills in the middle, bundles and updates, probes and the log."""

import io
import json
import logging
import os
import re
import shutil
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputError, PackageError, RecordsError
from assistant.index.reader import SnapshotReader
from assistant.ingestion import ingest
from assistant.ledger import Role
from assistant.operations import holdings, logs
from assistant.operations.backups import KIND, Backups
from assistant.operations.bundling import LAUNCHERS, _scripts
from assistant.operations.corpus_merge import NOTE, merge_corpus
from assistant.operations.findings import Level, Repair
from assistant.operations.health import check_all
from assistant.operations.ingests import note_ingest
from assistant.operations.package import is_safe, read_manifest, unpack, write_package
from assistant.operations.restoring import differences, restore
from assistant.operations.running import hold_running
from assistant.operations.signing import make_keys, sign
from assistant.operations.swap import finish
from assistant.operations.updating import roll_back, update
from assistant.operations.wheels import _needs
from assistant.records import conversations, open_records
from assistant.records.portable import digests, dump, load
from assistant.records.state import head
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import LoadFailure
from benchmarks import moving
from tests.conftest import empty_postgres
from tests.factories import add_person, make_index, make_office, make_people, open_assistant, write_document
from tests.serving import Client, served


class Place:
    """An office on the disk: settings, records, assistant."""

    def __init__(self, folder: Path) -> None:
        corpus, index, self.encoder = make_index(folder)
        (folder / "data").mkdir()
        index.rename(folder / "data" / "index")
        self.settings = Settings(data_dir=folder / "data", corpus_dir=corpus)
        self.records = open_records(self.settings.records_url)
        self.backups = Backups(self.settings, self.records)
        reader = SnapshotReader(self.settings.index_dir, signature=self.encoder.signature)
        self.assistant = Assistant(self.settings, self.encoder, reader)

    def check(self) -> dict[str, object]:
        """Return the findings by name."""
        found = check_all(self.assistant, self.records, self.settings, self.backups)
        return {finding.name: finding for finding in found}

    def ask_something(self) -> None:
        """Leave a person with a question."""
        person = add_person(make_people(self.records))
        conversations.add_question(self.records, person.key, "Apa itu UEP?")


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    yield made
    made.records.close()


# Health


def test_a_sound_system_is_found_sound_but_for_the_backup_it_lacks(place):
    found = place.check()
    assert {name for name, item in found.items() if item.level is not Level.GOOD} == {"cadangan"}
    assert found["cadangan"].repair is Repair.BACKUP
    place.backups.make()
    assert {item.level for item in place.check().values()} == {Level.GOOD}


def test_new_changed_and_missing_files_are_named_and_an_ingest_mends_it(place):
    corpus = place.settings.corpus_dir
    (corpus / "bantuan.md").write_text((corpus / "bantuan.md").read_text() + "\nTambahan.\n")
    write_document(corpus, "baru", "# Baru\n\nIsi baru.\n")
    (corpus / "celah.md").unlink()
    found = place.check()["berkas"]
    assert (found.level, found.repair) == (Level.ACT, Repair.INGEST)
    for name in ("1 baru (baru.md)", "1 berubah (bantuan.md)", "1 hilang (celah.md)"):
        assert name in found.said
    ingest(corpus, place.settings.index_dir, place.encoder)
    assert place.check()["berkas"].level is Level.GOOD


def test_a_vector_that_can_not_be_found_is_told_and_a_rebuild_mends_it(place):
    dense = place.assistant.snapshot().dense
    dense._client.get_collection("kalimat").update(ids=["0"], metadatas=[{"reference": "lain.md#x:1|0"}])
    found = place.check()["indeks"]
    assert (found.level, found.repair) == (Level.SEVERE, Repair.REBUILD)
    assert "bantuan.md" in found.said
    assert ingest(place.settings.corpus_dir, place.settings.index_dir, place.encoder).published is None
    from assistant.index.snapshot import distrust

    distrust(place.settings.index_dir)
    assert ingest(place.settings.corpus_dir, place.settings.index_dir, place.encoder).published
    assert place.check()["indeks"].level is Level.GOOD
    assert ingest(place.settings.corpus_dir, place.settings.index_dir, place.encoder).published is None


def test_another_encoder_a_missing_index_and_a_database_that_is_away_are_severe(place, tmp_path):
    place.records.engine.dispose()
    found = place.check()
    assert found["enkoder"].level is Level.GOOD
    place.encoder.signature = replace(place.encoder.signature, revision="2")
    assert place.check()["enkoder"].level is Level.SEVERE
    (place.settings.index_dir / "CURRENT").unlink()
    assert place.check()["indeks"].level is Level.SEVERE
    with place.records.writing() as session:
        from sqlalchemy import text

        session.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    found = place.check()["basis-data"]
    assert (found.level, found.repair) == (Level.SEVERE, Repair.MIGRATE)
    assert head() in found.said


def test_failed_files_of_the_last_ingest_are_shown_with_their_remedy_and_no_number_of_a_person(place):
    from tests.factories import no_ingest

    failure = LoadFailure("KK 6472010203040005.pdf", "rusak", "Simpan ulang.")
    note_ingest(place.settings.data_dir, 2.0, report=replace(no_ingest(None), failures=(failure,)))
    found = place.check()["ingest"]
    assert found.level is Level.ACT
    assert "rusak. Simpan ulang." in found.said
    assert "6472010203040005" not in found.said
    assert "6472010203040005" not in (place.settings.data_dir / "ingest-terakhir.json").read_text()


# Backups


def test_a_backup_holds_all_that_people_gave_also_in_folders_that_nobody_thought_of(place):
    place.ask_something()
    for name in ("unggah/a/x.md", "arsip/b/y.md", "folder-baru/z.txt"):
        (place.settings.data_dir / name).parent.mkdir(parents=True)
        (place.settings.data_dir / name).write_text(name)
    (place.settings.data_dir / "bacaan").mkdir()
    (place.settings.data_dir / "bacaan" / "x.json").write_text("{}")
    manifest = read_manifest(place.backups.make(), kind=KIND)[0]
    names = set(manifest.files)
    assert {"data/unggah/a/x.md", "data/arsip/b/y.md", "data/folder-baru/z.txt", "korpus/bantuan.md"} <= names
    assert not [name for name in names if "bacaan" in name or "catatan.sqlite" in name or "cadangan" in name]
    assert manifest.facts["baris"]["entries"] == 1
    assert any(name.startswith("indeks/") and name.endswith("chroma.sqlite3") for name in names)


def test_backups_beyond_the_number_to_keep_are_deleted_and_one_is_made_when_due(tmp_path, clock):
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path / "korpus", backup_keep=2)
    records = open_records(settings.records_url, now=clock)
    backups = Backups(settings, records)
    made = []
    for _ in range(3):
        made.append(backups.make_when_due())
        assert backups.make_when_due() is None
        clock.on(hours=25)
    assert [item.name for item in backups.listed()] == [path.name for path in (made[2], made[1])]
    assert (tmp_path / "cadangan" / made[2].name).stat().st_mode & 0o077 == 0
    for wrong in ("../catatan.sqlite", "cadangan-x.zip", made[0].name):
        with pytest.raises(InputError):
            backups.file(wrong)


def test_a_backup_that_is_killed_offers_nothing_and_the_next_one_clears_up(place):
    child = os.fork()
    if child == 0:
        place.backups.make(told=lambda stage, done, total: done == 3 and os._exit(9))
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert place.backups.listed() == ()
    assert list(place.backups.folder.glob(".*.baru"))
    file = place.backups.make()
    unpack(file, read_manifest(file, kind=KIND)[0], None)
    assert {path.name for path in place.backups.folder.iterdir()} == {file.name, "cadangan.lock"}


def test_secrets_of_the_settings_stay_out_unless_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(holdings, "DOTENV", tmp_path / ".env")
    (tmp_path / ".env").write_text("PORT=8000\nDATABASE_URL=postgresql://a:rahasia@b/c\nMETRICS_TOKEN=sangatrahasia123\n")
    text = holdings.settings_text(secrets=False)
    assert "PORT=8000" in text
    assert "rahasia@" not in text and "sangatrahasia" not in text
    assert "DATABASE_URL tidak disertakan" in text
    assert "rahasia@" in holdings.settings_text(secrets=True)


def test_a_damaged_backup_is_refused_before_anything_is_changed(place, tmp_path):
    place.ask_something()
    good = place.backups.make()
    content = good.read_bytes()
    here = Settings(data_dir=tmp_path / "lain" / "data", corpus_dir=tmp_path / "lain" / "korpus")
    bad = tmp_path / "rusak.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) + (b" " if name == "korpus/celah.md" else b""))
    for wrong in (bad.read_bytes(), content[: len(content) // 2], b"", content[:-30]):
        bad.write_bytes(wrong)
        with pytest.raises(PackageError):
            restore(here, bad)
        assert not [path for path in here.data_dir.iterdir() if path.name not in ("index", ".pulih.lock")]
    assert restore(here, good)[1] is None
    assert differences(here, good) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "c:/x", "a\\b", "", "a\0b"])
def test_names_that_point_out_of_the_folder_are_not_safe(name):
    assert not is_safe(name)


def test_a_restore_refuses_what_is_there_and_keeps_it_when_told_to_replace(place, tmp_path):
    place.ask_something()
    file = place.backups.make(out=tmp_path / "x.zip")
    (place.settings.corpus_dir / "sesudah.md").write_text("# Sesudah\n\nBaru.\n")
    with pytest.raises(InputError, match=r"basis data dengan isi.*berkas korpus"):
        restore(place.settings, file)
    assert differences(place.settings, file) == ["korpus/sesudah.md tidak ada di cadangan"]
    kept = restore(place.settings, file, replace=True)[1]
    assert differences(place.settings, file) == []
    assert (kept / "catatan.sqlite").is_file()
    assert list(place.settings.corpus_dir.glob(".sebelum-pulih-*/sesudah.md"))


def test_no_restore_while_the_app_runs(place, tmp_path):
    file = place.backups.make()
    lock = hold_running(place.settings)
    with pytest.raises(InputError, match="sedang berjalan"):
        restore(place.settings, file, replace=True)
    lock.release()
    restore(place.settings, file, replace=True)


def test_a_restore_that_stops_at_any_step_leaves_the_old_or_leads_to_the_new(tmp_path):
    old, new = moving.make_place(tmp_path / "lama", questions=3), moving.make_place(tmp_path / "baru", questions=4)
    files = {"lama": moving.back_up(old, tmp_path / "a.zip"), "baru": moving.back_up(new, tmp_path / "b.zip")}
    for stop, expected in (("rows", "lama"), ("old 1", "baru")):
        child = os.fork()
        if child == 0:
            try:
                restore(old, files["baru"], replace=True, step=lambda name, stop=stop: name == stop and os._exit(9))
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, stop
        finish(old)
        assert differences(old, files[expected]) == [], stop


def test_rows_go_from_either_database_to_the_other_and_numbers_go_on(records, database, tmp_path):
    person = add_person(make_people(records), display="Bu «Siti» \U0001f642")
    conversations.add_question(records, person.key, "Apa itu UEP?")
    out = io.BytesIO()
    counts = dump(records, out, folder=tmp_path)
    assert counts["entries"] == 1
    lines = out.getvalue().splitlines(True)
    before = open_records(database)
    add_person(make_people(before), "orang.lama")
    before.close()
    load(database, lines)
    there = open_records(database)
    again = io.BytesIO()
    dump(there, again, folder=tmp_path)
    assert digests(again.getvalue().splitlines(True)) == digests(lines)
    from assistant.records import audit

    audit.add(there, "uji", "sesudah")  # its number must not be taken
    there.close()
    for wrong in (lines[1:], [b'{"format":1,"revision":"9999"}\n'], [*lines, b"{"]):
        with pytest.raises(RecordsError):
            load(database, wrong)
    there = open_records(database)
    assert audit.read(there)[0].action == "sesudah"
    there.close()


# Bundles and updates


@pytest.fixture
def installed(tmp_path):
    """An installation with one version, and its keys."""
    home = tmp_path / "kantor"
    (home / "versi" / "20260101T000000-a" / "corpus").mkdir(parents=True)
    (home / "KINI").write_text("20260101T000000-a\n")
    (home / "lingkungan" / "syarat").mkdir(parents=True)
    (home / "lingkungan" / "syarat" / "SELESAI").touch()
    (tmp_path / "kunci").mkdir()
    secret, public = make_keys(tmp_path / "kunci")
    shutil.copy(public, home)
    return home, secret


def make_update_file(target, secret, version="20260202T000000-b", environment="syarat", **files):
    source = target.with_suffix(".isi")
    source.mkdir(exist_ok=True)
    parts = []
    for name, text in {"app.py": "baru", **files}.items():
        (source / name).write_text(text)
        parts.append((f"versi/{name}", source / name))
    facts = {"versi": version, "lingkungan": environment, "platform": ""}
    write_package(target, parts, kind="pembaruan", made="x", facts=lambda: facts, sign=lambda text: sign(text, secret))
    return target


def test_a_signed_update_is_swapped_in_by_the_pointer_and_leads_back(installed, tmp_path):
    home, secret = installed
    assert update(home, make_update_file(tmp_path / "u.zip", secret)) == "20260202T000000-b"
    assert (home / "versi" / "20260202T000000-b" / "app.py").read_text() == "baru"
    assert (home / "KINI").read_text().strip() == "20260202T000000-b"
    assert roll_back(home) == "20260101T000000-a"
    assert roll_back(home) == "20260202T000000-b"


def test_an_update_that_is_forged_changed_older_or_lacks_packages_changes_nothing(installed, tmp_path):
    home, secret = installed
    (tmp_path / "lain").mkdir()
    forged = make_update_file(tmp_path / "palsu.zip", make_keys(tmp_path / "lain")[0])
    changed = tmp_path / "berubah.zip"
    with zipfile.ZipFile(make_update_file(tmp_path / "u.zip", secret)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"baru", b"baRu") if name == "versi/app.py" else source.read(name))
    older = make_update_file(tmp_path / "tua.zip", secret, version="20250101T000000-c")
    lacking = make_update_file(tmp_path / "paket.zip", secret, environment="lain")
    for file, words in ((forged, "Tanda tangan"), (changed, "tidak utuh"), (older, "lebih lama"), (lacking, "--wheels")):
        with pytest.raises(PackageError, match=words):
            update(home, file)
        assert (home / "KINI").read_text().strip() == "20260101T000000-a"
        assert [path.name for path in (home / "versi").iterdir()] == ["20260101T000000-a"]
    assert update(home, older, older=True) == "20250101T000000-c"


@pytest.mark.parametrize("stop", ["unpack", "wheels", "version", "environment", "pointer"])
def test_an_update_that_stops_at_any_step_leaves_the_old_version_and_can_be_repeated(installed, tmp_path, stop):
    home, secret = installed
    file = make_update_file(tmp_path / "u.zip", secret)

    def stopped(name):
        if name == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(home, file, step=stopped)
    assert (home / "KINI").read_text().strip() == "20260101T000000-a"
    assert update(home, file) == "20260202T000000-b"


def test_a_new_corpus_leaves_what_the_office_changed_added_or_took_out(tmp_path):
    corpus, first, second = tmp_path / "corpus", tmp_path / "v1", tmp_path / "v2"
    for version, texts in ((first, {"a": "1", "b": "1", "c": "1", "d": "1"}), (second, {"a": "2", "b": "2", "c": "2", "e": "2"})):
        (version / "corpus").mkdir(parents=True)
        for name, text in texts.items():
            (version / "corpus" / name).write_text(text)
    assert merge_corpus(first, corpus) == []
    (corpus / "b").write_text("kantor")
    (corpus / "c").unlink()
    (corpus / "milik").write_text("kantor")
    assert merge_corpus(second, corpus) == ["b", "c"]
    here = {path.name: path.read_text() for path in corpus.iterdir() if path.name != NOTE}
    assert here == {"a": "2", "b": "kantor", "e": "2", "milik": "kantor"}
    assert merge_corpus(second, corpus) == []
    merge_corpus(first, corpus)
    assert (corpus / "a").read_text() == "1"
    assert (corpus / "b").read_text() == "kantor"


def test_what_a_package_needs_is_read_for_the_other_system(tmp_path):
    wheel = tmp_path / "x-1-py3-none-any.whl"
    needs = 'Requires-Dist: a\nRequires-Dist: w; sys_platform == "win32"\nRequires-Dist: e; extra == "besar"\n'
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("x-1.dist-info/METADATA", f"Name: x\n{needs}\n")
    names = {
        (platform, extra): [need.name for need in _needs(wheel, frozenset(extra), platform, "3.11")]
        for platform in ("linux", "windows")
        for extra in ((), ("besar",))
    }
    assert names == {("linux", ()): ["a"], ("linux", ("besar",)): ["a", "e"], ("windows", ()): ["a", "w"]} | {
        ("windows", ("besar",)): ["a", "w", "e"]
    }


def test_the_scripts_for_windows_are_written_for_it_and_install_from_the_same_place(tmp_path):
    _scripts(tmp_path, platform="windows", python="3.11", version="20260101T000000-a")
    texts = {path.name: path.read_bytes().decode("ascii") for path in tmp_path.iterdir()}
    for name, text in texts.items():
        assert text.count("\r\n") == (0 if name.endswith(".sh") else text.count("\n")), name
        assert "@PYTHON@" not in text
    flags = {name: re.findall(r"-m pip install (.*?) -c", texts[name]) for name in ("pasang.bat", "pasang.sh")}
    assert flags["pasang.bat"] == flags["pasang.sh"] == ["--quiet --no-index --find-links wheels --only-binary=:all:"]


@pytest.mark.parametrize("name", ["pasang.bat", "jalankan.bat", "asisten.bat"])
def test_a_script_for_windows_jumps_to_what_it_has_trusts_no_old_values_and_quotes_the_folder(name):
    text = (LAUNCHERS / name).read_text(encoding="ascii")
    lines = text.splitlines()
    assert {f":{label}" for label in re.findall(r"goto (\w+)", text)} <= set(lines)
    assert lines.index('set "L="') < next(number for number, line in enumerate(lines) if "lingkungan" in line)
    assert all(f'"{before}' in line for line in lines for before in re.findall(r"[^\s\"]*%~dp0", line))


# Probes, figures, page, log

TOKEN = "token-untuk-pengukur"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("operasi")
    corpus, index, encoder = make_index(folder)
    office = make_office(folder, open_assistant(index, encoder), corpus_dir=corpus, metrics_token=TOKEN)
    office.assistant.listen(office.operations.metrics.answered)
    add_person(office.people, "admin", role=Role.ADMIN)
    yield from served(office)


def test_figures_are_for_this_machine_admins_and_the_token_and_hold_no_question(server):
    local = Client(server.local)
    local.ask("Apakah warga bernama Sumarni boleh dapat UEP?")
    text = local.get("/metrics").text
    assert 'asisten_questions_total{status="' in text
    assert "asisten_answer_seconds_bucket" in text and 'asisten_records{kind="entries"} 1.0' in text
    assert "Sumarni" not in text
    network = Client(server.lan)
    assert network.get("/metrics").status_code == 401
    for wrong in ("", "Bearer", "Bearer x", f"Bearer {TOKEN}x", TOKEN[:-1]):
        assert network.get("/metrics", headers={"authorization": wrong}).status_code == 401
    assert network.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_readiness_says_why_not_and_comes_back(server):
    network = Client(server.lan)
    assert network.get("/readyz").json() == {"siap": True, "sebab": []}
    pointer = server.office.settings.data_dir / "index" / "CURRENT"
    content = pointer.read_text()
    pointer.unlink()
    server.office.operations._ready = None
    answer = network.get("/readyz")
    assert (answer.status_code, answer.json()["sebab"]) == (503, ["indeks tidak dapat dipakai"])
    assert network.get("/healthz").status_code == 200
    pointer.write_text(content)
    server.office.operations._ready = None
    assert network.get("/readyz").status_code == 200


def test_an_admin_sees_what_is_to_be_done_makes_a_backup_by_one_click_and_takes_it(server):
    admin = Client(server.lan)
    admin.login("admin")
    page = admin.get("/sehat").text
    assert "Belum ada cadangan." in page and "Yang perlu dilakukan" in page
    assert admin.form("/sehat/perbaiki", "/akun", tindakan="cadangkan").status_code == 303
    job = server.office.operations._jobs.wait(30)
    assert job.state == "selesai", job.reason
    page = admin.form("/sehat/periksa", "/akun").text
    assert f'href="/sehat/cadangan/{job.result.name}"' in page
    answer = admin.get(f"/sehat/cadangan/{job.result.name}")
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    audit = admin.get("/audit").text
    assert "cadangan-dibuat" in audit and "cadangan-diunduh" in audit
    assert admin.form("/sehat/perbaiki", "/akun", tindakan="hapus-semua").status_code == 400


def test_each_request_is_one_line_of_json_without_its_address_and_errors_without_their_words(server, tmp_path):
    handler = logs.start_log(Settings(data_dir=tmp_path))
    try:
        answer = Client(server.local).get("/jawaban/rahasia123?nama=Sumarni")
        try:
            raise ValueError("Sumarni, NIK 6472010203040005")
        except ValueError:
            logging.getLogger("pustaka.lain").exception("gagal untuk %s", "Sumarni")
        logging.getLogger("assistant.uji").warning("NIK 6472010203040005 dibaca")
        until = time.monotonic() + 10
        log = tmp_path / "log" / "asisten.jsonl"
        while answer.headers["x-request-id"] not in log.read_text():  # written once the answer is out
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        logs.stop_log(handler)
    text = (tmp_path / "log" / "asisten.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    request = next(line for line in lines if line.get("permintaan") == answer.headers["x-request-id"])
    assert (request["rute"], request["metode"], request["status"]) == ("/jawaban/{identity}", "GET", answer.status_code)
    assert isinstance(request["milidetik"], int)
    assert any(line.get("galat") == "ValueError" and line["jejak"] for line in lines)
    for private in ("Sumarni", "6472010203040005", "rahasia123"):
        assert private not in text
    assert "NIK disamarkan" in text


def test_a_move_to_an_empty_folder_and_to_the_other_database_and_back_is_the_same(tmp_path, postgres):
    for url in empty_postgres(postgres):
        found = moving.moved(tmp_path, questions=20, url=url)
    assert {name: value for name, value in found.items() if name.startswith("differences")} == {
        "differences: empty folder": [],
        "differences: SQLite to PostgreSQL": [],
        "differences: and back": [],
    }
