"""When a question comes back: sooner after a wrong answer, later after each right one, the same for the same answers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.errors import RecordsError
from assistant.training.repetition import LONGEST_DAYS, STEP, rate, recall, review

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def after(*ratings, start=NOW):
    """The memory after answers that are each given when the item is due."""
    memory = review(None, ratings[0], start)
    for rating in ratings[1:]:
        memory = review(memory.card, rating, memory.due)
    return memory


@pytest.mark.parametrize(
    ("points", "sure", "rating"), [(0, False, AGAIN), (0, True, AGAIN), (0.5, True, HARD), (1, False, GOOD), (1, True, EASY)]
)
def test_an_answer_is_rated_by_how_right_it_was_and_only_a_right_one_by_how_sure(points, sure, rating):
    assert rate(points, sure=sure) == rating


def test_a_wrong_answer_comes_back_the_same_evening_and_a_right_one_in_days():
    assert after(AGAIN).due == NOW + STEP
    assert STEP < after(HARD).due - NOW < timedelta(hours=1)
    assert timedelta(days=1) <= after(GOOD).due - NOW < after(EASY).due - NOW


def test_the_pauses_grow_with_each_right_answer_and_never_beyond_a_year():
    memory, pauses, at = review(None, GOOD, NOW), [], NOW
    for _ in range(12):
        pauses.append(memory.due - at)
        at = memory.due
        memory = review(memory.card, GOOD, at)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=LONGEST_DAYS)


def test_a_wrong_answer_to_what_was_known_makes_it_unknown_again():
    known = after(GOOD, GOOD, GOOD)
    assert known.known
    forgotten = review(known.card, AGAIN, known.due)
    assert not forgotten.known
    assert forgotten.due == known.due + STEP


def test_one_right_answer_is_not_yet_knowing():
    assert not after(GOOD).known
    assert not after(AGAIN, GOOD).known


def test_the_same_answers_at_the_same_moments_give_the_same_card():
    assert after(GOOD, AGAIN, HARD, GOOD) == after(GOOD, AGAIN, HARD, GOOD)
    wita = NOW.astimezone(timezone(timedelta(hours=8)))
    assert review(None, GOOD, wita).due == review(None, GOOD, NOW).due


def test_a_card_says_when_it_was_begun_and_reads_back_as_it_was():
    memory = after(GOOD, GOOD)
    assert memory.begun == NOW
    assert recall(memory.card) == memory


@pytest.mark.parametrize("card", ["", "kacau", "{}", '{"card_id": 1, "state": 9}', "[]"])
def test_a_card_that_cannot_be_read_is_said(card):
    with pytest.raises(RecordsError, match="tidak dapat dibaca"):
        recall(card)
