"""One candidate: each answer comes to a line with its source, the step is the officer's, and the address says it all."""

import io
import random

import pytest
from docx import Document

from assistant.candidates.form import form_groups
from assistant.candidates.paper import ASIDE_HEAD, criteria_paper
from assistant.candidates.query import read_query, write_query
from assistant.candidates.sheet import criteria_sheet
from assistant.candidates.steps import SIMULATION, STANDING_SIGNS, STANDING_WORDS, STEP_WORDS, short, step_of
from assistant.criteria import Standing, Step, judge
from assistant.knowledge.criteria import UNKNOWN, CriterionKind
from assistant.sheets.docx import docx_bytes
from assistant.sheets.pdf import pdf_bytes
from assistant.wording import DECISION
from tests.factories import Moving
from tests.test_sheets import docx_text, flat, pdf_pages, pdf_text

GOOD = ("memenuhi", "prioritas", "tidak terkait")


@pytest.fixture(scope="module")
def criteria(shipped):
    return shipped.criteria


@pytest.fixture(scope="module")
def sheet_for(shipped):
    def sheet(answers):
        at = Moving()()
        return criteria_sheet(shipped.criteria, judge(shipped.criteria, answers), shipped.statements, at=at, snapshot="snap-1")

    return sheet


def ideal(criteria):
    """Return the answer of each criterion that speaks for a candidate, where there is one."""
    return {c.id: next((a.id for a in c.answers if a.outcome in GOOD), UNKNOWN) for c in criteria}


def test_every_answer_of_every_criterion_gives_a_line_with_a_verbatim_source(criteria, sheet_for, shipped):
    texts = {passage.document.path: [] for passage in shipped.material.passages}
    for passage in shipped.material.passages:
        texts[passage.document.path].append(passage.text)
    for criterion in criteria:
        for answer in criterion.answers:
            sheet = sheet_for({criterion.id: answer.id})
            line = next(one for one in sheet.lines if one.verdict.criterion is criterion)
            assert line.verdict.answer is answer
            assert line.proofs, (criterion.id, answer.id)
            for proof in line.proofs:
                assert proof.document
                assert proof.publications or proof.gaps, (criterion.id, answer.id, proof.quote)
                assert any(proof.quote in text for found in texts.values() for text in found), proof.quote
            if line.verdict.standing is Standing.UNREGULATED:
                assert line.whom, (criterion.id, answer.id)


def test_drawn_combinations_of_answers_give_one_line_each_and_come_back_from_their_address(criteria, sheet_for):
    draw = random.Random(7)
    for _ in range(60):
        answers = {criterion.id: draw.choice(criterion.answers).id for criterion in criteria}
        sheet = sheet_for(answers)
        assert sorted(line.verdict.criterion.id for line in sheet.lines) == sorted(answers)
        numbers = [proof.number for proof in sheet.proofs]
        assert numbers == list(range(1, len(numbers) + 1))
        again = read_query(criteria, [tuple(pair.split("=")) for pair in sheet.query.split("&") if pair])
        assert again.answers == {name: answer for name, answer in answers.items() if answer != UNKNOWN}
        assert sheet.step is step_of(judge(criteria, answers))


def test_a_candidate_for_whom_everything_speaks_is_proposed_though_some_things_are_never_regulated(criteria, sheet_for):
    sheet = sheet_for(ideal(criteria))
    assert sheet.step is Step.PROPOSE
    assert Standing.UNREGULATED not in [standing for standing, _ in sheet.groups]


def test_what_is_not_regulated_weighs_only_when_it_was_asked_and_makes_a_difference(criteria):
    answers = ideal(criteria)
    assert step_of(judge(criteria, {**answers, "pkh-bpnt": UNKNOWN})) is Step.PROPOSE
    assert step_of(judge(criteria, {**answers, "izin-usaha": "tidak"})) is Step.PROPOSE
    assert step_of(judge(criteria, {**answers, "pkh-bpnt": "ya"})) is Step.ASK
    assert step_of(judge(criteria, {**answers, "asesmen-lapangan": UNKNOWN})) is Step.HOLD


def test_neither_priority_nor_a_missing_rule_stops_a_proposal_whatever_is_answered(criteria):
    free = (CriterionKind.PRIORITY, CriterionKind.UNREGULATED, CriterionKind.EVIDENCE)
    for criterion in (one for one in criteria if one.kind in free):
        for answer in criterion.answers:
            assert step_of(judge(criteria, {**ideal(criteria), criterion.id: answer.id})) is not Step.STOP


def test_every_step_and_standing_has_words_and_none_of_them_decides_on_the_person():
    assert set(STEP_WORDS) == set(Step)
    assert set(STANDING_WORDS) == set(STANDING_SIGNS) == set(Standing)
    for words in STEP_WORDS.values():
        assert not {"layak", "ditolak oleh", "diterima", "gugur"} & set(words.head.lower().split())


def test_what_asks_for_work_comes_first_and_what_asks_nothing_last(criteria, sheet_for):
    sheet = sheet_for({"kemauan-usaha": "tidak", "keluarga-miskin": "ya", "umur": "tidak"})
    assert sheet.lines[0].verdict.criterion.id == "kemauan-usaha"
    assert [line.verdict.criterion.id for line in sheet.deciding] == ["kemauan-usaha"]
    asides = {line.verdict.criterion.id for line in sheet.asides}
    assert {"umur", "pkh-bpnt"} <= asides
    assert "keluarga-miskin" not in asides
    assert sheet.answered == 3


def test_an_address_holds_known_answers_only_in_one_order(criteria):
    asked = read_query(criteria, [("umur", "lansia"), ("desil", "desil-1-2"), ("nik", "6472010203040005"), ("judi-daring", "")])
    assert write_query(criteria, asked.answers) == "desil=desil-1-2&umur=lansia"
    assert asked.strange == ()


def test_an_answer_that_no_longer_exists_is_named_and_counts_as_unknown(criteria):
    asked = read_query(criteria, [("desil", "desil-99")])
    assert asked.answers == {}
    assert [criterion.id for criterion in asked.strange] == ["desil"]


def test_the_form_asks_every_criterion_once_and_opens_what_is_answered(criteria):
    groups = form_groups(criteria, {"umur": "lansia"})
    assert sorted(one.id for group in groups for one in group.criteria) == sorted(one.id for one in criteria)
    assert [group.open for group in groups] == [True, False, False, True]


def test_a_criterion_is_named_in_a_few_words_with_its_abbreviations(criteria):
    named = {criterion.id: short(criterion) for criterion in criteria}
    assert named["nilai-rab"] == "nilai RAB"
    assert named["bukan-asn-tni-polri"] == "bukan ASN TNI Polri"


@pytest.mark.parametrize("answers", [{}, {"desil": "desil-3-4", "bukan-asn-tni-polri": "keluarga", "umur": "lansia"}])
def test_pdf_and_word_hold_every_line_every_source_and_the_decision_on_each_page(sheet_for, answers):
    sheet = sheet_for(answers)
    pages = pdf_pages(pdf_bytes(criteria_paper(sheet)))
    assert all(flat(DECISION) in flat(page) for page in pages)
    word, pdf = docx_text(docx_bytes(criteria_paper(sheet))), pdf_text(pdf_bytes(criteria_paper(sheet)))
    for text in (word, pdf):
        assert flat(SIMULATION) in text
        assert flat(STEP_WORDS[sheet.step].head) in text
        for _, lines in sheet.groups:
            for line in lines:
                assert flat(line.verdict.criterion.question) in text
                assert flat(line.verdict.text) in text
        for proof in sheet.proofs:
            assert flat(proof.quote) in text
            assert flat(f"[{proof.number}] {proof.document}") in text
        assert flat(ASIDE_HEAD) in text
    foot = Document(io.BytesIO(docx_bytes(criteria_paper(sheet)))).sections[0].footer.paragraphs[0].text
    assert DECISION in foot
