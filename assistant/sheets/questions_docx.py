"""QuestionSheet -> the question sheet and the key as Word files, for trainers who want to edit them."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document as WordDocument
from docx.shared import Mm, Pt

from assistant.sheets.letters import xml_text
from assistant.sheets.questions import EMPTY, KEY_TITLE, KEY_WARNING, REASON, SHEET_TITLE, Question, QuestionSheet, Solved
from assistant.sheets.word import ACCENT, DETAIL, QUOTE, WARNING, boxed, saved, together, unsplit, word_document

ANSWER = "Jawaban: ______"


def question_sheet_docx(sheet: QuestionSheet) -> bytes:
    """Return the sheet for participants as a Word file; a question and its options stand on one page."""
    document = _begun(SHEET_TITLE, sheet)
    line = document.add_paragraph("Nama: ______________________________   Kabupaten/kota: ______________________")
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(10)
    for one in sheet.questions:
        _question(document, one)
    if not sheet.questions:
        document.add_paragraph(EMPTY)
    return saved(document)


def answer_key_docx(sheet: QuestionSheet) -> bytes:
    """Return the key for trainers as a Word file."""
    document = _begun(KEY_TITLE, sheet)
    document.add_paragraph(KEY_WARNING, WARNING)
    for one in sheet.solved:
        _solved(document, one)
    if not sheet.solved:
        document.add_paragraph(EMPTY)
    return saved(document)


def _begun(title: str, sheet: QuestionSheet) -> WordDocument:
    foot = " · ".join(part for part in (title, sheet.form, sheet.session.title) if part)
    return word_document(title, about=sheet.session.title, foot=foot, facts=sheet.facts)


def _question(document: WordDocument, one: Question) -> None:
    together(document.add_heading(xml_text(f"{one.number}. {one.stem}"), 2))
    together(document.add_paragraph(one.answering, DETAIL))
    if one.terms:
        _boxes(document, one.terms)
    if one.options and not one.options[0][0]:
        _boxes(document, [text for _, text in one.options])
    else:
        _lettered(document, one.options)
        if not one.terms:
            together(document.add_paragraph(ANSWER))
    if one.reasons:
        together(document.add_paragraph(REASON, DETAIL))
        _lettered(document, one.reasons)
        together(document.add_paragraph(ANSWER))
    together(document.add_paragraph("", DETAIL), last=True)


def _lettered(document: WordDocument, options: Iterable[tuple[str, str]]) -> None:
    for mark, text in options:
        paragraph = together(document.add_paragraph(xml_text(f"{mark}\t{text}")))
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(14), -Mm(8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(14))


def _boxes(document: WordDocument, texts: Iterable[str]) -> None:
    """Write a row for each text with an empty box before it."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for text in texts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(10), Mm(155)
        boxed(cells[0])
        cells[1].text = xml_text(text)
        for cell in cells:
            together(cell.paragraphs[0])
    unsplit(table)
    together(document.add_paragraph("", DETAIL))


def _solved(document: WordDocument, one: Solved) -> None:
    together(document.add_heading(xml_text(f"{one.number}. {one.stem}"), 2))
    for line in one.answer:
        run = together(document.add_paragraph()).add_run(xml_text(line))
        run.bold, run.font.color.rgb = True, ACCENT
    if one.explanation:
        document.add_paragraph(xml_text(one.explanation))
    if one.others:
        together(document.add_paragraph()).add_run("Mengapa bukan yang lain").bold = True
        for line in one.others:
            document.add_paragraph(xml_text(line), DETAIL)
    for basis in one.bases:
        for warning in basis.warnings:
            together(document.add_paragraph(xml_text(f"Perhatian: {warning}."), WARNING))
        together(document.add_paragraph(xml_text(f"«{basis.quote}»"), QUOTE))
        document.add_paragraph(xml_text(f"Sumber: {basis.title} ({basis.path})"), DETAIL)
