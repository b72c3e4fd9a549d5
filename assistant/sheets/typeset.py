"""What every sheet in PDF shares: colours and styles, pages with a numbered foot, texts that read as text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Table

from assistant.sheets.lettering import lettered
from assistant.sheets.letters import printable
from assistant.sheets.values import AUTHOR

MARGIN, TOP, BOTTOM, FOOT, PADDING = 18 * mm, 16 * mm, 20 * mm, 12 * mm, 6
WIDTH = A4[0] - 2 * MARGIN
"""Of the text; the library pads each page by PADDING, which the margins make up for."""
LONGEST_TITLE, LONGEST_FOOT = 120, 90
"""Letters; what is longer ends with an ellipsis."""
TIGHT = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
INK, QUIET, ACCENT, RULE, ALARM, TINT = (
    HexColor(value) for value in ("#14202b", "#465564", "#0b5f59", "#c5ced6", "#7a1f1f", "#f2f7f6")
)


def style(name: str, **values: Any) -> ParagraphStyle:
    """Return the usual style of a text with some values changed."""
    usual = {"fontName": "Helvetica", "fontSize": 10, "leading": 14.5, "textColor": INK, "alignment": TA_LEFT, "spaceAfter": 4}
    return ParagraphStyle(name, **{**usual, **values})


TEXT = style("text")
ITEM = style("item", leftIndent=6 * mm, bulletIndent=0, spaceAfter=2)
CELL = style("cell", fontSize=9, leading=12, spaceAfter=0)
HEAD_CELL = style("head-cell", fontName="Helvetica-Bold", fontSize=9, leading=12, spaceAfter=0)
QUIETLY = style("quiet", fontSize=9, leading=12.5, textColor=QUIET)
NAME = style("name", fontSize=9.5, leading=13, textColor=QUIET, spaceAfter=0)
VALUE = style("value", fontSize=9.5, leading=13, spaceAfter=0)
WARNING = style("warning", fontName="Helvetica-Bold", textColor=ALARM)
BOLD = {"fontName": "Helvetica-Bold"}
HEADING = {
    1: style("heading-1", **BOLD, fontSize=18, leading=22, spaceAfter=6),
    2: style("heading-2", **BOLD, fontSize=12.5, leading=16, textColor=ACCENT, spaceBefore=12),
    3: style("heading-3", **BOLD, fontSize=10.5, leading=14, spaceBefore=10),
    4: style("heading-4", **BOLD, fontSize=9, leading=12, textColor=QUIET, spaceBefore=4),
}
BRAND = style("brand", fontName="Helvetica-Bold", fontSize=9, leading=12, textColor=ACCENT, spaceAfter=2)


def markup(text: str) -> str:
    """Return `text` for a Paragraph: in the font's letters, with nothing that reads as markup."""
    return escape(printable(text)).replace("\n", "<br/>")


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a text as a paragraph."""
    return Paragraph(markup(text), style)


def person(name: str, style: ParagraphStyle) -> Paragraph:
    """Return a person's name as a paragraph, in another font where its script needs one; one that none holds is left blank."""
    found = lettered(name)
    if found is None:
        return Paragraph("", style)
    return Paragraph(escape(found.text), style.clone(f"{style.name}-name", fontName=found.regular))


def brand(title: str) -> list[Flowable]:
    """Return what every sheet begins with: the name of the app, its title and a rule."""
    return [
        Paragraph(AUTHOR, BRAND),
        paragraph(title, HEADING[1]),
        HRFlowable(width="100%", thickness=1.5, color=ACCENT, spaceAfter=8),
    ]


def opening(title: str, facts: Iterable[tuple[str, str]]) -> list[Flowable]:
    """Return the head of a training sheet: name of the app, title, rule, and the facts that are known."""
    rows = [[paragraph(name, NAME), paragraph(value, VALUE)] for name, value in facts if value]
    if not rows:
        return brand(title)
    look = [*TIGHT, ("LEFTPADDING", (0, 0), (0, -1), 0)]
    return [*brand(title), Table(rows, colWidths=[32 * mm, WIDTH - 32 * mm], style=look, hAlign="LEFT", spaceAfter=8)]


def pages(
    story: list[Flowable],
    *,
    title: str,
    subject: str = "",
    foot: str = AUTHOR,
    side: float = MARGIN,
    top: float = TOP,
    bottom: float = BOTTOM,
) -> bytes:
    """Return A4 pages of the story with these margins; the same story gives the same bytes."""
    file = io.BytesIO()
    template = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=side - PADDING,
        rightMargin=side - PADDING,
        topMargin=top - PADDING,
        bottomMargin=bottom - PADDING,
        title=_short(printable(title), LONGEST_TITLE),
        author=AUTHOR,
        subject=printable(subject)[:200],
        creator=AUTHOR,
        lang="id",
        invariant=1,
    )
    template.build(story, canvasmaker=_numbered(_short(printable(foot), LONGEST_FOOT), side))
    return file.getvalue()


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _numbered(foot: str, side: float) -> type[Canvas]:
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
                self.line(side, FOOT + 11, A4[0] - side, FOOT + 11)
                self.setFont("Helvetica", 8)
                self.setFillColor(QUIET)
                self.drawString(side, FOOT, foot)
                self.drawRightString(A4[0] - side, FOOT, f"Halaman {number} dari {len(self._pages)}")
                super().showPage()
            super().save()

    return Numbered
