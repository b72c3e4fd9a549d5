"""An answer begins with Ya, Tidak or Tergantung only where the quoted sentence bears it out."""

import pytest

from assistant.answering.quoting import OPENINGS
from assistant.answering.verdicts import verdict
from assistant.knowledge import Glossary
from assistant.questions import read_question
from assistant.types import Status, Validity
from tests.factories import answer_from, make_evidence, make_hit


def opening(question, quote, *, scope="kaltim", rewrite=None):
    return verdict(read_question(question), make_evidence(quote, scope=scope), rewrite or Glossary().rewrite)


AGAIN = "Apakah penerima lama boleh diusulkan lagi?"
RECEIPTS = "Apakah penerima wajib mengumpulkan nota?"


@pytest.mark.parametrize(
    ("question", "quote", "word"),
    [
        (AGAIN, "Penerima lama boleh diusulkan lagi.", "Ya."),
        (AGAIN, "Penerima lama dapat diusulkan lagi.", "Ya."),
        (AGAIN, "Penerima lama tidak boleh diusulkan lagi.", "Tidak."),
        (AGAIN, "Penerima lama belum bisa diusulkan lagi.", "Tidak."),
        (AGAIN, "Penerima lama dilarang diusulkan lagi.", "Tidak."),
        (AGAIN, "Penerima lama tidak berhak diusulkan lagi.", "Tidak."),
        (AGAIN, "Penerima lama boleh diusulkan lagi bila usahanya berjalan.", "Tergantung."),
        (AGAIN, "Penerima lama tidak boleh diusulkan lagi kecuali usahanya berjalan.", "Tergantung."),
        (RECEIPTS, "Penerima wajib mengumpulkan nota.", "Ya."),
        (RECEIPTS, "Penerima harus mengumpulkan nota.", "Ya."),
        (RECEIPTS, "Penerima tidak wajib mengumpulkan nota.", "Tidak."),
        (RECEIPTS, "Penerima tidak perlu mengumpulkan nota.", "Tidak."),
        (RECEIPTS, "Penerima wajib mengumpulkan nota jika belanja sendiri.", "Tergantung."),
        ("penerima lama boleh diusulkan lagi ga?", "Penerima lama boleh diusulkan lagi.", "Ya."),
        ("Penerima lama boleh diusulkan lagi atau tidak?", "Penerima lama boleh diusulkan lagi.", "Ya."),
    ],
)
def test_the_opening_follows_the_sentence(question, quote, word):
    assert opening(question, quote) == word


@pytest.mark.parametrize(
    "question",
    [
        "Apakah diatur siapa penerima lama yang boleh diusulkan lagi?",
        "Apakah jelas kapan penerima lama boleh diusulkan lagi?",
        "Apakah penerima lama boleh diusulkan lagi, dan bagaimana?",
    ],
)
def test_a_question_that_asks_for_more_than_yes_or_no_gets_no_opening(question):
    assert opening(question, "Penerima lama boleh diusulkan lagi.") == ""


def test_a_question_between_two_things_gets_no_opening():
    assert opening("Apakah alat boleh disewakan atau dipinjamkan?", "Alat boleh dipinjamkan dan boleh disewakan.") == ""
    assert opening("Apakah alat boleh dipinjamkan atau tidak?", "Alat boleh dipinjamkan.") == "Ya."


def test_another_regions_practice_gets_no_opening():
    quote = "Penerima lama boleh diusulkan lagi."
    assert opening(AGAIN, quote, scope="daerah-lain") == ""
    assert opening(AGAIN, quote, scope="nasional") == "Ya."


def test_a_sentence_about_something_else_gives_no_opening():
    assert opening(AGAIN, "Petugas desa boleh membantu mengisi formulir.") == ""
    assert opening(AGAIN, "Penerima boleh membantu mengisi formulir.") == ""


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (AGAIN, "Penerima lama diusulkan lagi."),
        (AGAIN, "Penerima lama wajib diusulkan lagi."),
        (RECEIPTS, "Penerima boleh mengumpulkan nota."),
        ("Apakah penerima lama diusulkan lagi?", "Penerima lama boleh diusulkan lagi."),
    ],
)
def test_without_a_word_for_may_or_must_on_both_sides_there_is_no_opening(question, quote):
    assert opening(question, quote) == ""


@pytest.mark.parametrize(
    "question", ["Apakah penerima lama tidak boleh diusulkan lagi?", "Penerima lama boleh diusulkan lagi", "Apakah boleh?"]
)
def test_a_question_that_denies_does_not_ask_or_has_no_content_gets_no_opening(question):
    assert opening(question, "Penerima lama boleh diusulkan lagi.") == ""


def test_field_spelling_is_understood_on_both_sides():
    glossary = Glossary(single={"blh": "boleh"})
    quote = "Penerima lama boleh diusulkan lagi."
    for question, said in ((AGAIN.replace("boleh", "blh"), quote), (AGAIN, quote.replace("boleh", "blh"))):
        assert opening(question, said) == ""
        assert opening(question, said, rewrite=glossary.rewrite) == "Ya."


def test_an_answer_begins_with_the_opening_and_rests_on_its_first_quote():
    quote = "Penerima UEP lama tidak boleh diusulkan lagi."
    answer = answer_from("Apakah penerima UEP lama boleh diusulkan lagi?", make_hit(quote))
    assert answer.status is Status.ANSWERED
    assert answer.text == f"Tidak.\n\n{quote} [1]"


def test_a_corrected_answer_has_its_remark_and_no_opening():
    old = make_hit("Penerima UEP lama tidak boleh diusulkan lagi.", status=Validity.DICABUT)
    answer = answer_from("Apakah penerima UEP lama masih boleh diusulkan lagi?", old)
    assert answer.status is Status.CORRECTED
    assert answer.text.startswith(OPENINGS["luruskan"])
    assert "Tidak." not in answer.text.split("\n\n")
