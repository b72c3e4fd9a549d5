"""Pre-test and post-test are alike and have nothing in common; what was counted moves the difficulty."""

from collections import Counter
from statistics import mean

import pytest

from assistant.errors import InputError
from assistant.training.forms import clash, difficulty, forms, gives_away
from assistant.training.items import TOPICS, ItemKind
from assistant.training.statistics import ItemStatistics
from tests.factories import make_item

WIDE = ("kriteria", "bantuan", "alur", "data", "dokumen")


@pytest.mark.parametrize(
    ("topics", "number", "seed"), [(WIDE, 10, 1), (WIDE, 20, 2), (tuple(TOPICS), 15, 3), (("kriteria",), 5, 4)]
)
def test_two_forms_have_the_same_length_topics_kinds_and_difficulty(shipped, topics, number, seed):
    pre, post = forms(shipped.bank.items, topics, number, seed)
    assert len(pre) == len(post) == number
    assert Counter((item.topic, item.kind) for item in pre) == Counter((item.topic, item.kind) for item in post)
    assert abs(mean(map(difficulty, pre)) - mean(map(difficulty, post))) < 0.03


def test_no_item_of_both_forms_shares_a_statement_or_gives_another_away(shipped):
    both = [item for form in forms(shipped.bank.items, WIDE, 20, 7) for item in form]
    assert len({item.id for item in both}) == len(both)
    assert not [(a.stem, b.stem) for n, a in enumerate(both) for b in both[:n] if clash(a, b)]


def test_topics_are_asked_about_equally_often(shipped):
    pre, _ = forms(shipped.bank.items, WIDE, 12, 5)
    counted = Counter(item.topic for item in pre)
    assert max(counted.values()) - min(counted.values()) <= 1


def test_the_same_seed_gives_the_same_forms_and_another_seed_others(shipped):
    items = shipped.bank.items
    assert forms(items, WIDE, 10, 1) == forms(items, WIDE, 10, 1)
    assert forms(items, WIDE, 10, 1) != forms(items, WIDE, 10, 2)


def test_too_few_items_say_how_many_there_could_be(shipped):
    with pytest.raises(InputError, match=r"hanya cukup untuk \d+ soal"):
        forms(shipped.bank.items, ("istilah",), 60, 1)


def test_items_on_one_statement_clash():
    assert clash(make_item(label="B-001"), make_item("Lain sekali?", "Ya", label="B-001"))


def test_a_question_that_tells_the_answer_of_another_gives_it_away():
    asked = make_item("Berapa penerima UEP Kaltim 2025?", "1.500 orang", ("900 orang", "800 orang", "700 orang"), label="B-006")
    teller = make_item("UEP Kaltim 2025 punya 1.500 orang penerima. Siapa menetapkannya?", "Kabupaten", label="B-037")
    assert gives_away(teller, asked)
    assert not gives_away(asked, teller)
    assert not gives_away(make_item("Siapa memegang KKS?", "Penerima", label="A-165"), asked)


def test_difficulty_starts_from_kind_and_follows_what_was_counted():
    item = make_item()
    prior = difficulty(item)
    easy, hard = (ItemStatistics(item.id, 40, facility) for facility in (0.95, 0.1))
    assert difficulty(item, easy) < prior < difficulty(item, hard)
    assert difficulty(item, ItemStatistics(item.id, 0, 0.0)) == prior
    assert difficulty(make_item(kind=ItemKind.ORDER, key=(0, 1, 2, 3))) > difficulty(make_item(kind=ItemKind.TRUE_FALSE))
