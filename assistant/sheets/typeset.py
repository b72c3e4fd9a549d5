"""What every training sheet in PDF shares: pages with a numbered foot, headings, texts that read as text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Table

from assistant.sheets.lettering import lettered
from assistant.sheets.letters import printable
from assistant.sheets.pdf import ACCENT, BRAND, FOOT, HEADING, NAME, PADDING, QUIET, RULE, VALUE
from assistant.sheets.values import AUTHOR

MARGIN, TOP, BOTTOM = 18 * mm, 16 * mm, 20 * mm
WIDTH = A4[0] - 2 * MARGIN
TIGHT = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]


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


def opening(title: str, facts: Iterable[tuple[str, str]]) -> list[Flowable]:
    """Return the head of a sheet: name of the app, title, rule, and the facts that are known."""
    rows = [[paragraph(name, NAME), paragraph(value, VALUE)] for name, value in facts if value]
    head = [
        Paragraph(AUTHOR, BRAND),
        paragraph(title, HEADING[1]),
        HRFlowable(width="100%", thickness=1.5, color=ACCENT, spaceAfter=6),
    ]
    if rows:
        style = [*TIGHT, ("LEFTPADDING", (0, 0), (0, -1), 0)]
        head.append(Table(rows, colWidths=[32 * mm, WIDTH - 32 * mm], style=style, hAlign="LEFT", spaceAfter=8))
    return head


def pages(story: list[Flowable], *, title: str, subject: str = "", foot: str = "") -> bytes:
    """Return A4 pages of the story; the same story gives the same bytes."""
    file = io.BytesIO()
    template = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN - PADDING,
        rightMargin=MARGIN - PADDING,
        topMargin=TOP - PADDING,
        bottomMargin=BOTTOM - PADDING,
        title=printable(title)[:200],
        author=AUTHOR,
        subject=printable(subject)[:200],
        creator=AUTHOR,
        lang="id",
        invariant=1,
    )
    template.build(story, canvasmaker=_numbered(printable(foot)))
    return file.getvalue()


def _numbered(foot: str) -> type[Canvas]:
    """Return a canvas that writes the foot of each page once it is known how many there are."""
    text = f"{AUTHOR} · {foot}" if foot else AUTHOR

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
                self.drawString(MARGIN, FOOT, text if len(text) <= 90 else f"{text[:89]}…")
                self.drawRightString(A4[0] - MARGIN, FOOT, f"Halaman {number} dari {len(self._pages)}")
                super().showPage()
            super().save()

    return Numbered
