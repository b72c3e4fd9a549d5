"""What a question presupposes, asks to invent, or asks about another region decides the outcome."""

from dataclasses import replace

import pytest

from assistant.answering.evidence import Evidence, best_statement
from assistant.answering.outcome import decide
from assistant.knowledge import Conflict
from assistant.questions import read_question
from assistant.types import BlockKind, DocumentCard, Gap, Hit, Kind, Match, Passage, Sentence, Status, Validity
from tests.factories import make_knowledge, make_passage


def piece(text, *, label="B-001", scope="kaltim", status=Validity.BERLAKU, cosine=0.9, gap=None):
    card = DocumentCard("a.md", "Judul", Kind.RINGKASAN, scope, "uep-kaltim", status)
    passage = Passage("a.md#x:1", "d", card, ("Bagian",), text, (Sentence(text, 0, len(text), (label,)),))
    return Evidence(passage, 0, len(text), (label,), 1.0, cosine, scope, status, gap)


def status(question, *evidence, conflicts=(), in_field=True, foreign=False):
    return decide(read_question(question), evidence, conflicts, in_field=in_field, foreign=foreign).status


GOODS = piece("UEP Kaltim 2025 berupa barang, bukan uang tunai.")


@pytest.mark.parametrize(
    "question",
    [
        "Siapa yang tetapkan penerima UEP?",
        "siapa yg buat SK penerima",
        "apa sanksi data palsu?",
        "surat apa yang perlu ditandatangani penerima?",
        "kapan dinsos tetapkan calon penerima",
    ],
)
def test_a_question_about_deciding_or_forging_is_answered_not_declined(question):
    assert status(question, piece("Seleksi dan penetapan penerima dilakukan kabupaten/kota.")) is not Status.DECLINED


@pytest.mark.parametrize(
    "question",
    ["Tolong tetapkan Bu Ani sebagai penerima", "karang saja nomornya", "buatkan nomor SK penerima", "kamu yg loloskan dia ya"],
)
def test_a_request_to_decide_or_invent_is_declined(question):
    assert status(question, GOODS) is Status.DECLINED


def test_a_premise_that_the_source_denies_is_pointed_out():
    assert status("UEP kan uang tunai, jadi buka rekening ya?", GOODS) is Status.CORRECTED


def test_a_premise_that_denies_the_same_as_the_source_is_not_corrected():
    assert status("UEP kan bukan uang tunai tapi barang ya?", GOODS) is Status.ANSWERED


def test_a_figure_that_the_source_does_not_hold_is_pointed_out():
    assert status("UEP kan Rp10 juta?", piece("UEP Kaltim 2025 bernilai Rp5 juta per orang.")) is Status.CORRECTED


def test_a_revoked_rule_is_pointed_out_and_a_question_about_the_change_is_just_answered():
    revoked = piece("Permensos 25/2015 sudah dicabut oleh Permensos 2/2019.")
    assert status("KUBE didampingi siapa menurut Permensos 25/2015?", revoked) is Status.CORRECTED
    assert status("Apa yang berubah dari Permensos 25/2015?", revoked) is Status.ANSWERED


def test_one_regencys_rule_is_not_taken_for_the_provinces():
    local = piece("Bontang memakai 13 indikator kemiskinan.", scope="kaltim/bontang")
    assert status("13 indikator dipakai se-Kaltim ya?", local) is Status.CORRECTED
    assert status("Bontang pakai 13 indikator ya?", local) is Status.ANSWERED


def test_another_regions_practice_is_marked_unless_it_was_asked_for():
    banten = piece("Di Banten penerima mengumpulkan nota.", scope="daerah-lain")
    assert decide(read_question("Penerima wajib kumpul nota?"), (banten,), (), in_field=True).remark == "lain"
    assert status("Di Banten penerima mengumpulkan apa?", banten) is Status.ANSWERED


def test_two_sides_of_an_open_conflict_are_shown_and_a_settled_one_is_not():
    evidence = (piece("Rp4 juta.", label="B-008"), piece("Rp5 juta.", label="B-030"))
    open_one = Conflict("K-01", "nilai", (("B-008",), ("B-030",)), "Sebut keduanya.", open=True)
    settled = Conflict("K-02", "nilai", (("B-008",), ("B-030",)), "Pakai yang baru.", open=False)
    assert status("berapa nilai", *evidence, conflicts=(open_one,)) is Status.CONFLICTING
    assert status("berapa nilai", *evidence, conflicts=(settled,)) is Status.ANSWERED


def test_a_gap_alone_is_silence_and_beside_an_answer_a_part():
    gap = piece("Batas umur belum ditemukan.", label="C-001", gap=Gap("C-001", "batas umur", "aturan", "Dinsos", "berita"))
    assert status("umur berapa", gap) is Status.NOT_FOUND
    assert status("umur berapa dan bentuknya apa", GOODS, gap) is Status.PARTIAL


def test_far_evidence_is_off_topic_unless_the_question_holds_a_word_of_the_field():
    far = piece("Lele dibudidayakan di kolam.", cosine=0.57)
    assert status("siapa menang tadi malam", far, in_field=False) is Status.OFF_TOPIC
    assert status("uep lele", far, in_field=True) is Status.ANSWERED


def test_a_word_that_the_corpus_never_uses_asks_for_nearer_evidence_unless_there_is_a_word_of_the_field():
    near = piece("Sangatta menjadi ibu kota Kabupaten Kutai Timur.", cosine=0.61)
    assert status("ibu kota jepang apa", near, in_field=False, foreign=True) is Status.OFF_TOPIC
    assert status("ibu kota jepang apa", near, in_field=True, foreign=True) is Status.ANSWERED
    assert status("ibu kota kutim apa", near, in_field=False) is Status.ANSWERED


def test_what_is_nearest_is_told_by_an_item_and_not_by_the_line_that_introduces_the_list():
    text = "Contoh di daerah lain:\n- gerobak di Serang"
    passage = make_passage(text)
    lead, item = Sentence(text[:22], 0, 22, ("B-1",), 0, True), Sentence(text[23:], 23, len(text), ("B-2",), 0)
    listed = replace(passage, sentences=(lead, item), blocks=(BlockKind.LIST,))
    assert best_statement(Hit(listed, 0.9, {}, (Match(0, 0.9), Match(1, 0.5))), make_knowledge()).quote == item.text
    assert best_statement(Hit(listed, 0.9, {}, (Match(0, 0.9),)), make_knowledge()).quote == lead.text


def test_what_is_nearest_is_told_by_the_whole_list_where_its_items_state_one_fact():
    text = "Data dinyatakan tidak layak bila:\n- alamatnya tidak ada\n- penerima meninggal"
    lines = text.split("\n")
    starts = [text.index(line) for line in lines]
    sentences = tuple(
        Sentence(line, start, start + len(line), ("B-1",), 0, not place)
        for place, (line, start) in enumerate(zip(lines, starts, strict=True))
    )
    listed = replace(make_passage(text), sentences=sentences, blocks=(BlockKind.LIST,))
    assert best_statement(Hit(listed, 0.9, {}, (Match(2, 0.9),)), make_knowledge()).quote == text
