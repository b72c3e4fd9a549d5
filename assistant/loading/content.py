"""What a reader makes of the bytes of one file, before it has a card; and items in reading order -> sections. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.language import clean
from assistant.loading.rows import Rows, table_blocks
from assistant.types import Block, BlockKind, Kind, Section

Tick = Callable[[int, int], None]
"""Told after each page that takes long: `(done, total)`. The time limit of a file starts anew."""


class ReadError(Exception):
    """The bytes of a file can't be used; `remedy` says what the person can do."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep the reason as the message and the remedy beside it."""
        super().__init__(reason)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: size in MB, pages, seconds without progress, memory in MB."""

    mb: int = 50
    pages: int = 1000
    seconds: int = 60
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says: its sections, what the document calls itself, and what the person should know about the reading.

    `kind` is set when the format tells it (a chat is a forum). `notes` are sentences for the document's note.
    """

    sections: tuple[Section, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    kind: Kind | None = None


class ItemKind(StrEnum):
    """What a piece of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a document in reading order; `level` counts headings from 1, `page` says where it stands."""

    kind: ItemKind
    text: str = ""
    level: int = 0
    page: str | None = None
    rows: Rows = ()
    header: int | None = None


_FALSE_LABEL = re.compile(r"\[\^")
MOST_HEADING_WORDS = 30
TALKATIVE = 7


def sections_of(items: Iterable[Item]) -> tuple[Section, ...]:
    """Return the sections of items: a new one at each heading and at each new page.

    A heading closes all headings of its level and below. A list takes the line before it as its lead-in when that ends with a
    colon. Text that looks like a label of the corpus loses the caret: only a Markdown document may carry labels.
    """
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    run: list[Item] = []

    bare: Item | None = None

    def close() -> None:
        blocks = tuple(_blocks(run))
        if blocks:
            sections.append(Section(tuple(text for _, text in path), blocks, run[0].page))
        run.clear()

    def keep(level: int) -> None:
        """Keep the words of a long heading under which nothing stands: it may be text that only looks like a heading."""
        if bare is not None and level <= bare.level and len(bare.text.split()) >= TALKATIVE:
            block = Block(BlockKind.PARAGRAPH, bare.text)
            sections.append(Section(tuple(text for depth, text in path if depth < bare.level), (block,), bare.page))

    for raw in items:
        item = replace(raw, text=_FALSE_LABEL.sub("[", clean(raw.text)))
        if item.kind is ItemKind.HEADING:
            close()
            keep(item.level)
            bare = item
            path = [*(known for known in path if known[0] < item.level), (item.level, _short(item.text))]
            continue
        bare = None
        if run and item.page != run[0].page:
            lead = run.pop() if _leads(run[-1], item) else None
            close()
            run = [replace(lead, page=item.page)] if lead else run
        run.append(item)
    close()
    keep(0)
    return tuple(sections)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:MOST_HEADING_WORDS]) + (" …" if len(words) > MOST_HEADING_WORDS else "")


def _leads(last: Item, item: Item) -> bool:
    return item.kind is ItemKind.ITEM and last.kind is ItemKind.PARAGRAPH and last.text.endswith(":")


def _blocks(run: list[Item]) -> Iterator[Block]:
    lines: list[Item] = []

    def listed() -> Iterator[Block]:
        if lines:
            steps = all(re.match(r"\d+[.)]\s", line.text) for line in lines if line.kind is ItemKind.ITEM)
            yield Block(BlockKind.STEPS if steps else BlockKind.LIST, "\n".join(" ".join(i.text.split()) for i in lines))
        lines.clear()

    for position, item in enumerate(run):
        following = run[position + 1] if position + 1 < len(run) else None
        if item.kind is ItemKind.ITEM:
            lines.append(item)
            continue
        yield from listed()
        if item.kind is ItemKind.TABLE:
            yield from table_blocks(item.rows, header=item.header)
        elif following is not None and _leads(item, following):
            lines.append(item)
        elif item.text:
            yield Block(BlockKind.PARAGRAPH, item.text)
    yield from listed()
