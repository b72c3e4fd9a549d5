"""Outline -> the bytes of a PowerPoint file: real titles and lists, strips, sources, notes. The one module that names pptx."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from assistant.sheets.letters import xml_text
from assistant.sheets.outline import Outline, Slide
from assistant.sheets.steady import STAMP, steady
from assistant.sheets.svg import short
from assistant.sheets.values import AUTHOR
from assistant.training.results import Session
from assistant.wording import day


def _colour(value: str) -> Any:
    make: Any = RGBColor
    return make.from_string(value)


FONT = "Arial"
WIDE, HIGH, EDGE = Inches(13.333), Inches(7.5), Inches(0.7)
INK, QUIET, ACCENT, WHITE, STRIP = (_colour(value) for value in ("14202B", "465564", "0B5F59", "FFFFFF", "7A1F1F"))
SUBTITLE = "Setiap kalimat dikutip dari sumber yang disebut di salindianya."


def slides_pptx(outline: Outline, session: Session | None = None) -> bytes:
    """Return the slides of a topic, 16 by 9, with a title slide that names the session when there is one."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title, deck.core_properties.author = xml_text(outline.title)[:255], AUTHOR
    deck.core_properties.last_modified_by = AUTHOR
    deck.core_properties.language = "id-ID"
    deck.core_properties.created = deck.core_properties.modified = STAMP
    _opening(deck, outline, session)
    for number, slide in enumerate(outline.slides, 2):
        _slide(deck, slide, number)
    file = io.BytesIO()
    deck.save(file)
    return steady(file.getvalue())


def _opening(deck: Any, outline: Outline, session: Session | None) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[0])
    _bar(page, 0, Inches(0.35), HIGH, ACCENT)
    title, below = page.shapes.title, page.placeholders[1]
    _place(title, EDGE + Inches(0.3), Inches(2.0), WIDE - 2 * EDGE, Inches(1.7))
    _place(below, EDGE + Inches(0.3), Inches(3.9), WIDE - 2 * EDGE, Inches(2.4))
    _write(title.text_frame, outline.title, 44, INK, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    facts = [session.title, " · ".join(p for p in (session.place, day(session.day), session.trainer) if p)] if session else []
    lines = [line for line in (*facts, SUBTITLE) if line]
    _write(below.text_frame, lines[0], 24, QUIET)
    for line in lines[1:]:
        _run(below.text_frame.add_paragraph(), line, 20, QUIET)
    for paragraph in below.text_frame.paragraphs:
        paragraph.space_after = Pt(8)
        _left(paragraph)
    _left(title.text_frame.paragraphs[0])


def _slide(deck: Any, slide: Slide, number: int) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[1])
    top = 0
    for strip in slide.strips:
        _strip(page, strip, top)
        top += Inches(0.55)
    title, body = page.shapes.title, page.placeholders[1]
    _place(title, EDGE, top + Inches(0.35), WIDE - 2 * EDGE, Inches(1.0))
    _write(title.text_frame, slide.title, 32 if len(slide.title) <= 55 else 26, ACCENT, bold=True)
    _left(title.text_frame.paragraphs[0])
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _place(body, EDGE, top + Inches(1.45), WIDE - 2 * EDGE, HIGH - top - Inches(2.75))
    _bullets(body.text_frame, slide)
    foot = page.shapes.add_textbox(EDGE, HIGH - Inches(1.1), WIDE - 2 * EDGE - Inches(0.9), Inches(0.85))
    foot.name = "Sumber"
    foot.text_frame.word_wrap = True
    foot.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    source = short(slide.source, 330)
    _write(foot.text_frame, source, 14 if len(source) <= 220 else 12, QUIET)
    mark = page.shapes.add_textbox(WIDE - EDGE - Inches(0.8), HIGH - Inches(0.65), Inches(0.8), Inches(0.4))
    mark.name = "Nomor salindia"
    _write(mark.text_frame, str(number), 14, QUIET)
    page.notes_slide.notes_text_frame.text = xml_text(slide.notes)


def _bullets(frame: Any, slide: Slide) -> None:
    letters = sum(bullet.letters for bullet in slide.bullets)
    size = 26 if letters <= 280 else 22 if letters <= 450 else 20
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    first = True
    for bullet in slide.bullets:
        for level, text in enumerate((bullet.text, *bullet.under)):
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            paragraph.level = min(level, 1)
            paragraph.space_after = Pt(4 if level or bullet.under else 10)
            _run(paragraph, text, size - 2 * min(level, 1), INK)


def _strip(page: Any, text: str, top: int) -> None:
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, top, WIDE, Inches(0.55))
    shape.name = "Peringatan"
    shape.fill.solid()
    shape.fill.fore_color.rgb = STRIP
    shape.line.fill.background()
    shape.shadow.inherit = False
    shape.text_frame.margin_left = EDGE
    _write(shape.text_frame, text, 20, WHITE, bold=True)
    _left(shape.text_frame.paragraphs[0])


def _bar(page: Any, left: int, width: int, height: int, colour: RGBColor) -> None:
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, 0, width, height)
    shape.name = "Hiasan"
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Emu, (left, top, width, height))


def _write(frame: Any, text: str, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    frame.clear()
    frame.word_wrap = True
    _run(frame.paragraphs[0], text, size, colour, bold=bold)


def _run(paragraph: Any, text: str, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = xml_text(text)
    font = run.font
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, colour
    run._r.get_or_add_rPr().set("lang", "id-ID")


def _left(paragraph: Any) -> None:
    paragraph._p.get_or_add_pPr().set("algn", "l")
