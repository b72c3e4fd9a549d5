"""Paper -> the bytes of a Word file with real headings, lists, tables and a style for quotes."""

from __future__ import annotations

import io
from datetime import UTC

from docx.document import Document as WordDocument
from docx.shared import Mm, Pt

from assistant.sheets.letters import xml_text
from assistant.sheets.paper import Heading, Paper, Part, Tone
from assistant.sheets.values import Proof, Publication, Rows, blocks, gap_facts
from assistant.sheets.word import DETAIL, QUOTE, WARNING, prepared

STYLES = {Tone.LARGE: "Normal", Tone.QUIET: DETAIL, Tone.WARNING: WARNING}


def docx_bytes(paper: Paper) -> bytes:
    """Return a sheet as a Word file; characters that XML forbids are dropped, all others stay as they are."""
    at = paper.at.astimezone(UTC).replace(tzinfo=None) if paper.at.tzinfo else paper.at
    document = prepared(paper.name, foot=paper.foot, at=at, subject=paper.subject)
    document.add_heading(paper.title, 0)
    if paper.warning:
        document.add_paragraph(xml_text(paper.warning), WARNING)
    table = document.add_table(rows=0, cols=2)
    for name, value in paper.facts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(48), Mm(118)
        cells[0].text, cells[1].text = name, xml_text(value)
        cells[0].paragraphs[0].style = document.styles[DETAIL]
    for part in paper.parts:
        _part(document, part)
    for order, note in enumerate(paper.notes):
        paragraph = document.add_paragraph(note)
        if not order:
            paragraph.paragraph_format.space_before = Pt(18)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _part(document: WordDocument, part: Part) -> None:
    if isinstance(part, Heading):
        document.add_heading(xml_text(part.text), part.level)
    elif isinstance(part, Proof):
        _proof(document, part)
    elif part.tone is Tone.BODY:
        _write(document, part.text, "Normal")
    elif part.tone is Tone.STRONG:
        document.add_paragraph().add_run(xml_text(part.text)).bold = True
    else:
        document.add_paragraph(xml_text(part.text), STYLES[part.tone])


def _proof(document: WordDocument, proof: Proof) -> None:
    document.add_heading(xml_text(f"[{proof.number}] {proof.document}"), 2)
    if proof.place:
        document.add_paragraph(xml_text(proof.place), DETAIL)
    document.add_paragraph(xml_text(proof.description), DETAIL)
    for warning in proof.warnings:
        document.add_paragraph(xml_text(f"Perhatian: {warning}."), WARNING)
    _write(document, proof.quote, QUOTE)
    if proof.publications:
        document.add_heading("Terbitan asli", 3)
    for publication in proof.publications:
        document.add_paragraph(xml_text(_publication(publication)), "List Bullet")
    for gap in proof.gaps:
        for name, value in gap_facts(gap):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(xml_text(value))


def _publication(publication: Publication) -> str:
    return "\n".join(line for line in (publication.title, publication.details, publication.url) if line)


def _write(document: WordDocument, text: str, style: str) -> None:
    """Write a text block by block; an item keeps the number that the source gives it."""
    for block in blocks(xml_text(text)):
        if isinstance(block, Rows):
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
            for order, row in enumerate(block.rows):
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    cell.paragraphs[0].add_run(value).bold = True if not order else None
            document.add_paragraph()
        elif block.mark:
            paragraph = document.add_paragraph(f"{block.mark}\t{block.text}", style)
            indent = Mm(6 if style == QUOTE else 0) + Mm(6)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = indent, -Mm(6)
            paragraph.paragraph_format.tab_stops.add_tab_stop(indent)
        else:
            document.add_paragraph(block.text, style)
