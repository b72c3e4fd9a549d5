"""The check that documents are short and plain enough for a busy officer. Pure.

Limits come from the corpus of November 2026: its longest sentence has 40 words, its longest passage 117, its longest document
1,139; the mean sentence of a document has 10 to 27 words, the index lies between 15 and 42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.knowledge.findings import Finding, Material, Statement
from assistant.types import BlockKind

SENTENCE_WORDS = 40
MEAN_WORDS = 27
PASSAGE_WORDS = 220
DOCUMENT_WORDS = 1200
INDEX = 45
"""Words a sentence plus percent of long words, after Björnsson's LIX; affixes make Indonesian words long, so long is over 8."""

LONG_WORD = 8
_WORD = re.compile(r"[^\W\d_]+")


def readable(material: Material) -> Iterator[Finding]:
    """Find sentences, passages and documents over the limits."""
    by_path: dict[str, list[Statement]] = {}
    for statement in material.statements():
        by_path.setdefault(statement.path, []).append(statement)
        length = len(statement.text.split())
        if length > SENTENCE_WORDS and statement.passage.blocks[statement.sentence.block] is not BlockKind.TABLE:
            yield statement.finding(f"kalimat {length} kata (batas {SENTENCE_WORDS})", "Bagi menjadi dua kalimat.")
    for passage in material.passages:
        if (length := len(passage.text.split())) > PASSAGE_WORDS:
            what = f"bagian {passage.id}: {length} kata (batas {PASSAGE_WORDS})"
            yield Finding(passage.document.path, what, "Tambah subjudul.")
    for path, statements in by_path.items():
        yield from _document(path, statements)


def _document(path: str, statements: Sequence[Statement]) -> Iterator[Finding]:
    length = sum(len(statement.text.split()) for statement in statements)
    if length > DOCUMENT_WORDS:
        yield Finding(path, f"dokumen {length} kata (batas {DOCUMENT_WORDS})", "Bagi menjadi dua dokumen.")
    mean, long_words = mean_length(statements), long_share(statements)
    if mean > MEAN_WORDS:
        yield Finding(path, f"rata-rata {mean:.0f} kata per kalimat (batas {MEAN_WORDS})", "Perpendek kalimat-kalimatnya.")
    if mean + long_words > INDEX:
        what = f"indeks keterbacaan {mean + long_words:.0f} (batas {INDEX})"
        yield Finding(path, what, "Pakai kalimat dan kata yang lebih pendek.")


def mean_length(statements: Sequence[Statement]) -> float:
    """Return the mean number of words of the sentences in paragraphs; a semicolon ends a sentence as a full stop does."""
    texts = [s.text for s in statements if s.passage.blocks[s.sentence.block] is BlockKind.PARAGRAPH]
    parts = [part.split() for text in texts for part in re.split(r";\s", text)]
    return sum(map(len, parts)) / len(parts) if parts else 0.0


def long_share(statements: Sequence[Statement]) -> float:
    """Return how many of a hundred words are long."""
    found = [word for statement in statements for word in _WORD.findall(statement.text)]
    return 100 * sum(len(word) > LONG_WORD for word in found) / len(found) if found else 0.0
