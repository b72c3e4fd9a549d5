"""Paper -> the bytes of a Word file with real headings, lists, tables and a style for quotes."""

from __future__ import annotations

import io
import re
from datetime import UTC
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.sheets.paper import Heading, Paper, Part, Tone
from assistant.sheets.values import AUTHOR, Proof, Publication, Rows, blocks, gap_facts

FONT = "Arial"
INK, QUIET, ACCENT, ALARM = (RGBColor.from_string(value) for value in ("14202B", "465564", "0B5F59", "7A1F1F"))
QUOTE, WARNING, DETAIL = "Quote", "Peringatan", "Keterangan"
STYLES = {Tone.LARGE: "Normal", Tone.QUIET: DETAIL, Tone.WARNING: WARNING}
PROPERTY_LETTERS = 255
"""The longest core property that Word takes."""

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx_bytes(paper: Paper) -> bytes:
    """Return a sheet as a Word file; characters that XML forbids are dropped, all others stay as they are."""
    document = _prepared(paper)
    document.add_heading(paper.title, 0)
    if paper.warning:
        document.add_paragraph(_clean(paper.warning), WARNING)
    table = document.add_table(rows=0, cols=2)
    for name, value in paper.facts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(48), Mm(118)
        cells[0].text, cells[1].text = name, _clean(value)
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
        document.add_heading(_clean(part.text), part.level)
    elif isinstance(part, Proof):
        _proof(document, part)
    elif part.tone is Tone.BODY:
        _write(document, part.text, "Normal")
    elif part.tone is Tone.STRONG:
        document.add_paragraph().add_run(_clean(part.text)).bold = True
    else:
        document.add_paragraph(_clean(part.text), STYLES[part.tone])


def _proof(document: WordDocument, proof: Proof) -> None:
    document.add_heading(_clean(f"[{proof.number}] {proof.document}"), 2)
    if proof.place:
        document.add_paragraph(_clean(proof.place), DETAIL)
    document.add_paragraph(_clean(proof.description), DETAIL)
    for warning in proof.warnings:
        document.add_paragraph(_clean(f"Perhatian: {warning}."), WARNING)
    _write(document, proof.quote, QUOTE)
    if proof.publications:
        document.add_heading("Terbitan asli", 3)
    for publication in proof.publications:
        document.add_paragraph(_clean(_publication(publication)), "List Bullet")
    for gap in proof.gaps:
        for name, value in gap_facts(gap):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(_clean(value))


def _publication(publication: Publication) -> str:
    return "\n".join(line for line in (publication.title, publication.details, publication.url) if line)


def _write(document: WordDocument, text: str, style: str) -> None:
    """Write a text block by block; an item keeps the number that the source gives it."""
    for block in blocks(_clean(text)):
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


def _clean(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _prepared(paper: Paper) -> WordDocument:
    """Return an empty A4 document with the styles, the properties and the foot of the sheet."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
    _styles(document)
    properties = document.core_properties
    properties.title = _clean(paper.name)[:PROPERTY_LETTERS]
    properties.author = properties.last_modified_by = AUTHOR
    properties.subject, properties.comments, properties.language = paper.subject, "", "id-ID"
    at = paper.at.astimezone(UTC).replace(tzinfo=None) if paper.at.tzinfo else paper.at
    properties.created = properties.modified = at
    foot = section.footer.paragraphs[0]
    foot.style = document.styles[DETAIL]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    foot.add_run(f"{_clean(paper.foot)} · Halaman ")
    _field(foot, "PAGE")
    foot.add_run(" dari ")
    _field(foot, "NUMPAGES")
    return document


def _styles(document: WordDocument) -> None:
    styles: Any = document.styles
    sizes = {"Normal": 10.5, "Title": 20, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 10, QUOTE: 10.5}
    colours = {"Title": INK, "Heading 1": ACCENT, "Heading 2": INK, "Heading 3": QUIET}
    for name, size in sizes.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colours.get(name, INK)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, size, colour, bold in ((DETAIL, 9, QUIET, False), (WARNING, 10.5, ALARM, True)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.color.rgb, style.font.bold = styles["Normal"], Pt(size), colour, bold
    for name in ("Normal", DETAIL, WARNING, QUOTE):
        styles[name].paragraph_format.space_after = Pt(4)
    quote = styles[QUOTE]
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(6)
    quote.element.get_or_add_pPr().insert_element_before(
        _element("w:pBdr", _element("w:left", val="single", sz="18", space="8", color=str(ACCENT))),
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"),
    )
    language = styles["Normal"].element.get_or_add_rPr()
    language.append(_element("w:lang", val="id-ID"))


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that Word fills in, such as PAGE."""
    run: Any = paragraph.add_run()
    code = _element("w:instrText")
    code.text = name
    for part in (_element("w:fldChar", fldCharType="begin"), code, _element("w:fldChar", fldCharType="end")):
        run._r.append(part)


def _element(tag: str, *children: Any, **values: str) -> Any:
    element: Any = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element
