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
SHORTEN = read_knowledge(ROOT / "corpus").glossary.shorten
SHIPPED = [
    ("A-086", "Penerima tak lagi memenuhi syarat dan diganti warga yang lebih membutuhkan."),
    ("A-190", "Batas atas yang dikutip sumber ialah penjara 2 tahun denda Rp50 juta."),
    ("A-190", "Batas atas yang dikutip sumber ialah penjara 2 tahun dan denda Rp50 juta."),
    ("B-154", "Dana KUBE masuk rekening kelompok dan tidak boleh dipotong serupiah pun."),
    ("B-122", "Minimal enam indikator terpenuhi agar warga digolongkan miskin."),
    ("B-152", "Pada September baru 700 dari 5.050 penerima terlayani."),
    ("B-152", "Baru 700 dari 5.050 penerima yang terlayani pada September 2019."),
    (
        "A-077",
        "Pernyataan MenPANRB tahun 2021 bahwa tidak ada aturan yang secara khusus melarang ASN menerima bansos, meski ASN memang "
        "tidak termasuk kriteria.",
    ),
    (
        "A-006",
        "Risiko sosial menurut uraian Permendagri 32/2011 ialah kejadian yang boleh membuat orang makin terpuruk dan tidak boleh "
        "hidup wajar bila tidak dibantu.",
    ),
    (
        "A-092",
        "DTSEN dimutakhirkan empat kali setahun atau tiap tiga bulan, sehingga penerima bantuan boleh berganti antarperiode.",
    ),
    ("B-018", "Yang diprioritaskan dalam UEP Kaltim 2025 ialah warga Desil I Desil II."),
]


def worded(sentence, *quotes, **options):
    return check(
        [DraftSentence(sentence, tuple(range(len(quotes))), worded=True)], [piece(q) for q in quotes], question="", **options
    )


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (TEXT, TEXT),
        ("uep kaltim 2025 bernilai Rp 4,5 juta sampai Rp 5 juta tiap orang", TEXT.replace("per orang", "setiap orang")),
        ("UEP berupa barang, bukan uang tunai.", "UEP berbentuk barang, bukan uang tunai."),
        (
            "Bantuan 1500 KPM diberikan melalui Dinsos.",
            "Bantuan 1.500 Keluarga Penerima Manfaat (KPM) diberikan melalui Dinas Sosial.",
        ),
        ("Penerima UEP wajib: memakai barang untuk usaha; melapor tiap enam bulan.", LIST),
        ("Melapor setiap enam bulan.", "- melapor setiap enam bulan;"),
        ("Memakai barang untuk usaha; melapor tiap bulan.", "1. memakai barang untuk usaha\n2. melapor setiap bulan"),
        ("Barang boleh dijual? Tidak boleh.", "Barang boleh dijual? Tidak boleh."),
        ("KUBE bila ada tetap berjalan. Itu diberikan desa.", "KUBE jika ada tetap berjalan. Itu diberikan desa."),
    ],
)
def test_a_worded_sentence_that_says_its_whole_quote_in_forms_of_the_same_is_kept(sentence, quote):
    kept, dropped = worded(sentence, quote, shorten=SHORTEN)
    assert kept, dropped


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("UEP Kaltim 2025 bernilai Rp4,5 juta sampai Rp6 juta per orang.", TEXT, "angka"),
        ("UEP Kaltim 2025 bernilai Rp5 juta sampai Rp4,5 juta per orang.", TEXT, "susunan"),
        ("UEP Berau 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang.", TEXT, "kata yang tidak ada di kutipan: berau"),
        ("UEP 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang.", TEXT, "memotong"),
        ("Penerima UEP 2025 diusulkan lagi tahun 2026.", RULE, "memotong"),
        ("Penerima UEP 2025 wajib diusulkan lagi tahun 2026.", RULE, "keharusan"),
        ("Desa mengusulkan calon penerima dan menetapkan penerima.", STEPS, "susunan"),
        ("Penerima UEP boleh melapor setiap enam bulan.", LIST, "keharusan"),
        ("Bantuan itu diberikan kelompok.", "KUBE lama berakhir. Bantuan itu diberikan kelompok.", "memotong"),
        (f"{TEXT} Selain itu dapat uang.", TEXT, "keharusan"),
        ("UEP <b>Kaltim</b> 2025 bernilai Rp5 juta per orang.", TEXT, "tanda kalimat biasa"),
        ("5 juta.", TEXT, "memotong"),
    ],
)
def test_a_worded_sentence_that_says_more_or_something_else_is_dropped_with_the_reason(sentence, quote, reason):
    kept, dropped = worded(sentence, quote)
    assert not kept
    assert reason in dropped[0].reason


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        # small words are not free
        ("Penerima tak lagi memenuhi syarat dan diganti warga.", "Penerima yang tak lagi memenuhi syarat diganti warga."),
        ("Istri dan pegawai tidak boleh menerima bantuan.", "Istri pegawai tidak boleh menerima bantuan."),
        ("Bantuan untuk lansia penyandang disabilitas.", "Bantuan untuk lansia dan penyandang disabilitas."),
        ("Lansia juga menerima bantuan uang.", "Lansia menerima bantuan uang."),
        # nor is what stands before a semicolon or a colon
        ("Dana KUBE tidak boleh dipotong.", "KUBE di Riau baru disalurkan sesudah bimtek; dana KUBE tidak boleh dipotong."),
        ("KUBE di Riau disalurkan.", "KUBE di Riau disalurkan; dana KUBE tidak boleh dipotong."),
        ("Dana KUBE tidak boleh dipotong.", "Riau: dana KUBE tidak boleh dipotong."),
        ("Setiap warga mendapat uang tunai.", "Mitos: setiap warga mendapat uang tunai."),
        ("Penerima UEP wajib: melapor setiap enam bulan.", LIST),
        ("Penerima UEP wajib: memakai barang untuk usaha, melapor setiap enam bulan.", LIST),
        ("Wajib: menjual; usaha: rugi; melapor.", "Wajib:\n- menjual\n- usaha: rugi\n- melapor"),
        ("Wajib: menjual; rugi.", "Wajib:\n- menjual\n  - rugi"),
        # a question states nothing
        ("Barang bantuan boleh dijual.", "Barang bantuan boleh dijual? Tidak boleh."),
        ("Barang bantuan boleh dijual.", "Barang bantuan boleh dijual?"),
        # what stands beside a sentence in its quote may deny it
        ("Setiap warga mendapat uang tunai.", "Setiap warga mendapat uang tunai. Kabar itu tidak benar."),
        ("Penerima wajib menabung setiap bulan.", "Dulu aturannya lain. Penerima wajib menabung setiap bulan."),
        # tails, asides and ranges
        ("Keterangan tahun 2021 melarang ASN.", "Keterangan tahun 2021 melarang ASN, adalah keadaan lama."),
        ("Kuota Berau ditetapkan 150 orang.", "Kuota Berau ditetapkan 150 orang, kemudian diubah menjadi 120 orang."),
        ("Semua warga wajib ikut.", "Semua warga wajib ikut, misalnya bila anggaran cukup."),
        ("Kuota Berau ialah 150 orang.", "Kuota Berau ialah 150 orang (perkiraan)."),
        ("Loket buka hari Senin.", "Loket buka hari Senin – Jumat."),
        # words that say the same only at times
        ("Petugas boleh salah menilai usulan.", "Petugas bisa salah menilai usulan."),
        ("Aplikasi tidak boleh menampilkan data.", "Aplikasi tidak dapat menampilkan data."),
        ("Bantuan dibagi rata Rp5 juta.", "Bantuan dibagi rata-rata Rp5 juta."),
        ("Bantuan bernilai Rp5 juta atau paket.", "Bantuan bernilai Rp5 juta/paket."),
        ("Usaha untuk hasil tidak didanai.", "Usaha bagi hasil tidak didanai."),
        ("Batas pengiriman ialah 11.2.2025.", "Batas pengiriman ialah 1.12.2025."),
        ("Hubungi nomor 541.", "Hubungi nomor 0541."),
        # signs that carry meaning
        ("Menurut ketua, kelompok desa memungut biaya.", "Menurut ketua kelompok, desa memungut biaya."),
        ("Bagi ketua kelompok wajib menabung.", "Bagi ketua, kelompok wajib menabung."),
    ],
)
def test_what_leaves_out_puts_in_or_turns_a_little_of_its_quote_is_dropped(sentence, quote):
    assert not worded(sentence, quote, shorten=SHORTEN)[0]


@pytest.mark.parametrize("word", ["dan", "juga", "yang", "atau", ",", ";", "tidak"])
def test_nothing_is_put_in_at_any_place_nor_taken_out(word):
    parts = STEPS.split()
    for place in range(1, len(parts)):
        assert not worded(" ".join([*parts[:place], word, *parts[place:]]), STEPS)[0]
        assert not worded(" ".join([*parts[:place], *parts[place + 1 :]]), STEPS)[0]


@pytest.mark.parametrize(("label", "sentence"), SHIPPED)
def test_sentences_of_the_shipped_corpus_that_a_reviewer_got_through_are_dropped(shipped, label, sentence):
    shorten = shipped.material.knowledge.glossary.shorten
    quotes = [said.quote for said in Statements(shipped.material).by_label[label]]
    assert quotes
    assert all(not worded(sentence, quote, shorten=shorten)[0] for quote in quotes)


@pytest.mark.parametrize("sentence", ["UEP Kaltim 2025 berbentuk barang" + ":" * 5000, "a " * 5000, "(" * 3000, "1." * 3000])
def test_a_sentence_of_any_length_is_checked_without_an_error(sentence):
    assert not worded(sentence, TEXT)[0]


def test_a_worded_sentence_rests_on_one_quote_alone_and_on_no_figure_of_the_question():
    one, other = "Kuota Berau ialah 150 orang pada 2025.", "Kuota Paser ialah 120 orang pada 2024."
    assert not worded("Kuota Berau ialah 120 orang pada 2024.", one, other)[0]
    assert not worded("UEP Kaltim 2025 bernilai Rp10 juta per orang.", TEXT)[0]
    bare = DraftSentence("UEP Kaltim 2025 bernilai Rp5 juta.", worded=True)
    kept, dropped = check([bare], [piece()], question="apakah UEP Kaltim 2025 bernilai Rp5 juta?")
    assert not kept
    assert "tidak menunjuk kutipan" in dropped[0].reason


def test_of_many_hundreds_of_false_rewordings_of_the_corpus_none_is_kept_and_its_own_words_are(shipped):
    from benchmarks.invention import alone, measured, sentences
    from benchmarks.mutations import FALSE, TRUE

    shorten = shipped.material.knowledge.glossary.shorten
    chosen = list(sentences(random.Random(3).sample(list(Statements(shipped.material).all), 60)))
    false = measured(chosen, shorten, FALSE, 3, 1) | alone(chosen, shorten)
    assert len(false) > 35
    assert sum(map(len, false.values())) > 1900
    assert [row for rows in false.values() for row in rows if row[0]] == []
    assert all(ok for rows in measured(chosen, shorten, TRUE, 3, 1).values() for ok, _, _ in rows)
