"""The bytes of a PowerPoint file -> Content: a section a slide, its notes after it; hidden slides are left out and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.loading.content import Content, Item, ItemKind, Limits, ReadError, Tick, sections_of
from assistant.loading.markup import local
from assistant.loading.notes import hidden_note
from assistant.loading.ooxml import BROKEN, Package, child, value

MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "sldImg", "hdr")


def read_pptx(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a presentation by slide; raises ReadError for a broken, dangerous or too long one."""
    package = Package(raw, limits)
    root = package.xml(MAIN)
    if root is None:
        raise ReadError(*BROKEN)
    parts = package.related(MAIN)
    wanted = [parts[identity][1] for node in root.iter("{*}sldId") if (identity := _relation(node)) in parts]
    if len(wanted) > limits.pages:
        raise ReadError(f"{len(wanted)} salindia, paling banyak {limits.pages}", "Bagi menjadi beberapa berkas.")
    items: list[Item] = []
    hidden = 0
    title = ""
    for number, name in enumerate(wanted, 1):
        slide = package.xml(name)
        if slide is None:
            continue
        if value(slide, "show") in ("0", "false"):
            hidden += 1
            continue
        heading, found = _slide(slide, f"slide {number}")
        title = title or heading
        items.append(Item(ItemKind.HEADING, heading or f"Slide {number}", 1))
        items += found
        notes = next((part for kind, part in package.related(name).values() if kind == "notesSlide"), "")
        spoken = package.xml(notes) if notes else None
        if spoken is not None:
            items += [
                Item(ItemKind.PARAGRAPH, f"Catatan pembicara: {i.text}", page=i.page)
                for i in _slide(spoken, f"slide {number}")[1]
            ]
    return Content(sections_of(items), title, (*package.notes, *hidden_note(hidden, "slide")))


def _relation(node: Any) -> str:
    return next((str(text) for key, text in node.attrib.items() if str(key).endswith("}id")), "")


def _slide(root: Any, page: str) -> tuple[str, list[Item]]:
    """Return the title of a slide and its other texts, from top to bottom."""
    title = ""
    placed: list[tuple[tuple[int, int], list[Item]]] = []
    for shape in (node for node in root.iter() if local(node) in ("sp", "graphicFrame")):
        if _is_hidden(shape):
            continue
        kind = value(next(shape.iter("{*}ph"), None), "type") or ""
        if kind in _FURNITURE:
            continue
        if local(shape) == "graphicFrame":
            found = [Item(ItemKind.TABLE, page=page, rows=_rows(table)) for table in shape.iter("{*}tbl")]
        else:
            texts = list(_paragraphs(child(shape, "txBody")))
            if kind in _TITLES and not title:
                title = " ".join(" ".join(text for text, _ in texts).split())
                continue
            found = [Item(ItemKind.ITEM if listed else ItemKind.PARAGRAPH, text, page=page) for text, listed in texts]
        if found:
            placed.append((_position(shape), found))
    return title, [item for _, found in sorted(placed, key=lambda entry: entry[0]) for item in found]


def _is_hidden(shape: Any) -> bool:
    node = shape
    while node is not None:
        for item in node:
            if local(item).startswith("nv") and value(child(item, "cNvPr"), "hidden") in ("1", "true"):
                return True
        node = node.getparent()
    return False


def _paragraphs(body: Any | None) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a text; several in one box are the points of a list."""
    found = [_line(node) for node in body.iterchildren("{*}p")] if body is not None else []
    found = [text for text in found if text.strip()]
    for text in found:
        lead = text.rstrip().endswith(":") or len(found) == 1
        yield (text, False) if lead else (f"- {text}", True)


def _line(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if local(node) == "t":
            parts.append(node.text or "")
        elif local(node) in ("br", "tab"):
            parts.append(" ")
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in table.iterchildren("{*}tr"):
        cells: list[str] = []
        for cell in row.iterchildren("{*}tc"):
            text = " ".join(_line(node) for node in cell.iter("{*}p"))
            if value(cell, "hMerge") in ("1", "true") and cells:
                text = cells[-1]
            elif value(cell, "vMerge") in ("1", "true") and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            cells.append(text)
        rows.append(cells)
    return rows


def _position(shape: Any) -> tuple[int, int]:
    """Return how far down and right a shape stands; one that takes its place from the layout comes first."""
    place = next(shape.iter("{*}off"), None)
    y, x = value(place, "y") or "0", value(place, "x") or "0"
    return (int(y) if y.lstrip("-").isdigit() else 0, int(x) if x.lstrip("-").isdigit() else 0)
