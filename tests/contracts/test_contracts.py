"""One body of tests for fake and real: the dense index and the encoder."""

import numpy as np
import pytest

from assistant.encoding import load_encoder
from assistant.index.dense import ChromaIndex
from assistant.settings import SHIPPED_ENCODER
from tests.fakes import FakeDense, FakeEncoder

VECTORS = np.eye(3, dtype=np.float32)


@pytest.fixture(params=["fake", "chroma"])
def dense(request, tmp_path):
    index = FakeDense() if request.param == "fake" else ChromaIndex(tmp_path / "chroma")
    yield index
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
