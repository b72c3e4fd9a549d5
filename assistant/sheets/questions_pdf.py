"""QuestionSheet -> the question sheet and the key as PDFs; a question and its options stand on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Indenter, KeepTogether, Paragraph, Spacer, Table

from assistant.sheets.questions import EMPTY, KEY_TITLE, KEY_WARNING, REASON, SHEET_TITLE, Question, QuestionSheet, Solved
from assistant.sheets.typeset import (
    ACCENT,
    CELL,
    HEAD_CELL,
    INK,
    QUIETLY,
    TEXT,
    TIGHT,
    TINT,
    WARNING,
    WIDTH,
    markup,
    opening,
    pages,
    paragraph,
)
from assistant.sheets.values import AUTHOR
from assistant.training.review import Basis

NUMBER, LETTER, BOX = 10 * mm, 7 * mm, 8 * mm
ANSWER = 16 * mm
"""The width of the column in which the answer is written, at the right."""

STEM = TEXT.clone("stem", fontName="Helvetica-Bold", fontSize=10.5, leading=14.5, spaceAfter=1)
HINT = QUIETLY.clone("hint", spaceAfter=2)
QUOTED = TEXT.clone("quoted", fontSize=9.5, leading=13, spaceAfter=0)
STRIP = WARNING.clone("strip", fontSize=9, leading=12, spaceAfter=2)


def question_sheet_pdf(sheet: QuestionSheet) -> bytes:
    """Return the sheet for participants, with a line for name and regency and room for each answer."""
    story = opening(SHEET_TITLE, sheet.facts)
    story += [_who(), Spacer(0, 10)]
    story += [KeepTogether(list(_question(one))) for one in sheet.questions] or [paragraph(EMPTY, TEXT)]
    return pages(story, title=f"{SHEET_TITLE}: {sheet.session.title}", subject=sheet.form, foot=_foot(SHEET_TITLE, sheet))


def answer_key_pdf(sheet: QuestionSheet) -> bytes:
    """Return the key for trainers: answers at a glance, then each with its explanation and the sentence that bears it out."""
    story = [*opening(KEY_TITLE, sheet.facts), paragraph(KEY_WARNING, WARNING)]
    if sheet.solved:
        story += [_glance(sheet.solved), Spacer(0, 8)]
    for one in sheet.solved:
        story += _solved(one)
    if not sheet.solved:
        story.append(paragraph(EMPTY, TEXT))
    return pages(story, title=f"{KEY_TITLE}: {sheet.session.title}", subject=sheet.form, foot=_foot(KEY_TITLE, sheet))


_BAR = [
    ("BACKGROUND", (0, 0), (-1, -1), TINT),
    ("LINEBEFORE", (0, 0), (0, -1), 2.5, ACCENT),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
]
_NARROW = [*TIGHT, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]


def _foot(title: str, sheet: QuestionSheet) -> str:
    return " · ".join(part for part in (AUTHOR, title, sheet.form, sheet.session.title) if part)


def _who() -> Table:
    """Return the lines to write name and regency on."""
    cells = [[paragraph("Nama", CELL), "", paragraph("Kabupaten/kota", CELL), ""]]
    under = [("LINEBELOW", (n, 0), (n, 0), 0.7, INK) for n in (1, 3)]
    style = [*under, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (0, 0), 0)]
    return Table(cells, colWidths=[13 * mm, 84 * mm, 28 * mm, WIDTH - 125 * mm], rowHeights=[9 * mm], style=style, hAlign="LEFT")


def _question(one: Question) -> Iterator[Flowable]:
    inner = WIDTH - NUMBER - ANSWER
    body: list[Flowable] = [paragraph(one.stem, STEM), paragraph(one.answering, HINT)]
    boxes = 0
    if one.terms:
        body.append(_boxed(one.terms, inner))
        body.append(_rows(one.options, inner))
    elif not one.options[0][0]:
        body.append(_boxed([text for _, text in one.options], inner))
    else:
        body.append(_rows(one.options, inner))
        boxes = 1
    yield _line(paragraph(f"{one.number}.", STEM), body, boxes)
    if one.reasons:
        yield _line("", [paragraph(REASON, HINT), _rows(one.reasons, inner)], 1)
    yield Spacer(0, 9)


def _line(number: Flowable | str, body: list[Flowable], boxes: int) -> Table:
    """Return a row of number, text and, where one letter is the answer, a box for it."""
    box = Table([[""]], colWidths=[10 * mm], rowHeights=[10 * mm], style=[("BOX", (0, 0), (-1, -1), 1, INK)], hAlign="RIGHT")
    cells = [[number, body, box if boxes else ""]]
    style = [*_NARROW, ("RIGHTPADDING", (-1, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    return Table(cells, colWidths=[NUMBER, WIDTH - NUMBER - ANSWER, ANSWER], style=style, hAlign="LEFT")


def _rows(options: Iterable[tuple[str, str]], width: float) -> Table:
    cells = [[paragraph(mark, CELL_TEXT), paragraph(text, CELL_TEXT)] for mark, text in options]
    return Table(cells, colWidths=[LETTER, width - LETTER - 4], style=_NARROW, hAlign="LEFT")


def _boxed(texts: Iterable[str], width: float) -> Table:
    """Return a row for each text with an empty box before it."""
    box = Table([[""]], colWidths=[BOX], rowHeights=[BOX], style=[("BOX", (0, 0), (-1, -1), 0.8, INK)], hAlign="LEFT")
    cells = [[box, paragraph(text, CELL_TEXT)] for text in texts]
    style = [*_NARROW, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(cells, colWidths=[BOX + 4 * mm, width - BOX - 4 * mm - 4], style=style, hAlign="LEFT")


CELL_TEXT = CELL.clone("cell-text", fontSize=10.5, leading=14)


def _glance(solved: Iterable[Solved]) -> Table:
    """Return all short answers in a grid of five columns."""
    cells: list[Flowable | str] = [Paragraph(f"<b>{one.number}</b>&nbsp;&nbsp;{markup(one.short)}", CELL) for one in solved]
    rows = [cells[start : start + 5] for start in range(0, len(cells), 5)]
    rows[-1] += [""] * (5 - len(rows[-1]))
    return Table(rows, colWidths=[WIDTH / 5] * 5, style=[*TIGHT, ("BACKGROUND", (0, 0), (-1, -1), TINT)], hAlign="LEFT")


def _solved(one: Solved) -> Iterator[Flowable]:
    yield CondPageBreak(42 * mm)
    body: list[Flowable] = [paragraph(one.stem, STEM)]
    body += [Paragraph(f'<font color="#0b5f59"><b>{markup(line)}</b></font>', TEXT) for line in one.answer]
    yield _line(paragraph(f"{one.number}.", STEM), body, 0)
    yield Indenter(left=NUMBER)
    if one.explanation:
        yield paragraph(one.explanation, TEXT)
    if one.others:
        yield paragraph("Mengapa bukan yang lain", HEAD_CELL)
        yield from (paragraph(line, QUIETLY) for line in one.others)
    for basis in one.bases:
        yield from _basis(basis)
    yield Indenter(left=-NUMBER)
    yield Spacer(0, 8)


def _basis(basis: Basis) -> Iterator[Flowable]:
    quote = [[paragraph(f"«{basis.quote}»", QUOTED)]]
    strips = [paragraph(f"Perhatian: {warning}.", STRIP) for warning in basis.warnings]
    source = paragraph(f"Sumber: {basis.title} ({basis.path})", QUIETLY)
    yield KeepTogether([*strips, Table(quote, colWidths=[WIDTH - NUMBER], style=_BAR, hAlign="LEFT", splitInRow=1), source])
