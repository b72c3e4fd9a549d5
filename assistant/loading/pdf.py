"""The bytes of a PDF -> pages of words and rules; the only module for documents that names pypdfium2."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from assistant.loading.content import Content, Limits, ReadError, Tick
from assistant.loading.layout import Page, Rule, Word, turned_box
from assistant.loading.notes import hidden_note, scan_notes
from assistant.loading.pages import content_of
from assistant.loading.scan import MOST_POINTS, SHARE, Scanned, can_scan, scan_picture

FEWEST_LETTERS = 16
"""A page with fewer letters than this that carries a picture is read as a scan."""

SCAN_DPI = 300
_SCALE = SCAN_DPI / 72
SMALLEST = 2.5
"""Smaller letters than this, in points, are not meant to be read."""


def read_pdf(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a PDF, by page; pages without text are read from their picture.

    Raises ReadError for a file that is damaged, protected by a password or too long.
    """
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw_pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ReadError("dilindungi kata sandi", "Buka dengan kata sandinya, simpan tanpa kata sandi, lalu ulangi.") from None
        raise ReadError("PDF rusak atau terpotong", "Unduh atau pindai ulang berkas itu, lalu ulangi.") from None
    try:
        if len(document) > limits.pages:
            raise ReadError(f"{len(document)} halaman, paling banyak {limits.pages}", "Bagi menjadi beberapa berkas.")
        return _content(document, limits, tick)
    finally:
        document.close()


def _content(document: Any, limits: Limits, tick: Tick) -> Content:
    pages: list[Page] = []
    scans: dict[str, Scanned] = {}
    hidden = 0
    damaged: list[str] = []
    unread: list[str] = []
    for index in range(len(document)):
        number = str(index + 1)
        try:
            page = document[index]
        except pdfium.PdfiumError:
            damaged.append(number)
            continue
        try:
            words, left_out, covered = _words(page)
            letters = sum(len(word.text) for word in words)
            if letters < FEWEST_LETTERS and covered:
                if can_scan():
                    scale = min(_SCALE, (MOST_POINTS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
                    picture = page.render(scale=scale).to_pil()
                    try:
                        scans[number] = scan_picture(picture, dpi=int(72 * scale), seconds=SHARE * limits.seconds)
                        words, left_out = list(scans[number].words), 0
                    except ReadError:
                        damaged.append(number)
                    tick(index + 1, len(document))
                else:
                    unread.append(number)
            hidden += left_out
            pages.append(Page(number, page.get_width(), page.get_height(), tuple(words), tuple(_rules(page))))
        finally:
            page.close()
    if unread and len(unread) == len(document):
        raise ReadError(
            "hasil pindai tanpa teks, dan Tesseract tidak terpasang", "Pasang tesseract-ocr dan tesseract-ocr-ind, lalu ulangi."
        )
    notes = [*hidden_note(hidden), *scan_notes({number: found.confidence for number, found in scans.items()})]
    if damaged:
        notes.append(f"Halaman {', '.join(damaged)} rusak atau tidak terbaca.")
    if unread:
        notes.append(f"Halaman {', '.join(unread)} hanya gambar dan tidak terbaca karena Tesseract tidak terpasang.")
    return content_of(pages, notes, exact=len(scans) <= len(pages) / 2)


@dataclass(slots=True)
class _Letters:
    """The letters of one word so far."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    seen: bool


def _words(page: Any) -> tuple[list[Word], int, bool]:
    """Return the words that can be seen, how many can't, and whether a picture covers much of the page."""
    fills, covered = _fills(page)
    text = page.get_textpage()
    try:
        words: list[Word] = []
        hidden = 0
        for found in _letters(page, text, fills):
            if not found.text.strip("\x02\u00ad \u200b"):
                continue
            if found.seen:
                words.append(Word(found.text, found.x0, found.top, found.x1, found.bottom, found.size, found.bold))
            else:
                hidden += 1
        return words, hidden, covered
    finally:
        text.close()


def _letters(page: Any, text: Any, fills: list[tuple[float, float, float, float]]) -> Iterator[_Letters]:
    """Yield words: letters up to a blank, a wide gap or another line."""
    width, height = page.get_width(), page.get_height()
    turned = page.get_rotation() // 90
    x0 = page.get_mediabox()[0]
    word: _Letters | None = None
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = raw_pdfium.FS_RECTF()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    fonts: dict[tuple[bytes, int], bool] = {}
    for index in range(raw_pdfium.FPDFText_CountChars(text)):
        code = raw_pdfium.FPDFText_GetUnicode(text, index)
        letter = chr(code) if code < 0x110000 else ""
        if not letter.strip() or code in (0, 0xFFFE, 0xFFFF):
            if word is not None:
                yield word
            word = None
            continue
        if not raw_pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        a, b, c, d = box.left - x0, height - box.top, box.right - x0, height - box.bottom
        if turned:
            a, b, c, d = turned_box((box.left, box.bottom, box.right, box.top), turned, (width, height))
        if word is not None and (abs(d - word.bottom) > 0.5 * word.size or not -word.size < a - word.x1 < 0.35 * word.size):
            yield word
            word = None
        if word is not None:
            word.text += letter
            word.x1, word.top, word.bottom = max(word.x1, c), min(word.top, b), max(word.bottom, d)
            continue
        raw_pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        size = (d - b) / 1.2 if turned else _size(text, index, d - b)
        raw_pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
        key = (name.value, raw_pdfium.FPDFText_GetFontWeight(text, index))
        if key not in fonts:
            fonts[key] = key[1] >= 600 or any(mark in name.value.lower() for mark in (b"bold", b"black", b"heavy"))
        raw_pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
        mode = raw_pdfium.FPDFTextObj_GetTextRenderMode(raw_pdfium.FPDFText_GetTextObject(text, index))
        pale = min(red.value, green.value, blue.value) > 240 or alpha.value < 16
        seen = size >= SMALLEST and mode != raw_pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        seen = seen and a < width and c > 0 and b < height and d > 0
        if seen and pale and not any(f[0] <= (a + c) / 2 <= f[2] and f[1] <= (b + d) / 2 <= f[3] for f in fills):
            seen = False
        word = _Letters(letter, a, b, c, d, size, fonts[key], seen)
    if word is not None:
        yield word


def _size(text: Any, index: int, height: float) -> float:
    """Return the size of a letter as printed: the font's size times its scale; some files set size 1 and scale it up."""
    size = float(raw_pdfium.FPDFText_GetFontSize(text, index))
    matrix = raw_pdfium.FS_MATRIX()
    if raw_pdfium.FPDFText_GetMatrix(text, index, matrix):
        size *= (matrix.b**2 + matrix.d**2) ** 0.5 or 1.0
    return round(size, 1) if 0 < size < 400 else round(height / 1.2, 1)


def _fills(page: Any) -> tuple[list[tuple[float, float, float, float]], bool]:
    """Return the boxes that are filled with a colour, and whether pictures cover half of the page or more."""
    height = page.get_height()
    fills: list[tuple[float, float, float, float]] = []
    area = 0.0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    for thing in page.get_objects(max_depth=3):
        if thing.type not in (raw_pdfium.FPDF_PAGEOBJ_PATH, raw_pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            left, bottom, right, top = thing.get_bounds()
        except pdfium.PdfiumError:
            continue
        if thing.type == raw_pdfium.FPDF_PAGEOBJ_IMAGE:
            area += max(0.0, right - left) * max(0.0, top - bottom)
            fills.append((left, height - top, right, height - bottom))
            continue
        raw_pdfium.FPDFPath_GetDrawMode(thing, mode, stroke)
        if (
            mode.value
            and raw_pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
            and min(red.value, green.value, blue.value) < 225
        ):
            fills.append((left, height - top, right, height - bottom))
    return fills, area > 0.4 * page.get_width() * height


def _rules(page: Any) -> Iterator[Rule]:
    """Yield the level and upright lines of a page, thin filled boxes included."""
    height = page.get_height()
    if page.get_rotation():
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    for thing in page.get_objects(filter=[raw_pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        try:
            left, bottom, right, top = thing.get_bounds()
        except pdfium.PdfiumError:
            continue
        if (right - left < 3 and top - bottom > 5) or (top - bottom < 3 and right - left > 5):
            yield Rule(left, height - top, right, height - bottom)
            continue
        yield from _segments(thing, height, x, y)


def _segments(thing: Any, height: float, x: Any, y: Any) -> Iterator[Rule]:
    matrix = thing.get_matrix()
    start = last = (0.0, 0.0)
    for index in range(min(raw_pdfium.FPDFPath_CountSegments(thing), 2000)):
        segment = raw_pdfium.FPDFPath_GetPathSegment(thing, index)
        raw_pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw_pdfium.FPDFPathSegment_GetType(segment)
        if kind == raw_pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw_pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point, height)
            if raw_pdfium.FPDFPathSegment_GetClose(segment):
                yield from _rule(point, start, height)
        last = point


def _rule(one: tuple[float, float], other: tuple[float, float], height: float) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if (x1 - x0 < 2) != (y1 - y0 < 2):
        yield Rule(x0, height - y1, x1, height - y0)
