"""Drafts that cheat are caught: only what the quotes bear out is said."""

import random

import pytest

from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.knowledge import read_knowledge
from assistant.settings import ROOT
from assistant.training.statements import Statements
from assistant.types import DocumentCard, Kind, Passage, Sentence, Validity

TEXT = "UEP Kaltim 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang."


def piece(text=TEXT, scope="kaltim"):
    card = DocumentCard("a.md", "Nilai", Kind.RINGKASAN, scope, "uep-kaltim", Validity.BERLAKU)
    passage = Passage("a.md#x:1", "d", card, ("Nilai",), text, (Sentence(text, 0, len(text), ("B-030",)),))
    return Evidence(passage, 0, len(text), ("B-030",), 1.0, 0.9, scope, Validity.BERLAKU)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (DraftSentence(TEXT.replace("5 juta", "6 juta"), (0,), quoted=True), "kutipan"),
        (DraftSentence("Nilainya Rp10 juta.", (0,)), "angka"),
        (DraftSentence("Nilainya diatur.", (3,)), "bukti"),
        (DraftSentence("Nilainya Rp5 juta [7].", (0,)), "penanda"),
        (DraftSentence("Nilainya Rp5 juta."), "angka"),
    ],
)
def test_a_sentence_that_is_not_borne_out_is_dropped_with_the_reason(sentence, reason):
    kept, dropped = check([sentence], [piece()], question="berapa nilainya?")
    assert not kept
    assert reason in dropped[0].reason


def test_another_regions_rule_said_as_kaltims_is_dropped():
    evidence = [piece("Di Banten penerima membuat laporan.", scope="daerah-lain")]
    kept, dropped = check([DraftSentence("Di Kaltim penerima membuat laporan.", (0,))], evidence, question="x")
    assert not kept
    assert "daerah lain" in dropped[0].reason


def test_a_verbatim_quote_and_a_figure_of_the_question_are_kept():
    draft = [DraftSentence(TEXT, (0,), quoted=True), DraftSentence("Anda menyebut Rp10 juta.", ())]
    kept, dropped = check(draft, [piece()], question="UEP kan Rp10 juta?")
    assert len(kept) == 2
    assert not dropped


# Sentences that a model worded

RULE = "Penerima UEP 2025 tidak diusulkan lagi tahun 2026, kecuali usahanya terkena bencana."
STEPS = "Desa mengusulkan calon penerima, Dinsos kabupaten memeriksa berkas, dan Dinsos Kaltim menetapkan penerima."
LIST = "Penerima UEP wajib:\n- memakai barang untuk usaha\n- melapor setiap enam bulan"


def worded(sentence, *quotes, **options):
    return check(
        [DraftSentence(sentence, tuple(range(len(quotes))), worded=True)], [piece(q) for q in quotes], question="", **options
    )


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (TEXT, TEXT),
        ("UEP Kaltim 2025 bernilai Rp4,5 juta hingga Rp5 juta tiap orang.", TEXT.replace("per orang", "setiap orang")),
        ("UEP berupa barang dan bahan usaha.", "UEP berbentuk barang serta bahan usaha, bukan uang tunai."),
        (
            "Bantuan diberikan kepada KPM melalui Dinsos.",
            "Bantuan diberikan kepada Keluarga Penerima Manfaat (KPM) lewat Dinas Sosial.",
        ),
        ("Penerima UEP harus memakai barang untuk usaha dan melapor tiap enam bulan.", LIST),
        ("Desa mengusulkan calon penerima.", "Desa mengusulkan calon penerima; Dinsos memeriksa berkasnya."),
    ],
)
def test_a_worded_sentence_that_shortens_its_quote_or_says_it_in_forms_of_the_same_is_kept(sentence, quote):
    kept, dropped = worded(sentence, quote, shorten=read_knowledge(ROOT / "corpus").glossary.shorten)
    assert kept, dropped


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("UEP Kaltim 2025 bernilai Rp4,5 juta sampai Rp6 juta per orang.", TEXT, "angka"),
        ("UEP Kaltim 2025 bernilai Rp5 juta sampai Rp4,5 juta per orang.", TEXT, "susunan"),
        ("UEP Berau 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang.", TEXT, "nama"),
        ("UEP 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang.", TEXT, "susunan"),
        ("Penerima UEP 2025 diusulkan lagi tahun 2026.", RULE, "susunan"),
        ("Penerima UEP 2025 tidak diusulkan lagi tahun 2026.", RULE, "susunan"),
        ("Penerima UEP 2025 wajib diusulkan lagi tahun 2026.", RULE, "keharusan"),
        ("Dinsos kabupaten mengusulkan calon penerima.", STEPS, "susunan"),
        ("Desa menetapkan penerima.", STEPS, "susunan"),
        ("Desa mengusulkan penerima.", STEPS, "susunan"),
        ("Desa mengusulkan calon penerima dan menetapkan penerima.", STEPS, "susunan"),
        ("Penerima UEP boleh melapor setiap enam bulan.", LIST, "keharusan"),
        ("Bantuan itu diberikan kelompok.", "KUBE lama berakhir. Bantuan itu diberikan kelompok.", "susunan"),
        ("Penerima membuat laporan.", "Penerima membuat laporan. Namun, itu tidak berlaku di Kaltim.", "susunan"),
        ("UEP Kaltim 2025 per orang kredit bank.", TEXT, "kredit"),
        (f"{TEXT} Selain itu dapat uang.", TEXT, "satu kalimat"),
        ("UEP <b>Kaltim</b> 2025 bernilai Rp5 juta per orang.", TEXT, "satu kalimat"),
        ("5 juta.", TEXT, "pendek"),
    ],
)
def test_a_worded_sentence_that_says_more_or_something_else_is_dropped_with_the_reason(sentence, quote, reason):
    kept, dropped = worded(sentence, quote)
    assert not kept
    assert reason in dropped[0].reason


def test_a_worded_sentence_rests_on_one_quote_alone_and_on_no_figure_of_the_question():
    one, other = "Kuota Berau ialah 150 orang pada 2025.", "Kuota Paser ialah 120 orang pada 2024."
    assert not worded("Kuota Berau ialah 120 orang pada 2024.", one, other)[0]
    assert not worded("UEP Kaltim 2025 bernilai Rp10 juta per orang.", TEXT)[0]
    bare = DraftSentence("UEP Kaltim 2025 bernilai Rp5 juta.", worded=True)
    kept, dropped = check([bare], [piece()], question="apakah UEP Kaltim 2025 bernilai Rp5 juta?")
    assert not kept
    assert "tidak menunjuk kutipan" in dropped[0].reason


def test_of_hundreds_of_false_rewordings_of_the_corpus_none_is_kept_and_its_own_words_are(shipped):
    from benchmarks.invention import measured, sentences
    from benchmarks.mutations import FALSE, TRUE

    shorten = shipped.material.knowledge.glossary.shorten
    chosen = list(sentences(random.Random(3).sample(list(Statements(shipped.material).all), 60)))
    false = [row for rows in measured(chosen, shorten, FALSE, 3, 1).values() for row in rows]
    assert len(false) > 500
    assert [row for row in false if row[0]] == []
    true = [ok for rows in measured(chosen, shorten, TRUE, 3, 1).values() for ok, _, _ in rows]
    assert sum(true) > 0.9 * len(true)
