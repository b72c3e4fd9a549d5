"""What a question takes for granted and the sources contradict is pointed out; a neutral question is just answered."""

import pytest

from assistant.answering.outcome import decide
from assistant.answering.premises import PREMISE_COSINE, Overturned, overturned
from assistant.answering.quoting import OPENINGS, draft
from assistant.knowledge import Premise
from assistant.questions import read_question
from assistant.types import Gap, Status, Validity
from tests.factories import answer_from, make_evidence, make_hit

BELIEF = Premise("B-029#1", "B-029", "Bantuan UEP dicairkan tunai lewat rekening bank", ("dicairkan di bank mana?",))
GOODS = "Bantuan UEP berbentuk barang usaha yang diantar ke rumah."
HELD = "Bantuan UEP dicairkan tunai di bank mana?"


def correction(question, *evidence, rewrite=str.lower):
    return overturned(read_question(question), evidence, rewrite)


def goods(**values):
    return make_evidence(GOODS, label="B-029", **{"premise": BELIEF, **values})


def test_a_stored_belief_is_named_when_the_question_holds_its_words():
    assert correction(HELD, goods()) == Overturned(BELIEF, 0)


def test_a_stored_belief_is_not_named_when_the_nearest_question_that_holds_it_is_far():
    assert correction(HELD, goods(cosine=PREMISE_COSINE))
    assert correction(HELD, goods(cosine=PREMISE_COSINE - 0.01)) is None


def test_a_stored_belief_is_not_named_when_too_few_of_its_words_are_asked():
    assert correction("Dicairkan tunai di bank mana?", goods()) is None


def test_words_that_the_statement_has_too_do_not_show_a_belief():
    shared = Premise("B-029#1", "B-029", "Bantuan UEP diantar ke rumah pakai gerobak", ())
    assert correction("Bantuan UEP yang diantar ke rumah itu apa?", goods(premise=shared)) is None
    assert correction("Bantuan UEP diantar ke rumah naik gerobak?", goods(premise=shared)) == Overturned(shared, 0)


def test_a_belief_that_is_half_held_is_pointed_out_unnamed_to_one_who_wants_it_confirmed():
    shared = Premise("B-029#1", "B-029", "Bantuan UEP diantar ke rumah pakai gerobak", ())
    assert correction("Bantuan UEP kan diantar ke rumah?", goods(premise=shared)) == Overturned()


@pytest.mark.parametrize(("before", "found"), [(0, 0), (1, 1), (2, None)])
def test_a_belief_counts_only_beside_one_of_the_two_best_statements(before, found):
    others = [make_evidence(f"Kalimat {number} tentang asesmen.") for number in range(before)]
    expected = None if found is None else Overturned(BELIEF, found)
    assert correction(HELD, *others, goods()) == expected


def test_a_belief_about_what_no_source_says_is_not_named():
    gap = Gap("C-001", "cara pencairan", "aturan", "Dinsos", "berita")
    assert correction(HELD, goods(gap=gap)) is None


@pytest.mark.parametrize(
    "question",
    [
        "Apakah bantuan UEP dicairkan tunai lewat rekening bank?",
        "bantuan UEP bisa dicairkan tunai lewat rekening bank ga?",
        "UEP dicairkan tunai lewat rekening bank atau tidak?",
        "apa boleh UEP dicairkan tunai lewat rekening bank",
    ],
)
def test_a_neutral_question_is_answered_and_not_corrected(question):
    assert correction(question, goods()) is None
    assert decide(read_question(question), [goods()], (), in_field=True).status is Status.ANSWERED


def test_a_neutral_question_that_passes_on_what_was_heard_is_corrected():
    assert correction("Katanya UEP dicairkan tunai lewat rekening bank, apakah betul?", goods()) == Overturned(BELIEF, 0)


def test_field_spelling_is_brought_to_standard_words_before_the_belief_is_compared():
    question = "bantuan uep dicairin cash di bank mana"

    def rewrite(text):
        return text.lower().replace("dicairin cash", "dicairkan tunai")

    assert correction(question, goods()) is None
    assert correction(question, goods(), rewrite=rewrite) == Overturned(BELIEF, 0)


@pytest.mark.parametrize(
    ("question", "quote", "corrected"),
    [
        # the source denies what is to be confirmed
        ("Alatnya kan boleh dijual?", "Alat bantuan tidak boleh dijual.", True),
        ("Alatnya kan tidak boleh dijual?", "Alat bantuan tidak boleh dijual.", False),
        ("Alatnya dijual ke siapa", "Alat bantuan tidak boleh dijual.", False),
        ("Alatnya kan boleh dijual?", "Alat bantuan milik penerima.", False),
        # other figures
        ("Nilainya kan Rp10 juta?", "Nilai bantuan Rp5 juta.", True),
        ("Nilainya kan Rp5 juta?", "Nilai bantuan Rp5 juta.", False),
        ("Nilai tahun 2024 kan sudah ada?", "Nilai bantuan Rp5 juta.", False),
        ("Nilainya kan Rp10 juta?", "Nilai bantuan diatur kepala dinas.", False),
        ("Nilai Rp10 juta dibagi siapa", "Nilai bantuan Rp5 juta.", False),
        # the source itself says that it no longer holds
        ("Siapa pendamping menurut Permensos 9?", "Permensos 9 sudah dicabut.", True),
        ("Apa yang berubah dari Permensos 9?", "Permensos 9 sudah dicabut.", False),
        ("Siapa pendamping menurut Permensos 9?", "Permensos 9 mengatur pendamping.", False),
    ],
)
def test_a_statement_without_stored_belief_corrects_by_what_it_says(question, quote, corrected):
    assert correction(question, make_evidence(quote)) == (Overturned() if corrected else None)


def test_other_figures_correct_without_a_request_to_confirm_when_a_stored_belief_is_near():
    belief = Premise("B-030#1", "B-030", "Tiap kelompok mendapat uang muka Rp10 juta", ())
    value = make_evidence("Nilai bantuan Rp5 juta.", premise=belief)
    assert correction("Rp10 juta itu dikirim hari apa", value) == Overturned()
    assert correction("Rp10 juta itu dikirim hari apa", make_evidence("Nilai bantuan Rp5 juta.")) is None
    assert correction("Apakah Rp10 juta itu dikirim", value) is None


@pytest.mark.parametrize("status", [Validity.USANG, Validity.DICABUT])
def test_an_old_rule_among_the_two_best_corrects_what_is_to_be_confirmed(status):
    now, old = make_evidence("Data diambil dari DTSEN."), make_evidence("Data diambil dari DTKS.", status=status)
    assert correction("Datanya masih dari DTKS?", now, old) == Overturned()
    assert correction("Datanya masih dari DTKS?", now, now, old) is None
    assert correction("Datanya dari mana?", now, old) is None


def test_a_rule_of_one_regency_corrects_who_takes_it_for_the_provinces():
    local = make_evidence("Bontang memakai 13 indikator.", scope="kaltim/bontang")
    assert correction("Se-Kaltim kan memakai 13 indikator?", local) == Overturned()
    assert correction("Di Bontang kan memakai 13 indikator?", local) is None


def test_a_correction_begins_with_the_belief_and_its_statement():
    other = make_evidence("Calon penerima diasesmen dinas.", label="B-036")
    outcome = decide(read_question(HELD), [other, goods()], (), in_field=True)
    sentences = draft(outcome, read_question(HELD))
    assert outcome.status is Status.CORRECTED
    assert sentences[0].text == "Anggapan bahwa bantuan UEP dicairkan tunai lewat rekening bank tidak sesuai dengan sumber ini."
    assert [sentence.text for sentence in sentences if sentence.quoted] == [GOODS, other.quote]


@pytest.mark.parametrize(
    ("belief", "inside"),
    [("UEP dibayar tunai", "UEP dibayar tunai"), ("13 indikator dipakai", "13 indikator dipakai"), ("Orang lama", "orang lama")],
)
def test_a_belief_stands_inside_the_sentence_with_its_abbreviations_as_they_are(belief, inside):
    evidence = [goods(premise=Premise("B-029#1", "B-029", belief, ()))]
    reading = read_question(belief)
    assert draft(decide(reading, evidence, (), in_field=True), reading)[0].text.startswith(f"Anggapan bahwa {inside} tidak ")


def test_a_correction_without_a_stored_belief_asks_to_compare():
    reading = read_question("UEP kan boleh dijual?")
    outcome = decide(reading, [make_evidence("Alat UEP tidak boleh dijual.")], (), in_field=True)
    assert draft(outcome, reading)[0].text == OPENINGS["luruskan"]


def test_the_belief_that_a_search_found_is_named_in_the_answer():
    hit = make_hit(GOODS, label="B-029", premise=BELIEF.id)
    answer = answer_from(HELD, hit, premises={BELIEF.id: BELIEF})
    assert answer.status is Status.CORRECTED
    assert answer.text == (
        "Anggapan bahwa bantuan UEP dicairkan tunai lewat rekening bank tidak sesuai dengan sumber ini.\n\n" + GOODS + " [1]"
    )
    assert answer_from(HELD, hit).status is Status.ANSWERED, "an unknown belief can't be named"
