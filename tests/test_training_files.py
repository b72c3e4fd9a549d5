"""The files of a training: the workbook of its results and the slides of a topic, as they are opened again."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Pt

from assistant.sheets.bullets import shown
from assistant.sheets.findings import findings
from assistant.sheets.outline import ABROAD, FULL, MOST_BULLETS, Outline, Slide, outline
from assistant.sheets.slides import slides_pptx
from assistant.sheets.workbook import results_xlsx
from assistant.training.items import TOPICS
from assistant.training.results import Attendance, results
from assistant.wording import ELSEWHERE
from tests.factories import make_item
from tests.sitting import CLAIM, PAIRS, SESSION, STEPS, attempt, hall
from tests.training import Training

FORMS = [make_item(), CLAIM, STEPS], [make_item("Akhir?"), make_item("Lagi?", topic="alur"), PAIRS]
NAMES = ["Ringkasan", "Peserta", "Topik", "Soal", "Miskonsepsi", "Jawaban mentah"]
CORPUS = Training(Path(__file__).parent.parent / "corpus")


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def book(people: int):
    return opened(results_xlsx(results(SESSION, hall(people, *FORMS), *FORMS)))


@pytest.mark.parametrize("people", [0, 1, 2, 60])
def test_a_workbook_has_its_six_sheets_with_a_row_for_each_person_and_item(people):
    found = book(people)
    assert found.sheetnames == NAMES
    assert (found["Peserta"].max_row, found["Soal"].max_row) == (people + 1, 7)
    assert [len(found[name]._charts) for name in NAMES] == [1, 0, 1, 0, 0, 0]
    assert [found[name].freeze_panes for name in NAMES[1:]] == ["C2", "A2", "A2", "A2", "C2"]
    assert all(found[name].page_setup.orientation == "landscape" for name in NAMES)


def test_a_workbook_says_the_scores_and_who_missed_a_test():
    items = [make_item("Satu?"), make_item("Dua?")]
    sat = [
        Attendance("a", 1, "Ani", "Berau", attempt("a", items, 0, 1), attempt("a", items, 0, 0)),
        Attendance("b", 2, "Budi", "Berau", attempt("b", items, 1, 1), None),
    ]
    found = opened(results_xlsx(results(SESSION, sat, items, items)))
    rows = [row[:7] for row in found["Peserta"].iter_rows(min_row=2, values_only=True)]
    assert rows == [(1, "Ani", "Berau", 50, 100, 50, None), (2, "Budi", "Berau", 0, None, None, "Tidak mengikuti post-test")]
    summary = {row[0]: row[1:] for row in found["Ringkasan"].iter_rows(values_only=True)}
    assert summary["Rata-rata"][:2] == (25, 100)
    assert summary["Kenaikan rata-rata (poin)"][0] == 50
    assert summary["Berau"] == (2, None, None, None, "Ditutup: terlalu sedikit orang")
    wrong = next(found["Miskonsepsi"].iter_rows(min_row=2, values_only=True))
    assert wrong[:6] == ("Pre-test", 2, "Dua?", "Uang lewat bank", 2, 100)
    assert wrong[8:11] == ("UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai.", "Bantuan", "bantuan.md")
    assert found["Jawaban mentah"].max_row == 1 + 6


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_no_text_becomes_a_formula(text):
    items = [make_item(f"{text}?")]
    sat = [Attendance("a", 1, text, text, attempt("a", items, 1), None)]
    found = opened(results_xlsx(results(replace(SESSION, title=text, place=text), sat, items, [])))
    assert found["Peserta"]["B2"].value == text
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t")))


def test_characters_that_xml_forbids_and_long_names_do_not_break_a_workbook():
    items = [make_item("\x00 <b> \ufffe 😀?")]
    sat = [Attendance("a", 1, "M" * 40_000 + "\x00\ud800", "", attempt("a", items, 1), None)]
    assert opened(results_xlsx(results(SESSION, sat, items, [])))["Soal"]["E2"].value == " <b>  😀?"


def test_the_same_results_give_the_same_workbook():
    mine = results(SESSION, hall(5, *FORMS), *FORMS)
    assert results_xlsx(mine) == results_xlsx(mine)


def test_findings_are_modest_with_few_people_and_silent_without_any():
    few = findings(results(SESSION, hall(2, *FORMS), *FORMS))
    assert any("baru dihitung mulai 5 peserta" in line for line in few)
    assert any("Daya beda soal tidak dihitung" in line for line in few)
    many = " ".join(findings(results(SESSION, hall(60, *FORMS), *FORMS)))
    assert "Dengan keyakinan 95%" in many and "tidak dihitung nol" in many
    assert "kenaikan belum dapat dihitung" in " ".join(findings(results(SESSION, [], *FORMS)))


def test_a_bullet_is_a_whole_quote_or_whole_sentences_of_it():
    assert shown("UEP berupa barang.").text == "UEP berupa barang."
    long = "Kalimat pertama pendek. " + "Kalimat kedua panjang sekali " * 8 + "."
    assert shown(long).text == "Kalimat pertama pendek."
    assert shown("kata " * 60) is None
    assert shown("Tahap | Lama") is None
    assert shown("Jenis usaha:\n- makanan\n2. kue").under == ("makanan", "kue")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_slides_that_fit_quote_and_name_their_source(topic):
    mine = outline(CORPUS.statements, CORPUS.bank.items, topic)
    quoted = [slide for slide in mine.slides if slide.source.startswith("Sumber:")]
    said = [" ".join(said.passage.text.split()) for said in CORPUS.statements.all]
    text = " ".join(said) + " ".join(one.quote for one in CORPUS.statements.all)
    assert quoted
    for slide in quoted:
        assert len(slide.bullets) <= MOST_BULLETS
        assert len(slide.bullets) == 1 or sum(bullet.letters for bullet in slide.bullets) <= FULL
        assert all(line in text for bullet in slide.bullets for line in (bullet.text, *bullet.under))
        assert "«" in slide.notes and ".md)" in slide.notes
    assert mine.slides[-1].title == "Pertanyaan untuk dibahas"
    assert len(mine.slides[-1].bullets) == 3 and mine.slides[-1].notes.count("Jawaban: ") == 3


def test_another_region_stands_only_under_its_strip_and_only_in_its_topic():
    regions = {said.quote for said in CORPUS.statements.all if said.scope.startswith("daerah-lain")}
    for topic in TOPICS:
        for slide in outline(CORPUS.statements, CORPUS.bank.items, topic).slides:
            if ELSEWHERE not in slide.strips:
                assert not [bullet.text for bullet in slide.bullets if bullet.text in regions]
            elif slide.source.startswith("Sumber:"):
                assert topic == ABROAD


def test_what_no_source_says_is_a_slide_with_whom_to_ask_in_its_notes():
    slides = {slide.title: slide for slide in outline(CORPUS.statements, CORPUS.bank.items, "kriteria").slides}
    gaps = slides["Yang belum diatur atau belum ada di sumber"]
    assert "Batas umur penerima UEP perorangan Kaltim" in [bullet.text for bullet in gaps.bullets]
    assert "Tanyakan kepada: Bidang Penanganan Fakir Miskin Dinsos Kaltim" in gaps.notes


def test_a_file_of_slides_has_real_titles_strips_sources_and_notes_in_type_that_a_hall_can_read():
    mine = outline(CORPUS.statements, CORPUS.bank.items, ABROAD)
    deck = Presentation(io.BytesIO(slides_pptx(mine, SESSION)))
    pages = list(deck.slides)
    assert [page.shapes.title.text_frame.text for page in pages] == [TOPICS[ABROAD], *(slide.title for slide in mine.slides)]
    assert SESSION.title in pages[0].placeholders[1].text_frame.text
    for page, slide in zip(pages[1:], mine.slides, strict=True):
        texts = {shape.name: shape.text_frame.text for shape in page.shapes if shape.has_text_frame}
        assert ("Peringatan" in texts) == bool(slide.strips)
        assert texts["Sumber"][:60] == slide.source[:60]
        assert page.notes_slide.notes_text_frame.text == slide.notes
        body = page.placeholders[1].text_frame
        assert [p.text for p in body.paragraphs] == [t for bullet in slide.bullets for t in (bullet.text, *bullet.under)]
        assert min(run.font.size for p in body.paragraphs for run in p.runs) >= Pt(18)


def test_slides_with_odd_signs_and_without_a_session_can_be_made_and_are_always_the_same():
    odd = Outline("lain", (Slide("<b>&\x00\ud800" * 30, (), "x" * 999, "n\x00"),))
    assert slides_pptx(odd) == slides_pptx(odd)
    assert len(Presentation(io.BytesIO(slides_pptx(odd))).slides) == 2
