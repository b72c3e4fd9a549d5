"""The shipped corpus gives a bank of sound items: enough of each topic and kind, cited, deterministic."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from assistant.__main__ import main
from assistant.errors import CorpusError
from assistant.knowledge.stems import read_stems
from assistant.training.checks import faults
from assistant.training.choices import choices
from assistant.training.items import TOPICS, ItemKind, identified
from assistant.training.lifecycle import outdated
from assistant.training.quantities import quantities
from assistant.training.statements import Statements
from assistant.training.terms import GLOSSARY
from assistant.training.truths import truths
from tests.factories import make_item, write_corpus
from tests.training import Training


def test_the_bank_holds_three_hundred_items_over_all_topics_and_kinds(shipped):
    items = shipped.bank.items
    topics = Counter(item.topic for item in items)
    assert len(items) >= 300
    assert set(topics) == set(TOPICS)
    assert min(topics.values()) >= 15
    assert {item.kind for item in items} == set(ItemKind)


def test_no_item_of_the_bank_is_faulty_and_every_written_question_is_in_it(shipped):
    assert [item.stem for item in shipped.bank.items if faults(item, shipped.statements)] == []
    asked = {item.stem for item in shipped.bank.items}
    assert [stem.ask for stem in shipped.stems.questions if stem.ask not in asked] == []


def test_ids_and_questions_are_never_twice_in_the_bank(shipped):
    items = shipped.bank.items
    assert len({item.id for item in items}) == len(items)
    assert len({(item.stem, item.terms) for item in items}) == len(items)


def test_every_quote_stands_word_for_word_in_its_document_under_its_label(shipped):
    said = {(passage.document.path, label): "" for passage in shipped.material.passages for label in passage.labels}
    for passage in shipped.material.passages:
        for label in passage.labels:
            said[passage.document.path, label] += f"\n{passage.text}"
    for anchor in (anchor for item in shipped.bank.items for anchor in item.anchors if anchor.path != GLOSSARY):
        assert anchor.quote in said[anchor.path, anchor.label]


def test_true_and_false_are_about_equally_often_right(shipped):
    right = Counter(item.right.text for item in shipped.bank.items if item.kind is ItemKind.TRUE_FALSE)
    assert 0.4 <= right["Benar"] / right.total() <= 0.6


def test_the_right_option_stands_in_each_place_about_equally_often(shipped):
    places = Counter(item.key[0] for item in shipped.bank.items if item.kind is ItemKind.CHOICE)
    assert min(places[place] for place in range(4)) > 0.15 * places.total()


def test_few_questions_only_ask_which_statement_is_right(shipped):
    bare = [item for item in shipped.bank.items if item.stem.lower().startswith(("manakah pernyataan", "pernyataan mana"))]
    assert len(bare) < 0.05 * len(shipped.bank.items)


def test_a_distractor_borrowed_from_another_statement_says_whose_it_is(shipped):
    borrowed = [option for item in shipped.bank.items for option in item.options if option.origin]
    assert len(borrowed) > 50
    assert any(option.why.startswith("Itu contoh daerah lain, bukan aturan Kaltim") for option in borrowed)
    assert any(option.why.startswith("Itu keterangan lama") for option in borrowed)


def test_the_same_seed_makes_the_same_items_and_another_seed_other_orders(shipped):
    first = list(choices(shipped.statements, shipped.stems, 0))
    assert first == list(choices(shipped.statements, shipped.stems, 0))
    other = list(choices(shipped.statements, shipped.stems, 1))
    assert [item.stem for item in first] == [item.stem for item in other]
    assert first != other


def test_an_item_keeps_its_id_when_only_its_options_are_shuffled():
    item = make_item()
    turned = identified(replace(item, options=item.options[::-1], key=(3,)))
    assert turned.id == item.id
    assert identified(replace(item, stem=f"{item.stem} Jelaskan.")).id != item.id


def test_no_false_claim_holds_an_absolute_word(shipped):
    wrong = [item for item in truths(shipped.statements, shipped.stems, 3) if item.right.text == "Salah"]
    assert wrong
    assert not [item.stem for item in wrong if " hanya " in item.stem or " pasti " in item.stem]


def test_the_deciding_sentence_is_its_own_and_the_others_carry_other_labels(shipped):
    for item in (item for item in shipped.bank.items if item.kind is ItemKind.TRUE_FALSE):
        assert item.reasons[item.reason].text == item.anchor.quote
        others = {reason.text for number, reason in enumerate(item.reasons) if number != item.reason}
        carrying = {s.quote for s in shipped.statements.by_label[item.anchor.label]}
        assert not others & carrying


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nilainya Rp4,5 juta per orang pada 22 Oktober 2025.", ["4,5"]),
        ("Ada 1.500 penerima di 10 kabupaten/kota.", ["1.500", "10"]),
        ("Pasal 34 ayat (1) UUD 1945 dan Permensos 2/2019.", []),
        ("Turun ke 5,17 persen.", ["5,17"]),
    ],
)
def test_amounts_counts_and_shares_are_quantities_and_years_and_articles_are_not(text, found):
    assert [quantity.number for quantity in quantities(text)] == found


def test_an_item_is_out_of_date_once_its_statement_is_edited(tmp_path):
    (folder := write_corpus(tmp_path / "korpus")).joinpath("items.yaml").write_text(
        "bantuan:\n- {label: B-029, ask: Dalam bentuk apa?, answer: Barang dan bahan, wrong: [Uang, Kredit, Voucer]}\n",
        encoding="utf-8",
    )
    (item,) = choices(Training(folder).statements, read_stems(folder), 0)
    assert not outdated(item, Training(folder).statements.digests)
    document = folder / "bantuan.md"
    document.write_text(document.read_text(encoding="utf-8").replace("bukan uang tunai", "bukan uang"), encoding="utf-8")
    assert outdated(item, Training(folder).statements.digests)


def test_a_written_question_with_too_few_wrong_answers_is_named(tmp_path):
    (tmp_path / "items.yaml").write_text("bantuan:\n- {label: B-1, ask: A?, answer: B, wrong: [C]}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"items\.yaml, bantuan ke-1: wrong"):
        read_stems(tmp_path)


def test_a_corpus_without_questions_still_gives_what_its_statements_give(tmp_path):
    training = Training(write_corpus(tmp_path / "korpus"))
    assert isinstance(training.statements, Statements)
    assert training.bank.refused == ()


def test_the_command_reports_the_counts_as_json_and_succeeds(capsys):
    assert main(["items", "--report", "--json", "--sample", "2"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["items"] >= 300
    assert values["faulty"] == 0
    assert sum(values["topics"].values()) == values["items"]
    assert len(values["sample"]) == 2
    assert values["sample"][0]["citations"][0]["quote"]


def test_the_command_fails_and_names_a_written_question_that_a_check_refuses(tmp_path, capsys, monkeypatch):
    folder = write_corpus(tmp_path / "korpus")
    (folder / "items.yaml").write_text(
        "bantuan:\n- {label: B-029, ask: Dalam bentuk apa?, answer: Kapal selam, wrong: [Uang, Kredit, Voucer]}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("CORPUS_DIR", str(folder))
    assert main(["items"]) == 1
    assert "sumber tidak menyatakannya" in capsys.readouterr().out


def test_the_command_names_questions_whose_label_no_document_states(tmp_path, capsys, monkeypatch):
    folder = write_corpus(tmp_path / "korpus")
    (folder / "items.yaml").write_text(
        "bantuan:\n- {label: B-999, ask: Apa?, answer: Barang, wrong: [Uang, Kredit, Voucer]}\n", encoding="utf-8"
    )
    monkeypatch.setenv("CORPUS_DIR", str(folder))
    assert main(["items"]) == 0
    assert "B-999" in capsys.readouterr().out


@pytest.mark.parametrize("seed", [1, 2])
def test_no_written_question_is_refused_with_other_distractors(shipped, seed):
    drawn = choices(shipped.statements, shipped.stems, seed)
    assert [(item.stem, found) for item in drawn if (found := faults(item, shipped.statements))] == []


def test_a_left_out_figure_stands_between_a_smaller_and_a_larger_one_where_that_can_be(shipped):
    items = [item for item in shipped.bank.items if item.kind is ItemKind.FIGURE]
    between = 0
    for item in items:
        values = [float(quantities(f"{option.text} orang")[0].amount) for option in item.options]
        between += min(values) < values[item.key[0]] < max(values)
    assert between >= 0.8 * len(items)


def test_steps_are_shuffled_and_their_words_do_not_tell_the_order(shipped):
    for item in (item for item in shipped.bank.items if item.kind is ItemKind.ORDER):
        assert item.key != tuple(sorted(item.key))
        assert not [option.text for option in item.options if option.text.lower().startswith(("pra", "pasca", "1", "2"))]
