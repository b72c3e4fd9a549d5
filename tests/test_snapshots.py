"""An index is swapped whole: killed, concurrent and withdrawn ingests never show half of it."""

import os
import threading

import pytest
from filelock import FileLock

from assistant.errors import CorpusError, IndexBrokenError, IndexMissingError, IngestBusyError
from assistant.index.places import OwnPlace, rollback
from assistant.index.reader import SnapshotReader
from assistant.index.snapshot import current_id, publish, published
from assistant.ingestion import ingest, make_plan
from tests.factories import make_index, write_corpus, write_document
from tests.fakes import FakeEncoder
from tests.forking import FORKED

NEW = "\n# Baru\n\n## Bagian\n\nKalimat baru tentang UEP.[^B-029]\n"


def _die_at(corpus, index, name):
    def step(current):
        if current == name:
            os._exit(9)

    ingest(corpus, index, FakeEncoder(), step=step)


@pytest.mark.parametrize("name", ["encode", "vectors", "words", "manifest", "publish"])
def test_an_ingest_killed_at_any_step_leaves_the_old_index_and_the_next_one_finishes(tmp_path, name):
    corpus, index, encoder = make_index(tmp_path)
    before = current_id(index)
    write_document(corpus, "baru", NEW)
    process = FORKED.Process(target=_die_at, args=(corpus, index, name))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert current_id(index) == before
    reader = SnapshotReader(index, signature=encoder.signature)
    assert "baru.md" not in reader.current().documents
    ingest(corpus, index, encoder)
    assert "baru.md" in reader.current().documents
    reader.close()


def test_a_second_run_with_nothing_changed_encodes_and_publishes_nothing(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    before = encoder.encoded
    report = ingest(corpus, index, encoder)
    assert report.published is None
    assert encoder.encoded == before
    assert report.plan.unchanged == ("bantuan.md", "celah.md")


def test_lost_vectors_are_made_again_by_the_next_ingest_though_no_file_changed(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    reader = SnapshotReader(index, signature=encoder.signature)
    reader.current().dense._client.get_collection("kalimat").delete(ids=["0"])
    assert ingest(corpus, index, encoder).published
    assert reader.current().dense.count("kalimat") == reader.current().manifest.sentences
    reader.close()


def test_two_ingests_at_once_are_refused_with_a_clear_message(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    with FileLock(index / "ingest.lock"), pytest.raises(IngestBusyError, match="sedang berjalan"):
        ingest(corpus, index, encoder)


def test_a_reader_sees_new_and_withdrawn_documents_without_a_restart(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    reader = SnapshotReader(index, signature=encoder.signature)
    held = reader.current()
    (corpus / "celah.md").unlink()
    ingest(corpus, index, encoder)
    assert "celah.md" not in reader.current().documents
    assert held.dense.count("kalimat") > 0, "a question that runs keeps its snapshot"
    reader.close()


class SlowPlace(OwnPlace):
    """A folder whose pointer was read by a thread that then waits."""

    def __init__(self, folder):
        super().__init__(folder)
        self.waits, self.read, self.go = False, threading.Event(), threading.Event()

    def current(self):
        identity = super().current()
        if self.waits:
            self.waits = False
            self.read.set()
            self.go.wait(10)
        return identity


def test_a_thread_that_was_slow_neither_opens_an_old_snapshot_again_nor_closes_the_published_one(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    place = SlowPlace(index)
    reader = SnapshotReader(place, signature=encoder.signature)
    reader.current()
    place.waits = True
    slow = threading.Thread(target=reader.current)
    slow.start()
    assert place.read.wait(10)
    write_document(corpus, "baru", NEW)
    ingest(corpus, index, encoder)
    held = reader.current()
    place.go.set()
    slow.join(10)
    assert reader.current() is held
    assert held.dense.count("kalimat")
    assert [identity for identity, _ in reader._open] == published(index)
    reader.close()


def test_going_back_and_forth_opens_each_snapshot_once(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    reader = SnapshotReader(index, signature=encoder.signature)
    first = reader.current()
    write_document(corpus, "baru", NEW)
    ingest(corpus, index, encoder)
    second = reader.current()
    rollback(index)
    assert reader.current() is first
    publish(index, second.manifest.id)
    assert reader.current() is second
    reader.close()


def test_rollback_goes_to_the_snapshot_before(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    first = current_id(index)
    write_document(corpus, "baru", NEW)
    ingest(corpus, index, encoder)
    assert rollback(index) == first
    assert current_id(index) == first
    with pytest.raises(IndexMissingError, match="sebelumnya"):
        rollback(index)


def test_old_snapshots_are_pruned_and_the_one_before_stays(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    for number in range(4):
        write_document(corpus, f"baru{number}", NEW)
        ingest(corpus, index, encoder)
    assert len(published(index)) == 3, "two kept at the start of the last run and the new one"


def test_an_index_of_another_encoder_is_refused(tmp_path):
    _, index, _ = make_index(tmp_path)
    with pytest.raises(IndexBrokenError, match="enkoder"):
        SnapshotReader(index, signature=FakeEncoder("lain").signature).current()


def test_a_missing_index_and_a_damaged_one_name_the_way_out(tmp_path):
    signature = FakeEncoder().signature
    with pytest.raises(IndexMissingError, match=r"ingest\.py"):
        SnapshotReader(tmp_path, signature=signature).current()
    _, index, _ = make_index(tmp_path)
    (index / current_id(index) / "passages.jsonl").write_text("{bukan json")
    with pytest.raises(IndexBrokenError, match=r"ingest\.py"):
        SnapshotReader(index, signature=signature).current()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("kosong.md", b"", "kosong"),
        ("biner.md", b"\x00\x01\x02", "biner"),
        ("latin.md", b"---\ntitle: caf\xe9\n---\n", "UTF-8"),
        ("polos.md", b"# Tanpa front matter\n\nIsi.\n", "front matter"),
        ("gambar.exe", b"MZ", "belum didukung"),
    ],
)
def test_a_bad_file_is_reported_with_a_remedy_and_the_others_go_on(tmp_path, name, content, reason):
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / name).write_bytes(content)
    report = ingest(corpus, tmp_path / "index", FakeEncoder())
    failure = next(failure for failure in report.failures if failure.path == name)
    assert reason in failure.reason
    assert failure.remedy
    assert report.published is not None


def test_an_unknown_label_is_a_warning_that_names_document_and_label(tmp_path):
    corpus = write_corpus(tmp_path / "corpus", baru="\n# Baru\n\nKalimat.[^Z-999]\n")
    report = ingest(corpus, tmp_path / "index", FakeEncoder())
    assert any("baru.md" in warning and "Z-999" in warning for warning in report.warnings)


def test_a_missing_corpus_folder_is_named(tmp_path):
    with pytest.raises(CorpusError, match="tidak ada"):
        ingest(tmp_path / "tidak-ada", tmp_path / "index", FakeEncoder())


def test_a_broken_data_file_stops_the_ingest_and_keeps_the_index(tmp_path):
    corpus, index, encoder = make_index(tmp_path)
    before = current_id(index)
    (corpus / "labels.yaml").write_text("B-029: [", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"labels\.yaml"):
        ingest(corpus, index, encoder)
    assert current_id(index) == before


def test_a_plan_tells_added_changed_removed_and_unchanged_apart():
    plan = make_plan("x", {"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "0", "d": "4"})
    assert (plan.added, plan.changed, plan.removed, plan.unchanged) == (("a",), ("c",), ("d",), ("b",))
