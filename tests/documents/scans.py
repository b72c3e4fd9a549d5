"""Pictures of printed pages with a known text: sharp, coarse, leaning, noisy."""

from __future__ import annotations

import functools
import io
import random
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)
TEXT = (
    "Bantuan modal alat diberikan kepada keluarga yang sudah memulai usaha kecil tetapi belum mampu menambah peralatan.",
    "Petugas lapangan di kecamatan mencatat usaha yang berjalan paling sedikit enam bulan sebelum pengajuan dibuka.",
    "Pemohon melampirkan surat keterangan usaha dari kelurahan yang masih berlaku paling lama tiga bulan.",
    "Nilai bantuan tahun 2027 sebesar Rp3.750.000 untuk satu orang dan Rp15.000.000 untuk satu kelompok.",
    "Berita acara ditandatangani penerima, petugas pendamping dan lurah, lalu disimpan sekurang-kurangnya lima tahun.",
)


@functools.cache
def font_file() -> str | None:
    """Return a font of this machine; None lets Pillow use its own."""
    return next((path for path in FONTS if Path(path).is_file()), None)


def picture(texts: tuple[str, ...] = TEXT, *, dpi: int = 300, lean: float = 0.0, noise: float = 0.0, seed: int = 1) -> Any:
    """Return an A4 page of 12-point text; `lean` in degrees, `noise` is the part of the points that are specks."""
    size = (int(8.27 * dpi), int(11.69 * dpi))
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    named = font_file()
    font = ImageFont.truetype(named, int(12 * dpi / 72)) if named else ImageFont.load_default(int(12 * dpi / 72))
    y, left, right = int(1.2 * dpi), int(dpi), int(7.27 * dpi)
    for text in texts:
        line = ""
        for word in [*text.split(), None]:
            if word is not None and draw.textlength(f"{line} {word}".strip(), font=font) < right - left:
                line = f"{line} {word}".strip()
                continue
            draw.text((left, y), line, font=font, fill=20)
            y += int(17 * dpi / 72)
            line = word or ""
        y += int(12 * dpi / 72)
    if lean:
        image = image.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        image = image.filter(ImageFilter.GaussianBlur(dpi / 400))
        chance = random.Random(seed)
        specks = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
        mask = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).point(lambda value: 255 * (value < 256 * noise))
        image.paste(specks, mask=mask)
    return image


def png(image: Any, *, dpi: int = 300) -> bytes:
    """Return a picture as PNG."""
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
