"""What is asked next of somebody who learns alone, and how far they are."""

from datetime import UTC, date, datetime, timedelta

from assistant.training.items import TOPICS, ItemKind
from assistant.training.lessons import NEW_A_DAY, Learner, day_of, next_item, progress, streak
from assistant.training.repetition import review
from tests.factories import make_item
from tests.training import shipped_course

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ITEMS = tuple(
    make_item(f"Soal {topic} nomor {number}?", topic=topic) for topic in ("kriteria", "alur", "data") for number in range(9)
)
AGAIN, GOOD = 1, 3


def learner(*seen, now=NOW, rating=GOOD, at=NOW - timedelta(days=30), answers=()):
    return Learner(now, {item.id: review(None, rating, at) for item in seen}, answers)


def lesson(items, count, *, now=NOW, topics=()):
    """The items that are asked in turn when each is answered rightly."""
    memories, asked = {}, []
    for _ in range(count):
        item = next_item(items, Learner(now, memories), topics)
        if item is None:
            break
        asked.append(item)
        memories[item.id] = review(None, GOOD, now)
    return asked


def test_what_is_due_comes_before_what_is_new_the_longest_due_first():
    first, second = ITEMS[3], ITEMS[20]
    memories = {second.id: review(None, GOOD, NOW - timedelta(days=5)), first.id: review(None, GOOD, NOW - timedelta(days=9))}
    assert next_item(ITEMS, Learner(NOW, memories), ["data"]) is first
    del memories[first.id]
    assert next_item(ITEMS, Learner(NOW, memories), ["alur"]) is second


def test_what_is_not_due_yet_is_not_asked():
    seen = learner(*ITEMS, at=NOW - timedelta(hours=1))
    assert next_item(ITEMS, seen) is None


def test_new_items_change_topic_from_one_to_the_next():
    assert [item.topic for item in lesson(ITEMS, 6)] == ["kriteria", "alur", "data"] * 2


def test_new_items_come_from_the_chosen_topics_alone():
    assert {item.topic for item in lesson(ITEMS, 9, topics=["alur"])} == {"alur"}


def test_at_most_so_many_new_items_a_day_and_on_the_next_day_as_many_again():
    assert len(lesson(ITEMS, 20)) == NEW_A_DAY
    seen = learner(*ITEMS[:NEW_A_DAY], at=NOW)
    assert next_item(ITEMS, seen) is None
    assert next_item(ITEMS, Learner(NOW + timedelta(days=1), seen.memories)) not in (None, *ITEMS[:NEW_A_DAY])


def test_the_day_ends_at_midnight_in_kaltim():
    evening = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    seen = learner(*ITEMS[:NEW_A_DAY], at=evening)
    assert next_item(ITEMS, Learner(evening, seen.memories)) is None
    assert next_item(ITEMS, Learner(evening + timedelta(minutes=1), seen.memories)) is not None
    assert day_of(evening + timedelta(minutes=1)) == date(2026, 11, 25)


def test_the_first_lessons_mix_kinds_as_the_bank_does_and_begin_with_easy_ones():
    asked = lesson(shipped_course().bank.items, NEW_A_DAY)
    assert len({item.topic for item in asked}) == NEW_A_DAY
    assert {ItemKind.CHOICE, ItemKind.TRUE_FALSE} <= {item.kind for item in asked}
    assert ItemKind.ORDER not in {item.kind for item in asked}


def test_progress_counts_each_topic_and_leaves_out_what_is_asked_no_longer():
    gone = make_item("Soal yang sudah ditarik?", topic="kriteria")
    seen = learner(ITEMS[0], ITEMS[9], gone)
    found = progress(ITEMS, seen)
    by_topic = {one.topic: (one.known, one.learning, one.new, one.due) for one in found.topics}
    assert by_topic == {"kriteria": (0, 1, 8, 1), "alur": (0, 1, 8, 1), "data": (0, 0, 9, 0)}
    assert (found.due, found.new) == (2, NEW_A_DAY)
    assert [one.topic for one in found.topics] == [topic for topic in TOPICS if topic in by_topic]


def test_the_share_that_was_right_is_of_the_last_thirty_days():
    old, day = (NOW - timedelta(days=31), False), (NOW - timedelta(days=1), True)
    assert progress(ITEMS, learner()).right is None
    assert progress(ITEMS, learner(answers=[old, day, (NOW, False)])).right == 0.5


def test_a_streak_lasts_until_a_day_was_missed_and_today_may_still_come():
    today = date(2026, 11, 24)
    days = {today - timedelta(days=back) for back in (1, 2, 3, 5)}
    assert streak(days, today) == 3
    assert streak(days | {today}, today) == 4
    assert streak(days, today + timedelta(days=1)) == 0
    assert streak(set(), today) == 0


def test_the_next_moment_is_that_of_the_item_that_is_due_first():
    seen = Learner(NOW, {ITEMS[0].id: review(None, AGAIN, NOW), ITEMS[1].id: review(None, GOOD, NOW)})
    assert progress(ITEMS, seen).next_due == NOW + timedelta(minutes=10)
