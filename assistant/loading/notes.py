"""Sentences for the note of a document: what was left out, masked or read with doubt. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

SURE = 80.0
"""Confidence, in percent, below which a scanned page has to be compared with its original."""


def hidden_note(count: int, what: str = "kata") -> Iterator[str]:
    """Say how much hidden text was left out."""
    if count:
        yield f"{count} {what} yang tersembunyi di berkas ini tidak dimuat."


def scan_notes(confidence: Mapping[str, float]) -> Iterator[str]:
    """Say which pages were read from a picture, and which of them with doubt."""
    if not confidence:
        return
    pages = "" if len(confidence) == 1 and "1" in confidence else f" (halaman {_ranges(list(confidence))})"
    yield f"Teks dibaca dari gambar{pages}."
    doubtful = {page: value for page, value in confidence.items() if value < SURE}
    if doubtful:
        named = ", ".join(f"halaman {page} ({value:.0f} persen)" for page, value in doubtful.items())
        yield f"Pembacaan kurang yakin: {named}; cocokkan dengan aslinya."


def masked_note(kinds: Sequence[str]) -> Iterator[str]:
    """Say which personal numbers were masked."""
    if kinds:
        yield f"Nomor pribadi disamarkan: {', '.join(kinds)}."


def _ranges(pages: Sequence[str]) -> str:
    """Return page numbers with runs drawn together: `1–3, 7`."""
    parts: list[list[str]] = []
    for page in pages:
        if parts and page.isdigit() and parts[-1][-1].isdigit() and int(page) == int(parts[-1][-1]) + 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(part[0] if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
