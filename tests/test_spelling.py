"""A misspelt word is repaired for the search only when one word is clearly meant; everything else stays as it was typed."""

import json
from pathlib import Path

import pytest

from assistant.index.vocabulary import common_words, spelling_of
from assistant.knowledge import read_knowledge
from assistant.loading import corpus_files, load
from assistant.passages import split_document
from assistant.places import KALTIM_PLACES, OTHER_PLACES
from assistant.settings import ROOT, SHIPPED_ENCODER
from assistant.spelling import Spelling
from assistant.types import Document
from tests.factories import make_index, open_assistant

DOCUMENT = (
    "Penerima bantuan ditetapkan oleh kelompok keluarga dalam pendaftaran di kecamatan. Verifikasi memakai indikator. "
    "Bantuan tunai diberikan kepada perempuan. Penyaluran dijadwalkan setiap triwulan menurut peraturan."
)
SMALL = Spelling([DOCUMENT], names=["Samarinda", "Kutai Barat"], forms=["penrima"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pendaftran", "pendaftaran"),  # a letter left out
        ("bantuuan", "bantuan"),  # doubled
        ("kelopmok", "kelompok"),  # swapped
        ("keluatga", "keluarga"),  # the key beside
        ("ferifikasi", "ferifikasi"),  # another first letter: too little to go by
        ("veripikasi", "verifikasi"),  # sounds alike
        ("pnyalurn", "pnyalurn"),  # two slips in a word that is too short for two
        ("dijadwlkn", "dijadwalkan"),  # two slips in a long word
    ],
)
def test_likely_slips_are_undone(typed, meant):
    assert SMALL.repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "kredit mobil",  # unknown, near to nothing
        "bentuan" * 2,
        "tuni",  # short
        "bantuannya dibantu penerimaan",  # other forms of known words
        "penrima",  # a form that the glossary rewrites
        "Samarinda dan Kutai Barat 6472 4,5 juta",
        "kepada Penerina yang bernama Bantuam",  # capitalised within a sentence: names
        "tuxai",  # one letter from tunai that is neither beside nor alike nor left out
    ],
)
def test_what_is_no_clear_slip_stays(text):
    assert SMALL.repair(text) == text


def test_only_the_misspelt_word_changes():
    assert SMALL.repair("Apakah  pendaftran, di Kecamtan itu (2025)?") == "Apakah  pendaftaran, di Kecamtan itu (2025)?"


def test_a_word_between_two_equally_near_ones_stays():
    assert Spelling(["kantor kanton"]).repair("kanto") == "kanto"
    assert Spelling(["kantor kanton"] + ["kantor"] * 9).repair("kanto") == "kantor"


def test_slips_in_stored_questions_are_no_targets():
    asked = ["klompok usaha"] * 9
    assert Spelling(asked=asked).repair("klompko") == "klompko"
    assert Spelling(asked=["kelompok usaha"] * 9, language={"kelompok"}).repair("klompok") == "kelompok"


def test_a_common_word_of_the_language_is_known_though_the_corpus_lacks_it():
    assert Spelling(["majelis utara"]).repair("udata") == "udata"
    assert Spelling(["kemasan"]).repair("kemassan") == "kemasan"
    assert Spelling(["kemasan"], language={"kemassan"}).repair("kemassan") == "kemassan"


def test_the_shipped_tokenizer_gives_common_words_and_a_missing_one_none(tmp_path):
    found = common_words(SHIPPED_ENCODER / "tokenizer.json")
    assert {"pelabuhan", "kerajaan", "keluarga"} <= found
    assert common_words(tmp_path / "tokenizer.json") == frozenset()
    (tmp_path / "other.json").write_text(json.dumps({"model": {"vocab": {"a": 1}}}))
    assert common_words(tmp_path / "other.json") == frozenset()


@pytest.fixture(scope="module")
def shipped():
    folder = ROOT / "corpus"
    documents = [found for path in corpus_files(folder)[0] if isinstance(found := load(path, folder=folder), Document)]
    passages = [passage for document in documents for passage in split_document(document)]
    return spelling_of(passages, read_knowledge(folder)), passages


def test_no_sentence_of_the_corpus_and_no_stored_question_is_changed(shipped):
    spelling, passages = shipped
    questions = [question for asked in read_knowledge(ROOT / "corpus").questions.values() for question in asked]
    assert [text for text in (*(p.text for p in passages), *questions) if spelling.repair(text) != text] == []


def test_places_of_kaltim_and_elsewhere_stay(shipped):
    spelling, _ = shipped
    names = [name for names in KALTIM_PLACES.values() for name in names] + list(OTHER_PLACES)
    assert [name for name in names if spelling.repair(name) != name] == []


def test_the_question_of_a_person_is_found_though_misspelt_and_shown_as_typed(tmp_path):
    _, index, encoder = make_index(Path(tmp_path))
    assistant = open_assistant(index, encoder)
    right, wrong = "calon penerima diasesmen dinas", "clon penerina diasesmn dinas"
    assert assistant.search(wrong).kept[0].matches[0].parts["kata"] > 0
    assert assistant.search(wrong).kept[0].passage.id == assistant.search(right).kept[0].passage.id
    assert assistant.search(wrong).searched[0] == wrong
    assert assistant.ask(wrong).question == wrong


SPOKEN = Spelling([DOCUMENT], names=["Samarinda"], forms=["penrima"], spoken={"jepang", "kota", "bantuan", "samarinda", "pkh"})


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("Kota Jepang?", ("kota", "jepang")),
        ("bantuannya bantuan", ()),  # other forms of words that stand in the document
        ("PKH 2025 di Samarinda", ("pkh",)),  # figures are no words, names of places are known
        ("penrima", ()),  # a form of a term
        ("kada tadaftar kotta", ()),  # a dialect's words and slips are no words of another matter
    ],
)
def test_spoken_words_that_neither_documents_nor_questions_use_are_foreign(question, foreign):
    assert SPOKEN.foreign(question) == foreign


def test_a_stored_question_makes_a_word_known():
    spelling = Spelling([DOCUMENT], asked=["Apa ibu kota Kutim?"], spoken={"kota", "jepang"})
    assert spelling.foreign("ibu kota jepang") == ("jepang",)


def test_a_capital_of_another_country_is_foreign_to_the_shipped_words():
    assert not spelling_of((), read_knowledge(ROOT / "corpus")).foreign("Apa syarat UEP di Samarinda?")
    assert spelling_of((), read_knowledge(ROOT / "corpus")).foreign("ibu kota Jepang apa?") == ("jepang",)
