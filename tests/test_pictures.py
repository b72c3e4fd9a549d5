"""The page of a PDF is shown with the quoted words marked, and a broken file is a message."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps
from reportlab.pdfgen import canvas

from assistant.errors import InputError
from assistant.loading.layout import Word as PlacedWord
from assistant.loading.page_image import MARK, Word, marked, page_png
from assistant.loading.scan import Scanned, can_scan
from assistant.pictures import Pictures
from tests.conftest import absent
from tests.documents import scans

FIRST = "Pendamping mengunjungi penerima setiap bulan ganjil"
SECOND = "Laporan dikirim ke dinas tanggal sepuluh"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "juknis.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(400, 600))
    sheet.drawString(30, 500, "Sampul")
    sheet.showPage()
    sheet.drawString(30, 500, FIRST)
    sheet.drawString(30, 100, SECOND)
    sheet.save()
    return path


def marks(png):
    """Return the rows of a picture (share of its height) that hold the marking colour."""
    picture = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    rows = np.where((np.abs(picture - np.array(MARK)).sum(axis=2) < 12).sum(axis=1) > 50)[0]
    return sorted({round(row / picture.shape[0], 1) for row in rows})


def test_the_quoted_line_is_marked_and_no_other(pdf):
    assert marks(page_png(pdf, 2, FIRST)) == [0.2]
    assert marks(page_png(pdf, 2, SECOND)) == [0.8]


@pytest.mark.parametrize("lean", [0.0, 2.0])
def test_the_quoted_lines_of_a_scan_are_marked_too(tmp_path, lean):
    if not can_scan():
        absent("Tesseract dengan bahasa Indonesia tidak ada: pasang tesseract-ocr dan tesseract-ocr-ind")
    path = tmp_path / "pindaian.pdf"
    scans.picture(dpi=150, lean=lean).convert("RGB").save(path, resolution=150)
    assert set(marks(page_png(path, 1, scans.TEXT[0]))) == {0.1}
    assert set(marks(page_png(path, 1, scans.TEXT[4]))) == {0.3, 0.4}, "its lines stand at .32 and .34"
    assert marks(page_png(path, 1, "Kalimat yang tidak ada di halaman itu")) == []


@pytest.mark.parametrize("lean", [-4.0, 1.5, 5.0])
def test_a_word_of_a_page_that_was_turned_straight_is_found_where_it_stood(lean):
    picture = Image.new("L", (1000, 600), 255)
    picture.paste(0, (80, 60, 120, 72))
    left, top, right, bottom = ImageOps.invert(picture.rotate(lean, fillcolor=255)).getbbox()
    word = PlacedWord("kata", left, top, right, bottom, 12)
    found = Scanned((word,), 99, 1000, 600, lean=lean).place(word)
    assert ((found[0] + found[2]) / 2, (found[1] + found[3]) / 2) == pytest.approx((100, 66), abs=2)


def test_a_quote_of_another_page_marks_nothing(pdf):
    assert marks(page_png(pdf, 1, FIRST)) == []


def test_words_parted_by_a_hyphen_or_a_footnote_sign_are_marked_on_both_sides():
    text = ["calon", "penerima", "diasesmen", "oleh", "dinas", "3", "sosial", "kabupa", "ten", "atau", "kota"]
    boxes = [(float(place), 0.0, float(place) + 1, 1.0) for place in range(len(text))]
    words = [Word(word, box) for word, box in zip(text, boxes, strict=True)]
    found = marked(words, "diasesmen oleh dinas sosial kabupaten atau kota")
    assert [int(box[0]) for box in found] == [2, 3, 4, 9, 10]


def test_a_single_common_word_is_not_marked():
    assert marked([Word("dan", (0, 0, 1, 1))], "pendamping dan penerima") == []
    assert marked([Word("dan", (0, 0, 1, 1))], "") == []


def test_a_picture_is_made_once_and_anew_when_the_file_changed(pdf, tmp_path):
    pictures = Pictures(tmp_path / "halaman")
    try:
        first = pictures.picture(pdf, 2, FIRST)
        kept = list((tmp_path / "halaman").glob("*.png"))
        assert [path.read_bytes() for path in kept] == [first]
        kept[0].write_bytes(b"kept")
        assert pictures.picture(pdf, 2, FIRST) == b"kept"
        copy = tmp_path / "baru.pdf"
        copy.write_bytes(pdf.read_bytes())
        assert pictures.picture(copy, 2, FIRST) == first
    finally:
        pictures.close()


@pytest.mark.parametrize(("content", "page"), [(b"no pdf", 1), (b"%PDF-1.7 separuh", 1), (None, 99), (None, 0)])
def test_what_cannot_be_shown_is_one_message(pdf, tmp_path, content, page):
    file = pdf
    if content is not None:
        file = tmp_path / "rusak.pdf"
        file.write_bytes(content)
    pictures = Pictures(tmp_path / "halaman")
    try:
        with pytest.raises(InputError, match="alaman"):
            pictures.picture(file, page, FIRST)
    finally:
        pictures.close()
