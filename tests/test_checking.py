"""Drafts that cheat are caught: only what the quotes bear out is said."""

import pytest

from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
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
