"""The structure of Indonesian rules: BAB, Bagian, Paragraf, Pasal, ayat, Lampiran become headings. Pure.

A citation then says "Pasal 5 ayat (2)"; huruf and angka stay items under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.loading.content import Item, ItemKind

_CHAPTER = re.compile(r"^BAB\s+([IVXLC]+[A-Z]?)\b[\s.:–-]*(.*)$")
_PART = re.compile(r"^Bagian\s+(Ke\w+(?:\s+(?:Belas|Puluh(?:\s+\w+)?))?)\b[\s.:–-]*(.*)$", re.I)
_SUBPART = re.compile(r"^Paragraf\s+(\d+)\b[\s.:–-]*(.*)$")
_ARTICLE = re.compile(r"^Pasal\s+(\d+[A-Z]{0,2}|[IVX]+)(?:[\s.:–-]+(.*))?$")
_VERSE = re.compile(r"^\((\d{1,2}[a-z]?)\)\s*(.*)$", re.S)
_ANNEX = re.compile(r"^LAMPIRAN\b(?:\s+([IVXLC]+|\d+))?\b(.*)$")
_OPENING = re.compile(r"^(Menimbang|Mengingat|Memperhatikan|Menetapkan)\s*:\s*(.*)$", re.S)
_COMMENTS = re.compile(r"^PENJELASAN(?:\s+ATAS.*|\s+UMUM)?$", re.S)
_LETTER = re.compile(r"^(?:[a-z]{1,2}|\d{1,2})[.)]\s+\S")
CHAPTER, PART, SUBPART, ARTICLE = 1, 2, 3, 4


def is_legal(items: Sequence[Item]) -> bool:
    """Return whether a document is built of articles or chapters: two articles, or a chapter and something that it holds."""
    texts = [" ".join(item.text.split()) for item in items if item.kind is not ItemKind.TABLE]
    articles = sum(1 for text in texts if _is_article(text))
    chapters = sum(1 for text in texts if _CHAPTER.match(text))
    return articles >= 2 or chapters >= 2


def legal_items(items: Sequence[Item]) -> list[Item]:
    """Return the items of a rule with its places as headings; items of any other document are returned as they are.

    Headings by type below a chapter move below it. The title of a chapter may stand on the next lines.
    """
    if not is_legal(items):
        return list(items)
    return list(_placed([_joined(item) for item in items]))


def _joined(item: Item) -> Item:
    return item if item.kind is ItemKind.TABLE else replace(item, text=" ".join(item.text.split()))


def _placed(items: Sequence[Item]) -> Iterator[Item]:
    article = ""
    deepest = 0
    waiting: Item | None = None
    """A heading that still takes its title from the next line."""
    for item in items:
        text = item.text
        if waiting is not None:
            if _is_title(item):
                waiting = replace(waiting, text=f"{waiting.text} {text}")
                continue
            yield waiting
            waiting = None
        if item.kind is ItemKind.TABLE:
            yield item
            continue
        place = _place(text)
        if place is not None:
            level, name, titled = place
            article, deepest = "", level
            heading = Item(ItemKind.HEADING, name, level, item.page)
            if titled:
                yield heading
            else:
                waiting = heading
        elif _is_article(text):
            match = _ARTICLE.match(text)
            assert match is not None
            article, deepest = f"Pasal {match[1]}", ARTICLE
            yield Item(ItemKind.HEADING, article, ARTICLE, item.page)
            if match[2]:
                verse = _VERSE.match(match[2])
                yield from (
                    _verse(article, verse, match[2], item) if verse else [replace(item, kind=ItemKind.PARAGRAPH, text=match[2])]
                )
        elif opening := _OPENING.match(text):
            article, deepest = "", CHAPTER
            yield Item(ItemKind.HEADING, opening[1], CHAPTER, item.page)
            if opening[2]:
                yield replace(item, kind=ItemKind.ITEM if _LETTER.match(opening[2]) else ItemKind.PARAGRAPH, text=opening[2])
        elif article and (verse := _VERSE.match(text)):
            yield from _verse(article, verse, text, item)
        elif item.kind is ItemKind.HEADING:
            article = ""
            yield replace(item, level=item.level + deepest) if deepest else item
        elif item.kind is ItemKind.PARAGRAPH and _LETTER.match(text):
            yield replace(item, kind=ItemKind.ITEM)
        else:
            yield item
    if waiting is not None:
        yield waiting


def _verse(article: str, verse: re.Match[str], text: str, item: Item) -> Iterator[Item]:
    yield Item(ItemKind.HEADING, f"{article} ayat ({verse[1]})", ARTICLE, item.page)
    yield replace(item, kind=ItemKind.PARAGRAPH, text=text)


def _place(text: str) -> tuple[int, str, bool] | None:
    """Return level, name and whether the title is part of it, for a line that opens a place."""
    if (match := _CHAPTER.match(text)) and (not match[2] or not match[2][0].islower()):
        return CHAPTER, f"BAB {match[1]} {match[2]}".strip(), bool(match[2])
    if (match := _PART.match(text)) and len(text.split()) <= 14 and not text.endswith((".", ";", ",")):
        return PART, f"Bagian {match[1]} {match[2]}".strip(), bool(match[2])
    if (match := _SUBPART.match(text)) and len(text.split()) <= 14 and not text.endswith((".", ";", ",")):
        return SUBPART, f"Paragraf {match[1]} {match[2]}".strip(), bool(match[2])
    if (match := _ANNEX.match(text)) and len(text.split()) <= 25:
        return (
            CHAPTER,
            f"Lampiran {match[1] or ''}".strip() + (f" {match[2].strip()}" if match[2].strip() else ""),
            bool(match[2].strip()),
        )
    if _COMMENTS.match(text) and len(text.split()) <= 25:
        return CHAPTER, "Penjelasan", True
    return None


def _is_article(text: str) -> bool:
    """Return whether a line opens an article: not one that merely begins a sentence with "Pasal 5 ayat …"."""
    match = _ARTICLE.match(text)
    if match is None:
        return False
    rest = match[2] or ""
    return not rest or bool(_VERSE.match(rest)) or (rest[0].isupper() and len(rest.split()) > 3)


def _is_title(item: Item) -> bool:
    """Return whether an item can be the title of the chapter before it: a heading, or a short line that is no sentence."""
    text = item.text
    if item.kind is ItemKind.TABLE or _place(text) or _is_article(text) or _VERSE.match(text) or _LETTER.match(text):
        return False
    short = len(text.split()) <= 16 and not text.endswith((".", ";", ":", ","))
    return short and (item.kind is ItemKind.HEADING or text.isupper() or text.istitle() or text[:1].isupper())
