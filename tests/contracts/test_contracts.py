"""One body of tests for fake and real: the dense index and the encoder."""

import uuid
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
import pytest

import assistant.index.dense as dense_module
from assistant.encoding import load_encoder
from assistant.errors import IndexAwayError, IndexBrokenError
from assistant.index.dense import ChromaFolders, ChromaServer
from assistant.settings import SHIPPED_ENCODER
from tests.fakes import FakeEncoder, FakeStore

VECTORS = np.eye(3, dtype=np.float32)


SNAPSHOT = "20261124T080000000000-abcdef01"


@pytest.fixture(params=["fake", "folder", "server"])
def store(request, tmp_path):
    """Where dense parts of snapshots are: in memory, in folders, on a real Chroma server."""
    if request.param == "server":
        return ChromaServer(request.getfixturevalue("chroma"), office=uuid.uuid4().hex[:12])
    return FakeStore() if request.param == "fake" else ChromaFolders()


@pytest.fixture
def dense(store, tmp_path):
    index = store.create(tmp_path / SNAPSHOT)
    yield index
    index.close()


def test_what_was_stored_is_there_when_it_is_opened_again(store, dense, tmp_path):
    dense.add("kalimat", ["a|0"], ["a"], VECTORS[:1])
    dense.close()
    again = store.open(tmp_path / SNAPSHOT)
    assert again.nearest("kalimat", [1.0, 0.0, 0.0], count=1)[0][0] == "a|0"
    again.close()


def test_a_snapshot_without_vectors_is_told_and_not_made_empty_by_the_way(store, tmp_path):
    for _ in range(2):
        with pytest.raises(IndexBrokenError, match=r"ingest\.py"):
            store.open(tmp_path / "20261124T090000000000-abcdef02")


def test_many_vectors_go_in_and_each_finds_itself(store, dense):
    rows = np.random.default_rng(1).normal(size=(4500, 64)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    names = [f"p{number}|0" for number in range(len(rows))]
    dense.add("kalimat", names, names, rows)
    assert dense.count("kalimat") == len(rows)
    assert [dense.nearest("kalimat", rows[at], count=1)[0][0] for at in (0, 1999, 2000, 4499)] == [
        "p0|0", "p1999|0", "p2000|0", "p4499|0"
    ]  # fmt: skip


def test_only_the_named_snapshots_are_kept_and_other_offices_lose_nothing(chroma, tmp_path):
    ours, theirs = (ChromaServer(chroma, office=uuid.uuid4().hex[:12]) for _ in range(2))
    older, newer = tmp_path / SNAPSHOT, tmp_path / "20261124T090000000000-abcdef02"
    for server, folder in ((ours, older), (ours, newer), (theirs, older)):
        server.create(folder).close()
    ours.keep_only({newer.name})
    ours.open(newer).close()
    theirs.open(older).close()
    with pytest.raises(IndexBrokenError):
        ours.open(older)


def test_a_server_that_is_away_or_hangs_is_told_in_plain_words_and_is_found_again(own_chroma, tmp_path, monkeypatch):
    monkeypatch.setattr(dense_module, "SERVER_SECONDS", 0.5)
    store = ChromaServer(own_chroma.start(), office="a")
    written = store.create(tmp_path / SNAPSHOT)
    written.add("kalimat", ["a|0"], ["a"], VECTORS[:1])
    written.close()
    index = store.open(tmp_path / SNAPSHOT)
    own_chroma.kill()
    for act in (lambda: index.nearest("kalimat", [1.0, 0.0, 0.0], count=1), lambda: store.open(tmp_path / SNAPSHOT)):
        with pytest.raises(IndexAwayError, match="sedang tidak dapat dihubungi"):
            act()
    own_chroma.start()
    assert index.nearest("kalimat", [1.0, 0.0, 0.0], count=1)[0][0] == "a|0"
    with own_chroma.hanging(), pytest.raises(IndexAwayError, match="sedang tidak dapat dihubungi"):
        index.nearest("kalimat", [1.0, 0.0, 0.0], count=1)
    assert index.nearest("kalimat", [1.0, 0.0, 0.0], count=1)[0][0] == "a|0"
    index.close()


def test_an_ingest_waits_for_a_busy_server_longer_than_a_question_does(own_chroma, tmp_path, monkeypatch):
    monkeypatch.setattr(dense_module, "SERVER_SECONDS", 0.2)
    store = ChromaServer(own_chroma.start(), office="a")
    index = store.create(tmp_path / SNAPSHOT)
    with own_chroma.hanging(), ThreadPoolExecutor() as pool:
        writing = pool.submit(index.add, "kalimat", ["a|0"], ["a"], VECTORS[:1])
        assert not wait([writing], timeout=0.8).done, "it neither gave up nor was it answered"
        own_chroma.go_on()
        writing.result(timeout=30)
    assert index.count("kalimat") == 1
    index.close()


def test_the_nearest_vector_comes_first_with_its_cosine(dense):
    dense.add("kalimat", ["a|0", "b|0", "c|0"], ["a", "b", "c"], VECTORS)
    found = dense.nearest("kalimat", [0.8, 0.6, 0.0], count=2)
    assert [reference for reference, _ in found] == ["a|0", "b|0"]
    assert found[0][1] == pytest.approx(0.8, abs=1e-3)


def test_collections_are_apart_and_counted(dense):
    dense.add("kalimat", ["a|0"], ["a"], VECTORS[:1])
    dense.add("pertanyaan", ["B-001", "B-001"], ["x", "y"], VECTORS[:2])
    assert (dense.count("kalimat"), dense.count("pertanyaan"), dense.count("bagian")) == (1, 2, 0)


def test_what_is_stored_can_be_read_back_and_a_lost_vector_is_told(dense):
    dense.add("kalimat", ["a|0", "b|0"], ["a", "b"], VECTORS[:2])
    stored = dense.stored("kalimat")
    assert sorted(reference for _, reference in stored) == ["a|0", "b|0"]
    assert dense.vector("kalimat", {name: identity for identity, name in stored}["b|0"]) == [0.0, 1.0, 0.0]
    with pytest.raises(IndexBrokenError):
        dense.vector("kalimat", "99")


def test_an_empty_collection_finds_nothing(dense):
    assert dense.nearest("kalimat", [1.0, 0.0, 0.0], count=3) == []


@pytest.fixture(params=["fake", "shipped"], scope="module")
def encoder(request):
    return FakeEncoder() if request.param == "fake" else load_encoder(str(SHIPPED_ENCODER))


def test_an_encoder_gives_one_normalised_vector_a_text(encoder):
    vectors = encoder.encode_documents(["bantuan usaha", "data desil"])
    assert vectors.shape == (2, encoder.signature.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_question_and_a_document_of_the_same_words_get_different_vectors(encoder):
    assert not np.allclose(encoder.encode_queries(["desil"]), encoder.encode_documents(["desil"]), atol=1e-3)


def test_the_langchain_interface_gives_plain_floats(encoder):
    vector = encoder.embed_query("bantuan usaha")
    assert len(vector) == encoder.signature.dimension
    assert all(type(value) is float for value in vector)


def test_texts_that_share_words_are_nearer(encoder):
    a, b, c = encoder.encode_documents(["bantuan usaha warga", "bantuan usaha warga miskin", "harga pakan ayam"])
    assert a @ b > a @ c
