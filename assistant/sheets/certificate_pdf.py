"""Certificates -> one PDF, a landscape page each: calm, without a logo, with a QR code that leads to the check."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assistant.sheets.certificate import NOT_A_LICENCE, TITLE, Certificate
from assistant.sheets.lettering import Lettered, lettered
from assistant.sheets.letters import printable
from assistant.sheets.qr import QUIET_ZONE, qr_modules
from assistant.sheets.typeset import ACCENT, INK, QUIET, RULE
from assistant.sheets.values import AUTHOR
from assistant.wording import day

WIDE, HIGH = landscape(A4)
EDGE, INNER = 10 * mm, 12.5 * mm
TEXT_WIDTH = WIDE - 64 * mm
FLOOR, CEILING = 60 * mm, HIGH - 24 * mm
"""Between them stands the text; below it the code and the signature."""

QR_SIDE = 27 * mm
BLACK = HexColor("#000000")
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one font and size; `above` is the room over them, `dotted` a line to write a name on."""

    lines: tuple[str, ...]
    font: str
    size: float
    colour: HexColor
    above: float
    dotted: bool = False

    @property
    def height(self) -> float:
        """Return the height with the room above."""
        return self.above + len(self.lines) * self.size * 1.22


def certificate_pdf(certificates: Sequence[Certificate]) -> bytes:
    """Return all certificates as one PDF, a page each, in their order; the same ones give the same bytes.

    A name of any length is made to fit; one whose letters no font holds leaves a line to write it on.
    """
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, HIGH), invariant=1, lang="id")
    canvas.setTitle(printable(f"{TITLE}: {certificates[0].name}" if len(certificates) == 1 else TITLE))
    canvas.setAuthor(AUTHOR)
    canvas.setCreator(AUTHOR)
    if not certificates:
        _centred(canvas, Block(("Belum ada sertifikat untuk dicetak.",), PLAIN, 14, INK, 0), HIGH / 2)
        canvas.showPage()
    for certificate in certificates:
        _page(canvas, certificate)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines_of(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Return a text broken at blanks into lines of at most `width`, a word that is longer broken anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if stringWidth(joined, font, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while stringWidth(word, font, size) > width and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or stringWidth(word[:n], font, size) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return (*lines, line) if line else tuple(lines)


def fitted(
    text: Lettered, size: float, least: float, width: float, lines: int, *, bold: bool = False
) -> tuple[tuple[str, ...], float]:
    """Return the lines of a text and the largest size, from `size` down to `least`, in which they are at most `lines`.

    No word is broken above `least`; there, what takes more lines is cut with an ellipsis. Lines are of about one length.
    """
    font = text.bold if bold else text.regular
    while True:
        found = lines_of(text.text, font, size, width)
        whole = all(stringWidth(word, font, size) <= width for word in text.text.split())
        if (len(found) <= lines and whole) or size <= least:
            break
        size = max(least, size - 0.5)
    if len(found) > lines:
        return (*found[: lines - 1], f"{found[lines - 1]}…"), size
    while len(found) > 1 and len(lines_of(text.text, font, size, width * 0.98)) == len(found):
        width *= 0.98
    return lines_of(text.text, font, size, width), size


def _page(canvas: Canvas, one: Certificate) -> None:
    _frame(canvas)
    blocks = [block for block in _blocks(one) if block.lines]
    room = CEILING - FLOOR - sum(block.height for block in blocks)
    more = max(0.0, min(8.0, room / len(blocks)))
    y = CEILING - max(0.0, (room - more * len(blocks)) / 2)
    for block in blocks:
        y = _centred(canvas, block, y - more)
    _check(canvas, one)
    _signature(canvas, one)
    canvas.setFont(PLAIN, 8)
    canvas.setFillColor(QUIET)
    canvas.drawCentredString(WIDE / 2, 16.5 * mm, NOT_A_LICENCE)


def _blocks(one: Certificate) -> list[Block]:
    topics = "; ".join(one.session.topic_names)
    return [
        Block((TITLE.upper(),), BOLD, 30, ACCENT, 0),
        Block(("diberikan kepada",), PLAIN, 12, QUIET, 10),
        _name(one.name),
        _block(one.kabupaten, 13, 9, 1, above=4, colour=QUIET),
        Block(("atas keikutsertaan dalam",), PLAIN, 12, QUIET, 12),
        _block(one.session.title, 19, 10, 2, above=5, bold=True),
        _block(one.facts, 12, 8, 2, above=5),
        _block(f"Topik: {topics}" if topics else "", 11, 8, 3, above=6, colour=QUIET),
        _block(one.result, 12, 10, 1, above=6, bold=True),
    ]


def _name(name: str) -> Block:
    found = lettered(name)
    if found is None or not found.text:
        return Block(("",), PLAIN, 30, INK, 6, dotted=True)
    lines, size = fitted(found, 34, 12, TEXT_WIDTH, 2, bold=True)
    return Block(lines, found.bold, size, INK, 6)


def _block(
    text: str, size: float, least: float, lines: int, *, above: float, colour: HexColor = INK, bold: bool = False
) -> Block:
    found = lettered(text) or Lettered(printable(text), PLAIN, BOLD)
    broken, fitting = fitted(found, size, least, TEXT_WIDTH, lines, bold=bold)
    return Block(broken, found.bold if bold else found.regular, fitting, colour, above)


def _centred(canvas: Canvas, block: Block, y: float) -> float:
    """Draw a block below `y`; returns where it ends."""
    y -= block.above
    canvas.setFont(block.font, block.size)
    canvas.setFillColor(block.colour)
    for line in block.lines:
        y -= block.size * 1.22
        canvas.drawCentredString(WIDE / 2, y + block.size * 0.25, line)
    if block.dotted:
        canvas.setStrokeColor(QUIET)
        canvas.setDash(1, 3)
        canvas.line(WIDE / 2 - 90 * mm, y + 4, WIDE / 2 + 90 * mm, y + 4)
        canvas.setDash()
    return y


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(2.2)
    canvas.rect(EDGE, EDGE, WIDE - 2 * EDGE, HIGH - 2 * EDGE)
    canvas.setLineWidth(0.6)
    canvas.rect(INNER, INNER, WIDE - 2 * INNER, HIGH - 2 * INNER)


def _check(canvas: Canvas, one: Certificate) -> None:
    """Draw the QR code, the code in letters and the address, bottom left."""
    left, bottom = 24 * mm, 25 * mm
    text = left
    if one.address:
        rows = qr_modules(one.address)
        step = QR_SIDE / len(rows)
        canvas.setFillColor(BLACK)
        for y, row in enumerate(rows):
            start = None
            for x, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = x
                elif not dark and start is not None:
                    canvas.rect(
                        left + start * step, bottom + QR_SIDE - (y + 1) * step, (x - start) * step, step, stroke=0, fill=1
                    )
                    start = None
        text += QR_SIDE + QUIET_ZONE * step
    y = bottom + QR_SIDE - 9
    canvas.setFillColor(QUIET)
    canvas.setFont(PLAIN, 8.5)
    canvas.drawString(text, y, "Kode sertifikat")
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 13)
    canvas.drawString(text, y - 17, printable(one.code))
    if one.address:
        canvas.setFillColor(QUIET)
        canvas.setFont(PLAIN, 8.5)
        canvas.drawString(text, y - 34, "Periksa keasliannya: pindai kode, atau buka")
        for line in lines_of(printable(one.address), PLAIN, 8.5, 92 * mm)[:3]:
            y -= 11
            canvas.drawString(text, y - 34, line)


def _signature(canvas: Canvas, one: Certificate) -> None:
    """Draw the day, a line to sign on and the trainer's name, bottom right."""
    centre, width = WIDE - 62 * mm, 72 * mm
    canvas.setFillColor(INK)
    canvas.setFont(PLAIN, 11)
    canvas.drawCentredString(centre, 51 * mm, printable(day(one.session.day)))
    canvas.drawCentredString(centre, 46 * mm, "Pelatih,")
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.8)
    canvas.line(centre - width / 2, 30 * mm, centre + width / 2, 30 * mm)
    found = lettered(one.session.trainer)
    if found and found.text:
        lines, size = fitted(found, 11, 8, width, 2, bold=True)
        canvas.setFont(found.bold, size)
        for order, line in enumerate(lines):
            canvas.drawCentredString(centre, 30 * mm - (order + 1) * size * 1.2, line)
