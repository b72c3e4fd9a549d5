"""An English question gets the Indonesian quote in a short English frame, of which nothing is made up."""

from dataclasses import replace

import pytest

from assistant.answering import english
from assistant.answering.checking import check
from assistant.answering.outcome import Outcome
from assistant.language import numbers
from assistant.questions import read_question
from assistant.types import Gap, Status, Validity
from tests.factories import answer_from, make_evidence, make_hit

VALUE = "UEP Kaltim 2025 bernilai Rp4,5–5 juta untuk 1.500 penerima menurut forum 22 Oktober 2025."


@pytest.mark.parametrize(
    "question",
    [
        "What is UEP?",
        "who can apply for UEP",
        "Is there a limit of age for UEP Kaltim?",
        "How much money does a UEP recipient get?",
    ],
)
def test_an_english_question_is_known_as_one(question):
    assert read_question(question).english


@pytest.mark.parametrize(
    "question",
    [
        "UEP itu apa?",
        "in box dinsos nomor berapa",
        "apakah UEP a.n. istri",
        "berapa cash on delivery untuk UEP",
        "UEP cash?",
    ],
)
def test_an_indonesian_question_with_english_words_is_not(question):
    assert not read_question(question).english


def test_the_quote_stands_between_what_it_is_and_where_it_applies_with_its_figures():
    lines = answer_from("How much money does each UEP recipient get?", make_hit(VALUE)).text.split("\n\n")
    assert lines == [
        "The source says (in Indonesian):",
        f"{VALUE} [1]",
        "Applies to East Kalimantan; it names Rp4,5–5 million, 1.500 recipients, 22 October 2025.",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"scope": "nasional"}, "Applies to all of Indonesia"),
        ({"scope": "kaltim/kutai-timur"}, "Applies to Kutai Timur"),
        ({"scope": "daerah-lain"}, "An example of another place"),
        ({"scope": "umum"}, "See the source for where it applies."),
        ({"status": Validity.RENCANA}, "Applies to East Kalimantan; still a plan"),
        ({"status": Validity.USANG}, "Applies to East Kalimantan; an old scheme or rule"),
    ],
)
def test_scope_and_standing_of_the_statement_are_said(values, said):
    sentences = english.draft(Outcome(Status.ANSWERED, (make_evidence("UEP berupa barang.", **values),)))
    assert sentences[-1].text.startswith(said)


@pytest.mark.parametrize("status", [Status.PARTIAL, Status.CORRECTED, Status.CONFLICTING])
def test_each_outcome_has_a_head_of_its_own(status):
    first = english.draft(Outcome(status, (make_evidence(VALUE),)))[0].text
    assert first == english.HEADS[status]
    assert first != english.HEADS[Status.ANSWERED]


def test_what_is_answered_in_part_says_that_the_rest_is_not_said():
    assert english.draft(Outcome(Status.PARTIAL, (make_evidence(VALUE),)))[-1].text.startswith("No source says the rest; ask")


@pytest.mark.parametrize(
    "quote",
    [
        VALUE,
        "1. Ajukan ke desa.\n2. Tunggu 14 hari.",
        "Sebanyak 46,5 persen dari 1.038 desa di 10 kabupaten.",
        "Tanpa angka.",
    ],
)
def test_the_frame_holds_no_figure_that_the_quote_does_not(quote):
    piece = make_evidence(quote)
    sentences = english.draft(Outcome(Status.ANSWERED, (piece,)))
    kept, dropped = check(sentences, (piece,), question="")
    assert dropped == ()
    assert all(numbers(sentence.text) <= numbers(quote) for sentence in kept)


def test_too_many_figures_are_left_to_the_quote():
    piece = make_evidence("Ada 2 orang, 3 orang, 4 orang, 5 orang dan 6 orang.")
    assert english.draft(Outcome(Status.ANSWERED, (piece,)))[-1].text == "Applies to East Kalimantan."


def test_silence_names_what_is_missing_and_whom_to_ask():
    gap = make_hit("Batas umur belum ditemukan.", label="C-001")
    known = {"C-001": Gap("C-001", "batas umur", "aturan", "Dinsos Kaltim", "berita")}
    answer = answer_from("What is the age limit for UEP?", gap, gaps=known)
    assert answer.status is Status.NOT_FOUND
    assert answer.text == "No source says this. Missing (in Indonesian): batas umur. Ask Dinsos Kaltim. [1]"


def test_the_fixed_texts_are_in_english_too():
    far = make_hit("Lele di kolam.", cosine=0.1)
    assert answer_from("Who won the world cup?", far).text == english.OFF_TOPIC_TEXT
    assert answer_from("Please approve my neighbour for it", far).text == english.DECLINED_TEXT
    masked = answer_from("My NIK is 6472053102850007, what is the value of UEP?", make_hit(VALUE))
    assert masked.text.startswith(f"{english.MASKED_TEXT}\n\nThe source says")
    assert masked.retrieval.question == "My , what is the value of UEP?"


def test_another_regions_practice_is_said_to_be_so():
    piece = make_evidence("Di Banten uang tunai.", scope="daerah-lain")
    assert english.draft(Outcome(Status.PARTIAL, (piece,), "lain"))[0].text == english.ELSEWHERE
    assert english.draft(Outcome(Status.ANSWERED, ())) == ()
    assert replace(piece, past=True).past
