"""One page of a PDF as a picture, with the quoted words marked. Runs in a child process: pdfium reads a stranger's file."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.loading.content import ReadError

WIDTH = 1000
"""Width of the picture in pixels: legible at the panel's width and when it is opened by itself."""
LARGEST_SIDE = 4000
MARK = (255, 229, 138)
FEWEST_TOGETHER = 2
"""Words that match in a row; a single one that matches by chance is not marked."""

SCAN_DPI, SCAN_SECONDS = 250, 15.0
"""How a scanned page is read; it has to be done before the picture is given up."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left corner."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page in small letters, with its box."""

    text: str
    box: Box


def page_png(file: Path, number: int, quote: str) -> bytes:
    """Return page `number` (from 1) as PNG, `WIDTH` pixels wide, the words of `quote` marked where they stand together.

    The words of a scanned page are read from its picture, which takes seconds; without Tesseract nothing is marked. Raises
    ValueError for a page that isn't there, pdfium's error for a file that is no PDF.
    """
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    document = pypdfium2.PdfDocument(file)
    try:
        if not 1 <= number <= len(document):
            raise ValueError(f"Halaman {number} tidak ada; dokumen ini {len(document)} halaman.")
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / width, LARGEST_SIDE / height)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        marks = Image.new("RGB", picture.size, (255, 255, 255))
        draw = ImageDraw.Draw(marks)
        words = _words(page.get_textpage()) or (_read(file, file.stat().st_mtime_ns, number) if quote else [])
        for left, bottom, right, top in marked(words, quote):
            draw.rectangle(
                (left * scale - 2, (height - top) * scale - 2, right * scale + 2, (height - bottom) * scale + 2), fill=MARK
            )
        out = io.BytesIO()
        ImageChops.multiply(picture, marks).save(out, "PNG", optimize=True)
        return out.getvalue()
    finally:
        document.close()


@lru_cache(maxsize=16)
def _read(file: Path, changed: int, number: int) -> list[Word]:
    """Return the words of a scanned page; kept, since other quotes of the page are asked for as well. `changed` is its time."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    try:
        page = document[number - 1]
        return _scanned(page, page.get_size()[1])
    finally:
        document.close()


def marked(words: Sequence[Word], quote: str) -> list[Box]:
    """Return the boxes of the words of `quote`: those in runs that match, near the longest run."""
    wanted = _tokens(quote)
    runs = [
        block
        for block in SequenceMatcher(None, [word.text for word in words], wanted, autojunk=False).get_matching_blocks()
        if block.size >= min(FEWEST_TOGETHER, len(wanted)) and block.size
    ]
    longest = max(runs, key=lambda run: run.size, default=None)
    if longest is None:
        return []
    # Words that were joined over a line break or left out (a footnote sign) part the quote into runs close to one another.
    first, last = longest.a - len(wanted), longest.a + longest.size + len(wanted)
    return [word.box for run in runs if run.a >= first and run.a + run.size <= last for word in words[run.a : run.a + run.size]]


def _words(text: object) -> list[Word]:
    """Return the words of a pypdfium2 text page; a word that a hyphen parts at the end of a line counts as its two halves."""
    count = text.count_chars()  # type: ignore[attr-defined]
    content = text.get_text_range(0, count) if count else ""  # type: ignore[attr-defined]
    found: list[Word] = []
    for match in re.finditer(r"\w+", content):
        boxes = [text.get_charbox(place) for place in range(match.start(), min(match.end(), count))]  # type: ignore[attr-defined]
        real = [box for box in boxes if box[2] > box[0]]
        if real:
            box = (min(b[0] for b in real), min(b[1] for b in real), max(b[2] for b in real), max(b[3] for b in real))
            found.append(Word(match[0].casefold(), box))
    return found


def _scanned(page: Any, height: float) -> list[Word]:
    """Return the words of a scanned page, `height` points high; none when they can't be read."""
    from assistant.loading.scan import can_scan, scan_picture

    if not can_scan():
        return []
    try:
        found = scan_picture(page.render(scale=SCAN_DPI / 72).to_pil(), dpi=SCAN_DPI, seconds=SCAN_SECONDS)
    except ReadError:
        return []
    words: list[Word] = []
    for word in found.words:
        left, top, right, bottom = found.place(word)
        words += [Word(token, (left, height - bottom, right, height - top)) for token in _tokens(word.text)]
    return words


def _tokens(text: str) -> list[str]:
    return [match[0].casefold() for match in re.finditer(r"\w+", text)]
