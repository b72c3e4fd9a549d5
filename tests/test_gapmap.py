"""The gap map: what stayed open by topic, place and month, wrong answers beside it, and where a bimtek is needed."""

import random

import pytest

from assistant.gapmap import Asked, Cell, GapMap, Quizzed, gap_map
from assistant.sheets.gap_charts import map_chart, month_chart
from assistant.sheets.gap_paper import gap_paper
from assistant.sheets.pdf import pdf_bytes
from assistant.training.items import TOPICS
from tests.factories import Moving


def asked(topic="kriteria", place="Berau", status="answered", *, month="2026-11", count=1, unhelpful=False):
    return Asked(month, place, topic, status, unhelpful, count)


def quizzed(topic="kriteria", place="Berau", *, answers=4, wrong=2, month="2026-11", person="a"):
    return Quizzed(person, month, place, topic, answers, wrong)


def test_open_are_the_unanswered_the_partial_and_the_unhelpful():
    every = [asked(), asked(status="not_found", count=2), asked(status="partial"), asked(unhelpful=True), asked(status="")]
    assert gap_map(every, []).whole == Cell(asked=6, left=5)


def test_each_side_adds_up_to_the_whole():
    rng = random.Random(3)
    every = [
        asked(rng.choice(list(TOPICS)), rng.choice(["", "Berau", "Paser"]), rng.choice(["answered", "not_found"]), month=month)
        for month in (f"2026-{number:02}" for number in range(1, 12))
        for _ in range(40)
    ]
    found = gap_map(every, [])
    for side in (found.by_topic, found.by_place, found.by_month, found.cells):
        assert sum(cell.asked for cell in side.values()) == found.whole.asked == len(every)
        assert sum(cell.left for cell in side.values()) == found.whole.left


def test_only_the_months_that_are_wanted_count():
    found = gap_map([asked(month="2026-10"), asked(month="2026-11")], [quizzed(month="2026-10")], months=["2026-11"])
    assert (found.whole.asked, found.whole.answers, found.months) == (1, 0, ("2026-11",))


def test_wrong_answers_of_fewer_than_three_people_are_not_shown():
    two, three = ([quizzed(person=name) for name in names] for names in ("ab", "abc"))
    assert gap_map([], two).whole.wrong_share is None
    assert gap_map([], three).whole.wrong_share == pytest.approx(0.5)


def test_one_person_is_one_however_many_topics_they_were_tested_on():
    found = gap_map([], [quizzed(topic) for topic in ("kriteria", "data", "alur")])
    assert (found.whole.people, found.whole.answers) == (1, 12)
    assert [cell.wrong_share for cell in (found.whole, found.by_place["Berau"], found.by_month["2026-11"])] == [None] * 3


def test_a_bimtek_is_needed_most_where_most_stays_open_and_more_so_where_tests_went_wrong():
    found = gap_map(
        [
            asked("kriteria", "Berau", "not_found", count=5),
            asked("data", "Paser", "not_found", count=5),
            asked("usaha", "Paser", "not_found", count=2),
            asked("alur", "Berau", count=50),
        ],
        [quizzed("data", "Paser", person=name) for name in "abc"],
    )
    assert [(topic, place) for topic, place, _ in found.advice] == [("data", "Paser"), ("kriteria", "Berau")]


def test_the_charts_and_the_report_say_the_same_figures():
    found = gap_map([asked(status="not_found", count=3), asked(count=4), asked("data", "")], [])
    chart = map_chart(found, TOPICS)
    assert chart.rows[0] == ("Kriteria dan seleksi", "3 dari 7", "–")
    assert ">3/7<" in chart.svg
    assert month_chart(found).rows == (("November 2026", "8", "3", "38%"),)
    paper = gap_paper(found, TOPICS, at=Moving().time)
    assert any("Berau: Kriteria dan seleksi. 3 dari 7" in text for text in paper.texts)
    assert pdf_bytes(paper).startswith(b"%PDF")


def test_an_empty_map_is_drawn_without_a_fault():
    found = gap_map([], [])
    assert isinstance(found, GapMap)
    assert map_chart(found, TOPICS).rows == ()
    assert pdf_bytes(gap_paper(found, TOPICS, at=Moving().time))
