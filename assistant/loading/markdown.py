"""Markdown with front matter -> Document. Raw HTML is text, never markup."""

from __future__ import annotations

import re

from assistant.language import clean
from assistant.loading.card import make_card, split_front_matter
from assistant.types import Block, BlockKind, Document, Section

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*[-*+]\s+")
_STEP = re.compile(r"^\s*\d+[.)]\s+")
_LINKS = frozenset({"lihat juga"})


def load_markdown(path: str, text: str, digest: str) -> Document:
    """Return the document of a Markdown file; the quote block before the first heading of level 2 is its note."""
    values, body = split_front_matter(text)
    sections, note = markdown_sections(body)
    return Document(make_card(path, values), sections, digest, note)


def markdown_sections(body: str) -> tuple[tuple[Section, ...], str]:
    """Return the sections of Markdown without front matter, and its note."""
    note: list[str] = []
    sections: list[Section] = []
    headings: list[str] = []
    blocks: list[Block] = []

    def close() -> None:
        if blocks and not (headings and headings[-1].lower() in _LINKS):
            sections.append(Section(tuple(headings), tuple(blocks)))
        blocks.clear()

    for chunk in _chunks(body):
        heading = _HEADING.match(chunk)
        if heading:
            close()
            level = len(heading[1])
            name = clean(re.sub(r"[*_`]", "", heading[2]))
            # Level 1 repeats the title: it is not part of the path.
            headings = [] if level == 1 else [*headings[: level - 2], name]
        elif chunk.lstrip().startswith(">"):
            note.append(clean(re.sub(r"(?m)^\s*>\s?", "", chunk)))
        else:
            blocks.append(_block(chunk))
    close()
    return tuple(sections), " ".join(note)


def _chunks(body: str) -> list[str]:
    """Split at blank lines; a heading is a chunk of its own even without blank lines around it."""
    chunks: list[str] = []
    current: list[str] = []
    for line in [*body.replace("\r\n", "\n").split("\n"), ""]:
        if not line.strip() or _HEADING.match(line):
            if current:
                chunks.append("\n".join(current))
            current = []
            if line.strip():
                chunks.append(line.strip())
        else:
            current.append(line.rstrip())
    return chunks


def _block(chunk: str) -> Block:
    lines = chunk.split("\n")
    if lines[0].lstrip().startswith("|"):
        return Block(BlockKind.TABLE, chunk)
    body = lines[1:] if len(lines) > 1 and not (_ITEM.match(lines[0]) or _STEP.match(lines[0])) else lines
    if any(_ITEM.match(line) for line in body):
        return Block(BlockKind.LIST, _unwrap(lines))
    if any(_STEP.match(line) for line in body):
        return Block(BlockKind.STEPS, _unwrap(lines))
    return Block(BlockKind.PARAGRAPH, " ".join(line.strip() for line in lines))


def _unwrap(lines: list[str]) -> str:
    """Join continuation lines to their item, so that one line is one statement."""
    joined: list[str] = []
    for line in lines:
        starts = not joined or _ITEM.match(line) or _STEP.match(line)
        if starts:
            joined.append(line.strip())
        else:
            joined[-1] += " " + line.strip()
    return "\n".join(joined)
