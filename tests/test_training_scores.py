"""Points, scores by topic, gain, and what answers say of items."""

import pytest

from assistant.training.items import ItemKind, Option
from assistant.training.scoring import Attempt, Response, Tally, gain, gains, points, score
from assistant.training.statistics import correlation, item_statistics, misconceptions
from tests.factories import make_item


def attempt(person, *chosen, items):
    return Attempt(person, tuple(Response(item.id, (one,)) for item, one in zip(items, chosen, strict=True)))


def test_a_choice_is_right_or_wrong():
    item = make_item()
    assert points(item, Response(item.id, (0,))) == 1.0
    assert points(item, Response(item.id, (2,))) == points(item, Response(item.id)) == 0.0


@pytest.mark.parametrize(
    ("chosen", "due"), [((2, 0, 1), 1.0), ((0, 1, 2), 0.5), ((1, 0, 2), 0.0), ((2, 0), 0.0), ((2, 2, 2), 0.0)]
)
def test_steps_earn_a_part_for_each_two_in_their_order(chosen, due):
    item = make_item(kind=ItemKind.ORDER, key=(2, 0, 1), options=(Option("b"), Option("c"), Option("a")))
    assert points(item, Response(item.id, chosen)) == due


def test_a_match_earns_a_part_for_each_pair():
    item = make_item(kind=ItemKind.MATCH, key=(1, 0, 3, 2), terms=("a", "b", "c", "d"))
    assert points(item, Response(item.id, (1, 0, 2, 3))) == 0.5


def test_the_deciding_sentence_counts_only_with_the_right_verdict():
    reasons = (Option("x"), Option("y"), Option("z"))
    item = make_item(kind=ItemKind.TRUE_FALSE, key=(1,), reasons=reasons, reason=2)
    assert points(item, Response(item.id, (1,), 2)) == 1.0
    assert points(item, Response(item.id, (1,), 0)) == 0.5
    assert points(item, Response(item.id, (0,), 2)) == 0.0


def test_a_score_counts_left_out_items_as_wrong_and_adds_up_by_topic():
    items = [make_item("Satu?", topic="alur"), make_item("Dua?", topic="alur"), make_item("Tiga?", topic="data")]
    mine = score(items, Attempt("Siti", (Response(items[0].id, (0,)), Response(items[2].id, (0,)))))
    assert mine.total == Tally(2.0, 3)
    assert mine.topics == {"alur": Tally(1.0, 2), "data": Tally(1.0, 1)}


def test_gain_is_the_difference_and_the_part_of_what_was_left_to_learn():
    found = gain(Tally(4, 10), Tally(7, 10))
    assert found.points == pytest.approx(0.3)
    assert found.reached == pytest.approx(0.5)
    assert gain(Tally(10, 10), Tally(9, 10)).reached is None


def test_gain_by_topic_covers_the_topics_of_both_forms():
    before = score([make_item("A?", topic="alur")], Attempt("S"))
    item = make_item("B?", topic="alur")
    after = score([item, make_item("C?", topic="data")], attempt("S", 0, items=[item]))
    assert {topic: found.points for topic, found in gains(before, after).items()} == {"alur": 1.0}


def test_statistics_tell_facility_discrimination_and_chosen_options():
    items = [make_item(f"Soal {n}?") for n in range(3)]
    answers = [(0, 0, 0), (0, 0, 1), (1, 1, 1), (1, 1, 1)]
    counted = item_statistics(items, [attempt(str(n), *row, items=items) for n, row in enumerate(answers)])
    first = counted[items[0].id]
    assert (first.answers, first.facility, dict(first.chosen)) == (4, 0.5, {0: 2, 1: 2})
    assert first.discrimination is not None and first.discrimination > 0.8


def test_discrimination_is_silent_without_variance_or_with_few_answers():
    assert correlation([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]) is None
    assert correlation([1.0, 0.0], [1.0, 0.0]) is None
    assert correlation([0.0, 0.0, 1.0, 1.0], [1.0, 2.0, 3.0, 4.0]) == pytest.approx(0.894, abs=0.001)


def test_misconceptions_are_the_most_chosen_wrong_options_with_their_statement():
    items = [make_item("Soal satu?"), make_item("Soal dua?")]
    people = [attempt(str(n), wrong, 0, items=items) for n, wrong in enumerate((2, 2, 2, 0, 1))]
    (found,) = misconceptions(items, people)
    assert (found.item, found.option, found.count, found.share) == (items[0], 2, 3, 0.6)
    assert found.anchor.quote.startswith("UEP Kaltim 2025 berbentuk barang")


def test_nobody_answering_is_no_error():
    items = [make_item()]
    assert item_statistics(items, [])[items[0].id].answers == 0
    assert misconceptions(items, []) == ()
