"""Use cases of learning alone: asked, answered once, marked, begun anew; one's own alone; items that are gone stay away."""

from dataclasses import replace

import pytest

from assistant.errors import InputError
from assistant.itembank import ItemBank
from assistant.ledger import Person, Role
from assistant.practice import Practice
from assistant.records import practice as rows
from assistant.records.items import ITEM
from assistant.records.trained import ItemRow
from assistant.training.items import ItemKind
from assistant.training.lessons import NEW_A_DAY
from assistant.training.scoring import Response, points
from tests.browser.stand_in import StandInAssistant
from tests.factories import make_user
from tests.training import shipped_course

ME, OTHER = Person("tamu:a"), Person("tamu:b")


class Teacher(StandInAssistant):
    """Teaches some items of the shipped course; which, a test may change."""

    def __init__(self, items):
        self.items = items

    def course(self):
        return replace(shipped_course(), items={item.id: item for item in self.items})


@pytest.fixture
def teacher():
    return Teacher([item for item in shipped_course().bank.items if item.topic == "alur"])


@pytest.fixture
def practice(teacher, records):
    return Practice(ItemBank(teacher, records), records)


def right(item):
    return Response(item.id, item.key if not item.single else item.key[:1], item.reason if item.reasons else None)


def wrong(item):
    return Response(item.id, tuple(reversed(item.key)) if not item.single else ((item.key[0] + 1) % len(item.options),), 0)


def test_an_answer_is_kept_and_the_next_item_is_another(practice):
    asked = practice.next(ME)
    practice.answer(ME, asked, right(asked.item))
    assert practice.next(ME).item.id != asked.item.id
    found = practice.progress(ME)
    assert (found.right, found.answers, found.streak, found.new) == (1.0, 1, 1, NEW_A_DAY - 1)


def test_the_same_form_sent_twice_counts_once(practice):
    asked = practice.next(ME)
    for _ in range(3):
        practice.answer(ME, asked, wrong(asked.item))
    assert practice.progress(ME).answers == 1


def test_a_wrong_answer_comes_back_in_ten_minutes_with_its_options_in_another_order(practice, clock):
    asked = practice.next(ME)
    practice.answer(ME, asked, wrong(asked.item))
    clock.on(minutes=10)
    again = practice.next(ME)
    assert (again.item.id, again.number, again.again) == (asked.item.id, 1, True)
    practice.answer(ME, again, right(again.item))
    assert practice.progress(ME).answers == 2


def test_shuffled_options_keep_their_key(practice):
    for item in shipped_course().bank.items:
        asked = practice._asked(ME, item, 3)
        assert points(asked.item, right(asked.item)) == 1.0
        assert [asked.item.options[n].text for n in asked.item.key] == [item.options[n].text for n in item.key]


def test_the_feedback_is_of_the_item_as_it_was_asked(practice):
    asked = practice.next(ME)
    practice.answer(ME, asked, right(asked.item))
    same = practice.question(ME, asked.item.id, asked.number)
    found = practice.marked(ME, same, right(asked.item))
    assert found.points == 1.0
    assert found.memory is not None


def test_another_s_practice_is_another_s(practice):
    asked = practice.next(ME)
    practice.answer(ME, asked, right(asked.item))
    assert practice.progress(OTHER).answers == 0
    assert practice.next(OTHER).number == 0


def test_an_item_that_the_course_has_no_longer_vanishes_from_the_queue(practice, teacher, clock):
    asked = practice.next(ME)
    practice.answer(ME, asked, wrong(asked.item))
    teacher.items = [item for item in teacher.items if item.id != asked.item.id]
    clock.on(hours=1)
    assert practice.next(ME).item.id != asked.item.id
    assert practice.question(ME, asked.item.id, 1) is None
    assert practice.progress(ME).due == 0


@pytest.mark.parametrize(("state", "is_asked"), [("ditolak", False), ("ditarik", False), ("ditelaah", True), ("dipakai", True)])
def test_what_a_trainer_rejected_or_its_source_retired_is_not_asked(practice, teacher, records, state, is_asked):
    teacher.items = teacher.items[:1]
    item, body = teacher.items[0], ITEM.dump_json(teacher.items[0]).decode()
    with records.writing() as session:
        session.add(ItemRow(id=item.id, state=state, topic=item.topic, body=body, history="[]", before=""))
    assert (practice.next(ME) is not None) == is_asked


def test_what_a_trainer_reworded_is_asked_in_the_new_words(practice, teacher, records):
    teacher.items = [item for item in teacher.items if item.kind == "pilihan ganda"][:1]
    old = teacher.items[0]
    trainer = Person("user:u1", make_user(Role.PELATIH))
    texts = [option.text for option in old.options]
    new = ItemBank(teacher, records).edit(trainer, old.id, f"Coba ingat. {old.stem}", texts, old.explanation)
    assert practice.next(ME).item.stem == new.item.stem


def test_a_topic_begins_anew_and_its_answers_still_count_for_the_days(practice):
    for _ in range(3):
        asked = practice.next(ME)
        practice.answer(ME, asked, right(asked.item), sure=True)
    assert practice.forget(ME, "alur") == 3
    found = practice.progress(ME)
    assert (found.topics[0].known, found.topics[0].learning, found.answers) == (0, 0, 3)
    asked = practice.next(ME)
    practice.answer(ME, asked, right(asked.item))
    assert practice.progress(ME).answers == 4


def test_an_unknown_topic_is_refused(practice):
    with pytest.raises(InputError, match="Pilih topik"):
        practice.forget(ME, "<script>")


def test_an_answer_whose_card_cannot_be_made_is_not_half_kept(practice, records):
    def broken(_):
        raise InputError("batal")

    with pytest.raises(InputError):
        rows.add_answer(records, ME.key, item="S-1", topic="alur", number=0, correct=True, rating=3, learn=broken)
    assert rows.times(records, ME.key, "S-1") == 0


def test_partly_right_answers_are_kept_as_not_right(practice, teacher):
    teacher.items = [item for item in shipped_course().bank.items if item.kind is ItemKind.TRUE_FALSE][:1]
    asked = practice.next(ME)
    reason = (asked.item.reason + 1) % len(asked.item.reasons)
    practice.answer(ME, asked, replace(right(asked.item), reason=reason))
    assert practice.progress(ME).right == 0.0


def test_every_item_has_a_question_for_the_chat_that_is_short_enough_to_ask():
    from assistant.pages.questions import chat_question

    asked = {item.kind: chat_question(item) for item in reversed(shipped_course().bank.items)}
    assert asked[ItemKind.TRUE_FALSE] == "Benarkah sejak 2025 UEP Kaltim diberikan kepada perorangan?"
    assert asked[ItemKind.MATCH].startswith("Apa arti ")
    assert asked[ItemKind.FIGURE].startswith("Target berapa KPM untuk UEP Kaltim 2025")
    questions = [chat_question(item) for item in shipped_course().bank.items]
    assert all(question.endswith("?") and len(question) < 500 for question in questions)
    assert not [question for question in questions if "…" in question]


def test_what_the_explanation_repeats_of_key_and_quote_is_left_out():
    from assistant.pages.questions import remark

    said = {item.id: remark(item) for item in shipped_course().bank.items}
    assert not [text for text in said.values() if "Dasarnya" in text or "Urutan yang benar" in text]
    assert "Keterangan lama." in said.values()
