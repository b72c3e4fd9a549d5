"""Content as JSON values, between the child process, the cache and us: nothing that a parser made is ever unpickled. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.loading.content import Content
from assistant.types import Block, BlockKind, Kind, Section

VERSION = 1
"""Raised when a reader makes something else of the same bytes, so that cached contents are read anew."""


def content_values(content: Content) -> dict[str, Any]:
    """Return a content as JSON values."""
    return asdict(content)


def content_from(values: Mapping[str, Any]) -> Content:
    """Return the content of `content_values`; raises KeyError, TypeError or ValueError for foreign values."""
    sections = tuple(
        Section(
            tuple(map(str, section["headings"])),
            tuple(Block(BlockKind(block["kind"]), str(block["text"])) for block in section["blocks"]),
            None if section["page"] is None else str(section["page"]),
        )
        for section in values["sections"]
    )
    kind = Kind(values["kind"]) if values["kind"] else None
    return Content(sections, str(values["title"]), tuple(map(str, values["notes"])), kind)
