"""Retrieval -> why each passage was found and what was not used: lines for a terminal, values for JSON and the screen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.lines import hit_line
from assistant.retrieval import PART_SHARE
from assistant.types import Answer, Citation, Hit, Match, Passage, Rejected, Retrieval

PART_NAMES = {
    "kata": "kata yang sama",
    "pertanyaan": "kemiripan pertanyaan tersimpan",
    "bagian": "kemiripan bagian",
    "kalimat": "kemiripan kalimat",
}
"""The parts of a score that are added up, as people read them, in the order in which they are shown."""

REPEATS = "mengulang pernyataan yang sudah dikutip"
FARTHER = "kurang dekat dengan pertanyaan daripada kutipan di atas"
NOT_CHOSEN = "dekat dengan pertanyaan, tetapi tidak dipilih untuk jawaban"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why one statement was found: `pieces` (name, value) times `authority` times `share` is the score.

    `text` is the number of the text of `Retrieval.searched` that found it best; `share` is below 1 when that is not the
    whole question. Without `pieces` no search found it: it was kept for a situation that the question tells of.
    """

    score: float
    pieces: tuple[tuple[str, float], ...]
    authority: float
    cosine: float
    text: int
    share: float


def finding(match: Match) -> Finding:
    """Return why `match` was found."""
    shares = [PART_SHARE if number else 1.0 for number in range(len(match.by))] or [1.0]
    text = max(range(len(match.by)), key=lambda number: match.by[number] * shares[number], default=0)
    return Finding(
        score=match.score,
        pieces=tuple((name, match.parts[name]) for name in PART_NAMES if name in match.parts),
        authority=match.parts.get("kedudukan", 1.0),
        cosine=match.parts.get("kosinus", 0.0),
        text=text,
        share=shares[text],
    )


def cited_match(citation: Citation, retrieval: Retrieval) -> Match | None:
    """Return the best match inside the quote of `citation`; None when no search gave it."""
    for hit in retrieval.kept:
        if hit.passage.id == citation.passage.id:
            sentences = hit.passage.sentences
            inside = [m for m in hit.matches if citation.start <= sentences[m.sentence].start < citation.end]
            return max(inside, key=lambda match: match.score, default=None)
    return None


def unused(answer: Answer, *, most: int) -> tuple[Rejected, ...]:
    """Return the best hits that `answer` does not cite, each with the reason, best first."""
    cited = {citation.passage.id for citation in answer.citations}
    stated = {label for citation in answer.citations for label in citation.labels}
    scores = [match.score for c in answer.citations if (match := cited_match(c, answer.retrieval)) is not None]
    kept = [
        Rejected(hit, FARTHER if scores and hit.score <= min(scores) else NOT_CHOSEN)
        for hit in answer.retrieval.kept
        if hit.passage.id not in cited and hit.score
    ]
    found = sorted((*kept, *answer.retrieval.rejected), key=lambda item: -item.hit.score)
    return tuple(Rejected(item.hit, REPEATS) if _repeats(item.hit, stated) else item for item in found[:most])


def place(passage: Passage) -> str:
    """Return title and headings of a passage as one line."""
    return " › ".join((passage.document.title, *passage.headings))


def decimal(number: float, digits: int = 3) -> str:
    """Return a number the Indonesian way."""
    return f"{number:.{digits}f}".replace(".", ",")


def explained_lines(retrieval: Retrieval) -> list[str]:
    """Return for a terminal: what was searched, the kept hits with their scores by part, and the rejected ones."""
    lines = [f"Dicari: {' | '.join(retrieval.searched or (retrieval.question,))}"]
    for order, hit in enumerate(retrieval.kept, start=1):
        lines += ["", *_hit_lines(order, hit, retrieval.searched)]
    lines += ["", f"Ditemukan tetapi tidak dipakai: {len(retrieval.rejected)}"]
    lines += [f"   {decimal(item.hit.score)}  {place(item.hit.passage)}: {item.reason}" for item in retrieval.rejected]
    return lines


def explained_values(retrieval: Retrieval) -> dict[str, Any]:
    """Return the same as JSON values."""
    return {
        "question": retrieval.question,
        "searched": list(retrieval.searched),
        "kept": [_hit_values(hit, retrieval.searched) for hit in retrieval.kept],
        "parts": {hit.passage.id: hit.parts for hit in retrieval.kept},
        "rejected": [{**_hit_values(item.hit, retrieval.searched), "reason": item.reason} for item in retrieval.rejected],
    }


def _repeats(hit: Hit, stated: set[str]) -> bool:
    labels = set(hit.passage.sentences[hit.matches[0].sentence].labels) if hit.matches else set()
    return bool(labels) and labels <= stated


def _hit_lines(order: int, hit: Hit, searched: Sequence[str]) -> list[str]:
    match = hit.matches[0]
    sentence, found = hit.passage.sentences[match.sentence], finding(match)
    lines = [
        f"{order}. {decimal(hit.score)}  {place(hit.passage)}",
        f"   {hit.passage.id}",
        f"   «{sentence.text}»",
        f"   {_sum_line(found)}",
        f"   label: {', '.join(sentence.labels) or 'tidak ada'}",
    ]
    if len(searched) > 1 and found.pieces:
        whole = "" if found.text else " (pertanyaan utuh)"
        lines.append(f"   ditemukan lewat: «{searched[found.text]}»{whole}")
    if match.premise:
        lines.append(f"   anggapan keliru yang terdekat: {match.premise}")
    return lines


def _sum_line(found: Finding) -> str:
    if not found.pieces:
        return "tidak ditemukan oleh pencarian; disertakan karena keadaan yang diceritakan"
    pieces = " + ".join(f"{PART_NAMES[name]} {decimal(value)}" for name, value in found.pieces)
    share = f"; lewat sebagian pertanyaan × {decimal(found.share, 2)}" if found.share < 1 else ""
    return f"{pieces}; kedudukan sumber × {decimal(found.authority)}{share}; kosinus tertinggi {decimal(found.cosine)}"


def _hit_values(hit: Hit, searched: Sequence[str]) -> dict[str, Any]:
    match = hit.matches[0]
    sentence, found = hit.passage.sentences[match.sentence], finding(match)
    return {
        **hit_line(hit),
        "title": hit.passage.document.title,
        "section": list(hit.passage.headings),
        "sentence": sentence.text,
        "sentence_labels": list(sentence.labels),
        "parts": match.parts,
        "found_by": searched[found.text] if found.pieces and searched else None,
        "premise": match.premise or None,
    }
