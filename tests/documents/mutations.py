"""Bytes of every format, changed at random: flipped, cut, doubled, moved, filled; inside the parts of packages too."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator

from tests.documents import office, pdfs, scans, web


@functools.cache
def originals() -> dict[str, bytes]:
    """Return one whole file of each format by name."""
    small = scans.picture(scans.TEXT[:1], dpi=30)
    return {
        "a.pdf": pdfs.guide().raw,
        "tabel.pdf": pdfs.merged_table().raw,
        "a.docx": office.guide_docx().raw,
        "a.pptx": office.slides().raw,
        "a.xlsx": office.quota().raw,
        "a.csv": web.csv().raw,
        "a.html": web.page().raw,
        "a.txt": web.CHAT.encode(),
        "a.png": scans.png(small),
        "a.zip": web.zipped({"a.txt": b"Catatan\n\nIsi catatan.", "b.html": web.page().raw}),
    }


def stream(*, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield `(name, mutated bytes)` for ever, each format in turn."""
    chance = random.Random(seed)
    while True:
        for name, raw in originals().items():
            if name.endswith(("docx", "pptx", "xlsx")) and chance.random() < 0.7:
                yield name, office.repacked(raw, lambda parts: _one_part(parts, chance))
            else:
                yield name, mutated(raw, chance)


def _one_part(parts: dict[str, bytes], chance: random.Random) -> None:
    name = chance.choice([name for name in parts if parts[name]])
    parts[name] = mutated(parts[name], chance)


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to eight changes."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        if not changed:
            break
        at, length = chance.randrange(len(changed)), chance.randint(1, max(1, len(changed) // 20))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = changed[at : at + length] * chance.randint(1, 4)
        elif kind == 3:
            changed[at : at + length] = chance.randbytes(min(length, len(changed) - at))
        elif kind == 4:
            changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"9999", b"-1  "))
        else:
            del changed[at:]
    return bytes(changed)
