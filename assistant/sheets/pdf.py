"""Paper -> the bytes of a PDF: A4, the standard fonts of every reader, the same bytes for the same sheet."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Indenter, Paragraph, Spacer, Table

from assistant.sheets.letters import printable
from assistant.sheets.paper import Heading, Paper, Part, Tone
from assistant.sheets.typeset import (
    ACCENT,
    BOLD,
    CELL,
    HEAD_CELL,
    HEADING,
    ITEM,
    NAME,
    QUIET,
    QUIETLY,
    RULE,
    TEXT,
    TIGHT,
    TINT,
    VALUE,
    WARNING,
    brand,
    markup,
    pages,
    paragraph,
    style,
)
from assistant.sheets.values import Line, Proof, Publication, Rows, blocks, gap_facts

MARGIN, TOP, BOTTOM = 22 * mm, 18 * mm, 22 * mm
WIDTH = A4[0] - 2 * MARGIN
QUOTE_INDENT, LIST_INDENT, ABOVE = 6 * mm, 6 * mm, 3
WIDEST = 48
"""A column gets its width by its longest cell, counted up to so many letters."""

REWRITTEN = "Tanda yang tidak dimiliki huruf lembar ini ditulis dengan tanda lain, misalnya >= untuk lebih dari atau sama dengan."
ROOM = {2: 30 * mm, 3: 42 * mm, 4: 20 * mm}
"""What must be free below a heading's top; else it goes to the next page."""

QUESTION = style("question", fontSize=11, leading=16)
STRONG = style("strong", **BOLD)
QUOTE = style("quote", leftIndent=QUOTE_INDENT, rightIndent=3 * mm)
QUOTE_ITEM = style("quote-item", leftIndent=QUOTE_INDENT + LIST_INDENT, bulletIndent=QUOTE_INDENT, rightIndent=3 * mm)

TONES = {Tone.LARGE: QUESTION, Tone.STRONG: STRONG, Tone.QUIET: QUIETLY, Tone.WARNING: WARNING}


def pdf_bytes(paper: Paper) -> bytes:
    """Return a sheet as a PDF; the same sheet gives the same bytes, and no text in it can make this fail."""
    return pages(
        list(_story(paper)),
        title=paper.name,
        subject=paper.subject,
        foot=paper.foot,
        side=MARGIN,
        top=TOP,
        bottom=BOTTOM,
    )


def _story(paper: Paper) -> Iterator[Flowable]:
    yield from brand(paper.title)
    if paper.warning:
        yield paragraph(paper.warning, WARNING)
    facts = [[paragraph(name, NAME), paragraph(value, VALUE)] for name, value in paper.facts]
    yield Table(facts, colWidths=[48 * mm, WIDTH - 48 * mm], style=[*TIGHT, ("LEFTPADDING", (0, 0), (0, -1), 0)], hAlign="LEFT")
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
        yield paragraph(part.text, TONES[part.tone])


def _heading(text: str, level: int) -> Iterator[Flowable]:
    """Yield a heading that never ends a page; the text below it may run over pages."""
    yield CondPageBreak(ROOM[level])
    yield paragraph(text, HEADING[level])


def _proof(proof: Proof) -> Iterator[Flowable]:
    yield from _heading(f"[{proof.number}] {proof.document}", 3)
    if proof.place:
        yield paragraph(proof.place, QUIETLY)
    yield paragraph(proof.description, QUIETLY)
    for warning in proof.warnings:
        yield paragraph(f"Perhatian: {warning}.", WARNING)
    yield Spacer(0, ABOVE + 1)
    yield from _blocks(proof.quote, QUOTE, QUOTE_ITEM)
    yield Spacer(0, 4)
    if proof.publications:
        yield from _heading("Terbitan asli", 4)
    for publication in proof.publications:
        yield Paragraph(_publication(publication), ITEM, bulletText="•")
    for gap in proof.gaps:
        for name, value in gap_facts(gap):
            yield Paragraph(f"<b>{name}:</b> {markup(value)}", TEXT)


def _publication(publication: Publication) -> str:
    lines = [markup(publication.title), markup(publication.details)]
    if publication.url:
        url = markup(publication.url)
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
            yield paragraph(markup(block.text), item_style, bulletText=block.mark)
        else:
            yield paragraph(markup(block.text), line_style)


def _table(table: Rows, *, indent: float) -> Iterator[Flowable]:
    cells = [[paragraph(cell, CELL if order else HEAD_CELL) for cell in row] for order, row in enumerate(table.rows)]
    weights = [min(max(8, *(len(row[column]) for row in table.rows)), WIDEST) for column in range(len(cells[0]))]
    widths = [(WIDTH - indent) * weight / sum(weights) for weight in weights]
    grid = [*TIGHT, ("GRID", (0, 0), (-1, -1), 0.5, RULE), ("LINEBELOW", (0, 0), (-1, 0), 1, QUIET)]
    bar = [("LINEBEFORE", (0, 0), (0, -1), 2.5, ACCENT)] if indent else []
    yield Indenter(left=indent)
    yield Table(cells, colWidths=widths, style=[*grid, *bar], hAlign="LEFT", splitInRow=1, repeatRows=0)
    yield Indenter(left=-indent)
    yield Spacer(0, 6)


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
