"""The user guides of docs/panduan as pages: which there are, for whom, and their HTML. markdown-it is named here alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.access import Action
from assistant.errors import InputError
from assistant.settings import ROOT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDER = ROOT / "docs" / "panduan"
PICTURES = "gambar"
NONE = "Panduan itu tidak ada; buka daftarnya di /panduan."
FIRST = ("petugas", "pelatih", "admin", "pemasangan")
"""The order of the list; what is not named follows by its name."""
FOR_ALL = frozenset({"petugas"})
"""Guides that every person opens; the others are for whoever gives a bimtek or manages."""
_SAFE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINK = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
_TAGS = re.compile(r"[^\w\s-]")


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: `name` as its address has it, `about` its first sentence, `parts` its sections (anchor, heading)."""

    name: str
    title: str
    about: str
    parts: tuple[tuple[str, str], ...]
    html: str

    @property
    def action(self) -> Action:
        """Return what a person must be allowed to do to open it."""
        return Action.ASK if self.name in FOR_ALL else Action.TRAIN


def guides(folder: Path = FOLDER) -> tuple[Guide, ...]:
    """Return all guides of `folder`, in the order of the list."""
    names = sorted(path.stem for path in folder.glob("*.md") if path.stem != "README")
    names.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    return tuple(guide(name, folder) for name in names)


def guide(name: str, folder: Path = FOLDER) -> Guide:
    """Return one guide; raises InputError when there is none of this name."""
    path = folder / f"{name}.md"
    if not _SAFE_NAME.fullmatch(name) or not path.is_file():
        raise InputError(NONE)
    return rendered(name, path.read_text(encoding="utf-8"))


def picture(name: str, folder: Path = FOLDER) -> Path:
    """Return the file of a picture in a guide; raises InputError when there is none of this name."""
    path = folder / PICTURES / name
    if not _SAFE_NAME.fullmatch(name.removesuffix(".png")) or path.suffix != ".png" or not path.is_file():
        raise InputError("Gambar itu tidak ada di panduan.")
    return path


@cache
def rendered(name: str, text: str) -> Guide:
    """Return the guide that a Markdown text holds; HTML inside it is shown as text, links of files become our addresses."""
    parser = _parser()
    tokens = parser.parse(text)
    headings = [(token, tokens[place + 1].content) for place, token in enumerate(tokens) if token.type == "heading_open"]
    paragraphs = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "paragraph_open"]
    parts = []
    for token, words in headings:
        token.attrSet("id", slug(words))
        if token.tag == "h2":
            parts.append((slug(words), words))
    for token in tokens:
        for inner in token.children or ():
            _point(inner)
    title = next((words for token, words in headings if token.tag == "h1"), name)
    about = re.split(r"(?<=\.)\s", " ".join((paragraphs or [""])[0].split()))[0]
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens  # the page has the title above its list of parts
    return Guide(name, title, about, tuple(parts), parser.renderer.render(body, parser.options, {}))


def slug(words: str) -> str:
    """Return the anchor of a heading, as GitHub makes it: small letters, dashes for spaces."""
    return re.sub(r"\s+", "-", _TAGS.sub("", words.casefold()).strip())


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _table_open(_: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    row = next((token.content for token in tokens[place:] if token.type == "inline"), "")
    return f'<div class="tabel" role="region" tabindex="0" aria-label="Tabel: {escape(row)}"><table>'


def _table_close(_: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return "</table></div>"


def _point(token: Token) -> None:
    """Let links between guides and their pictures lead to our addresses; both work in the folder itself too."""
    if token.type == "link_open":
        target = str(token.attrGet("href") or "")
        found = _LINK.fullmatch(target)
        if found:
            token.attrSet("href", f"/panduan/{found[1]}{found[2] or ''}")
    elif token.type == "image":
        token.attrSet("src", f"/panduan/{token.attrGet('src')}")
        token.attrSet("loading", "lazy")
