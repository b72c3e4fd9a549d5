"""Standard answers: written by a person, given only while every quote stands as it was pinned, through the same checks. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.attributes import asked_kinds
from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.answering.quoting import caution
from assistant.knowledge import Knowledge
from assistant.language import flat, markers, markers_inside, numbers, split_sentences, without_markers
from assistant.ledger import Pinned, StandardAnswer
from assistant.questions import Reading, read_question
from assistant.types import Answer, Approval, Citation, Passage, Status

MODE = "baku"
SAME = 0.92
"""A question so near (cosine) to a way of asking for a standard answer asks for it, whatever else is stored."""
CLOSE, NEAR = (0.80, 0.03), (0.65, 0.08)
"""Farther ones have to be ahead of every question that is stored for anything else: from which cosine, and by how much. Of 4,000
near questions of other statements 26 pass (three wordings stored), of a statement's own other wordings 17 %; the rest is left
to the search, which quotes the same sentence (benchmarks/guidance.py)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an approved answer is held against: the passages of today by id and what their labels say."""

    passages: Mapping[str, Passage]
    knowledge: Knowledge
    withdrawn: Collection[str] = ()

    def passage(self, identity: str) -> Passage | None:
        """Return a passage of a document that is not withdrawn."""
        found = self.passages.get(identity)
        return None if found is None or found.document.path in self.withdrawn else found


def pin(passage: Passage, start: int, end: int, knowledge: Knowledge) -> Pinned:
    """Return the quote `passage.text[start:end]` as it stands today."""
    quote = passage.text[start:end]
    return Pinned(
        passage.id, passage.document.path, passage.document.title, start, end, quote, _imprint(passage, start, end, knowledge)
    )


def again(pinned: Pinned, known: Known) -> Pinned | None:
    """Return a quote as it stands today, wherever in its passage; None when it stands there no more."""
    passage = known.passage(pinned.passage)
    if passage is None or not pinned.quote.strip():
        return None
    start = pinned.start if passage.text[pinned.start : pinned.end] == pinned.quote else passage.text.find(pinned.quote)
    return pin(passage, start, start + len(pinned.quote), known.knowledge) if start >= 0 else None


def lapsed(standard: StandardAnswer, known: Known, *, today: str) -> tuple[str, ...]:
    """Return why an answer may not be given any more, in words for the reviewer; `today` is an ISO day."""
    reasons = []
    for number, pinned in enumerate(standard.quotes, 1):
        passage = known.passage(pinned.passage)
        if passage is None:
            reasons.append(f"kutipan [{number}] tidak ada lagi di {pinned.path}")
        elif _imprint(passage, pinned.start, pinned.end, known.knowledge) != pinned.imprint:
            reasons.append(f"bagian yang dikutip [{number}] di {pinned.path} berubah")
    if today > standard.until:
        reasons.append(f"tanggal tinjau {standard.until} sudah lewat")
    return tuple(reasons)


def faults(standard: StandardAnswer, known: Known) -> tuple[str, ...]:
    """Return what has to be mended before an answer can be approved, in words for its writer."""
    found = []
    evidence = _evidence(standard, known)
    sentences = drafted(standard)
    if not sentences:
        found.append("jawabannya kosong")
    if evidence is None:
        found.append("ada kutipan yang tidak ada lagi di sumber; pilih ulang")
        return tuple(found)
    for sentence in sentences:
        if not sentence.evidence:
            found.append(f"kalimat tanpa penanda sumber: «{sentence.text}»")
    _, dropped = check(sentences, evidence, question="")
    found += [f"«{item.sentence.text}» {item.reason}" for item in dropped]
    used = {index for sentence in sentences for index in sentence.evidence}
    found += [f"kutipan [{index + 1}] tidak dipakai dalam jawaban" for index in range(len(evidence)) if index not in used]
    return tuple(found)


def drafted(standard: StandardAnswer) -> tuple[DraftSentence, ...]:
    """Return the sentences of an answer, each with the indexes of the quotes that it names; those that are one are quotes."""
    sentences = []
    for line in standard.text.splitlines():
        for piece in split_sentences(markers_inside(line.strip())):
            evidence = tuple(sorted(number - 1 for number in markers(piece)))
            text = without_markers(piece).strip()
            if text:
                quoted = any(flat(text) in flat(pinned.quote) for pinned in _named(standard.quotes, evidence))
                sentences.append(DraftSentence(text, evidence, quoted))
    return tuple(sentences)


def given(standard: StandardAnswer, question: str, known: Known, *, today: str) -> Answer | None:
    """Return the answer to `question`, or None when it may not be given today: the search then answers as usual."""
    evidence, approved = _evidence(standard, known), standard.approved_by
    if evidence is None or approved is None or lapsed(standard, known, today=today):
        return None
    sentences = drafted(standard)
    kept, dropped = check(sentences, evidence, question="")
    if dropped or not kept or not all(sentence.evidence for sentence in kept):
        return None
    order = list(dict.fromkeys(index for sentence in kept for index in sentence.evidence))
    cautions = dict.fromkeys(caution(evidence[index], first=not place) for place, index in enumerate(order))
    lines = [note for note in cautions if note]
    for sentence in kept:
        lines.append(f"{sentence.text} {''.join(f'[{order.index(index) + 1}]' for index in sentence.evidence)}")
    citations = tuple(
        Citation(number, piece.passage, piece.quote, piece.start, piece.end, piece.labels)
        for number, piece in enumerate((evidence[index] for index in order), 1)
    )
    status = Status.PARTIAL if standard.partial else Status.ANSWERED
    approval = Approval(standard.id, approved.name, approved.at.date().isoformat(), standard.until)
    return Answer(question, status, "\n\n".join(lines), citations, mode=MODE, approval=approval)


def fits(question: str, stored: str, *, similarity: float, rival: float) -> bool:
    """Tell whether `question` asks what `stored` asks, a way of asking for a standard answer.

    `similarity` is their cosine, `rival` the cosine of the nearest question that is stored for anything else. Figures, places and
    the kind of thing asked for must be the same: an answer about 2025 is none about 2026.
    """
    ahead = similarity - rival
    if not (similarity >= SAME or any(similarity >= least and ahead >= by for least, by in (CLOSE, NEAR))):
        return False
    one, other = read_question(question), read_question(stored)
    return _asked(question, one) == _asked(stored, other) and not one.english and not one.invent


def _asked(text: str, reading: Reading) -> tuple[object, ...]:
    return numbers(text), set(reading.places), set(reading.other_places), set(asked_kinds(text))


def _evidence(standard: StandardAnswer, known: Known) -> tuple[Evidence, ...] | None:
    """Return the quotes as evidence; None when one of them stands there no more."""
    found = []
    for pinned in standard.quotes:
        now, passage = again(pinned, known), known.passage(pinned.passage)
        if now is None or passage is None:
            return None
        labels = _labels(passage, now.start, now.end)
        scope, status = known.knowledge.statement_values(labels, passage.document)
        kept = [known.knowledge.labels[name] for name in labels if name in known.knowledge.labels]
        sources = tuple(dict.fromkeys(source for label in kept for source in label.sources))
        found.append(Evidence(passage, now.start, now.end, labels, 1.0, 1.0, scope, status, sources=sources))
    return tuple(found)


def _labels(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    within = (s for s in passage.sentences if s.start < end and start < s.end)
    return tuple(dict.fromkeys(label for sentence in within for label in sentence.labels))


def _imprint(passage: Passage, start: int, end: int, knowledge: Knowledge) -> str:
    """Return a digest of the passage and of whether it holds: text, card, scope and status of the labels."""
    card = passage.document
    parts = [passage.digest, card.title, card.scope, str(card.status), card.valid_from or "", card.valid_to or ""]
    for name in _labels(passage, start, end):
        label = knowledge.labels.get(name)
        parts += [name, label.scope, str(label.status)] if label else [name]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _named(quotes: Sequence[Pinned], indexes: Sequence[int]) -> list[Pinned]:
    return [quotes[index] for index in indexes if 0 <= index < len(quotes)]
