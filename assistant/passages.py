"""Turn a document into passages: whole blocks under a heading path, sentences with offsets and labels. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.language import LABEL, clean, first_words, split_sentences, without_labels
from assistant.types import Block, BlockKind, Document, Passage, Section, Sentence

PASSAGE_WORDS = 90
"""A passage is closed once it has this many words; a block is never split unless it is a longer paragraph."""

LONGEST_BLOCK_WORDS = 220
_LINKS_ONLY = re.compile(r"^\s*(?:[-*]\s*)?(?:\[[^\]]*\]\([^)]*\)[\s,;.]*)+$")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_INLINE = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`)")
_LINK = re.compile(r"\[([^\]^]+)\]\([^)]*\)")


def split_document(document: Document, *, asked: Mapping[str, Sequence[str]] | None = None) -> tuple[Passage, ...]:
    """Return the passages of `document` in reading order; `asked` gives the stored questions of a label.

    Sections of one heading path never share a passage with another. An id is the path, the heading path and an ordinal.
    """
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    for section in document.sections:
        for blocks in _groups(section):
            place = "/".join(first_words(heading) for heading in section.headings) or "awal"
            stem = f"{document.card.path}#{place}"
            seen[stem] = seen.get(stem, 0) + 1
            passage = _passage(document, section, blocks, f"{stem}:{seen[stem]}", asked or {})
            if passage is not None:
                passages.append(passage)
    return tuple(passages)


def embedded_text(passage: Passage) -> str:
    """Return the text that is embedded for a passage: title, heading path, text."""
    path = [passage.document.title, *[heading for heading in passage.headings if heading != passage.document.title]]
    return " › ".join(path) + ". " + passage.text


def sentence_context(passage: Passage, ordinal: int) -> str:
    """Return the text that is embedded for one sentence; an item of a list takes its lead-in line along."""
    sentence = passage.sentences[ordinal]
    lead = next((other for other in passage.sentences if other.lead and other.block == sentence.block), None)
    text = sentence.text if lead is None or lead is sentence else f"{lead.text} {sentence.text}"
    return text if lead is not None or len(text.split()) > 12 else f"{passage.headings[-1] if passage.headings else ''} {text}"


def _groups(section: Section) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = 0
    for block in _sized(section.blocks):
        length = len(without_labels(block.text).split())
        if group and size + length > PASSAGE_WORDS:
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group


def _sized(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut only paragraphs that are longer than a passage, at sentence ends."""
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or len(block.text.split()) <= PASSAGE_WORDS:
            yield block
            continue
        piece: list[str] = []
        for sentence in split_sentences(block.text):
            for part in _chunks(sentence):
                if piece and len(" ".join([*piece, part]).split()) > PASSAGE_WORDS:
                    yield Block(block.kind, " ".join(piece))
                    piece = []
                piece.append(part)
        if piece:
            yield Block(block.kind, " ".join(piece))


def _chunks(sentence: str) -> Iterator[str]:
    """Cut a "sentence" without an end (a scan, a log) so that no passage grows without limit."""
    pieces = sentence.split()
    for start in range(0, len(pieces), LONGEST_BLOCK_WORDS):
        yield " ".join(pieces[start : start + LONGEST_BLOCK_WORDS])


def _passage(
    document: Document, section: Section, blocks: list[Block], place: str, asked: Mapping[str, Sequence[str]]
) -> Passage | None:
    text = ""
    sentences: list[Sentence] = []
    kinds: list[BlockKind] = []
    for block in blocks:
        rows = [row for row in _rows(block) if without_labels(row[0]).strip()]
        if not rows:
            continue
        if text:
            text += "\n\n"
        for position, (raw, lead) in enumerate(rows):
            shown = plain(raw)
            if position:
                text += " " if block.kind is BlockKind.PARAGRAPH else "\n"
            start = len(text)
            text += shown
            labels = tuple(dict.fromkeys(LABEL.findall(raw)))
            sentences.append(Sentence(shown, start, len(text), labels, len(kinds), lead))
        kinds.append(block.kind)
    if not sentences:
        return None
    sentences = _inherit(sentences)
    passage = Passage(place, "", document.card, section.headings, text, tuple(sentences), tuple(kinds), section.page)
    questions = tuple(
        (ordinal, question)
        for ordinal, sentence in enumerate(sentences)
        for label in sentence.labels
        for question in asked.get(label, ())
    ) + tuple((answering_ordinal(passage), question) for question in asked.get(place, ()))
    questions += tuple((n, question) for n, name in enumerate(sentence_names(passage)) for question in asked.get(name, ()))
    digest = hashlib.sha256(embedded_text(passage).encode()).hexdigest()[:16]
    return replace(passage, digest=digest, asked=questions)


def answering_ordinal(passage: Passage) -> int:
    """Return the sentence that stands for a passage which answers as a whole: the lead-in of its first list, else the first."""
    for ordinal, sentence in enumerate(passage.sentences):
        if passage.blocks[sentence.block] is not BlockKind.PARAGRAPH:
            return ordinal
    return 0


def sentence_names(passage: Passage) -> tuple[str, ...]:
    """Return the name of each sentence by which stored questions point to it where it has no label: place and text."""
    return tuple(f"{passage.id}~{hashlib.sha256(sentence.text.encode()).hexdigest()[:12]}" for sentence in passage.sentences)


def plain(raw: str) -> str:
    """Return one line of Markdown as shown and quoted: no labels, emphasis or link targets."""
    text = _LINK.sub(r"\1", without_labels(raw))
    return clean(_INLINE.sub("", text))


def _rows(block: Block) -> list[tuple[str, bool]]:
    """Return the statements of a block in order; True marks the line that introduces a list."""
    if block.kind is BlockKind.PARAGRAPH:
        return [(sentence, False) for sentence in split_sentences(" ".join(block.text.split()))]
    lines = [line for line in block.text.split("\n") if line.strip()]
    if block.kind is BlockKind.TABLE:
        lines = [line for line in lines if not re.fullmatch(r"[\s|:\-]+", line)]
        return [
            (" | ".join(c.strip() for c in line.strip().strip("|").split("|")), position == 0)
            for position, line in enumerate(lines)
        ]
    lines = [line for line in lines if not _LINKS_ONLY.match(line)]
    return [(line.strip(), position == 0 and not _ITEM.match(line)) for position, line in enumerate(lines)]


def _inherit(sentences: list[Sentence]) -> list[Sentence]:
    """Give the items of a list without a label of their own the labels of its lead-in line."""
    leads = {sentence.block: sentence.labels for sentence in sentences if sentence.lead}
    return [
        replace(sentence, labels=leads.get(sentence.block, ())) if not sentence.labels and not sentence.lead else sentence
        for sentence in sentences
    ]
