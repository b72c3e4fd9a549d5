"""After an answer, questions are offered that other statements near the cited ones answer."""

from __future__ import annotations

from dataclasses import replace

from assistant.followups import LONGEST, MOST, followups
from assistant.types import Answer, Citation, Passage, Status, Validity
from tests.factories import make_gap, make_knowledge, make_label, make_passage

TEXT = "UEP berbentuk barang."


def statement(label: str, *, path: str = "a.md", scope: str = "kaltim", status: Validity = Validity.BERLAKU) -> Passage:
    return make_passage(f"Pernyataan {label}.", label=label, path=path, scope=scope, status=status)


def answer_citing(*passages: Passage, question: str = "apa bentuknya") -> Answer:
    cited = tuple(
        Citation(number, one, one.text, 0, len(one.text), one.sentences[0].labels) for number, one in enumerate(passages, 1)
    )
    return Answer(question, Status.ANSWERED, TEXT, cited, standalone=question)


def known(**questions: str):
    return make_knowledge(questions={name: (text,) for name, text in questions.items()})


ASKED = {
    "S1": "Apa bentuk bantuan yang diberikan?",
    "S2": "Siapa yang menetapkan penerima?",
    "S3": "Kapan barang dikirim ke rumah warga?",
    "S4": "Berapa kuota setiap kabupaten?",
    "S5": "Jenis usaha apa saja yang boleh dipilih?",
}


def test_the_statements_after_the_cited_one_come_first_and_the_cited_one_is_not_offered():
    passages = [statement(name) for name in ("S1", "S2", "S3", "S4", "S5")]
    offered = followups(answer_citing(passages[1]), passages, known(**ASKED))
    assert offered == (ASKED["S3"], ASKED["S4"], ASKED["S5"])


def test_no_more_than_a_few_are_offered_and_what_stands_before_fills_up():
    passages = [statement(name) for name in ASKED]
    offered = followups(answer_citing(passages[-1]), passages, known(**ASKED))
    assert len(offered) == MOST and offered[0] == ASKED["S1"]


def test_cited_documents_take_turns():
    first = [statement("S1"), statement("S2"), statement("S3")]
    second = [statement("S4", path="b.md"), statement("S5", path="b.md")]
    offered = followups(answer_citing(first[0], second[0]), [*first, *second], known(**ASKED))
    assert offered == (ASKED["S2"], ASKED["S5"], ASKED["S3"])


def test_two_questions_that_ask_the_same_are_offered_once():
    asked = {"S1": "Apa bentuknya?", "S2": "Siapa yang menetapkan penerima UEP?", "S3": "Siapa menetapkan penerima UEP Kaltim?"}
    passages = [statement(name) for name in asked]
    assert followups(answer_citing(passages[0]), passages, known(**asked)) == (asked["S2"],)


def test_the_question_that_was_asked_is_not_offered_again():
    passages = [statement("S1"), statement("S2")]
    asked = answer_citing(passages[0], question="siapa yang menetapkan penerima")
    assert followups(asked, passages, known(**ASKED)) == ()


def test_what_no_longer_holds_is_withdrawn_or_of_another_region_is_not_offered():
    passages = [
        statement("S1"),
        statement("S2", status=Validity.DICABUT),
        statement("S3", scope="daerah-lain"),
        statement("S4"),
    ]
    offered = followups(answer_citing(passages[0]), passages, known(**ASKED))
    assert offered == (ASKED["S4"],)
    assert followups(answer_citing(passages[0]), passages, known(**ASKED), withdrawn={"a.md"}) == ()


def test_another_region_is_offered_where_one_was_cited():
    passages = [statement("S1", scope="daerah-lain"), statement("S2", scope="daerah-lain")]
    assert followups(answer_citing(passages[0]), passages, known(**ASKED)) == (ASKED["S2"],)


def test_known_gaps_and_long_questions_are_not_offered():
    passages = [statement("S1"), statement("C-001"), statement("S2"), statement("S3")]
    asked = {**ASKED, "C-001": "Berapa batas umur?", "S2": "Siapa " + "dan siapa " * LONGEST + "?"}
    knowledge = make_knowledge(
        questions={name: (text,) for name, text in asked.items()},
        gaps={"C-001": make_gap("C-001", "batas umur")},
    )
    assert followups(answer_citing(passages[0]), passages, knowledge) == (ASKED["S3"],)


def test_the_truth_of_a_label_goes_before_that_of_its_document():
    passages = [statement("S1"), statement("S2")]
    revoked = {"S2": make_label("S2", status=Validity.DICABUT)}
    knowledge = make_knowledge(questions={name: (text,) for name, text in ASKED.items()}, labels=revoked)
    assert followups(answer_citing(passages[0]), passages, knowledge) == ()


def test_an_answer_without_sources_offers_nothing():
    assert followups(answer_citing(), [statement("S1")], known(**ASKED)) == ()


def test_after_a_silence_nothing_is_offered():
    passages = [statement("S1"), statement("S2")]
    silent = replace(answer_citing(passages[0]), status=Status.NOT_FOUND)
    assert followups(silent, passages, known(**ASKED)) == ()
