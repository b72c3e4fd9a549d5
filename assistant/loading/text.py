"""Plain text -> Document. Without front matter its kind is a guess, so it takes the most careful one."""

from __future__ import annotations

import re

from assistant.language import clean
from assistant.loading.card import CardError, make_card, split_front_matter
from assistant.types import Block, BlockKind, Document, DocumentCard, Kind, Section, Validity


def load_text(path: str, text: str, digest: str) -> Document:
    """Return the document of a text file: one paragraph a block; a sidecar is not needed.

    The first line is the title when it is short. Without front matter the document counts as `umum`, `ringkasan`.
    """
    try:
        values, body = split_front_matter(text)
        card = make_card(path, values)
    except CardError:
        if text.lstrip().startswith("---"):
            raise
        lines = text.strip().split("\n", 1)
        short = len(lines[0].split()) <= 14 and len(lines) > 1
        title = clean(lines[0]) if short else path.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ")
        body = lines[1] if short else text
        card = DocumentCard(path, title, Kind.RINGKASAN, "umum", "umum", Validity.BERLAKU)
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, clean(part).replace("\n", " ")) for part in re.split(r"\n\s*\n", body) if part.strip()
    )
    return Document(card, (Section((), blocks),) if blocks else (), digest)
