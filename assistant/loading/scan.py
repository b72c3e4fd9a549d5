"""Pictures of text -> words with their confidence, by Tesseract (`ind`); the only module that names pytesseract and Pillow."""

from __future__ import annotations

import functools
import io
import itertools
import math
from dataclasses import dataclass, replace
from typing import Any

import pytesseract
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from assistant.loading.content import Limits, ReadError, Tick
from assistant.loading.layout import Page, Word

LANGUAGE = "ind"
MOST_POINTS = 60_000_000
SHARE = 0.7
"""Part of the seconds of a file that Tesseract may take for one page, so that its failure is told before the child is killed."""

SEARCHED = 5.0
"""A page is turned straight when it leans by up to so many degrees."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """The words of a picture in points, and how sure the reading is, in percent; `lean` is by how much it was turned first."""

    words: tuple[Word, ...]
    confidence: float
    width: float
    height: float
    lean: float = 0.0

    def place(self, word: Word) -> tuple[float, float, float, float]:
        """Return where a word stands in the picture as it was given: left, top, right, bottom from its upper left corner."""
        turn = math.radians(self.lean)
        x, y = (word.x0 + word.x1 - self.width) / 2, (word.top + word.bottom - self.height) / 2
        across = self.width / 2 + x * math.cos(turn) - y * math.sin(turn)
        down = self.height / 2 + x * math.sin(turn) + y * math.cos(turn)
        wide, high = (word.x1 - word.x0) / 2, (word.bottom - word.top) / 2
        return across - wide, down - high, across + wide, down + high


@functools.cache
def can_scan() -> bool:
    """Return whether Tesseract with Indonesian is installed."""
    try:
        return LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return False


def read_picture(raw: bytes, limits: Limits, tick: Tick) -> tuple[list[Page], dict[str, float]]:
    """Return the pages of a picture file with their confidence; raises ReadError for one that can't be read."""
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    if not can_scan():
        raise ReadError("gambar, dan Tesseract tidak terpasang", "Pasang tesseract-ocr dan tesseract-ocr-ind, lalu ulangi.")
    pages: list[Page] = []
    confidence: dict[str, float] = {}
    try:
        picture = Image.open(io.BytesIO(raw))
        count = int(getattr(picture, "n_frames", 1))
        if count > limits.pages:
            raise ReadError(f"{count} halaman, paling banyak {limits.pages}", "Bagi menjadi beberapa berkas.")
        for index in range(count):
            if count > 1:
                picture.seek(index)
            dpi = float(picture.info.get("dpi", (0, 0))[0] or 0)
            turned = ImageOps.exif_transpose(picture) or picture
            found = scan_picture(
                turned, dpi=int(dpi) if 70 <= dpi <= 1200 else _guessed_dpi(turned), seconds=SHARE * limits.seconds
            )
            pages.append(Page(str(index + 1), found.width, found.height, found.words))
            confidence[str(index + 1)] = found.confidence
            tick(index + 1, count)
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Image.DecompressionBombError):
            raise ReadError(
                "gambar terlalu besar", f"Perkecil sampai paling banyak {MOST_POINTS // 1_000_000} juta titik."
            ) from None
        raise ReadError("gambar rusak atau terpotong", "Foto atau pindai ulang, lalu ulangi.") from None
    return pages, confidence


def scan_picture(picture: Any, *, dpi: int, seconds: float = 40.0) -> Scanned:
    """Read one picture: clean it, enlarge it, turn it straight, let Tesseract find words; raises ReadError after `seconds`."""
    gray = ImageOps.autocontrast(picture.convert("L"))
    if _is_noisy(gray):
        gray = gray.filter(ImageFilter.MedianFilter(3))
    if dpi < 250:
        factor = min(3.0, 300 / dpi, (MOST_POINTS / (gray.width * gray.height)) ** 0.5)
        gray = gray.resize((int(gray.width * factor), int(gray.height * factor)), Image.Resampling.LANCZOS)
        dpi = int(dpi * factor)
    lean = lean_of(gray)
    lean = lean if abs(lean) >= 0.3 else 0.0
    if lean:
        gray = gray.rotate(lean, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=255)
    try:
        data = pytesseract.image_to_data(
            gray,
            lang=LANGUAGE,
            config=f"--dpi {dpi} --psm 3 -c preserve_interword_spaces=1",
            output_type=pytesseract.Output.DICT,
            timeout=seconds,
        )
    except (pytesseract.TesseractError, RuntimeError) as error:
        raise ReadError("Tesseract gagal membaca gambar itu", "Pindai ulang dengan 300 dpi, lalu ulangi.") from error
    return replace(_scanned(data, 72 / dpi, gray.width, gray.height), lean=lean)


def _scanned(data: dict[str, list[Any]], scale: float, width: int, height: int) -> Scanned:
    """Make words of Tesseract's table; all letters of one of its lines get the baseline and size of the line."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(data["text"]):
        if text.strip() and float(data["conf"][index]) >= 0:
            lines.setdefault((data["block_num"][index], data["par_num"][index], data["line_num"][index]), []).append(index)
    words: list[Word] = []
    weight = total = 0.0
    for indexes in lines.values():
        heights = sorted(data["height"][i] for i in indexes)
        bottoms = sorted(data["top"][i] + data["height"][i] for i in indexes)
        bottom, size = bottoms[len(bottoms) // 2] * scale, heights[len(heights) // 2] * scale
        for i in indexes:
            text = data["text"][i].strip()
            left, top = data["left"][i] * scale, data["top"][i] * scale
            words.append(Word(text, left, top, left + data["width"][i] * scale, bottom, size))
            total += len(text) * float(data["conf"][i])
            weight += len(text)
    return Scanned(tuple(words), total / weight if weight else 0.0, width * scale, height * scale)


def lean_of(gray: Any) -> float:
    """Return by how many degrees to turn a page so that its lines lie level: where rows of ink and white differ most."""
    small = gray.copy()
    small.thumbnail((900, 900))
    small = ImageOps.invert(small)

    def sharpness(angle: float) -> float:
        turned = small.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=0)
        rows = list(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())
        return float(sum((a - b) ** 2 for a, b in itertools.pairwise(rows)))

    coarse = max((step / 2 for step in range(int(-2 * SEARCHED), int(2 * SEARCHED) + 1)), key=sharpness)
    best = max((coarse + step / 10 for step in range(-4, 5)), key=sharpness)
    return best if sharpness(best) > 1.05 * sharpness(0.0) else 0.0


def _is_noisy(gray: Any) -> bool:
    """Return whether specks cover the page: much changes where a median filter passes."""
    small = gray.crop((0, 0, min(gray.width, 1200), min(gray.height, 1200)))
    smooth = small.filter(ImageFilter.MedianFilter(3))
    changed = sum(1 for a, b in zip(small.tobytes(), smooth.tobytes(), strict=True) if abs(a - b) > 60)
    return bool(changed > 0.012 * small.width * small.height)


def _guessed_dpi(picture: Any) -> int:
    """Return the resolution if the picture is a page of A4."""
    return max(72, min(600, int(max(picture.size) / 11.7)))
