"""Use cases of conversations: kept before and after, one's own alone, limited, brought back."""

import pytest

from assistant.conversations import LONGEST_COMMENT, Conversations
from assistant.errors import AccessError, IndexBrokenError, InputError, QuestionError, RecordsError
from assistant.ledger import Person, Role
from assistant.records import conversations as rows
from assistant.settings import Settings
from tests.browser.stand_in import StandInAssistant
from tests.factories import make_user

VISITOR, OTHER = Person("tamu:a"), Person("tamu:b")
OFFICER = Person("user:u1", make_user())


class Recorder(StandInAssistant):
    """Notes what it is asked; fails on request."""

    def __init__(self):
        self.asked = []
        self.fault = None

    def ask(self, question, *, history=(), scope="semua", **values):
        self.asked.append((question, tuple(history), scope))
        if self.fault:
            raise self.fault
        return super().ask(question, history=history, scope=scope)


@pytest.fixture
def assistant():
    return Recorder()


@pytest.fixture
def office(assistant, records):
    return Conversations(assistant, records, Settings(questions_per_minute=3))


def ask(office, person=VISITOR, question="Apa itu UEP?", **values):
    return office.ask(person, question, **{"open_chat": True, "address": "10.0.0.5", **values})


def test_an_answer_is_kept_with_its_labels_and_read_back_the_same(office):
    entry = ask(office)
    assert {label.id for label in entry.labels} == {"B-027", "A-158"}
    assert office.read(VISITOR, entry.conversation) == (entry,)
    assert office.entry(VISITOR, entry.id) == entry
    assert office.latest(VISITOR) == entry.conversation


def test_an_earlier_turn_goes_along_with_the_next_question(office, assistant):
    first = ask(office)
    ask(office, question="Lalu di Berau?", conversation=first.conversation, scope="kaltim")
    _, history, scope = assistant.asked[-1]
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0].text == "Apa itu UEP?"
    assert scope == "kaltim"


@pytest.mark.parametrize("fault", [IndexBrokenError("rusak"), ValueError("boom")])
def test_a_question_whose_answer_failed_is_kept_without_one(office, assistant, fault):
    assistant.fault = fault
    with pytest.raises(type(fault)):
        ask(office)
    (entry,) = office.read(VISITOR, office.latest(VISITOR))
    assert (entry.question, entry.answer) == ("Apa itu UEP?", None)
    with pytest.raises(AccessError, match="belum dijawab"):
        office.entry(VISITOR, entry.id)


def test_a_question_that_cannot_be_asked_keeps_nothing(office):
    with pytest.raises(QuestionError):
        ask(office, question="  ")
    assert office.latest(VISITOR) is None


def test_an_answer_that_cannot_be_kept_is_not_shown(office, monkeypatch):
    def away(*_):
        raise RecordsError("pergi")

    monkeypatch.setattr(rows, "add_answer", away)
    with pytest.raises(RecordsError):
        ask(office)


def test_who_may_not_ask_is_refused_before_anything_is_kept(office, assistant):
    switched_off = Person("user:u1", make_user(Role.ADMIN, active=False))
    for person in (VISITOR, switched_off):
        with pytest.raises(AccessError):
            ask(office, person, open_chat=False)
    assert assistant.asked == []
    assert ask(office, OFFICER, open_chat=False).answer


def test_another_s_conversation_is_not_asked_in_read_rated_or_deleted(office, assistant):
    entry = ask(office)
    count = len(assistant.asked)
    for act in (
        lambda: ask(office, OTHER, conversation=entry.conversation),
        lambda: office.read(OTHER, entry.conversation),
        lambda: office.entry(OTHER, entry.id),
        lambda: office.rate(OTHER, entry.id, helpful=False),
        lambda: office.forget(OTHER, entry.conversation),
        lambda: ask(office, OTHER, conversation="tidak-ada"),
    ):
        with pytest.raises(AccessError, match="bukan milik Anda"):
            act()
    assert len(assistant.asked) == count
    assert office.summaries(OTHER) == ()


def test_a_user_and_the_hall_of_visitors_have_limits_of_their_own(office):
    for _ in range(3):
        ask(office, OFFICER)
    with pytest.raises(AccessError, match="Terlalu banyak pertanyaan"):
        ask(office, OFFICER)
    for number in range(15):
        ask(office, Person(f"tamu:{number}"))
    with pytest.raises(AccessError, match="Terlalu banyak pertanyaan"):
        ask(office, Person("tamu:baru"))
    ask(office, Person("tamu:baru"), address="10.0.0.6")


def test_feedback_is_kept_and_the_last_word_counts(office):
    entry = ask(office)
    office.rate(VISITOR, entry.id, helpful=True)
    said = office.rate(VISITOR, entry.id, helpful=False, reason="Kurang lengkap", comment="  kurang  ").feedback
    assert (said.helpful, said.reason, said.comment) == (False, "Kurang lengkap", "kurang")
    assert office.entry(VISITOR, entry.id).feedback == said


@pytest.mark.parametrize("values", [{"reason": "<script>"}, {"comment": "x" * (LONGEST_COMMENT + 1)}])
def test_feedback_outside_the_form_is_refused(office, values):
    entry = ask(office)
    with pytest.raises(InputError):
        office.rate(VISITOR, entry.id, helpful=True, **values)
    assert office.entry(VISITOR, entry.id).feedback is None


def test_the_list_names_each_conversation_by_its_first_question_last_used_first(office, clock):
    first = ask(office)
    clock.on(minutes=1)
    second = ask(office, question="Berapa nilainya?")
    clock.on(minutes=1)
    ask(office, question="Lalu?", conversation=first.conversation)
    found = office.summaries(VISITOR)
    assert [(item.id, item.title, item.questions) for item in found] == [
        (first.conversation, "Apa itu UEP?", 2),
        (second.conversation, "Berapa nilainya?", 1),
    ]
    office.forget(VISITOR, first.conversation)
    assert [item.id for item in office.summaries(VISITOR)] == [second.conversation]


def test_the_kabupaten_of_a_user_is_kept_with_the_conversation(records, assistant):
    from dataclasses import replace

    from sqlalchemy import text

    office = Conversations(assistant, records, Settings())
    ask(office, Person("user:u1", replace(make_user(), kabupaten="Berau")))
    with records.reading() as session:
        assert session.scalar(text("SELECT kabupaten FROM conversations")) == "Berau"
