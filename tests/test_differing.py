"""Two sources with different figures for the same thing are both shown with source and date; less alike ones are not."""

from dataclasses import replace

import pytest

from assistant.answering.checking import check
from assistant.answering.differing import STANCE, differing
from assistant.answering.outcome import decide
from assistant.answering.quoting import draft
from assistant.questions import read_question
from assistant.types import Gap, Source, Status, Validity
from tests.factories import answer_from, make_evidence, make_hit

QUESTION = "Berapa nilai UEP Kaltim 2025 per orang?"
FIRST = "UEP Kaltim 2025 bernilai Rp4 juta per orang."


def source(name, date="2025-06-04"):
    return Source(name, f"Berita {name}", f"Harian {name}", date, "berita")


def piece(text, name="S-1", label="B-001", program="uep-kaltim", **values):
    return replace(make_evidence(text, label=label, **values), program=program, sources=(source(name),))


def conflict(question, first, second):
    return differing(question, (first, second))


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (QUESTION, FIRST, "UEP Kaltim 2025 bernilai Rp6 juta per orang menurut Dinsos."),
        (QUESTION, FIRST, "UEP Kaltim 2025 bernilai Rp6.000.000 per orang."),
        (QUESTION, "UEP Kaltim 2025 bernilai Rp4,5–5 juta per orang.", "UEP Kaltim 2025 bernilai sekitar Rp7 juta per orang."),
        ("berapa persen UEP Kaltim berhasil?", "UEP Kaltim yang berhasil 46 persen.", "UEP Kaltim yang berhasil mencapai 80%."),
        ("berapa lama pendampingan UEP Kaltim?", "Pendampingan UEP Kaltim 6 bulan.", "Pendampingan UEP Kaltim adalah 12 bulan."),
        ("berapa orang penerima UEP Kaltim?", "UEP Kaltim menjangkau 1.500 orang.", "UEP Kaltim menjangkau 1.900 orang."),
    ],
)
def test_another_figure_of_the_same_unit_for_the_same_thing_is_a_conflict(question, first, second):
    found = conflict(question, piece(first), piece(second, "S-2", "B-002"))
    assert found is not None
    assert found.sides == (("B-001",), ("B-002",))


OTHER = "UEP Kaltim 2025 bernilai Rp6 juta per orang."
SEWING = "Biaya jahit UEP dari kas Rp6 juta."


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Apa bentuk UEP Kaltim 2025?", piece(FIRST), piece(OTHER, "S-2")),  # no figure is asked for
        ("Berapa lama UEP Kaltim 2025?", piece(FIRST), piece(OTHER, "S-2")),  # another kind of figure
        (QUESTION, piece(FIRST), piece(OTHER, "S-1")),  # one source: two things
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", program="kube")),
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", scope="kaltim/berau")),
        (QUESTION, piece(FIRST, scope="daerah-lain"), piece(OTHER, "S-2", scope="daerah-lain")),
        (QUESTION, piece(FIRST, scope="umum"), piece(OTHER, "S-2", scope="umum")),
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", status=Validity.USANG)),
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", status=Validity.RENCANA)),
        (QUESTION, piece(FIRST), piece(OTHER.replace("2025", "2024"), "S-2")),
        (QUESTION, piece(FIRST), piece(OTHER.replace("Kaltim", "Kaltim di Paser"), "S-2")),
        (QUESTION, piece(FIRST), piece("UEP Kaltim 2025 bernilai Rp4.200.000 per orang.", "S-2")),  # the same, rounded
        (QUESTION, piece(FIRST), piece("UEP Kaltim 2025 bernilai Rp3–5 juta per orang.", "S-2")),  # inside the range
        (QUESTION, piece(FIRST), piece("UEP Kaltim 2025 bernilai Rp6 juta dan Rp8 juta per orang.", "S-2")),  # two figures
        (QUESTION, piece(FIRST), piece("Upah pelatih UEP Kaltim 2025 selama bimtek di hotel Rp6 juta.", "S-2")),
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", gap=Gap("C-1", "nilai", "jumlah", "Dinsos", "berita"))),
        (QUESTION, piece(FIRST), piece(OTHER, "S-2", missing="jumlah")),
        ("berapa biaya gorengan UEP?", piece("Biaya gorengan UEP dari kas Rp2 juta."), piece(SEWING, "S-2")),
    ],
)
def test_what_is_not_surely_the_same_thing_is_no_conflict(question, first, second):
    assert conflict(question, first, second) is None


def test_both_are_quoted_with_source_and_date_and_pass_the_checks():
    evidence = (piece(FIRST), replace(piece(OTHER, "S-2", "B-002"), sources=(source("S-2", "2025-10-22"),)))
    reading = read_question(QUESTION)
    outcome = decide(reading, evidence, (), in_field=True)
    assert outcome.status is Status.CONFLICTING
    kept, dropped = check(draft(outcome, reading), outcome.evidence, question=QUESTION)
    assert dropped == ()
    texts = [sentence.text for sentence in kept]
    assert texts[1:5] == ["Menurut Harian S-1, 4 Juni 2025:", FIRST, "Menurut Harian S-2, 22 Oktober 2025:", OTHER]
    assert texts[-1] == STANCE


def test_without_sources_nothing_is_called_a_conflict():
    answer = answer_from(QUESTION, make_hit(FIRST), make_hit(OTHER, label="B-002", path="b.md", score=0.88))
    assert answer.status is Status.ANSWERED
