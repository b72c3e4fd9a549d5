"""Parts, wanted labels, whole lists and wrong beliefs are found in a real index of Chroma and bm25s."""

import json

import pytest

from assistant import retrieval as module
from assistant.index.reader import SnapshotReader
from assistant.retrieval import PART_SHARE, retrieve
from assistant.types import Status
from tests.factories import make_index, open_assistant

MECHANISM = """
# Mekanisme UEP

## Urutan

Ringkasan ini merangkum bimtek Samarinda.[^B-105]

Urutan UEP adalah:
1. Dinas mengundang desa ke pertemuan.[^B-101]
2. Pendamping mendatangi rumah calon.[^B-102]
3. Gubernur meneken daftar nama di kantor provinsi.[^B-103]
4. Paket alat diserahkan.[^B-104]

## Kuota

Kuota UEP dibagi rata antar daerah.[^B-106] Tiap daerah memperoleh jatah 150 orang.[^B-106] Sisa kuota hangus akhir
Desember.[^B-107]
"""
LIST = "mekanisme.md#urutan:1"
WHOLE = "dari undangan sampai serah terima itu lewat mana"
BELIEF = "UEP dicairkan tunai lewat rekening bank"
HELD = "rekening bank mana yang dibuka supaya UEP dicairkan tunai"
NEUTRAL = "bantuannya uang apa barang"
DATA = {
    "labels.yaml": "".join(f"B-10{n}: {{scope: kaltim, program: uep-kaltim, status: berlaku}}\n" for n in range(1, 8)),
    "questions.jsonl": json.dumps({"passage": LIST, "questions": [WHOLE]}) + "\n",
    "premises.jsonl": json.dumps({"label": "B-029", "premise": f"{BELIEF}.", "questions": [HELD]}) + "\n",
}
VALUE, ASSESSED = "Berapa nilai UEP Kaltim per orang?", "siapa yang mengasesmen calon penerima"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    _, index, encoder = make_index(tmp_path_factory.mktemp("retrieval"), data=DATA, mekanisme=MECHANISM)
    return index, encoder


@pytest.fixture(scope="module")
def assistant(made):
    return open_assistant(*made)


@pytest.fixture(scope="module")
def find(made):
    index, encoder = made
    snapshot = SnapshotReader(index, signature=encoder.signature).current()

    def search(question, **options):
        return retrieve(question, snapshot, encoder, **options)

    return search


@pytest.fixture
def narrow(monkeypatch):
    """Let each search find so little that the fake corpus is large beside it."""
    monkeypatch.setattr(module, "CANDIDATES", 2)


def match_of(retrieval, label):
    """Return the best match on a statement with `label`; None when it was not kept."""
    found = [m for hit in retrieval.kept for m in hit.matches if label in hit.passage.sentences[m.sentence].labels]
    return max(found, key=lambda match: match.score, default=None)


def test_each_text_that_is_looked_up_gives_the_score_that_it_gives_alone(find):
    both, value, assessed = find(VALUE, also=(ASSESSED,)), find(VALUE), find(ASSESSED)
    assert both.searched == (VALUE, ASSESSED)
    assert value.searched == (VALUE,)
    for label in ("B-030", "B-036"):
        assert match_of(both, label).by == (match_of(value, label).score, match_of(assessed, label).score)


def test_a_part_counts_a_little_less_than_the_whole(find):
    both = find(VALUE, also=(ASSESSED,))
    whole, part = match_of(both, "B-030"), match_of(both, "B-036")
    assert whole.by[0] > whole.by[1]
    assert whole.score == whole.by[0]
    assert part.by[1] > part.by[0]
    assert part.score == pytest.approx(part.by[1] * PART_SHARE, abs=1e-4)
    assert part.score < part.by[1]


def test_what_explains_a_score_is_of_the_text_that_found_the_statement_best(find):
    part = match_of(find(VALUE, also=(ASSESSED,)), "B-036")
    assert part.parts == match_of(find(ASSESSED), "B-036").parts


def test_a_text_that_did_not_find_a_statement_gives_it_nothing(find, narrow):
    both = find(VALUE, also=(ASSESSED,))
    assert match_of(find(VALUE), "B-036") is None
    assert match_of(both, "B-036").by[0] == 0.0
    assert match_of(both, "B-036").by[1] > 0.3


def test_a_part_lifts_its_statement_above_what_only_the_whole_comes_near(find):
    story = "Tetangga saya sudah lama berjualan gorengan di pasar dan tempatnya bagus sekali"

    def place(retrieval):
        return next(n for n, hit in enumerate(retrieval.kept) if "B-036" in hit.passage.labels)

    assert place(find(story)) > 0
    assert place(find(story, also=(ASSESSED,))) == 0


def test_wanted_statements_are_kept_though_no_search_found_them(find, narrow):
    assert match_of(find(VALUE), "B-036") is None
    match = match_of(find(VALUE, also=(WHOLE,), wanted=("B-036", "B-999")), "B-036")
    assert (match.score, match.parts, match.by) == (0.0, {}, (0.0, 0.0))


def test_wanted_statements_are_kept_though_others_fill_the_places(find):
    few = find(VALUE, count=1)
    more = find(VALUE, count=1, wanted=("B-036",))
    assert match_of(few, "B-036") is None
    assert match_of(more, "B-036").score > 0, "found by the search, with its score"
    assert few.kept[0] in more.kept
    assert len(find(ASSESSED, count=1, wanted=("B-036",)).kept) == 2, "a wanted one that is best takes no place from others"


def test_wanted_statements_of_outside_the_scope_are_not_kept(find):
    assert find(VALUE, scope="nasional", wanted=("B-036",)).kept == ()


def test_a_question_stored_for_a_whole_list_points_to_the_line_that_introduces_it(find):
    best = find(WHOLE).kept[0]
    assert best.passage.id == LIST
    assert best.passage.sentences[best.matches[0].sentence].text == "Urutan UEP adalah:"
    assert best.parts["kosinus"] > 0.99, "as near as the stored question"
    assert best.parts["pertanyaan"] > 0.2


def test_a_question_stored_for_a_whole_list_finds_it_and_it_is_quoted_whole(assistant):
    answer = assistant.ask(WHOLE)
    first = answer.citations[0]
    assert answer.status is Status.ANSWERED
    assert first.passage.id == LIST
    assert first.quote.splitlines()[0] == "Urutan UEP adalah:"
    assert first.quote.splitlines()[-1].endswith("Paket alat diserahkan.")
    assert "Ringkasan" not in first.quote
    assert set(first.labels) == {"B-101", "B-102", "B-103", "B-104"}


@pytest.mark.parametrize("question", ["Kuota UEP dibagi rata antar daerah?", "Tiap daerah memperoleh jatah orang berapa UEP?"])
def test_a_fact_of_two_sentences_is_quoted_whole_from_either(assistant, question):
    first = assistant.ask(question).citations[0]
    assert first.quote == "Kuota UEP dibagi rata antar daerah. Tiap daerah memperoleh jatah 150 orang."
    assert first.labels == ("B-106",)


def test_a_sentence_beside_it_with_another_fact_is_quoted_alone(assistant):
    assert assistant.ask("Sisa kuota UEP hangus Desember?").citations[0].quote == "Sisa kuota hangus akhir Desember."


def test_a_question_stored_for_a_wrong_belief_finds_the_statement_that_mends_it(find):
    match = match_of(find(HELD), "B-029")
    assert match.premise == "B-029#1"
    assert match.parts["kosinus"] > 0.99, "as near as the stored question"
    assert match_of(find(NEUTRAL), "B-029").premise == ""


def test_a_belief_that_only_a_part_of_the_question_holds_is_not_marked(find):
    match = match_of(find(NEUTRAL, also=(HELD,)), "B-029")
    assert match.by[1] > 0
    assert match.premise == ""
    assert match_of(find(HELD, also=(NEUTRAL,)), "B-029").premise == "B-029#1"


def test_without_the_index_of_questions_no_belief_is_marked(find):
    match = match_of(find(HELD, question_index=False), "B-029")
    assert match.premise == ""
    assert match.parts["pertanyaan"] == 0


def test_the_belief_is_named_before_the_statement_that_mends_it(assistant):
    answer = assistant.ask(f"{HELD}?")
    assert answer.status is Status.CORRECTED
    assert answer.text.startswith(f"Anggapan bahwa {BELIEF} tidak sesuai dengan sumber ini.\n\n")
    assert answer.citations[0].labels == ("B-029",)
    assert assistant.ask(f"{NEUTRAL}?").status is Status.ANSWERED
