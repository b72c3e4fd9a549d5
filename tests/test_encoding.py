"""The shipped encoder and the cache of vectors."""

import numpy as np
import pytest

from assistant.encoding import load_encoder
from assistant.errors import EncoderError
from assistant.settings import SHIPPED_ENCODER
from assistant.vectors import CachedEncoder
from tests.fakes import FakeEncoder


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(str(SHIPPED_ENCODER))


def test_vectors_are_normalised_and_of_the_models_dimension(encoder):
    vectors = encoder.encode_documents(["Bantuan berupa barang.", "Nilai Rp5 juta."])
    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_questions_and_documents_have_prompts_of_their_own(encoder):
    assert not np.allclose(encoder.encode_documents(["desil"]), encoder.encode_queries(["desil"]), atol=1e-3)
    assert encoder.signature.document_prompt == "passage: "


def test_a_field_question_is_nearer_to_its_answer_than_to_another_statement(encoder):
    question = encoder.encode_queries(["bantuannya duit apa brg min"])[0]
    right, wrong = encoder.encode_documents(
        ["UEP Kaltim 2025 berupa barang, bukan uang tunai.", "DTSEN dimutakhirkan empat kali setahun."]
    )
    assert question @ right > question @ wrong


@pytest.mark.parametrize("make", [lambda path: path / "tidak-ada", lambda path: path])
def test_a_folder_without_a_model_is_named(tmp_path, make):
    with pytest.raises(EncoderError, match="ENCODER"):
        load_encoder(str(make(tmp_path)))


def test_a_cached_text_is_never_encoded_twice_even_after_reopening(tmp_path):
    fake = FakeEncoder()
    cache = CachedEncoder(fake, tmp_path / "v.sqlite")
    first = cache.encode_documents(["satu", "dua", "satu"])
    assert fake.encoded == 2
    cache.close()
    again = CachedEncoder(fake, tmp_path / "v.sqlite")
    assert np.array_equal(again.encode_documents(["satu", "dua", "satu"]), first)
    assert fake.encoded == 2
    again.close()


def test_another_encoders_vectors_are_not_served(tmp_path):
    cache = CachedEncoder(FakeEncoder("a"), tmp_path / "v.sqlite")
    cache.encode_documents(["satu"])
    cache.close()
    other = FakeEncoder("b")
    cache = CachedEncoder(other, tmp_path / "v.sqlite")
    cache.encode_documents(["satu"])
    assert other.encoded == 1
    cache.close()


def test_a_broken_cache_file_is_set_aside_and_begun_anew(tmp_path, caplog):
    (tmp_path / "v.sqlite").write_bytes(b"bukan sqlite" * 100)
    cache = CachedEncoder(FakeEncoder(), tmp_path / "v.sqlite")
    assert len(cache.encode_documents(["satu"])) == 1
    assert (tmp_path / "v.rusak").is_file()
    assert "rusak" in caplog.text
    cache.close()
