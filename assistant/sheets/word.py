"""What every sheet in Word shares: styles, properties, foot."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assistant.sheets.letters import xml_text
from assistant.sheets.steady import STAMP, steady
from assistant.sheets.values import AUTHOR

FONT = "Arial"
INK, QUIET, ACCENT, ALARM = (RGBColor.from_string(value) for value in ("14202B", "465564", "0B5F59", "7A1F1F"))
QUOTE, WARNING, DETAIL = "Quote", "Peringatan", "Keterangan"
MARGIN = Mm(22)
PROPERTY_LETTERS = 255
"""The longest core property that Word takes."""


def prepared(name: str, *, foot: str, at: datetime = STAMP, subject: str = "") -> WordDocument:
    """Return an empty A4 document with the styles, the properties and the numbered foot of every sheet; `at` is in UTC."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    _styles(document)
    properties = document.core_properties
    properties.title = xml_text(name)[:PROPERTY_LETTERS]
    properties.author = properties.last_modified_by = AUTHOR
    properties.subject, properties.comments, properties.language = subject, "", "id-ID"
    properties.created = properties.modified = at
    line = section.footer.paragraphs[0]
    line.style = document.styles[DETAIL]
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.add_run(f"{xml_text(foot)} · Halaman ")
    _field(line, "PAGE")
    line.add_run(" dari ")
    _field(line, "NUMPAGES")
    return document


def word_document(title: str, *, about: str, foot: str, facts: Iterable[tuple[str, str]]) -> WordDocument:
    """Return a training sheet begun with its title and the facts that are known."""
    document = prepared(f"{title}: {' '.join(about.split())}", foot=f"{AUTHOR} · {foot}")
    document.add_heading(title, 0)
    for name, value in facts:
        if value:
            paragraph = document.add_paragraph(style=DETAIL)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(xml_text(value))
    return document


def together(paragraph: Paragraph, *, last: bool = False) -> Paragraph:
    """Keep a paragraph whole and, unless it is the last of its question, on the page of the next one."""
    paragraph.paragraph_format.keep_together, paragraph.paragraph_format.keep_with_next = True, not last
    return paragraph


def boxed(cell: _Cell) -> None:
    """Give a cell of a table without lines a box around it."""
    sides = [
        _element(f"w:{side}", val="single", sz="8", space="0", color="14202B") for side in ("top", "left", "bottom", "right")
    ]
    element: Any = cell._tc.get_or_add_tcPr()
    element.append(_element("w:tcBorders", *sides))


def unsplit(table: Any) -> None:
    """Keep each row of a table on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a document, the same for the same one."""
    file = io.BytesIO()
    document.save(file)
    return steady(file.getvalue())


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
