"""Cases are dealt so that neighbours differ, their verdicts are reckoned, and work is marked with the sentence for each point."""

from itertools import pairwise

import pytest

from assistant.criteria import Standing, Step, judge, next_step
from assistant.errors import CorpusError, InputError
from assistant.knowledge.cases import read_cases
from assistant.training.cases import deal, make_case, variants
from assistant.training.marking import Work, mark

EXPECTED = {
    "teras-gorengan": Step.PROPOSE,
    "ayam-mati": Step.STOP,
    "oven-baru": Step.NOT_PREFERRED,
    "lima-ibu": Step.STOP,
    "ayah-sakit": Step.STOP,
    "harga-sungai": Step.HOLD,
    "laundry-mahal": Step.HOLD,
    "tercatat-mampu": Step.HOLD,
    "blender-mati": None,
    "biaya-proposal": None,
}
"""The verdicts of the domain's ten cases; the engine must come to them by itself."""


def plan(training, name):
    return next(one for one in training.book.plans if one.id == name)


def case_of(training, name, seed=0):
    return make_case(plan(training, name), training.book, training.criteria, seed)


def perfect(case):
    sheet = {verdict.criterion.id: verdict.standing for verdict in case.verdicts}
    asked = frozenset(fact.key for fact in case.hidden)
    option = case.right if case.options else None
    reason = f"{case.plan.lesson} {' '.join(verdict.text for verdict in case.verdicts)}"
    return Work(asked, sheet, case.step, option, reason)


@pytest.mark.parametrize(("name", "due"), EXPECTED.items())
def test_the_engine_comes_to_the_verdicts_of_the_ten_cases(shipped, name, due):
    assert case_of(shipped, name).step is due


def test_there_are_at_least_twenty_more_cases_with_every_step_among_them(shipped):
    assert len(shipped.book.plans) >= 30
    cases = [make_case(one, shipped.book, shipped.criteria) for one in shipped.book.plans]
    assert {case.step for case in cases} == {None, *Step}


def test_every_case_says_only_labels_that_the_corpus_states(shipped):
    stated = set(shipped.statements.by_label)
    assert [(one.id, label) for one in shipped.book.plans for label in one.labels if label not in stated] == []


def test_every_case_hides_something_and_tells_it_only_as_a_hidden_fact(shipped):
    for one in shipped.book.plans:
        case = make_case(one, shipped.book, shipped.criteria)
        assert case.hidden
        assert all(fact.text not in case.story for fact in case.hidden)
        assert "{" not in case.story + "".join(fact.text for fact in case.facts)


def test_a_variants_verdict_is_reckoned_from_its_own_facts(shipped):
    found = variants(plan(shipped, "oven-baru"), shipped.book, shipped.criteria, 12, seed=3)
    assert len(found) == 12
    assert len({case.id for case in found}) == 12
    assert len({case.step for case in found}) > 1
    for case in found:
        assert case.step is next_step(judge(shipped.criteria, case.situation, only=case.situation))


def test_every_plan_gives_twenty_variants(shipped):
    short = [one.id for one in shipped.book.plans if len(variants(one, shipped.book, shipped.criteria, 20)) < 20]
    assert short == []


def test_sixty_seats_get_sixty_different_cases_and_neighbours_different_plans(shipped):
    cases = deal(shipped.book, shipped.criteria, 60, seed=9)
    assert len({case.id for case in cases}) == 60
    assert not [1 for left, right in pairwise(cases) if left.plan.id == right.plan.id]
    assert cases == deal(shipped.book, shipped.criteria, 60, seed=9)


def test_dealing_from_one_plan_still_gives_neighbours_different_cases(shipped):
    cases = deal(shipped.book, shipped.criteria, 10, plans=["oven-baru"])
    assert len({case.id for case in cases}) == 10


def test_dealing_from_no_plan_is_refused(shipped):
    with pytest.raises(InputError):
        deal(shipped.book, shipped.criteria, 3, plans=["tidak-ada"])


def test_perfect_work_earns_all_points_in_every_case(shipped):
    for one in shipped.book.plans:
        case = make_case(one, shipped.book, shipped.criteria)
        found = mark(case, perfect(case), shipped.statements)
        assert found.got == found.of, [point for point in found.points if point.got < point.of]


def test_every_point_on_sheet_and_step_cites_its_sentence(shipped):
    for one in shipped.book.plans:
        case = make_case(one, shipped.book, shipped.criteria)
        for point in mark(case, Work(), shipped.statements).points:
            assert point.due
            if point.part != "tanya":
                assert point.citations and all(anchor.quote for anchor in point.citations), (one.id, point)


def test_empty_work_earns_nothing_and_says_what_was_due(shipped):
    found = mark(case_of(shipped, "ayam-mati"), Work(), shipped.statements)
    assert found.got == 0
    assert any("tidak diusulkan lagi" in point.due for point in found.points)


def test_a_wrong_step_costs_the_step_alone(shipped):
    case = case_of(shipped, "oven-baru")
    work = perfect(case)
    wrong = Work(work.asked, work.sheet, Step.STOP, None, work.reason)
    lost = [point.part for point in mark(case, wrong, shipped.statements).points if point.got < point.of]
    assert lost == ["langkah"]


def test_a_row_called_refused_that_is_only_outside_the_priority_is_wrong(shipped):
    case = case_of(shipped, "oven-baru")
    work = perfect(case)
    sheet = {**work.sheet, "desil": Standing.UNMET}
    lost = [
        point
        for point in mark(case, Work(work.asked, sheet, work.step, None, work.reason), shipped.statements).points
        if point.got < point.of
    ]
    assert [point.part for point in lost] == ["lembar"]
    assert "Bukan prioritas" in lost[0].due


@pytest.mark.parametrize("reason", ["Menurut saya begitu saja.", "Calon UEP Kaltim tidak dapat diusulkan menurut aturan Dinsos."])
def test_a_reason_without_what_decides_earns_nothing(shipped, reason):
    case = case_of(shipped, "ayam-mati")
    work = perfect(case)
    found = mark(case, Work(work.asked, work.sheet, work.step, None, reason), shipped.statements)
    assert [point.part for point in found.points if point.got < point.of] == ["alasan"]


def test_a_case_without_hidden_facts_or_phrase_is_named(tmp_path):
    head = "phrases: {}\ncases:\n- {id: x, title: T, person: perempuan, age: [20, 30], lesson: L, labels: [B-1]"
    (tmp_path / "cases.yaml").write_text(head + "}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"kasus x: hidden"):
        read_cases(tmp_path)
    (tmp_path / "cases.yaml").write_text(head + ", hidden: {desil: desil-1-2}}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"kalimat untuk desil/desil-1-2"):
        read_cases(tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ayam-mati", "Dia sudah menerima paket pada tahun lalu, jadi tahun berikutnya tidak diusulkan lagi."),
        ("oven-baru", "Desil IV di luar yang diprioritaskan, bukan penolakan."),
        ("ayah-sakit", "Bapaknya tidak punya kemauan kuat untuk berwirausaha karena sakit."),
        ("biaya-proposal", "Pungutan harus dihentikan dan dilaporkan."),
        ("ayam-mati", "Penerima tahun lalu tidak boleh diusulkan lagi."),
        ("lima-ibu", "UEP sekarang untuk perorangan, bukan kelompok."),
        ("menantu-polisi", "Ada anggota Polri serumah."),
        ("tidak-lolos", "Hasil asesmen tidak lolos."),
        ("teras-gorengan", "Terdata di DTSEN, mau berusaha, dan lolos asesmen lapangan."),
    ],
)
def test_a_reason_in_a_learners_own_words_that_names_what_decides_earns_its_points(shipped, name, reason):
    found = mark(case_of(shipped, name), Work(reason=reason), shipped.statements)
    assert [point.got for point in found.points if point.part == "alasan"] == [2]


def test_no_variant_says_of_one_person_what_cannot_be_together(shipped):
    assert shipped.book.contradictions
    for one in shipped.book.plans:
        for case in variants(one, shipped.book, shipped.criteria, 20, seed=5):
            assert shipped.book.possible(case.situation), case.story


def test_a_plan_that_contradicts_itself_is_named(tmp_path):
    text = (
        "phrases: {a/x: X, b/y: Y}\ncontradictions: [[a/x, b/y]]\ncases:\n"
        "- {id: k, title: T, person: perempuan, age: [20, 30], lesson: L, labels: [B-1], visible: {a: x}, hidden: {b: y}}\n"
    )
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="kasus k: keadaannya saling bertentangan"):
        read_cases(tmp_path)
    (tmp_path / "cases.yaml").write_text(text.replace("[a/x, b/y]", "[a/x, c/z]"), encoding="utf-8")
    with pytest.raises(CorpusError, match="c/z"):
        read_cases(tmp_path)


def test_a_variant_that_another_fact_decides_does_not_teach_the_lesson_of_its_plan(shipped):
    found = variants(plan(shipped, "teras-gorengan"), shipped.book, shipped.criteria, 20)
    assert {case.step: bool(case.lesson) for case in found} == {Step.PROPOSE: True, Step.STOP: False, Step.HOLD: False}
    assert mark(next(case for case in found if case.step is Step.STOP), Work(), shipped.statements).citations == ()


def test_a_reason_that_fits_the_other_answers_as_well_names_nothing(shipped):
    said = Work(reason="Desilnya di luar yang diprioritaskan, tetapi bukan penolakan.")
    for case in variants(plan(shipped, "teras-gorengan"), shipped.book, shipped.criteria, 8):
        assert mark(case, said, shipped.statements).points[-1].got == 0, case.story


def test_one_sentence_is_cited_once_for_a_point_though_it_has_two_labels(shipped):
    for one in shipped.book.plans:
        for point in mark(make_case(one, shipped.book, shipped.criteria), Work(), shipped.statements).points:
            quotes = [(anchor.path, anchor.quote) for anchor in point.citations]
            assert len(quotes) == len(set(quotes))
