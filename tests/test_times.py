"""Now is a day of the corpus: relative years are resolved by it, and what held for a time that is over is said to be so."""

import pytest

from assistant.errors import SettingsError
from assistant.index.reader import SnapshotReader
from assistant.service import Assistant
from assistant.settings import Settings, load_settings
from assistant.times import dated, is_past, newest, relative_years
from tests.factories import LABELS, answer_from, make_hit, make_index

NOW = "2026-11-24"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("berapa kuota tahun ini?", (("tahun ini", 2026),)),
        ("Tahun depan usaha apa yang ditambah", (("Tahun depan", 2027),)),
        ("thn dpn bgmn, thn lalu brp", (("thn dpn", 2027), ("thn lalu", 2025))),
        ("tahun anggaran ini", (("tahun anggaran ini", 2026),)),
        ("dapat bantuan 2 tahun lalu", (("2 tahun lalu", 2024),)),
        ("dapat bantuan tiga thn lalu", (("tiga thn lalu", 2023),)),
        ("What changes next year?", (("next year", 2027),)),
        ("beberapa tahun lalu", ()),
        ("tahun 2025 dan awal tahun", ()),
        ("setahun sekali", ()),
    ],
)
def test_a_relative_year_is_resolved_by_the_day_that_counts_as_now(question, found):
    assert relative_years(question, NOW) == found


def test_the_search_gets_the_number_of_another_year_and_nothing_else_changes():
    assert dated("Kuota tahun ini, apa tahun depan sama?", NOW) == "Kuota tahun ini, apa tahun depan 2027 sama?"
    assert dated("Kuota tahun ini?", "") == "Kuota tahun ini?"
    assert dated("beberapa tahun lalu", NOW) == "beberapa tahun lalu"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("dapat tahun ini, boleh lagi tahun depan?", "dapat tahun ini, boleh lagi tahun depan?"),
        ("yg thn lalu dapat, bs lagi thn ini?", "yg thn lalu dapat, bs lagi thn ini?"),
        ("boleh diusulkan tahun depan?", "boleh diusulkan tahun depan 2027?"),
        ("tahun ini bisa brp orang, tahun depan berapa?", "tahun ini bisa brp orang, tahun depan 2027 berapa?"),
    ],
)
def test_a_question_of_leave_that_counts_one_year_from_another_asks_for_the_rule_of_every_year(question, found):
    assert dated(question, NOW) == found


@pytest.mark.parametrize(
    ("end", "past"), [("2025", True), ("2026", False), ("2026-10", True), ("2026-11", False), ("2026-11-23", True), (NOW, False)]
)
def test_a_period_is_over_when_its_last_day_is(end, past):
    assert is_past(end, NOW) is past
    assert not is_past(end, "")
    assert not is_past(None, NOW)


def test_the_newest_day_is_now_and_what_is_no_day_does_not_count():
    assert newest(["2026-01-02", None, "2026-11-24", "baru", "2027"]) == "2026-11-24"
    assert newest([]) == ""


@pytest.mark.parametrize("value", ["kemarin", "2026", "2026-13-01", "24-11-2026", "2026-02-30"])
def test_a_day_that_is_none_is_refused(value):
    with pytest.raises(SettingsError, match="AS_OF"):
        load_settings({"AS_OF": value}, dotenv=None)


def test_a_day_and_an_empty_one_are_taken():
    assert load_settings({"AS_OF": "2027-01-31"}, dotenv=None).as_of == "2027-01-31"
    assert load_settings({"AS_OF": ""}, dotenv=None).as_of == ""


QUOTA = "Kuota UEP Kaltim 2025 adalah 150 penerima."


def test_the_year_that_is_meant_is_named_when_the_source_is_about_it():
    answer = answer_from("berapa kuota UEP tahun lalu?", make_hit(QUOTA), as_of=NOW)
    assert answer.text.startswith("«Tahun lalu» dibaca sebagai 2025.\n\n")


def test_a_source_about_another_year_than_this_is_said_to_be_so():
    answer = answer_from("berapa kuota UEP tahun ini?", make_hit(QUOTA), as_of=NOW)
    assert answer.text.startswith("Sumber ini tentang 2025, bukan tahun ini.\n\n")
    assert "2026" not in answer.text


def test_without_a_relative_year_or_a_day_nothing_is_said_of_time():
    for question, day in (("berapa kuota UEP?", NOW), ("berapa kuota UEP tahun ini?", "")):
        assert answer_from(question, make_hit(QUOTA), as_of=day).text == f"{QUOTA} [1]"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    old = "---\ntitle: Kuota\nkind: ringkasan\nscope: kaltim\nprogram: uep-kaltim\nstatus: berlaku\nvalid_to: 2025\n---\n"
    folder = tmp_path_factory.mktemp("times")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "kuota.md").write_text(f"{old}\n# Kuota\n\nKuota UEP dibagi rata antar kecamatan Kaltim.[^B-099]\n")
    label = LABELS.splitlines()[0].replace("B-029", "B-099")
    return make_index(folder, data={"labels.yaml": f"{label}\n"})[1:]


def _ask(made, question, **settings):
    index, encoder = made
    reader = SnapshotReader(index, signature=encoder.signature, as_of=settings.get("as_of", ""))
    return Assistant(Settings(**settings), encoder, reader).ask(question)


def test_a_statement_of_a_document_whose_time_is_over_is_said_to_be_old(made):
    past = "Keterangan ini untuk masa yang sudah lewat; periksa apakah masih berlaku."
    question = "kuota UEP dibagi rata antar kecamatan"
    assert past in _ask(made, question).text, "the newest review is of 2026"
    assert past not in _ask(made, question, as_of="2025-06-30").text
    assert past not in _ask(made, f"{question} 2025").text, "the year is asked for"
    assert past not in _ask(made, "bantuannya uang apa barang").text
