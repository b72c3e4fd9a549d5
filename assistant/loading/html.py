"""The bytes of a saved web page -> Content: its main part, without menus, advertisements, comments and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.language import clean
from assistant.loading.content import Content, Item, ItemKind, Limits, Tick, sections_of
from assistant.loading.legal import legal_items
from assistant.loading.markup import is_element, local, parse_html
from assistant.loading.notes import hidden_note
from assistant.loading.text import decoded

_NEVER_NAMES = (
    "script style noscript template svg math iframe object embed canvas form button select option input textarea nav footer "
    "aside dialog head audio video picture figure"
)
_NEVER = frozenset(_NEVER_NAMES.split())
_BLOCK_NAMES = (
    "p div section article main header li ul ol dl dt dd table blockquote pre td th tr figcaption body html address center"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|footer|breadcrumbs?|cookies?|share|sharing|social|sosmed|related|terkait|iklan|ads?|advert\w*"
    r"|comments?|komentar|popup|modal|newsletter|subscribe|widget|pagination|rekomendasi|populer|trending|baca-juga|tags?)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt)",
    re.I,
)
_OFF_PAGE = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEADING = re.compile(r"h[1-6]")
DEEPEST = 200


def read_html(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the main content of a web page."""
    text, notes = _text(raw)
    root = parse_html(text)
    if root is None:
        return Content(())
    hidden = sum(len(_words(node)) for node in root.iter() if is_element(node) and _is_hidden(node) and local(node) not in _NEVER)
    title = _title(root)
    items = legal_items([item for item in _items(_main(root)) if item.text or item.rows])
    if items and items[0].kind is ItemKind.HEADING and items[0].text == title:
        items = items[1:]
    return Content(sections_of(items), title, (*notes, *hidden_note(hidden)))


def _text(raw: bytes) -> tuple[str, tuple[str, ...]]:
    named = _CHARSET.search(raw[:4096])
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return raw.decode(named[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(raw)


def _title(root: Any) -> str:
    first = next((clean(" ".join(_words(node))) for node in root.iter("h1") if _words(node)), "")
    if first:
        return first
    named = next((clean(node.text or "") for node in root.iter("title")), "")
    return re.split(r"\s+[|–—-]\s+", named)[0] if named else ""


def _main(root: Any) -> Any:
    """Return the element that holds the article: the one that says so, else the body."""
    marked = [
        node for node in root.iter() if is_element(node) and (local(node) in ("main", "article") or node.get("role") == "main")
    ]
    body = next(root.iter("body"), root)
    most = max(marked, key=lambda node: len(_words(node)), default=None)
    return most if most is not None and len(_words(most)) >= 0.25 * len(_words(body)) else body


def _words(node: Any) -> list[str]:
    return " ".join(text for text in node.itertext() if isinstance(text, str)).split()


def _is_hidden(node: Any) -> bool:
    style = node.get("style") or ""
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(style) or _OFF_PAGE.search(style))
    )


def _skips(node: Any) -> bool:
    name = local(node)
    if name in _NEVER or _is_hidden(node):
        return True
    if name in ("html", "body", "main", "article"):
        return False
    if node.get("role") in ("navigation", "banner", "contentinfo", "complementary", "search"):
        return True
    return bool(_FURNITURE.search(f"{node.get('class') or ''} {node.get('id') or ''}")) or _is_menu(node)


def _is_menu(node: Any) -> bool:
    """Return whether a list or box holds little but short links."""
    if local(node) not in ("ul", "ol", "div", "section", "header"):
        return False
    links = [_words(link) for link in node.iter("a")]
    linked = sum(map(len, links))
    return len(links) >= 3 and linked >= 0.8 * max(1, len(_words(node))) and linked / len(links) < 6


def _items(node: Any, depth: int = 0) -> Iterator[Item]:
    """Yield the items of an element in order; text beside blocks is a paragraph of its own."""
    if depth > DEEPEST:
        return
    loose: list[str] = [node.text or ""]

    def flush() -> Iterator[Item]:
        text = clean(" ".join("".join(loose).split()))
        loose.clear()
        if text:
            yield Item(ItemKind.PARAGRAPH, text)

    for part in node:
        if not is_element(part) or _skips(part):
            loose.append(part.tail or "")
            continue
        name = local(part)
        if name == "br":
            if any(piece.strip() for piece in loose):
                loose.append(" ")
        elif _HEADING.fullmatch(name):
            yield from flush()
            yield Item(ItemKind.HEADING, clean(" ".join(_words(part))), int(name[1]))
        elif name == "table" and _is_data(part):
            yield from flush()
            yield Item(ItemKind.TABLE, rows=_rows(part), header=1 if next(part.iter("th"), None) is not None else None)
        elif name in ("ul", "ol"):
            yield from flush()
            yield from _list(part, name == "ol")
        elif name in _BLOCKS or any(is_element(n) and local(n) in _BLOCKS for n in part.iter()):
            yield from flush()
            yield from _items(part, depth + 1)
        else:
            loose.append("".join(_visible(part)))
        loose.append(part.tail or "")
    yield from flush()


def _visible(node: Any) -> Iterator[str]:
    yield node.text or ""
    for part in node:
        if is_element(part) and not _skips(part):
            yield from _visible(part) if local(part) != "br" else (" ",)
        yield part.tail or ""


def _list(node: Any, numbered: bool) -> Iterator[Item]:
    start = node.get("start") or "1"
    number = int(start) if start.isdigit() else 1
    for part in node:
        if not is_element(part) or local(part) != "li" or _skips(part):
            continue
        inner = [sub for sub in part if is_element(sub) and local(sub) in ("ul", "ol")]
        text = clean(" ".join("".join(_visible_but(part, inner)).split()))
        if text:
            yield Item(ItemKind.ITEM, f"{number}. {text}" if numbered else f"- {text}")
            number += 1
        for sub in inner:
            yield from _list(sub, local(sub) == "ol")


def _visible_but(node: Any, left_out: list[Any]) -> Iterator[str]:
    yield node.text or ""
    for part in node:
        if is_element(part) and part not in left_out and not _skips(part):
            yield " " if local(part) in _BLOCKS else ""
            yield from _visible(part)
        yield part.tail or ""


def _is_data(table: Any) -> bool:
    """Return whether a table holds data, no layout: two columns or more and no table inside."""
    rows = list(table.iter("tr"))
    return any(len([c for c in row if local(c) in ("td", "th")]) > 1 for row in rows) and len(list(table.iter("table"))) == 1


def _rows(table: Any) -> list[list[str]]:
    """Return the rows of a table; a cell that spans others stands in each of them."""
    rows: list[list[str]] = []
    held: dict[tuple[int, int], str] = {}
    for at, row in enumerate(node for node in table.iter("tr") if not _is_hidden(node)):
        cells: list[str] = []
        for cell in (part for part in row if local(part) in ("td", "th") and not _is_hidden(part)):
            while (at, len(cells)) in held:
                cells.append(held[at, len(cells)])
            text = clean(" ".join("".join(_visible(cell)).split()))
            wide, high = (min(int(n), 50) if (n := cell.get(key) or "1").isdigit() else 1 for key in ("colspan", "rowspan"))
            for down in range(1, high):
                held |= {(at + down, len(cells) + across): text for across in range(wide)}
            cells += [text] * max(1, wide)
        while (at, len(cells)) in held:
            cells.append(held[at, len(cells)])
        rows.append(cells)
    return rows
