"""Paper -> the bytes of a PDF: A4, the standard fonts of every reader, the same bytes for the same sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Indenter, Paragraph, SimpleDocTemplate, Spacer, Table

from assistant.sheets.letters import printable
from assistant.sheets.paper import Heading, Paper, Part, Tone
from assistant.sheets.values import AUTHOR, Line, Proof, Publication, Rows, blocks, gap_facts

MARGIN, TOP, BOTTOM, FOOT, PADDING = 22 * mm, 18 * mm, 22 * mm, 12 * mm, 6
WIDTH = A4[0] - 2 * MARGIN
"""Of the text; the library pads each page by PADDING, which the margins make up for."""

QUOTE_INDENT, LIST_INDENT, ABOVE = 6 * mm, 6 * mm, 3
TITLE_LETTERS = 120
WIDEST = 48
"""A column gets its width by its longest cell, counted up to so many letters."""

REWRITTEN = "Tanda yang tidak dimiliki huruf lembar ini ditulis dengan tanda lain, misalnya >= untuk lebih dari atau sama dengan."
INK, QUIET, ACCENT, RULE, ALARM, TINT = (
    HexColor(value) for value in ("#14202b", "#465564", "#0b5f59", "#c5ced6", "#7a1f1f", "#f2f7f6")
)


def _style(name: str, **values: Any) -> ParagraphStyle:
    usual = {"fontName": "Helvetica", "fontSize": 10, "leading": 14.5, "textColor": INK, "alignment": TA_LEFT, "spaceAfter": 4}
    return ParagraphStyle(name, **{**usual, **values})


TEXT = _style("text")
ITEM = _style("item", leftIndent=LIST_INDENT, bulletIndent=0, spaceAfter=2)
CELL = _style("cell", fontSize=9, leading=12, spaceAfter=0)
HEAD_CELL = _style("head-cell", fontName="Helvetica-Bold", fontSize=9, leading=12, spaceAfter=0)
QUIETLY = _style("quiet", fontSize=9, leading=12.5, textColor=QUIET)
NAME = _style("name", fontSize=9.5, leading=13, textColor=QUIET, spaceAfter=0)
VALUE = _style("value", fontSize=9.5, leading=13, spaceAfter=0)
WARNING = _style("warning", fontName="Helvetica-Bold", textColor=ALARM)
ROOM = {2: 30 * mm, 3: 42 * mm, 4: 20 * mm}
"""What must be free below a heading's top; else it goes to the next page."""

BOLD = {"fontName": "Helvetica-Bold"}
HEADING = {
    1: _style("heading-1", **BOLD, fontSize=18, leading=22, spaceAfter=6),
    2: _style("heading-2", **BOLD, fontSize=12.5, leading=16, textColor=ACCENT, spaceBefore=12),
    3: _style("heading-3", **BOLD, fontSize=10.5, leading=14, spaceBefore=10),
    4: _style("heading-4", **BOLD, fontSize=9, leading=12, textColor=QUIET, spaceBefore=4),
}
QUESTION = _style("question", fontSize=11, leading=16)
STRONG = _style("strong", **BOLD)
QUOTE = _style("quote", leftIndent=QUOTE_INDENT, rightIndent=3 * mm)
QUOTE_ITEM = _style("quote-item", leftIndent=QUOTE_INDENT + LIST_INDENT, bulletIndent=QUOTE_INDENT, rightIndent=3 * mm)
BRAND = _style("brand", fontName="Helvetica-Bold", fontSize=9, leading=12, textColor=ACCENT, spaceAfter=2)


TONES = {Tone.LARGE: QUESTION, Tone.STRONG: STRONG, Tone.QUIET: QUIETLY, Tone.WARNING: WARNING}


def pdf_bytes(paper: Paper) -> bytes:
    """Return a sheet as a PDF; the same sheet gives the same bytes, and no text in it can make this fail."""
    file = io.BytesIO()
    title = printable(paper.name)
    template = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN - PADDING,
        rightMargin=MARGIN - PADDING,
        topMargin=TOP - PADDING,
        bottomMargin=BOTTOM - PADDING,
        title=title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1] + "…",
        author=AUTHOR,
        subject=paper.subject,
        creator=AUTHOR,
        lang="id",
        invariant=1,
    )
    template.build(list(_story(paper)), canvasmaker=_numbered(printable(paper.foot)))
    return file.getvalue()


def _story(paper: Paper) -> Iterator[Flowable]:
    yield Paragraph(AUTHOR, BRAND)
    yield Paragraph(escape(paper.title), HEADING[1])
    yield HRFlowable(width="100%", thickness=1.5, color=ACCENT, spaceAfter=8)
    if paper.warning:
        yield _text(paper.warning, WARNING)
    facts = [[_text(name, NAME), _text(value, VALUE)] for name, value in paper.facts]
    yield Table(facts, colWidths=[48 * mm, WIDTH - 48 * mm], style=[*_TIGHT, ("LEFTPADDING", (0, 0), (0, -1), 0)], hAlign="LEFT")
    for part in paper.parts:
        yield from _part(part)
    yield Spacer(0, 10)
    yield HRFlowable(width="100%", thickness=0.75, color=ACCENT, spaceAfter=6)
    for note in paper.notes:
        yield Paragraph(escape(note), TEXT)
    if any(not set(printable(text)) >= {c for c in text if c.isprintable()} for text in (paper.about, *paper.texts)):
        yield Paragraph(escape(REWRITTEN), QUIETLY)


def _part(part: Part) -> Iterator[Flowable]:
    if isinstance(part, Heading):
        yield from _heading(part.text, part.level + 1)
    elif isinstance(part, Proof):
        yield from _proof(part)
    elif part.tone is Tone.BODY:
        yield from _blocks(part.text, TEXT, ITEM)
    else:
        yield _text(part.text, TONES[part.tone])


def _heading(text: str, level: int) -> Iterator[Flowable]:
    """Yield a heading that never ends a page; the text below it may run over pages."""
    yield CondPageBreak(ROOM[level])
    yield _text(text, HEADING[level])


def _proof(proof: Proof) -> Iterator[Flowable]:
    yield from _heading(f"[{proof.number}] {proof.document}", 3)
    if proof.place:
        yield _text(proof.place, QUIETLY)
    yield _text(proof.description, QUIETLY)
    for warning in proof.warnings:
        yield _text(f"Perhatian: {warning}.", WARNING)
    yield Spacer(0, ABOVE + 1)
    yield from _blocks(proof.quote, QUOTE, QUOTE_ITEM)
    yield Spacer(0, 4)
    if proof.publications:
        yield from _heading("Terbitan asli", 4)
    for publication in proof.publications:
        yield Paragraph(_publication(publication), ITEM, bulletText="•")
    for gap in proof.gaps:
        for name, value in gap_facts(gap):
            yield Paragraph(f"<b>{name}:</b> {_markup(value)}", TEXT)


def _publication(publication: Publication) -> str:
    lines = [_markup(publication.title), _markup(publication.details)]
    if publication.url:
        url = _markup(publication.url)
        address = quoteattr(printable(publication.url))
        lines.append(f'<link href={address} color="#0b5f59">{url}</link>' if publication.link else url)
    return "<br/>".join(line for line in lines if line)


def _blocks(text: str, line_style: ParagraphStyle, item_style: ParagraphStyle) -> Iterator[Flowable]:
    quoted = line_style is QUOTE
    paragraph = _Quoted if quoted else Paragraph
    for block in blocks(text):
        if isinstance(block, Rows):
            yield from _table(block, indent=QUOTE_INDENT if quoted else 0)
        elif isinstance(block, Line) and block.mark:
            yield paragraph(_markup(block.text), item_style, bulletText=block.mark)
        else:
            yield paragraph(_markup(block.text), line_style)


def _table(table: Rows, *, indent: float) -> Iterator[Flowable]:
    cells = [[_text(cell, CELL if order else HEAD_CELL) for cell in row] for order, row in enumerate(table.rows)]
    weights = [min(max(8, *(len(row[column]) for row in table.rows)), WIDEST) for column in range(len(cells[0]))]
    widths = [(WIDTH - indent) * weight / sum(weights) for weight in weights]
    grid = [*_TIGHT, ("GRID", (0, 0), (-1, -1), 0.5, RULE), ("LINEBELOW", (0, 0), (-1, 0), 1, QUIET)]
    bar = [("LINEBEFORE", (0, 0), (0, -1), 2.5, ACCENT)] if indent else []
    yield Indenter(left=indent)
    yield Table(cells, colWidths=widths, style=[*grid, *bar], hAlign="LEFT", splitInRow=1, repeatRows=0)
    yield Indenter(left=-indent)
    yield Spacer(0, 6)


_TIGHT = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(_markup(text), style)


def _markup(text: str) -> str:
    """Return `text` for a Paragraph: in the font's letters, with nothing that reads as markup."""
    return escape(printable(text)).replace("\n", "<br/>")


class _Quoted(Paragraph):
    """A paragraph with a bar on its left; its parts on two pages each keep the bar."""

    def draw(self) -> None:
        bottom, height = -self.style.spaceAfter, self.height + self.style.spaceAfter + ABOVE
        self.canv.saveState()
        self.canv.setFillColor(TINT)
        self.canv.rect(0, bottom, self.width, height, stroke=0, fill=1)
        self.canv.setFillColor(ACCENT)
        self.canv.rect(0, bottom, 2.5, height, stroke=0, fill=1)
        self.canv.restoreState()
        super().draw()


def _numbered(foot: str) -> type[Canvas]:
    """Return a canvas that writes the foot of each page once it is known how many there are."""

    class Numbered(Canvas):
        def __init__(self, *values: Any, **named: Any) -> None:
            super().__init__(*values, **named)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setStrokeColor(RULE)
                self.setLineWidth(0.5)
                self.line(MARGIN, FOOT + 11, A4[0] - MARGIN, FOOT + 11)
                self.setFont("Helvetica", 8)
                self.setFillColor(QUIET)
                self.drawString(MARGIN, FOOT, foot)
                self.drawRightString(A4[0] - MARGIN, FOOT, f"Halaman {number} dari {len(self._pages)}")
                super().showPage()
            super().save()

    return Numbered
