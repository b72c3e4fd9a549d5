"""Each check refuses the item that it is for, and leaves a sound one alone."""

from dataclasses import replace

import pytest

from assistant.training.checks import Fault, faults
from assistant.training.items import ItemKind, Option
from assistant.types import Validity
from tests.factories import make_item, write_corpus
from tests.training import Training

QUOTE = "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
AMOUNT = "UEP Kaltim 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang menurut Kadinsos Kaltim."


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    text = (
        "\n# Lain\n\n## Bentuk bantuan\n\nUEP Kaltim 2025 berbentuk mesin jahit dan kompor gas.[^B-036] "
        "UEP Kaltim 2025 dibagikan sebagai paket barang usaha.[^B-040]\n"
    )
    return Training(write_corpus(tmp_path_factory.mktemp("k") / "korpus", lain=text)).statements


def found(item, statements):
    return set(faults(item, statements))


def test_a_sound_item_has_no_fault(small):
    assert found(make_item(), small) == set()


def test_the_same_option_in_other_letters_is_a_twin(small):
    assert found(make_item(wrong=("barang dan bahan usaha.", "Kredit lunak", "Voucer belanja")), small) >= {Fault.TWICE}


def test_a_key_outside_the_options_is_no_key(small):
    assert Fault.KEY in found(replace(make_item(), key=(7,)), small)


def test_a_right_option_much_longer_than_all_others_gives_itself_away(small):
    item = make_item(right="Barang dan bahan usaha, bukan uang tunai menurut UEP Kaltim 2025", wrong=("Uang", "Kredit", "Voucer"))
    assert Fault.LENGTH in found(item, small)


def test_absolute_words_in_distractors_alone_give_the_answer_away(small):
    assert Fault.ABSOLUTE in found(make_item(wrong=("Hanya uang", "Selalu kredit", "Voucer belanja")), small)


def test_words_of_the_question_in_the_right_option_alone_give_it_away(small):
    item = make_item("Bantuan berupa barang dan bahan usaha apa yang diberikan?", wrong=("Uang tunai", "Kredit lunak", "Voucer"))
    assert Fault.ECHO in found(item, small)


def test_a_lone_denial_gives_the_answer_away(small):
    assert Fault.DENIAL in found(
        make_item(right="Barang, bukan uang tunai", wrong=("Uang bank", "Kredit lunak", "Voucer")), small
    )


def test_options_of_another_form_are_refused(small):
    assert Fault.FORM in found(make_item(wrong=("uang lewat bank", "Kredit lunak", "Voucer belanja")), small)


@pytest.mark.parametrize("figure", ["Rp5,000,000", "Rp 5.000.000", "5000000 rupiah"])
def test_figures_of_another_country_are_refused(small, figure):
    assert Fault.FIGURES in found(make_item(wrong=(figure, "Kredit lunak", "Voucer belanja")), small)


def test_an_answer_that_stands_in_the_question_is_refused(small):
    assert Fault.LEAK in found(make_item("Apakah barang dan bahan usaha diberikan oleh UEP?"), small)


def test_an_answer_that_the_label_does_not_say_is_refused(small):
    assert Fault.SOURCE in found(make_item(right="Kapal dan jaring nelayan"), small)
    assert Fault.SOURCE in found(make_item(right="Barang senilai Rp7 juta"), small)


def test_a_quote_that_left_the_corpus_is_refused(small):
    assert Fault.SOURCE in found(make_item(quote="UEP Kaltim 2025 berbentuk kapal."), small)


def test_a_distractor_that_another_statement_says_is_refused(small):
    item = make_item(wrong=("Mesin jahit dan kompor gas", "Kredit lunak", "Voucer belanja"))
    assert Fault.SUPPORTED in found(item, small)


def test_a_distractor_with_a_figure_of_the_same_statement_is_refused(small):
    stem = "Berapa nilai UEP Kaltim 2025 per orang menurut Kadinsos Kaltim?"
    values = {"quote": AMOUNT, "label": "B-030"}
    assert Fault.SUPPORTED in found(make_item(stem, "Rp9 juta", ("Rp5 juta", "Rp2 juta", "Rp3 juta"), **values), small)
    assert found(
        make_item(stem, "Rp4,5 juta sampai Rp5 juta", ("Rp2 juta sampai Rp3 juta",) * 1 + ("Rp7 juta", "Rp9 juta"), **values),
        small,
    ) <= {Fault.LENGTH}


def test_another_regions_rule_must_be_named_in_the_question(small):
    assert Fault.SCOPE in found(make_item(scope="daerah-lain"), small)
    assert Fault.SCOPE not in found(make_item("Dalam bentuk apa bantuan di Parepare diberikan?", scope="daerah-lain"), small)


def test_a_districts_rule_must_be_named_in_the_question(small):
    assert Fault.SCOPE in found(make_item(scope="kaltim/berau"), small)
    assert Fault.SCOPE not in found(make_item("Dalam bentuk apa bantuan di Berau diberikan?", scope="kaltim/berau"), small)


def test_an_old_rule_must_be_said_to_be_old(small):
    stem = "Dalam bentuk apa bantuan diberikan?"
    assert Fault.SCOPE in found(make_item(stem, status=Validity.USANG), small)
    assert Fault.SCOPE not in found(make_item("Dalam bentuk apa bantuan lama diberikan?", status=Validity.USANG), small)
    assert Fault.SCOPE in found(make_item("Berapa lama bantuan diberikan?", status=Validity.USANG), small)


def test_a_claim_called_false_must_not_be_what_the_sentence_says(small):
    values = {
        "kind": ItemKind.TRUE_FALSE,
        "options": (Option("Benar"), Option("Salah")),
        "reasons": (Option(QUOTE), Option("Lain."), Option("Lagi.")),
    }
    stem = "Seorang warga berkata: «{}.» Benar atau salah?"
    said = "UEP Kaltim 2025 berbentuk barang, bukan uang tunai"
    assert Fault.SOURCE in found(make_item(stem.format(said), key=(1,), **values), small)
    assert found(make_item(stem.format(said), key=(0,), **values), small) == set()
    assert found(make_item(stem.format("UEP Kaltim 2025 berbentuk uang tunai"), key=(1,), **values), small) == set()
