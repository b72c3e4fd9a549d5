"""The results of a training session, its charts, its QR codes and what one participant reads afterwards."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from assistant.sheets.charts import Chart, confusion_chart, distribution_chart, live_chart, topic_chart
from assistant.sheets.numbers import change, decimal, mark, percent
from assistant.sheets.qr import qr_modules, qr_svg
from assistant.training.confusion import Mixed, Part, item_results
from assistant.training.items import Option
from assistant.training.paired import interval, quantile
from assistant.training.regions import region_results, shown
from assistant.training.results import Attendance, Phase, Results, results
from assistant.training.review import Outcome, review
from assistant.training.scoring import Attempt, Response
from tests.factories import make_item
from tests.sitting import CLAIM, PAIRS, SESSION, STEPS, attempt, hall

BEFORE = [make_item("Satu?", topic="bantuan"), make_item("Dua?", topic="alur")]
AFTER = [make_item("Tiga?", topic="bantuan"), make_item("Empat?", topic="alur")]


def sitting(number, before, after, kabupaten="Berau"):
    first = attempt(str(number), BEFORE, *before) if before is not None else None
    last = attempt(str(number), AFTER, *after) if after is not None else None
    return Attendance(f"p{number}", number, f"Nama {number}", kabupaten, first, last)


def found(*sittings) -> Results:
    return results(SESSION, sittings, BEFORE, AFTER)


def test_gain_is_reckoned_by_person_topic_and_group():
    mine = found(sitting(1, (0, 1), (0, 0)), sitting(2, (1, 1), (0, 1)))
    assert [person.gain.points for person in mine.people] == [0.5, 0.5]
    assert {topic: gain.points for topic, gain in mine.people[0].topics.items()} == {"bantuan": 0.0, "alur": 1.0}
    assert (mine.gain.people, mine.gain.points, mine.gain.reached) == (2, 0.5, pytest.approx(0.5 / 0.75))
    assert [(topic.topic, topic.before, topic.after, topic.gain) for topic in mine.topics] == [
        ("bantuan", 0.5, 1.0, 0.5),
        ("alur", 0.0, 0.5, 0.5),
    ]


def test_who_missed_a_test_is_listed_and_counts_nowhere_as_zero():
    mine = found(sitting(1, (0, 0), None), sitting(2, None, (0, 0)), sitting(3, (0, 1), (0, 0)), sitting(4, None, None))
    assert [(person.sitting.number, person.missed) for person in mine.missed] == [
        (1, (Phase.AFTER,)),
        (2, (Phase.BEFORE,)),
        (4, (Phase.BEFORE, Phase.AFTER)),
    ]
    assert (mine.gain.people, mine.gain.points) == (1, 0.5)
    assert (mine.before.people, mine.before.mean, mine.after.people, mine.after.mean) == (2, 0.75, 2, 1.0)
    assert [(topic.people, topic.before) for topic in mine.topics] == [(1, 1.0), (1, 0.0)]


def test_an_attempt_without_an_answer_is_a_test_that_was_missed():
    empty = replace(sitting(1, (0, 0), None), after=Attempt("1", (Response(AFTER[0].id), Response("S-lain", (0,)))))
    mine = found(empty)
    assert mine.people[0].missed == (Phase.AFTER,)
    assert (mine.after.people, mine.after.mean) == (0, None)


def test_a_session_with_one_test_has_scores_and_no_gain_and_nobody_missed_the_other():
    mine = results(SESSION, [sitting(1, (0, 1), None), sitting(2, (0, 0), None)], BEFORE, [])
    assert (mine.after, mine.missed, mine.gain.people, mine.gain.points) == (None, (), 0, None)
    assert [(topic.before, topic.after, topic.gain) for topic in mine.topics] == [(1.0, None, None), (0.5, None, None)]


def test_with_nobody_in_both_tests_each_mean_of_a_topic_is_of_those_who_sat_that_test():
    mine = found(sitting(1, (0, 1), None), sitting(2, None, (0, 0)))
    assert [(topic.people, topic.before, topic.after, topic.gain) for topic in mine.topics] == [
        (0, 1.0, 1.0, None),
        (0, 0.0, 1.0, None),
    ]


def test_scores_fall_into_ten_bins_and_full_marks_into_the_last():
    items = [make_item(f"Soal {n}?") for n in range(10)]
    people = [
        Attendance(str(right), right, "", "", attempt(str(right), items, *[0] * right, *[1] * (10 - right)))
        for right in (0, 3, 7, 9, 10)
    ]
    mine = results(SESSION, people, items, [])
    assert mine.before.bins == (1, 0, 0, 1, 0, 0, 0, 1, 0, 2)
    assert (mine.before.mean, mine.before.median) == (pytest.approx(0.58), 0.7)


def test_a_session_without_people_or_without_tests_is_no_error():
    assert (found().people, found().before.mean, found().gain.people, found().again) == ((), None, 0, ())
    nothing = results(SESSION, [], [], [])
    assert (nothing.tests, nothing.topics, nothing.regions) == ((), (), ())


def test_people_stand_in_the_order_of_their_numbers():
    assert [p.sitting.number for p in found(sitting(2, (0, 0), (0, 0)), sitting(1, (1, 1), (1, 1))).people] == [1, 2]


def test_a_mean_gain_has_an_interval_from_five_pairs_on():
    assert interval([0.1, 0.2, 0.3, 0.4]) == (None, None)
    low, high = interval([0.1, 0.2, 0.3, 0.4, 0.5])
    assert (low, high) == (pytest.approx(0.3 - 0.19633, abs=1e-4), pytest.approx(0.3 + 0.19633, abs=1e-4))
    assert interval([0.2] * 9) == (None, None)
    assert interval([1.0, 1.0, 1.0, 1.0, -1.0])[1] == 1.0


@pytest.mark.parametrize(("freedom", "due"), [(4, 2.7764), (5, 2.5706), (9, 2.2622), (29, 2.0452), (59, 2.0010)])
def test_the_quantile_of_student_agrees_with_the_printed_tables(freedom, due):
    assert quantile(freedom) == pytest.approx(due, abs=0.001)


def test_a_regency_of_fewer_than_three_people_shows_no_mean():
    scores = [("Berau", 0.2, 0.4)] * 4 + [("Paser", 0.5, 0.5)] * 2 + [("  ", 1.0, 0.9)]
    first, second, third = region_results(scores)
    assert (first.kabupaten, first.people, first.before, first.hidden) == ("Berau", 4, pytest.approx(0.2), False)
    assert first.gain == pytest.approx(0.2)
    assert (second.kabupaten, second.people, second.before, second.gain, second.hidden) == ("Paser", 2, None, None, True)
    assert (third.kabupaten, third.people, third.before, third.hidden) == ("Tidak diisi", 1, None, True)


def test_a_lone_hidden_regency_can_not_be_worked_out_from_the_mean_of_all():
    assert shown({"Berau": [0.1] * 9, "Paser": [0.1] * 4, "Bontang": [0.9]}) == {"Berau"}
    assert shown({"Berau": [0.1] * 9, "Paser": [0.1] * 2, "Bontang": [0.9]}) == {"Berau"}
    assert shown({"Berau": [0.1] * 9, "Paser": [], "Bontang": [0.9] * 3}) == {"Berau", "Bontang"}


def test_the_answers_to_an_item_add_up_and_name_each_wrong_option():
    item = make_item("Soal?")
    (mine,) = item_results([item], [attempt(str(n), [item], chosen) for n, chosen in enumerate((0, 2, 2, None))])
    assert mine.parts == (
        Part("benar", "Barang dan bahan usaha", 1, "A"),
        Part("salah", "Uang lewat bank", 0, "B"),
        Part("salah", "Kredit lunak", 2, "C"),
        Part("salah", "Voucer belanja", 0, "D"),
        Part("kosong", "Tidak dijawab", 1),
    )


def test_a_right_verdict_with_the_wrong_sentence_is_told_apart():
    given = [Attempt("a", (Response(CLAIM.id, (1,), 1),)), Attempt("b", (Response(CLAIM.id, (1,), 0),)), attempt("c", [CLAIM], 0)]
    (mine,) = item_results([CLAIM], given)
    assert [(part.sort, part.count, part.letter) for part in mine.parts] == [
        ("benar", 1, "B"),
        ("sebagian", 1, "B"),
        ("salah", 1, "A"),
        ("kosong", 0, ""),
    ]


def test_steps_and_pairs_that_two_people_mixed_up_are_named():
    items = [STEPS, PAIRS]
    given = [
        attempt("a", items, (0, 1, 2), (0, 1, 2)),
        attempt("b", items, (1, 2, 0), (0, 1, 2)),
        attempt("c", items, (0, 9), None),
    ]
    steps, pairs = item_results(items, given)
    assert steps.mixed == (Mixed("Penetapan", "Usulan", 2),)
    assert pairs.mixed == (Mixed("BAST", "Keluarga penerima manfaat", 2), Mixed("KPM", "Berita acara serah terima", 2))
    assert [(part.sort, part.count) for part in steps.parts] == [("benar", 0), ("sebagian", 2), ("salah", 1), ("kosong", 0)]


def test_what_to_teach_again_comes_from_the_last_test_that_anybody_sat():
    wrong_before = [sitting(n, (2, 0), None) for n in range(3)]
    assert [(m.item, m.option) for m in found(*wrong_before).again] == [(BEFORE[0], 2)]
    wrong_after = [sitting(n, (2, 0), (0, 3)) for n in range(3)]
    (mine,) = found(*wrong_after).again
    assert (mine.item, mine.option, mine.count, mine.anchor.path) == (AFTER[1], 3, 3, "bantuan.md")


def test_discrimination_is_silent_below_its_fewest_answers():
    mine = found(sitting(1, (0, 1), (0, 0)), sitting(2, (1, 1), (0, 1)))
    assert [one.statistics.discrimination for one in mine.before.items] == [None, None]


def test_a_review_says_what_was_answered_what_was_due_and_why():
    item = replace(make_item(scope="daerah-lain/banten"), explanation="Dasarnya: barang.")
    item = replace(item, options=(item.options[0], Option("Uang", "Itu aturan lama."), *item.options[2:]))
    (mine,) = review([item], attempt("a", [item], 1))
    assert (mine.outcome, mine.yours, mine.right, mine.why) == (
        Outcome.WRONG,
        ("Uang",),
        ("Barang dan bahan usaha",),
        "Itu aturan lama.",
    )
    assert mine.bases[0].quote == "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
    assert mine.bases[0].warnings == ("Contoh daerah lain, bukan aturan Kaltim",)


def test_a_review_writes_steps_with_numbers_and_pairs_with_their_terms_and_passes_over_what_an_item_has_not():
    items = [STEPS, PAIRS, CLAIM, make_item()]
    given = Attempt("a", (Response(STEPS.id, (2, 1, 0)), Response(PAIRS.id, (1, 0, 2)), Response(CLAIM.id, (1,), 7)))
    steps, pairs, claim, left_out = review(items, given)
    assert steps.yours == ("1. Usulan", "2. Penetapan", "3. Asesmen")
    assert (pairs.outcome, pairs.right[0]) == (Outcome.RIGHT, "BAST: Berita acara serah terima")
    assert (claim.outcome, claim.your_reason, claim.right_reason) == (Outcome.PARTLY, "", "UEP berbentuk barang.")
    assert (left_out.outcome, left_out.yours, left_out.number) == (Outcome.LEFT_OUT, (), 4)


def test_numbers_are_rounded_half_up_with_sign_and_decimal_comma():
    assert [mark(share) for share in (0.125, 0.135, 1.0, None)] == ["13", "14", "100", "–"]
    assert [change(points) for points in (0.234, -0.1, 0.001, None)] == ["+23", "−10", "0", "–"]
    assert (percent(0.5), decimal(-0.456), decimal(None)) == ("50%", "−0,46", "–")


def charts(found: Results) -> list[Chart]:
    return [
        distribution_chart(found),
        topic_chart(found),
        *(confusion_chart(test) for test in found.tests),
        live_chart([3, 0], 3),
    ]


NASTY = '<script>alert("1")</script> & \x00\x0b'
FORMS = [make_item(NASTY, NASTY, (NASTY + "2", "c", "d")), STEPS, PAIRS, CLAIM], [make_item("Akhir?"), make_item("Lagi?")]


@pytest.mark.parametrize("people", [0, 1, 2, 60])
def test_charts_are_well_formed_named_and_hold_nothing_but_escaped_text(people):
    for chart in charts(results(SESSION, hall(people, *FORMS), *FORMS)):
        root = ET.fromstring(chart.svg)
        space = "{http://www.w3.org/2000/svg}"
        assert root.get("role") == "img"
        names = {root.find(f"{space}title").get("id"), root.find(f"{space}desc").get("id")}
        assert names == {root.get("aria-labelledby"), root.get("aria-describedby")}
        tags = {element.tag.removeprefix(space) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "text", "rect", "line", "circle", "g"}
        assert all(int(element.get("font-size", "16")) >= 14 for element in root.iter())
        assert all(len(row) == len(chart.head) for row in chart.rows)


def test_charts_of_a_session_without_tests_are_empty_and_no_error():
    nothing = results(SESSION, [], [], [])
    assert [chart.rows for chart in charts(nothing)[1:-1]] == [()]
    assert live_chart([], 0).rows == ()


def test_a_chart_and_its_table_say_the_same():
    mine = found(*(sitting(n, (0, 1), (0, 0)) for n in range(4)))
    assert distribution_chart(mine).rows[5] == ("50–59", "4", "0")
    assert topic_chart(mine).rows[1] == ("Alur dan penyaluran", "0", "100", "+100")
    assert ("2", "Dua?", "B. Uang lewat bank", "salah", "4") in confusion_chart(mine.before).rows
    assert ">A 4</text>" in confusion_chart(mine.after).svg


ADDRESS = "http://192.168.1.20:7860/bimtek/sertifikat/UEP-7KQ4-M2XD"


def test_a_qr_code_reads_back_as_the_address():
    rows = qr_modules(ADDRESS)
    image = Image.new("1", (len(rows) + 8, len(rows) + 8), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), not dark)
    side = image.width * 6
    assert [code.text for code in zxingcpp.read_barcodes(image.resize((side, side)).convert("L"))] == [ADDRESS]


def test_a_qr_code_for_the_screen_is_a_named_drawing_without_a_size_of_its_own():
    root = ET.fromstring(qr_svg(ADDRESS, name="Kode <b>"))
    assert (root.get("role"), root.get("width"), root.get("viewBox")) == ("img", None, "0 0 41 41")
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Kode <b>"
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
