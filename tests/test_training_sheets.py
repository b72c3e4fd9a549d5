"""The papers of a training: certificates, attendance, questions and key, as people print and read them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from docx import Document
from docx.table import Table

from assistant.sheets.arabic import drawn
from assistant.sheets.attendance import Attendee, attendance_pdf
from assistant.sheets.certificate import Certificate
from assistant.sheets.certificate_pdf import TEXT_WIDTH, certificate_pdf, fitted
from assistant.sheets.lettering import lettered
from assistant.sheets.questions import explanation, question_sheet
from assistant.sheets.questions_docx import answer_key_docx, question_sheet_docx
from assistant.sheets.questions_pdf import answer_key_pdf, question_sheet_pdf
from assistant.training.choices import explained
from assistant.training.items import ItemKind, Option
from assistant.types import Validity
from tests.factories import make_item
from tests.sitting import CLAIM, PAIRS, SESSION, STEPS

ADDRESS = "http://192.168.1.20:7860/bimtek/sertifikat/UEP-7KQ4-M2XD"
ONE = Certificate("Siti Aminah", "Mahakam Ulu", SESSION, "UEP-7KQ4-M2XD", ADDRESS)
ARABIC = "محمد عبد الله"
FIGURE = make_item("Isilah angka yang hilang: «Target … KPM.»", "1.500", ("825", "2.100"), kind=ItemKind.FIGURE)
CASE = make_item("Pak Yusran, 51 tahun, ingin diusulkan. Apa yang Anda catat?", kind=ItemKind.CASE, topic="kriteria")
REGION = make_item(
    "Berapa lama di Parepare?",
    scope="daerah-lain/sulsel",
    status=Validity.USANG,
    quote="Di Parepare usulan diperiksa sembilan hari.",
)
EVERY = [make_item(), CLAIM, STEPS, PAIRS, FIGURE, CASE, REGION]


def pdf_pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def pdf_text(content: bytes) -> str:
    return flat("".join(pdf_pages(content)))


def docx_text(content: bytes) -> str:
    parts = []
    for item in Document(io.BytesIO(content)).iter_inner_content():
        parts += [cell.text for row in item.rows for cell in row.cells] if isinstance(item, Table) else [item.text]
    return flat("".join(parts))


def flat(text: str) -> str:
    """Return `text` without blanks and signs of a broken line: how a line is broken says nothing."""
    return re.sub(r"[\s\ufffe\u0002]+", "", text)


def boxes(content: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Return the bounds of all texts of a page: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[page].get_textpage()
        return [text.get_rect(n) for n in range(text.count_rects())]
    finally:
        document.close()


def test_a_certificate_says_whom_for_what_when_where_and_how_to_check_it_and_claims_no_accreditation():
    text = pdf_text(certificate_pdf([ONE]))
    wanted = [ONE.name, ONE.kabupaten, SESSION.title, "1 Desember 2026", SESSION.place, SESSION.hours, SESSION.trainer, ONE.code]
    wanted += [ADDRESS, "SERTIFIKAT KEIKUTSERTAAN", "Kriteria dan seleksi", "bukan akreditasi, lisensi, atau bukti kompetensi"]
    assert [part for part in wanted if flat(part) not in text] == []


def test_the_code_of_a_certificate_leads_to_its_address():
    document = pypdfium2.PdfDocument(certificate_pdf([ONE]))
    picture = document[0].render(scale=3).to_pil()
    document.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_score_stands_on_a_certificate_only_when_it_is_given():
    assert "Nilai" not in pdf_text(certificate_pdf([ONE]))
    assert flat("Nilai post-test: 85 dari 100") in pdf_text(certificate_pdf([replace(ONE, score=0.85)]))


@pytest.mark.parametrize(
    "name",
    [
        "M" * 120,
        "Muhammad " * 14,
        "Oka <b>tebal</b> &amp; </para>",
        "Ni Luh “Ani” D'Souza",
        "A",
        "Şule Ñandú",
        " Siti \n 😀 Ani ",
    ],
)
def test_a_name_of_any_length_stands_whole_on_its_certificate_within_the_frame(name):
    content = certificate_pdf([replace(ONE, name=name, score=1.0)])
    assert flat(lettered(name).text) in pdf_text(content)
    assert all(left > 30 and right < 812 and bottom > 30 and top < 565 for left, bottom, right, top in boxes(content))


def test_everything_long_at_once_still_overlaps_nothing():
    long = replace(SESSION, title="Bimbingan teknis " * 20, place="Aula " * 50, topics=("kriteria", "dokumen", "wilayah") * 6)
    content = certificate_pdf([Certificate("M" * 120, "Kab " * 60, replace(long, trainer="Dr. " * 60), ONE.code, ADDRESS, 0.5)])
    assert len(pdf_pages(content)) == 1
    rows = sorted(
        {(round(bottom, 1), round(top, 1)) for left, bottom, right, top in boxes(content) if left < 420 < right and top > 170}
    )
    assert len(rows) > 8
    assert all(below[1] <= above[0] + 1 for below, above in pairwise(rows))


def test_a_name_in_arabic_letters_is_drawn_joined_from_right_to_left_or_left_to_a_pen():
    assert drawn("سلام 12") == "12 \ufee1\ufefc\ufeb3"
    assert drawn("Siti") == "Siti"
    found = lettered(ARABIC)
    assert found is None or "?" not in found.text
    assert "?" not in pdf_text(certificate_pdf([replace(ONE, name=ARABIC)]))
    assert lettered("漢字\U00020000") is None
    assert "?" not in pdf_text(certificate_pdf([replace(ONE, name="漢字\U00020000")]))


def test_a_longer_name_gets_smaller_letters_before_a_second_line():
    found = lettered("Siti Aminah Nur Rahmawati Binti Haji Abdullah")
    lines, size = fitted(found, 34, 12, TEXT_WIDTH, 1, bold=True)
    assert (len(lines), 12 < size < 34) == (1, True)


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_certificates_are_printed_one_a_page(count):
    pages = pdf_pages(certificate_pdf([replace(ONE, name=f"Peserta {n}") for n in range(count)]))
    assert len(pages) == max(1, count)
    assert all(f"Peserta {n}" in page for n, page in enumerate(pages) if count)


def attendees(count: int) -> list[Attendee]:
    at = datetime(2026, 12, 1, 0, 5, tzinfo=UTC)
    return [Attendee(n, f"Peserta <b>{n}", "Kutai Barat", at if n % 2 else None) for n in range(1, count + 1)]


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_an_attendance_sheet_lists_everybody_under_a_head_on_each_page(count):
    pages = pdf_pages(attendance_pdf(SESSION, attendees(count), empty=3))
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "Tanda tangan" in page or "63" not in page
    text = flat("".join(pages))
    assert all(flat(f"Peserta <b>{n}Kutai") in text for n in range(1, count + 1))
    assert (flat(f"{count} peserta terdaftar, 3 baris") in text, "08.05" in text) == (True, count > 0)
    assert (len(pages) > 2) == (count == 60)


def test_an_attendance_sheet_without_people_says_so_and_long_or_foreign_names_fit():
    assert flat("Belum ada peserta.") in pdf_text(attendance_pdf(SESSION, []))
    odd = [Attendee(1, "M" * 120, "Kab " * 40), Attendee(2, ARABIC, "Berau"), Attendee(3, "漢字\U00020000", "")]
    assert "?" not in pdf_text(attendance_pdf(replace(SESSION, title="Bimtek " * 40), odd))


def test_a_question_sheet_holds_every_kind_with_its_way_of_answering_and_no_answers():
    sheet = question_sheet(SESSION, EVERY, form="Pre-test")
    for text in (pdf_text(question_sheet_pdf(sheet)), docx_text(question_sheet_docx(sheet))):
        wanted = [item.stem for item in EVERY] + [option.text for item in EVERY for option in item.options]
        wanted += [*PAIRS.terms, *(reason.text for reason in CLAIM.reasons), "Beri nomor urut", "Kalimat mana dasarnya?", "Nama"]
        assert [part for part in wanted if flat(part) not in text] == []
        assert flat(REGION.anchor.quote) not in text


def test_a_key_holds_answers_explanations_quotes_documents_and_warnings():
    item = replace(make_item(), explanation="Penyuluh harus tahu ini.")
    item = replace(item, options=(item.options[0], Option("Uang", "Itu aturan lama."), Option("Beras", "Itu aturan lama.")))
    sheet = question_sheet(SESSION, [item, *EVERY[1:]], form="Post-test")
    for text in (pdf_text(answer_key_pdf(sheet)), docx_text(answer_key_docx(sheet))):
        wanted = [
            "A. Barang dan bahan usaha",
            "Penyuluh harus tahu ini.",
            "B, C: Itu aturan lama.",
            "BAST: B. Berita acara serah terima",
        ]
        wanted += ["b. UEP berbentuk barang.", "1. Usulan", f"«{REGION.anchor.quote}»", "Sumber: Bantuan (bantuan.md)"]
        wanted += ["Perhatian: Contoh daerah lain, bukan aturan Kaltim.", "Perhatian: Keterangan lama", "Jangan dibagikan"]
        assert [part for part in wanted if flat(part) not in text] == []


def test_the_answers_at_a_glance_are_those_that_stand_in_the_boxes():
    sheet = question_sheet(SESSION, EVERY)
    assert [one.short for one in sheet.solved] == ["A", "B, b", "2, 3, 1", "B, A, C", "A", "A", "A"]


def test_a_key_does_not_say_the_citation_twice():
    item = make_item()
    assert explanation(replace(item, explanation=f"Ingat ini. {explained(item.anchor)}")) == "Ingat ini."
    assert explanation(replace(STEPS, explanation="Urutan yang benar: Usulan → Asesmen → Penetapan. Selesai.")) == "Selesai."


def test_no_question_is_split_from_its_options_over_a_page():
    items = [make_item(f"Soal nomor {n} tentang hal {n}?", f"benar {n}", [f"pilihan akhir {n}"]) for n in range(60)]
    sheet = question_sheet(SESSION, items)
    pages = pdf_pages(question_sheet_pdf(sheet))
    assert len(pages) > 5
    for n in range(60):
        assert [f"Soal nomor {n} tentang" in page for page in pages] == [f"pilihan akhir {n}\r" in f"{page}\r" for page in pages]
    body = [p for p in Document(io.BytesIO(question_sheet_docx(sheet))).paragraphs if p.text and p.text[0].isdigit()]
    assert len(body) == 60 and all(p.paragraph_format.keep_with_next for p in body)


def test_sheets_without_questions_and_with_odd_signs_can_be_made():
    empty = question_sheet(SESSION, [])
    odd = question_sheet(replace(SESSION, title="<b>&\x00\ud800"), [make_item("≥ <b> \x00 & 😀 ﷽ ?", "<para>", ("&amp;", "→"))])
    for sheet in (empty, odd):
        for make in (question_sheet_pdf, answer_key_pdf, question_sheet_docx, answer_key_docx):
            assert make(sheet) == make(sheet)
    assert flat("Belum ada soal.") in pdf_text(question_sheet_pdf(empty))


def test_the_same_values_give_the_same_papers():
    assert certificate_pdf([ONE]) == certificate_pdf([ONE])
    assert attendance_pdf(SESSION, attendees(3)) == attendance_pdf(SESSION, attendees(3))
