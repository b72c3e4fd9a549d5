"""A statement that lacks the sum, share, time, contact, year or place that is asked for is no answer."""

import pytest

from assistant.answering.attributes import asked_kinds, missing_attribute
from assistant.answering.quoting import NEAREST_TEXT, OPENINGS, WHOM
from assistant.language import markers
from assistant.types import Gap, Status
from tests.factories import answer_from, make_hit

SHARE = "Berapa persen usaha UEP yang bertahan?"
WATCHED = "Usaha UEP dipantau pendamping."


def missing(question, text, *, scope="kaltim"):
    return missing_attribute(question, text, scope=scope)


@pytest.mark.parametrize(
    ("question", "kind", "holding", "lacking"),
    [
        ("Usaha yang bertahan berapa persen?", "persentase", "80 persen usaha bertahan.", "80 usaha bertahan."),
        ("Persentase usaha yang gagal?", "persentase", "Sebanyak 12,5% gagal.", "Usaha yang gagal didata."),
        ("brp persen barang yang sudah datang", "persentase", "Seluruhnya sudah datang.", "Barang sudah datang."),
        ("Berapa biaya bimtek?", "jumlah rupiah", "Bimtek menelan Rp4.500.000.", "Bimtek dibuka 4 hari."),
        ("Honor pendamping UEP itu berapa?", "jumlah rupiah", "Honor 500 ribu.", "Honor diatur kepala dinas."),
        ("Iuran anggota berapa?", "jumlah rupiah", "Tidak dipungut biaya.", "Iuran dikelola kelompok."),
        ("Berapa lama asesmen?", "lama waktu", "Asesmen makan 14 hari.", "Asesmen dilakukan dinas."),
        ("Masa berlaku surat itu berapa?", "lama waktu", "Berlaku enam bulan.", "Surat diteken lurah."),
        ("brp bulan usaha dipantau", "lama waktu", "Dipantau tiap triwulan, dua triwulan.", "Usaha dipantau dinas."),
        ("Kapan barang diantar?", "waktu", "Barang diantar pada Maret.", "Barang diantar penyedia."),
        ("Jadwal bimtek?", "waktu", "Setelah penetapan.", "Bimtek dibuka kepala dinas."),
        ("bulan apa usulan ditutup", "bulan atau tanggal", "Ditutup tanggal 5.", "Usulan ditutup bupati."),
        ("Nomor WA pendamping?", "nomor atau alamat kontak", "WhatsApp dinas dibuka.", "Pendamping membantu."),
        ("Alamat kantor dinas?", "nomor atau alamat kontak", "Kantor di Jalan Basuki.", "Dinas membantu."),
        ("hotline aduan ada?", "nomor atau alamat kontak", "Aduan ke 171.", "Aduan diterima dinas."),
        ("Berapa orang di tiap kelompok?", "jumlah", "Kelompok berisi 5 orang.", "Kelompok dibina dinas."),
        ("Jumlah penerima berapa?", "jumlah", "Ada sepuluh penerima.", "Penerima diseleksi."),
        ("Forum itu dihadiri berapa orang?", "jumlah", "Forum diikuti 40 orang.", "Forum digelar 22 Oktober 2025 di aula."),
        ("brp orang kuotanya", "jumlah", "Kuota 150 orang.", "Syarat penerima: umur 18–59 tahun, Rp2 juta, Pasal 8."),
        ("Pendamping dikasih transport berapa?", "jumlah rupiah", "Transport Rp50 ribu.", "Pendamping ada 78 orang."),
        ("cicilannya paling lama brp bulan", "lama waktu", "Dicicil 36 bulan.", "Bunga 6 persen per tahun, berubah tiap tahun."),
        ("umur berapa boleh daftar?", "umur", "Usia paling tinggi 55 tahun.", "Pendaftar diuji 3 tahun sekali."),
        ("pendamping minimal lulusan apa", "pendidikan", "Minimal SMA.", "Pendamping bertugas di kecamatan."),
        ("layanannya buka jam berapa", "jam", "Buka pukul 08.00.", "Layanan dibuka dinas."),
        ("call center 171 buka jam brp", "jam", "Call center 171 buka 24 jam.", "Aduan lewat call center 171."),
        ("dibagi tanggal berapa", "bulan atau tanggal", "Dibagi 5 Mei 2025.", "Dibagi setelah penetapan tahun 2025."),
        ("mesinnya berapa watt?", "daya listrik", "Daya mesin 350 watt.", "Paket berisi 2 mesin."),
        ("Barang dicek brp kali setahun?", "seberapa sering", "Dicek dua kali setahun.", "Barang dicek dinas."),
        ("Itu di permendagri nomor berapa", "nomor peraturan", "Menurut Permendagri 77/2020.", "Diatur kementerian."),
        ("Apa sanksi menjual barang?", "sanksi", "Barangnya ditarik kembali.", "Barang dilarang dijual."),
        ("Bunganya berapa?", "angka", "Bunga 6 persen.", "Bunga diatur pada 2025 dengan PMK 12/2024 Pasal 3."),
        ("lokasinya di desa mana", "nama desa atau kecamatan", "Lokasinya Desa Jembayan.", "Warga desa dan kota didata."),
        ("tambahannya untuk kabupaten mana saja", "nama daerah", "Untuk Berau dan Paser.", "Tambahan 180 orang."),
    ],
)
def test_each_kind_of_thing_is_told_from_a_statement_without_it(question, kind, holding, lacking):
    assert missing(question, holding) == ""
    assert missing(question, lacking) == kind


@pytest.mark.parametrize(
    "question",
    [
        "Apakah PNS boleh menerima UEP?",
        "Apa syarat UEP di Bontang tahun 2024?",
        "Siapa yang menetapkan penerima di Berau?",
        "Bagaimana cara mengusulkan warga tahun 2026?",
    ],
)
def test_a_question_about_a_rule_misses_nothing(question):
    assert asked_kinds(question) == ()
    assert missing(question, "Penerima di Samarinda diasesmen tahun 2019.") == ""


def test_a_year_is_not_a_span_of_time():
    assert "lama waktu" not in asked_kinds("Berapa tahun 2025 anggarannya")
    assert "lama waktu" in asked_kinds("Berapa tahun usahanya")


@pytest.mark.parametrize("question", ["ada berapa unsurnya", "berapa macam sanksi itu", "laku berapa biji supaya balik modal"])
def test_what_is_told_by_naming_needs_no_figure(question):
    assert "angka" not in asked_kinds(question)


def test_so_much_for_each_is_no_number_of_people():
    assert asked_kinds("modalnya brp per kpm") == asked_kinds("dikasih berapa satu keluarga?") == ("angka",)
    assert asked_kinds("bunganya berapa per tahun") == asked_kinds("tiap tiga bulan berapa?") == ("angka",)
    assert asked_kinds("biayanya brp per orang") == ("jumlah rupiah",)


def test_what_belongs_to_a_rule_holds_in_every_place_and_year():
    assert missing("umur berapa boleh dapat UEP 2026 di Berau?", "Umur penerima UEP 2025 minimal 18 tahun.") == ""
    assert missing("berapa honor UEP 2026 di Berau?", "Honor UEP 2025 Rp500 ribu.") == "jumlah rupiah untuk tahun 2026"


def test_how_many_times_is_no_sum_of_money():
    assert asked_kinds("Biaya bimtek dibayar berapa kali?") == ("seberapa sering",)
    assert asked_kinds("Biaya bimtek dibayar berapa?") == ("jumlah rupiah",)


def test_two_kinds_asked_at_once_are_answered_by_either():
    question = "Kapan barang diantar dan berapa biaya antarnya?"
    assert missing(question, "Barang diantar pada Maret.") == ""
    assert missing(question, "Barang diantar penyedia.") == "jumlah rupiah"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Anggaran UEP 2025 Rp7 miliar.", "jumlah rupiah untuk tahun 2024"),
        ("Anggaran UEP 2024 Rp6 miliar.", ""),
        ("Anggaran UEP naik dari 2024 ke 2025 menjadi Rp7 miliar.", ""),
        ("Anggaran UEP Rp7 miliar.", ""),
    ],
)
def test_a_figure_of_another_year_is_no_answer(text, lacks):
    assert missing("Berapa anggaran UEP tahun 2024?", text) == lacks


@pytest.mark.parametrize(
    ("text", "scope", "lacks"),
    [
        ("Penerima di Bontang 120 orang.", "kaltim", "jumlah untuk Berau"),
        ("Penerima 120 orang.", "kaltim/bontang", "jumlah untuk Berau"),
        ("Penerima 120 orang.", "kaltim/berau", ""),
        ("Penerima di Tanjung Redeb 120 orang.", "kaltim", ""),
        ("Kuota 150 penerima untuk setiap kabupaten/kota.", "kaltim", ""),
        ("UEP menjangkau 1.500 penerima di 10 kabupaten.", "kaltim", ""),
    ],
)
def test_a_figure_of_another_place_is_no_answer_unless_it_holds_for_each(text, scope, lacks):
    assert missing("Berapa orang penerima di Berau?", text, scope=scope) == lacks


def test_a_question_whose_evidence_all_lacks_the_thing_is_silence_with_the_nearest_statements():
    answer = answer_from(
        SHARE,
        make_hit(WATCHED, label="B-001", path="a.md"),
        make_hit("Usaha UEP yang bertahan didampingi.", label="B-002", path="b.md", score=0.8),
    )
    assert answer.status is Status.NOT_FOUND
    assert answer.text == (
        f"Belum ada di sumber: persentase yang Anda tanyakan. Tanyakan kepada {WHOM}.\n\n{NEAREST_TEXT}\n\n"
        f"{WATCHED} [1]\n\nUsaha UEP yang bertahan didampingi. [2]"
    )
    assert [citation.labels for citation in answer.citations] == [("B-001",), ("B-002",)]


def test_a_known_gap_beside_it_says_what_is_missing():
    gap = Gap("C-001", "angka usaha UEP yang bertahan", "angka", "Dinsos Kaltim", "berita")
    silence = make_hit("Angka usaha UEP yang bertahan belum ditemukan.", label="C-001", path="b.md", score=0.89)
    answer = answer_from(SHARE, make_hit(WATCHED), silence, gaps={"C-001": gap})
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("Belum ada di sumber: angka usaha UEP yang bertahan. Tanyakan kepada Dinsos Kaltim. [1]")
    assert answer.citations[0].labels == ("C-001",)


def test_a_statement_that_has_the_thing_is_quoted_before_a_better_one_without_it():
    answer = answer_from(
        SHARE, make_hit(WATCHED), make_hit("80 persen usaha UEP bertahan.", label="B-002", path="b.md", score=0.8)
    )
    assert answer.status is Status.ANSWERED
    assert [citation.labels for citation in answer.citations] == [("B-002",), ("B-001",)]


@pytest.mark.parametrize("place", ["title", "headings"])
def test_title_and_headings_say_of_which_year_a_figure_is(place):
    year = {"title": "Anggaran 2024"} if place == "title" else {"headings": ("Anggaran 2024",)}
    question = "Berapa anggaran UEP tahun 2024?"
    assert answer_from(question, make_hit("UEP beranggaran Rp6 miliar, naik dari 2023.", **year)).status is Status.ANSWERED
    assert answer_from(question, make_hit("UEP beranggaran Rp6 miliar, naik dari 2023.")).status is Status.NOT_FOUND


def two_parts(second):
    """Ask who assesses and which share; the second statement is the best one for the second part."""
    return answer_from(
        "UEP itu bantuan apa, siapa yang mengasesmen, lalu berapa persen usaha UEP yang bertahan?",
        make_hit("UEP adalah bantuan usaha.", label="B-003", path="c.md", score=0.9, by=(0.9, 0.9, 0.3, 0.1)),
        make_hit("Dinas mengasesmen calon.", label="B-002", path="b.md", score=0.8, by=(0.7, 0.1, 0.9, 0.2)),
        make_hit(second, label="B-001", path="a.md", score=0.7, by=(0.6, 0.2, 0.1, 0.8)),
    )


def test_one_part_without_what_it_asks_for_makes_the_answer_partial_and_is_named():
    answer = two_parts(WATCHED)
    assert answer.status is Status.PARTIAL
    assert answer.text.startswith(OPENINGS["sebagian"])
    assert answer.text.endswith(f"Yang belum ada di sumber: persentase yang Anda tanyakan; tanyakan kepada {WHOM}.")
    assert WATCHED not in answer.text
    assert {label for citation in answer.citations for label in citation.labels} == {"B-002", "B-003"}
    assert markers(answer.text) == {citation.number for citation in answer.citations}


def test_the_same_question_is_answered_when_the_part_is_there():
    answer = two_parts("80 persen usaha UEP bertahan.")
    assert answer.status is Status.ANSWERED
    assert {label for citation in answer.citations for label in citation.labels} == {"B-001", "B-002", "B-003"}
