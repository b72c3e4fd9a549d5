"""Plain text -> Document or Content. A chat export is told by its lines."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language import clean
from assistant.loading.card import make_card, split_front_matter
from assistant.loading.content import Content, ReadError
from assistant.loading.guesses import guessed_card
from assistant.loading.markdown import markdown_sections
from assistant.loading.whatsapp import chat_content, is_chat
from assistant.types import Block, BlockKind, Document, Section

MOST_SAMPLED = 200_000


def load_text(path: str, text: str, digest: str) -> Document:
    """Return the document of a text; without front matter its card is guessed."""
    if text.lstrip().startswith("---"):
        values, body = split_front_matter(text)
        return Document(make_card(path, values), text_content(body, titled=False).sections, digest)
    content = text_content(text)
    return Document(guessed_card(path, content), content.sections, digest, " ".join(content.notes))


def text_content(text: str, *, titled: bool = True) -> Content:
    """Return the content of a text: turns of a chat, else one paragraph a block; a short first line is its title."""
    if titled:
        text = text.replace("[^", "[")  # only a text with a card may carry labels of the corpus
    if is_chat(text):
        return chat_content(text)
    lines = text.strip().split("\n", 1)
    short = titled and len(lines[0].split()) <= 14 and len(lines) > 1
    body = lines[1] if short else text
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, clean(part).replace("\n", " ")) for part in re.split(r"\n\s*\n", body) if part.strip()
    )
    return Content((Section((), blocks),) if blocks else (), clean(lines[0]) if short else "")


def read_plain(raw: bytes, *, markdown: bool) -> Content:
    """Return the content of a text or Markdown file that has no card of its own, such as a member of a ZIP."""
    text, notes = decoded(raw)
    if not markdown:
        content = text_content(text)
        return replace(content, notes=(*content.notes, *notes))
    body = re.sub(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", "", text.replace("\r\n", "\n"), flags=re.S)
    title = re.search(r"^#\s+(.+)$", body, re.M)
    sections, note = markdown_sections(body.replace("[^", "["))
    return Content(sections, clean(title[1]) if title else "", tuple(part for part in (note, *notes) if part))


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes and a note when their encoding had to be guessed; raises ReadError when there is none."""
    for encoding in ("utf-8-sig",) if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-16",):
        try:
            return raw.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:MOST_SAMPLED], cp_isolation=["cp1252", "latin_1", "utf_16", "mac_roman"]).best()
    if best is None:
        raise ReadError("pengodean hurufnya tidak dikenali", "Simpan ulang dengan pengodean UTF-8 di penyunting teks.")
    return raw.decode(best.encoding, errors="replace"), (
        f"Pengodean huruf ditebak ({best.encoding}); periksa huruf yang ganjil.",
    )
