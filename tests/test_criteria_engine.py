"""The engine turns answers into verdicts, a table into rows, and never a priority or a missing rule into a refusal."""

import itertools

import pytest

from assistant.criteria import Standing, Step, decisive, judge, judge_rows, missing, next_step, read_answer
from assistant.knowledge.criteria import UNKNOWN


@pytest.fixture(scope="module")
def criteria(shipped):
    return shipped.criteria


def standing(criteria, name, answer):
    return judge(criteria, {name: answer}, only=[name])[0].standing


def test_every_criterion_has_a_verdict_and_what_is_not_answered_is_open(criteria):
    verdicts = judge(criteria, {})
    assert [verdict.criterion.id for verdict in verdicts] == [criterion.id for criterion in criteria]
    assert {verdict.answer.id for verdict in verdicts} == {UNKNOWN}
    assert {verdict.standing for verdict in verdicts} == {Standing.EVIDENCE, Standing.UNREGULATED}


@pytest.mark.parametrize(
    ("name", "answer", "due"),
    [
        ("kemauan-usaha", "ya", Standing.MET),
        ("kemauan-usaha", "tidak", Standing.UNMET),
        ("desil", "desil-1-2", Standing.MET),
        ("desil", "desil-5-10", Standing.NOT_PREFERRED),
        ("penerima-tahun-lalu", "lebih-lama", Standing.UNREGULATED),
        ("asesmen-lapangan", "belum", Standing.EVIDENCE),
        ("umur", "tidak", Standing.UNRELATED),
    ],
)
def test_an_answer_comes_to_what_the_file_says(criteria, name, answer, due):
    assert standing(criteria, name, answer) is due


def test_neither_priority_nor_a_missing_rule_ever_stops_a_proposal(criteria):
    for criterion in criteria:
        for answer in criterion.answers if str(criterion.kind) in ("prioritas", "belum diatur", "perlu bukti") else ():
            assert next_step(judge(criteria, {criterion.id: answer.id}, only=[criterion.id])) is not Step.STOP


def test_the_most_binding_standing_decides_the_step(criteria):
    answers = {"kemauan-usaha": "tidak", "asesmen-lapangan": "belum", "umur": "lansia", "desil": "desil-3-4"}
    expected = [Step.STOP, Step.HOLD, Step.ASK, Step.NOT_PREFERRED, Step.PROPOSE]
    left = dict(answers)
    for name, due in itertools.zip_longest(answers, expected):
        verdicts = judge(criteria, left, only=left) if left else ()
        assert next_step(verdicts) is due
        left.pop(name, None)


def test_the_deciding_verdicts_are_those_that_bring_the_step_about(criteria):
    answers = {"kemauan-usaha": "tidak", "asesmen-lapangan": "belum", "desil": "desil-1-2"}
    verdicts = judge(criteria, answers, only=answers)
    assert [verdict.criterion.id for verdict in decisive(verdicts)] == ["kemauan-usaha"]
    assert [verdict.criterion.id for verdict in missing(verdicts)] == ["asesmen-lapangan"]


def test_unknown_criteria_and_answers_are_refused(criteria):
    with pytest.raises(ValueError, match="zodiak"):
        judge(criteria, {"zodiak": "leo"})
    with pytest.raises(ValueError, match="mungkin"):
        judge(criteria, {"kemauan-usaha": "mungkin"})


@pytest.mark.parametrize(
    ("name", "cell", "answer"),
    [
        ("desil", "2", "desil-1-2"),
        ("desil", "II", "desil-1-2"),
        ("desil", "Desil 4", "desil-3-4"),
        ("desil", "7", "desil-5-10"),
        ("desil", "desil-1-2", "desil-1-2"),
        ("nilai-rab", "Rp4.500.000", "di-kisaran"),
        ("nilai-rab", "Rp9,6 juta", "di-atas"),
        ("nilai-rab", "2500000", "di-bawah"),
        ("kemauan-usaha", "Ya", "ya"),
        ("bukan-asn-tni-polri", "Ya, anggota keluarganya", "keluarga"),
        ("bukan-asn-tni-polri", "ya", None),
        ("desil", "entah", None),
        ("desil", "", None),
    ],
)
def test_a_cell_is_read_as_id_text_desil_or_amount(criteria, name, cell, answer):
    criterion = next(one for one in criteria if one.id == name)
    assert read_answer(criterion, cell) == answer


def test_a_table_gives_a_row_of_verdicts_each_and_names_what_it_could_not_read(criteria):
    rows = judge_rows(
        criteria, [{"desil": "1", "kemauan-usaha": "ya", "nama": "X"}, {"desil": "sebelas"}], only=["desil", "kemauan-usaha"]
    )
    standings = [[verdict.standing for verdict in row.verdicts] for row in rows]
    assert standings == [[Standing.MET, Standing.MET], [Standing.EVIDENCE, Standing.EVIDENCE]]
    assert rows[0].unread == () and rows[1].unread == ("desil: sebelas",)


def test_a_thousand_rows_are_judged_within_seconds(criteria):
    import time

    start = time.perf_counter()
    assert len(judge_rows(criteria, [{"desil": str(n % 10 + 1), "kemauan-usaha": "ya"} for n in range(1000)])) == 1000
    assert time.perf_counter() - start < 5
