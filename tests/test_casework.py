"""Use cases of the cases: everybody another one, every step kept, marked once, gone on with, and said when the source changed."""

from dataclasses import replace

import pytest

from assistant.casework import LONGEST_REASON, Casework, missing
from assistant.criteria import Standing, Step
from assistant.errors import AccessError, InputError
from assistant.ledger import Person
from assistant.records.casework import Notes
from tests.browser.stand_in import StandInAssistant
from tests.training import shipped_course

ME, OTHER = Person("tamu:a"), Person("tamu:b")


class Teacher(StandInAssistant):
    """Teaches the shipped course; a test may put another in its place."""

    def __init__(self):
        self.now = shipped_course()

    def course(self):
        return self.now

    def change(self, plan, **values):
        """Change one plan, as a new corpus would."""
        plans = tuple(replace(one, **values) if one.id == plan else one for one in self.now.book.plans)
        self.now = replace(self.now, id="lain", book=replace(self.now.book, plans=plans))


@pytest.fixture
def teacher():
    return Teacher()


@pytest.fixture
def casework(teacher, records):
    return Casework(teacher, records)


def begun(casework, plan="ayam-mati", person=ME):
    return casework.begin(person, plan).id


def solved(casework, identity, person=ME):
    """Do everything right; returns the desk."""
    case = casework.desk(person, identity).case
    casework.keep(person, identity, Notes(asked=tuple(fact.key for fact in case.hidden)))
    sheet = {verdict.criterion.id: str(verdict.standing) for verdict in case.verdicts}
    reason = " ".join([case.plan.lesson, *(verdict.text for verdict in case.verdicts)])[:LONGEST_REASON]
    option = case.right if case.options else None
    casework.keep(person, identity, Notes((), sheet, str(case.step or ""), option, reason))
    return casework.finish(person, identity)


def test_forty_people_who_begin_the_same_case_get_forty_different_ones(casework):
    for plan in ("ayam-mati", "biaya-proposal", "janji-kades"):
        people = [Person(f"tamu:{number}") for number in range(40)]
        cases = [casework.desk(person, begun(casework, plan, person)).case for person in people]
        assert len({case.id for case in cases}) == 40


def test_the_next_try_of_one_person_is_another_variant(casework):
    seen = set()
    for _ in range(5):
        identity = begun(casework)
        seen.add(casework.desk(ME, identity).case.id)
        casework.finish(ME, identity)
    assert len(seen) == 5


def test_the_case_that_is_offered_is_the_one_that_begins(casework):
    for offer in casework.offers(ME):
        assert casework.desk(ME, begun(casework, offer.plan)).case.story == offer.story


def test_no_offer_tells_the_title_of_its_plan(casework):
    titles = {plan.id: plan.title for plan in shipped_course().book.plans}
    assert [offer.plan for offer in casework.offers(ME) if titles[offer.plan] in offer.story] == []


def test_beginning_twice_goes_on_with_the_same_case(casework):
    first = begun(casework)
    assert begun(casework) == first
    assert [offer.open for offer in casework.offers(ME) if offer.plan == "ayam-mati"] == [first]


def test_a_fact_is_known_from_the_moment_it_is_asked_and_a_row_opens_for_it(casework):
    identity = begun(casework)
    before = casework.desk(ME, identity)
    hidden = before.case.hidden[0]
    assert hidden.key not in {fact.key for fact in before.facts}
    desk = casework.keep(ME, identity, Notes(asked=(hidden.key,)))
    assert [(question.key, question.answer) for question in desk.asked] == [(hidden.key, hidden.text)]
    assert hidden.key in {fact.key for fact in desk.facts}
    assert casework.desk(ME, identity) == desk


def test_questions_that_the_case_has_nothing_on_stand_among_the_others(casework):
    desk = casework.desk(ME, begun(casework))
    strange = [question for question in desk.questions if not question.tells]
    assert len(strange) == 4
    assert {question.key for question in strange}.isdisjoint(desk.case.situation)
    asked = casework.keep(ME, desk.file.id, Notes(asked=(strange[0].key,)))
    assert len(asked.facts) == len(desk.facts)


def test_what_was_filled_in_stays_when_something_else_is_sent(casework):
    identity = begun(casework)
    casework.keep(ME, identity, Notes((), {"desil": "terpenuhi"}, "usulkan", None, "Karena desilnya."))
    notes = casework.keep(ME, identity, Notes((), {"perorangan": "tidak"}, "", None, "Karena desilnya.")).file.notes
    assert notes.sheet == {"desil": "terpenuhi", "perorangan": "tidak"}
    assert (notes.step, notes.reason) == ("usulkan", "Karena desilnya.")


def test_what_the_form_cannot_have_sent_is_left_out(casework):
    identity = begun(casework)
    odd = Notes(("x", "satu-kk"), {"desil": "hebat", "kemauan-usaha": "tidak", "x": "tidak"}, "tembak", 99, "")
    notes = casework.keep(ME, identity, odd).file.notes
    assert (notes.asked, notes.sheet, notes.step, notes.option) in [((), {}, "", None), (("satu-kk",), {}, "", None)]


@pytest.mark.parametrize("plan", [plan.id for plan in shipped_course().book.plans])
def test_whoever_does_everything_right_gets_all_points_in_each_variant(casework, plan):
    for _ in range(3):
        desk = solved(casework, begun(casework, plan))
        lost = [point for point in casework.mark(desk).points if point.got < point.of]
        assert [point.part for point in lost] in ([], ["alasan"])  # a reason is cut at its longest
        assert desk.file.got >= desk.file.possible - 2


def test_the_mark_says_what_was_given_and_what_was_due_with_the_sentence(casework):
    identity = begun(casework)
    casework.keep(ME, identity, Notes((), {"desil": str(Standing.UNMET)}, str(Step.PROPOSE), None, "Begitu saja."))
    found = {(point.part, point.what): point for point in casework.mark(casework.finish(ME, identity)).points}
    row = found["lembar", "Berapa desil keluarga calon?"]
    assert (row.given, row.got) == ("tidak", 0)
    assert row.due.startswith("Terpenuhi")
    assert row.citations[0].quote
    assert found["langkah", "Langkah Anda"].given == "usulkan"
    assert found["alasan", "Alasan Anda"].given == "Begitu saja."


def test_the_first_mark_counts_and_nothing_changes_after_it(casework):
    identity = begun(casework)
    first = casework.finish(ME, identity).file
    casework.keep(ME, identity, Notes((), {"desil": "terpenuhi"}, "usulkan", None, "Lain."))
    assert casework.finish(ME, identity).file == first


def test_what_is_missing_is_named(casework):
    desk = casework.desk(ME, begun(casework))
    assert missing(desk) == ("2 butir lembar kriteria", "langkah", "alasan")
    assert missing(casework.desk(ME, begun(casework, "biaya-proposal"))) == ("langkah", "alasan")


def test_a_reason_that_is_too_long_is_refused_and_all_else_is_kept(casework):
    identity = begun(casework)
    casework.keep(ME, identity, Notes(reason="Yang lama."))
    with pytest.raises(InputError, match="ringkas sampai 1000"):
        casework.keep(ME, identity, Notes((), {"desil": "terpenuhi"}, "usulkan", None, "x" * (LONGEST_REASON + 1)))
    notes = casework.desk(ME, identity).file.notes
    assert (notes.sheet, notes.step, notes.reason) == ({"desil": "terpenuhi"}, "usulkan", "Yang lama.")


def test_another_s_case_is_neither_shown_changed_nor_marked(casework):
    identity = begun(casework)
    for act in (
        lambda: casework.desk(OTHER, identity),
        lambda: casework.keep(OTHER, identity, Notes(reason="x")),
        lambda: casework.finish(OTHER, identity),
        lambda: casework.desk(ME, "tidak-ada"),
    ):
        with pytest.raises(AccessError, match="bukan milik Anda"):
            act()
    assert casework.history(OTHER) == ()


def test_an_unknown_case_is_refused(casework):
    with pytest.raises(InputError, match="tidak ada lagi"):
        begun(casework, "tidak-ada")


def test_a_case_that_changed_says_so_and_another_begins_while_the_old_mark_stays(casework, teacher):
    marked = solved(casework, begun(casework)).file
    waiting = begun(casework)
    casework.keep(ME, waiting, Notes(reason="Sudah saya tulis."))
    teacher.change("ayam-mati", story="{nama}, {umur} tahun, di {tempat}, cerita lain.")
    assert casework.desk(ME, marked.id).case is None
    assert casework.desk(ME, marked.id).file == marked
    assert casework.desk(ME, waiting).file.notes.reason == "Sudah saya tulis."
    assert casework.keep(ME, waiting, Notes(reason="x")).file.notes.reason == "Sudah saya tulis."
    assert casework.finish(ME, waiting).file.finished is None
    fresh = begun(casework)
    assert fresh not in (marked.id, waiting)
    assert "cerita lain" in casework.desk(ME, fresh).case.story
    assert [desk.past for desk in casework.history(ME)] == [False, True, True]


def test_a_case_whose_plan_is_gone_is_still_in_the_history(casework, teacher):
    identity = begun(casework)
    teacher.now = replace(teacher.now, book=replace(teacher.now.book, plans=teacher.now.book.plans[5:]))
    assert casework.desk(ME, identity).case is None
    with pytest.raises(InputError):
        begun(casework)


def test_tries_and_best_points_are_counted(casework):
    casework.finish(ME, begun(casework))
    best = solved(casework, begun(casework)).file
    offer = next(one for one in casework.offers(ME) if one.plan == "ayam-mati")
    assert (offer.tries, offer.best) == (2, (best.got, best.possible))
    assert {one.level for one in casework.offers(ME)} == {"Dasar", "Lanjut", "Langkah petugas"}


def test_a_new_case_begins_though_an_older_one_was_deleted_when_its_time_was_over(casework, records, clock):
    from assistant.records import personal

    casework.finish(ME, begun(casework))
    clock.on(days=20)
    kept = begun(casework)
    casework.finish(ME, kept)
    clock.on(days=20)
    personal.expire(records, days=30, audit_days=90, training_days=900)
    assert begun(casework) != kept
