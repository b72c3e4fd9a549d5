"""A photo or a scanned picture -> Content, by the same layout as a PDF."""

from __future__ import annotations

from assistant.loading.content import Content, Limits, Tick
from assistant.loading.layout import Page
from assistant.loading.notes import scan_notes
from assistant.loading.pages import content_of
from assistant.loading.scan import read_picture


def read_scan(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a picture of text, page by page; raises ReadError when it can't be read."""
    pages: list[Page]
    pages, confidence = read_picture(raw, limits, tick)
    return content_of(pages, [*scan_notes(confidence)], exact=False)
