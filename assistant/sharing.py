"""Entry -> a message for WhatsApp: question, answer and sources, short enough to be read on a telephone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger import Entry
from assistant.sheets.values import Proof, proof_sheet
from assistant.wording import DECISION, approval_words, day

LIMIT = 3_499
"""The longest message, in characters; WhatsApp folds a longer one and people stop reading."""

QUESTION_LETTERS, NAME_LETTERS, ADDRESS_LETTERS = 600, 140, 200
SOURCES_LETTERS = 1_700
"""Sources that would make their part longer than this are counted, not named."""

SHORTEST_QUOTE = 80
MORE = "… (selengkapnya di Asisten UEP)"
_SPAN = re.compile(r"(?<![^\W_])([*_~])(?=\S)([^\n]*?\S)\1(?![^\W_])")
"""What WhatsApp takes for bold, italic or struck out: signs at the edges of words, on one line."""


def share_text(entry: Entry) -> str:
    """Return the message, shorter than 3,500 characters: of long answers the last quotes are cut first.

    Only `Pertanyaan` and the outcome are bold; signs in the texts that WhatsApp would read as formatting are taken out.
    """
    sheet = proof_sheet(entry)
    question = plain(_cut(sheet.question.strip(), QUESTION_LETTERS))
    head = f"*Pertanyaan*\n{question}\n\n*Jawaban: {sheet.status}*\n"
    tail = "\n\n".join(part for part in (_sources(sheet.proofs), _warnings(sheet.proofs), _limits(entry)) if part)
    room = LIMIT - len(head) - len(tail) - len("\n\n")
    return f"{head}{plain(_fitted(sheet.text, sheet.proofs, room))}\n\n{tail}"


def plain(text: str) -> str:
    """Return `text` so that WhatsApp formats none of it: signs within words and standing alone stay, backticks become `'`."""
    text = text.replace("`", "'")
    while (found := _SPAN.sub(r"\2", text)) != text:
        text = found
    return text


def _fitted(text: str, proofs: Sequence[Proof], room: int) -> str:
    """Return the answer in at most `room` characters; each quote keeps its [n]."""
    for proof in reversed(proofs):
        over = len(text) - room
        if over <= 0:
            return text
        whole = f"{proof.quote} [{proof.number}]"
        short = f"{_cut(proof.quote, max(SHORTEST_QUOTE, len(proof.quote) - over))} [{proof.number}]"
        text = text.replace(whole, short, 1)
    return _cut(text, room)


def _cut(text: str, length: int) -> str:
    """Return `text` in at most `length` characters, cut between words where there is one, with a note that it goes on."""
    if len(text) <= length:
        return text
    kept = text[: length - len(MORE)]
    whole = re.sub(r"\s+\S*$", "", kept)
    return (whole if len(whole) > len(kept) // 2 else kept).rstrip() + MORE


def _sources(proofs: Sequence[Proof]) -> str:
    lines = ["Sumber:"] if proofs else []
    for named, proof in enumerate(proofs):
        line = _source(proof)
        if sum(map(len, lines)) + len(line) > SOURCES_LETTERS:
            lines.append(f"… dan {len(proofs) - named} sumber lain di Asisten UEP")
            break
        lines.append(line)
    return "\n".join(lines)


def _source(proof: Proof) -> str:
    """Return one line: the first publication behind a quote, else its document; a link is written so that it stays whole."""
    first = proof.publications[0] if proof.publications else None
    name = (first.title, first.publisher, first.date) if first else (proof.document,)
    others = f" (dan {len(proof.publications) - 1} terbitan lain)" if len(proof.publications) > 1 else ""
    line = plain(f"[{proof.number}] " + _short(" ".join(", ".join(part for part in name if part).split())) + others)
    if first is None or not first.link or len(first.url) > ADDRESS_LETTERS:
        return line
    whole = f"{line}, {first.url}"
    return whole if plain(whole) == whole else f"{line}, {_escaped(first.url)}"


def _short(text: str) -> str:
    return text if len(text) <= NAME_LETTERS else text[: NAME_LETTERS - 1].rstrip() + "…"


def _escaped(url: str) -> str:
    """Return an address with the signs of formatting as %XX, which leads to the same page."""
    return "".join(f"%{ord(sign):02X}" if sign in "*_~`" else sign for sign in url)


def _warnings(proofs: Sequence[Proof]) -> str:
    found: dict[str, list[int]] = {}
    for proof in proofs:
        for warning in proof.warnings:
            found.setdefault(warning, []).append(proof.number)
    return "\n".join(f"Perhatian {''.join(f'[{n}]' for n in numbers)}: {warning}." for warning, numbers in found.items())


def _limits(entry: Entry) -> str:
    """Return where the answer comes from and as of when: the oldest review among the cited documents, else the snapshot."""
    if entry.answer is None:
        return DECISION
    reviews = [c.passage.document.reviewed for c in entry.answer.citations if c.passage.document.reviewed]
    snapshot = f" versi {entry.answer.snapshot}" if entry.answer.snapshot else ""
    if entry.answer.approval:
        return f"{approval_words(entry.answer.approval)} {DECISION}"
    since = f"sumber per {day(min(reviews))}" if reviews else f"kumpulan sumber{snapshot}"
    return f"Dijawab Asisten UEP dari {since}. {DECISION}"
