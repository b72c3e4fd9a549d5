"""Questions are taken apart, brought home and read; stored questions and wrong beliefs are read with their faults named."""

import json

import pytest

from assistant.errors import CorpusError
from assistant.knowledge import Premise
from assistant.knowledge.questions import read_premises, read_questions
from assistant.questions import MOST_PARTS, at_home, is_question, parts, read_question

FIELD = {"uep", "desil", "bimtek", "monev"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bagaimana bentuk bantuannya? Siapa yang mengantar?", ("Bagaimana bentuk bantuannya", "Siapa yang mengantar")),
        ("siapa yang mengasesmen dan kapan barang diantar", ("siapa yang mengasesmen", "kapan barang diantar")),
        ("siapa yang mengasesmen terus berapa lama prosesnya", ("siapa yang mengasesmen", "berapa lama prosesnya")),
        ("minta daftar alatnya; siapa yang memilih", ("minta daftar alatnya", "siapa yang memilih")),
        ("siapa yang mengasesmen, boleh diwakilkan orang lain", ("siapa yang mengasesmen", "boleh diwakilkan orang lain")),
    ],
)
def test_a_question_that_asks_two_things_is_taken_apart(question, expected):
    assert parts(question, FIELD) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Siapa yang mengasesmen calon penerima UEP?",
        "Apa syarat dan alur UEP?",
        "UEP itu apa? Tolong ya.",
        "Alat, bahan dan kemasan dibeli siapa?",
    ],
)
def test_a_single_question_has_no_parts(question):
    assert parts(question, FIELD) == ()


def test_a_part_that_lacks_the_subject_gets_the_words_of_the_field():
    assert parts("Siapa yang mengasesmen UEP? Kapan barangnya diantar?", FIELD) == (
        "Siapa yang mengasesmen UEP",
        "uep Kapan barangnya diantar",
    )


def test_a_part_gets_the_first_three_words_of_the_field_each_once():
    question = "UEP untuk desil tinggi, UEP pakai bimtek dan monev? Siapa yang melakukan itu semua?"
    assert parts(question, FIELD)[-1] == "uep desil bimtek Siapa yang melakukan itu semua"


def test_a_part_gets_the_year_of_the_question():
    assert parts("Siapa penerima tahun 2024? Berapa nilai bantuannya waktu itu?", ())[1] == (
        "2024 Berapa nilai bantuannya waktu itu"
    )
    assert parts("Siapa penerima tahun 2024? Berapa nilai tahun 2024 itu?", ())[1] == "Berapa nilai tahun 2024 itu"


def test_of_a_long_story_the_last_parts_are_taken():
    story = " ".join(f"Keadaan nomor {number} diceritakan." for number in range(1, 7)) + " Lantas siapa yang memutuskan?"
    found = parts(story, ())
    assert len(found) == MOST_PARTS
    assert found[-1] == "Lantas siapa yang memutuskan"
    assert "nomor 3" not in " ".join(found)


@pytest.mark.parametrize(
    "part",
    ["siapa yang mengantar", "BERAPA nilainya", "sudah diantar?", "bolehkah diwakilkan", "dia boleh ikut ga", "minta alamatnya"],
)
def test_a_part_that_asks_is_a_question(part):
    assert is_question(part)


@pytest.mark.parametrize("part", ["Bu Ani jualan kue", "suaminya sudah meninggal", "dia tidak punya rumah lagi", "alatnya rusak"])
def test_a_part_that_only_tells_is_no_question(part):
    assert not is_question(part)


@pytest.mark.parametrize(
    ("question", "home"),
    [
        ("Di Banten nota dikumpulkan siapa?", "Di Kaltim nota dikumpulkan siapa?"),
        ("nota di jawa timur", "nota di Kaltim"),
        ("aturan GARUT dan Bogor", "aturan Kaltim dan Kaltim"),
        ("Di Bontang nota dikumpulkan siapa?", "Di Bontang nota dikumpulkan siapa?"),
        ("nota diserang rayap", "nota diserang rayap"),
    ],
)
def test_a_question_about_another_region_is_brought_home(question, home):
    assert at_home(question) == home
    assert read_question(home).other_places == ()


@pytest.mark.parametrize(
    ("question", "neutral"),
    [
        ("Apakah alat boleh dijual?", True),
        ("apa boleh alat dijual", True),
        ("alat boleh dijual ga?", True),
        ("alat dijual atau tidak", True),
        ("boleh kah alat dijual", True),
        ("alat boleh dijual", False),
        ("kenapa alat dijual?", False),
        ("alat kan boleh dijual ya?", False),
    ],
)
def test_a_question_that_takes_nothing_for_granted_is_neutral(question, neutral):
    assert read_question(question).neutral is neutral


def write(folder, name, *entries):
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_stored_questions_are_read_by_label_or_by_passage(tmp_path):
    passage = "mekanisme.md#urutan:1"
    folder = write(
        tmp_path,
        "questions.jsonl",
        {"label": "B-001", "questions": ["apa itu?", " ", "apa itu?"]},
        "",
        {"passage": passage, "questions": ["bagaimana urutannya?"]},
        {"label": "B-001", "questions": ["maksudnya apa?", "apa itu?"]},
    )
    assert read_questions(folder) == {"B-001": ("apa itu?", "maksudnya apa?"), passage: ("bagaimana urutannya?",)}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"questions": ["apa?"]}, 'baris 2 harus memuat "label" atau "passage"'),
        ({"label": 7, "questions": ["apa?"]}, "baris 2 harus memuat"),
        ({"label": "B-001"}, "baris 2 harus memuat"),
        ({"label": "B-001", "questions": "apa?"}, "baris 2 harus memuat"),
        ({"passage": "a.md#x:1", "questions": ["apa?", 3]}, "baris 2 harus memuat"),
        ("{", "baris 2 bukan JSON"),
        ([], "baris 2 harus berupa objek"),
    ],
)
def test_a_faulty_line_of_stored_questions_is_named(tmp_path, entry, message):
    folder = write(tmp_path, "questions.jsonl", {"label": "B-001", "questions": ["apa?"]}, entry)
    with pytest.raises(CorpusError, match=rf"questions\.jsonl {message}"):
        read_questions(folder)


def test_beliefs_are_numbered_within_their_label(tmp_path):
    folder = write(
        tmp_path,
        "premises.jsonl",
        {"label": "B-001", "premise": " Uang tunai. ", "questions": ["cair kapan?"]},
        {"label": "B-002", "premise": "Semua dapat", "questions": []},
        {"label": "B-001", "premise": "Lewat bank", "questions": ["bank mana?", "bank apa?"]},
    )
    assert read_premises(folder) == {
        "B-001#1": Premise("B-001#1", "B-001", "Uang tunai", ("cair kapan?",)),
        "B-002#1": Premise("B-002#1", "B-002", "Semua dapat", ()),
        "B-001#2": Premise("B-001#2", "B-001", "Lewat bank", ("bank mana?", "bank apa?")),
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"premise": "Uang", "questions": []}, "baris 2 harus memuat"),
        ({"label": "B-001", "questions": []}, "baris 2 harus memuat"),
        ({"label": "B-001", "premise": ["Uang"], "questions": []}, "baris 2 harus memuat"),
        ({"label": "B-001", "premise": "Uang"}, "baris 2 harus memuat"),
        ({"label": "B-001", "premise": "Uang", "questions": [None]}, "baris 2 harus memuat"),
        ("x", "baris 2 bukan JSON"),
    ],
)
def test_a_faulty_line_of_beliefs_is_named(tmp_path, entry, message):
    folder = write(tmp_path, "premises.jsonl", {"label": "B-001", "premise": "Uang", "questions": []}, entry)
    with pytest.raises(CorpusError, match=rf"premises\.jsonl {message}"):
        read_premises(folder)


def test_without_files_there_are_no_stored_questions_and_beliefs(tmp_path):
    assert read_questions(tmp_path) == {}
    assert read_premises(tmp_path) == {}
