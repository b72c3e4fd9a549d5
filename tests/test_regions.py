"""A question about another region is answered with what is said of that region, or it is said that nothing is."""

import pytest

from assistant.answering.outcome import decide
from assistant.places import is_about
from assistant.questions import read_question
from assistant.types import Gap, Status
from tests.factories import answer_from, make_evidence, make_hit

BANTEN = make_evidence("UEP Banten 2025 berupa uang tunai Rp2 juta.", label="A-001", scope="daerah-lain")
EAST = make_evidence("Program sejenis UEP di Jawa Timur bernilai Rp3 juta.", label="A-002", scope="daerah-lain")
KALTIM = make_evidence("UEP Kaltim 2025 bernilai Rp5 juta.", label="B-001")
GAP = make_evidence("Nilai UEP Kutim belum ditemukan.", label="C-001", gap=Gap("C-001", "nilai", "jumlah", "Dinsos", "berita"))


def outcome(question, *evidence):
    return decide(read_question(question), evidence, (), in_field=True)


@pytest.mark.parametrize(
    ("text", "places", "about"),
    [
        ("UEP Kota Serang", ("banten",), True),
        ("KIP Putri Jawara di Jawa Timur", ("jawa tengah",), False),
        ("KIP di Ponorogo", ("jatim",), True),
        ("UEP Kaltara 2024", ("kalimantan utara",), True),
        ("KUBE di Riau", ("daerah lain",), True),
        ("UEP Kaltim", ("banten",), False),
        ("kepalinya hilang", ("pali",), False),
    ],
)
def test_a_text_is_about_a_region_by_any_of_its_names(text, places, about):
    assert is_about(text, places) is about


def test_what_is_said_of_the_region_comes_first_and_kaltim_beside_it():
    found = outcome("Berapa nilai UEP di Banten?", KALTIM, EAST, BANTEN)
    assert found.status is Status.ANSWERED
    assert [piece.labels[0] for piece in found.evidence] == ["A-001", "B-001"]


def test_where_nothing_is_said_of_the_region_another_one_does_not_stand_in():
    hits = make_hit(EAST.quote, scope="daerah-lain"), make_hit(KALTIM.quote, path="b.md")
    answer = answer_from("Berapa nilai UEP di Jawa Tengah?", *hits)
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith(
        "Belum ada di sumber: keterangan tentang Jawa Tengah yang Anda tanyakan. Tanyakan kepada Dinas Sosial daerah itu."
    )


def test_what_is_said_of_the_region_without_the_figure_asked_for_is_no_answer():
    lacking = make_evidence("UEP Banten diawasi dinas.", label="A-003", scope="daerah-lain", missing="jumlah rupiah")
    found = outcome("Berapa biaya UEP di Banten?", lacking, KALTIM)
    assert found.status is Status.NOT_FOUND
    assert found.missing == "jumlah rupiah untuk Banten"


@pytest.mark.parametrize(
    "question",
    [
        "Berapa nilai UEP, tim dari Jakarta mau tahu?",  # named, not asked about
        "Berapa nilai UEP di Paser, bukan di Jawa Tengah?",  # a place of Kaltim is named too
        "Di Jawa Tengah Rp3 juta, berapa di Kaltim?",
    ],
)
def test_a_region_that_is_only_mentioned_leaves_kaltims_answer(question):
    assert outcome(question, KALTIM).evidence[0] is KALTIM
    assert outcome(question, KALTIM).status is not Status.NOT_FOUND


def test_beside_here_only_the_region_that_is_named_is_an_example():
    found = outcome("Kenapa di Banten tunai, di kita tidak?", EAST, BANTEN, KALTIM)
    assert EAST not in found.evidence
    assert BANTEN in found.evidence


def test_a_gap_is_nothing_that_is_said_of_a_region():
    assert outcome("Berapa nilai UEP di Riau?", GAP).missing == "keterangan tentang Riau"
