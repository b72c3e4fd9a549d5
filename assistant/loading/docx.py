"""The bytes of a Word file -> Content: headings, lists with their numbers, tables, footnotes, tracked changes resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.loading.content import Content, Item, ItemKind, Limits, ReadError, Tick, sections_of
from assistant.loading.flow import BULLETS
from assistant.loading.legal import legal_items
from assistant.loading.markup import is_element, local
from assistant.loading.notes import hidden_note
from assistant.loading.numbering import read_numbering
from assistant.loading.ooxml import BROKEN, Package, child, is_on, value

MAIN = "word/document.xml"
TITLE_STYLES = ("title", "judul dokumen")
_MARKED = re.compile(rf"^(?:(?:\d{{1,2}}|[a-z])[.)]|[-–{BULLETS}])\s+\S")
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback", "commentReference"})
SMALLEST = 5
"""Half points: a letter smaller than 2.5 points is not meant to be read."""


def read_docx(raw: bytes, limits: Limits, tick: Tick) -> Content:
    """Return the content of a Word file; insertions count, deletions and hidden text don't.

    Raises ReadError for a broken or dangerous package.
    """
    package = Package(raw, limits)
    root = package.xml(MAIN)
    body = child(root, "body")
    if body is None:
        raise ReadError(*BROKEN)
    reader = _Reader(package)
    items = legal_items(list(reader.items(body)))
    tracked = ("Perubahan terlacak: sisipan dimuat, hapusan tidak.",) if reader.tracked else ()
    return Content(sections_of(items), reader.title, (*package.notes, *tracked, *hidden_note(reader.hidden)))


class _Reader:
    """Walks through the body of one file and keeps count of what it leaves out."""

    def __init__(self, package: Package) -> None:
        self.title = ""
        self.hidden = 0
        self.tracked = False
        self._numbering = read_numbering(package.xml("word/numbering.xml"))
        self._styles = {value(s, "styleId") or "": s for s in _children(package.xml("word/styles.xml"), "style")}
        self._notes = {
            kind: {value(n, "id") or "": n for n in _children(package.xml(f"word/{kind}s.xml"), kind)}
            for kind in ("footnote", "endnote")
        }
        self._asked: list[tuple[str, str]] = []
        self._joined = ""

    def items(self, body: Any) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, with each footnote after the paragraph that it belongs to."""
        for node in _blocks(body):
            if local(node) == "tbl":
                rows, header = self._rows(node)
                yield Item(ItemKind.TABLE, rows=rows, header=header)
            else:
                yield from self._paragraph(node)
            yield from self._footnotes()

    def _paragraph(self, node: Any) -> Iterator[Item]:
        text = self._joined + self._text(node)
        settings = child(node, "pPr")
        if child(child(settings, "rPr"), "del") is not None:
            self._joined = text  # the mark at the end was deleted: the next paragraph goes on here
            self.tracked = True
            return
        self._joined = ""
        style = self._style_of(settings)
        number = self._number(settings, style)
        if not f"{number}{text}".strip(" -"):
            return
        level = self._heading(settings, style)
        if level == 0 and not self.title:
            self.title = " ".join(text.split())
            return
        if level:
            yield Item(ItemKind.HEADING, f"{number} {text}".strip() if number != "-" else text, level)
        elif number:
            place = re.match(r"(?:Pasal|BAB|Bagian|\()", number) is not None
            yield Item(ItemKind.PARAGRAPH if place else ItemKind.ITEM, f"{number} {text}".strip())
        elif _MARKED.match(text.strip()):
            for line in text.split("\n"):
                yield Item(ItemKind.ITEM if _MARKED.match(line.strip()) else ItemKind.PARAGRAPH, _bullet(line.strip()))
        else:
            bold = self._all_bold(node) and len(text.split()) <= 16 and not text.rstrip().endswith((".", ";", ",", ":"))
            yield Item(ItemKind.HEADING, text, 7) if bold else Item(ItemKind.PARAGRAPH, text.replace("\n", " "))

    def _text(self, node: Any) -> str:
        """Return the text of a paragraph that a reader sees."""
        parts: list[str] = []
        for item in node:
            if not is_element(item):
                continue
            name = local(item)
            if name in _GONE:
                self.tracked |= name in ("del", "moveFrom")
                continue
            self.tracked |= name == "ins"
            if name == "r" and self._is_hidden(child(item, "rPr")):
                self.hidden += len("".join(t.text or "" for t in item.iter("{*}t")).split())
                continue
            if name == "t":
                parts.append(item.text or "")
            elif name in ("tab", "ptab"):
                parts.append(" ")
            elif name in ("br", "cr"):
                parts.append("\n")
            elif name in ("noBreakHyphen", "softHyphen"):
                parts.append("-" if name == "noBreakHyphen" else "")
            elif name in ("footnoteReference", "endnoteReference"):
                self._asked.append((name.removesuffix("Reference"), value(item, "id") or ""))
            elif name == "txbxContent":
                parts.append("\n" + "\n".join(self._text(p) for p in item.iter("{*}p")) + "\n")
            else:
                parts.append(self._text(item))
        return "".join(parts)

    def _is_hidden(self, settings: Any) -> bool:
        if settings is None:
            return False
        style = self._styles.get(value(child(settings, "rStyle")) or "")
        if is_on(child(settings, "vanish")) or is_on(child(child(style, "rPr"), "vanish")):
            return True
        size = value(child(settings, "sz")) or ""
        if size.isdigit() and int(size) < SMALLEST:
            return True
        white = (value(child(settings, "color")) or "").upper() in ("FFFFFF", "FEFEFE")
        return white and child(settings, "highlight") is None and child(settings, "shd") is None and not self._shaded

    _shaded = False
    """Whether the cell that is being read has a background of its own: white letters show there."""

    def _rows(self, table: Any) -> tuple[list[list[str]], int | None]:
        """Return the rows of a table; a cell that spans others stands in each of them."""
        rows: list[list[str]] = []
        header = 0
        for row in (node for node in table.iter("{*}tr") if _owner(node) is table):
            settings = child(row, "trPr")
            if child(settings, "del") is not None:
                self.tracked = True
                continue
            header += 1 if header == len(rows) and is_on(child(settings, "tblHeader")) else 0
            cells: list[str] = [""] * int(value(child(settings, "gridBefore")) or 0)
            for cell in (node for node in row.iter("{*}tc") if _row(node) is row):
                looks = child(cell, "tcPr")
                self._shaded = child(looks, "shd") is not None
                text = " ".join(self._text(p) for p in cell.iter("{*}p"))
                self._shaded = False
                merged = child(looks, "vMerge")
                if merged is not None and value(merged) != "restart" and rows and len(cells) < len(rows[-1]):
                    text = rows[-1][len(cells)]
                wide = value(child(looks, "gridSpan")) or "1"
                cells += [text] * (min(int(wide), 60) if wide.isdigit() else 1)
            rows.append(cells)
        return rows, header or None

    def _footnotes(self) -> Iterator[Item]:
        asked, self._asked = self._asked, []
        for kind, identity in asked:
            note = self._notes[kind].get(identity)
            text = " ".join(self._text(p) for p in note.iter("{*}p")).strip() if note is not None else ""
            if text:
                yield Item(ItemKind.PARAGRAPH, f"Catatan kaki {identity}: {text}")
        self._asked = []

    def _style_of(self, settings: Any) -> Any | None:
        return self._styles.get(value(child(settings, "pStyle")) or "")

    def _heading(self, settings: Any, style: Any | None) -> int | None:
        """Return the level of a heading, 0 for the title of the document, None for text."""
        outline = value(child(settings, "outlineLvl"))
        for known in self._ancestors(style):
            name = (value(child(known, "name")) or "").lower()
            if name in TITLE_STYLES:
                return 0
            match = re.fullmatch(r"(?:heading|judul) (\d)", name)
            if match:
                return int(match[1])
            outline = outline or value(child(child(known, "pPr"), "outlineLvl"))
        return int(outline) + 1 if outline is not None and outline.isdigit() and int(outline) < 9 else None

    def _number(self, settings: Any, style: Any | None) -> str:
        found = child(settings, "numPr")
        for known in self._ancestors(style):
            found = found if found is not None else child(child(known, "pPr"), "numPr")
        if found is None:
            return ""
        depth = value(child(found, "ilvl")) or "0"
        return self._numbering.text(value(child(found, "numId")) or "", int(depth) if depth.isdigit() else 0)

    def _ancestors(self, style: Any | None) -> Iterator[Any]:
        for _ in range(10):
            if style is None:
                return
            yield style
            style = self._styles.get(value(child(style, "basedOn")) or "")

    def _all_bold(self, node: Any) -> bool:
        runs = [run for run in node.iter("{*}r") if "".join(t.text or "" for t in run.iter("{*}t")).strip()]
        return bool(runs) and all(is_on(child(child(run, "rPr"), "b")) for run in runs)


def _blocks(node: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those in content controls and insertions."""
    for item in node:
        name = local(item)
        if name in ("p", "tbl"):
            yield item
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"):
            yield from _blocks(item)


def _children(root: Any | None, name: str) -> Iterator[Any]:
    yield from root.iterchildren(f"{{*}}{name}") if root is not None else ()


def _owner(row: Any) -> Any:
    node = row.getparent()
    while node is not None and local(node) != "tbl":
        node = node.getparent()
    return node


def _row(cell: Any) -> Any:
    node = cell.getparent()
    while node is not None and local(node) != "tr":
        node = node.getparent()
    return node


def _bullet(line: str) -> str:
    return re.sub(rf"^[–{BULLETS}]\s*", "- ", line)
