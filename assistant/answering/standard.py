"""Standard answers: written by a person, given only while every quote stands as it was pinned, through the same checks. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.attributes import asked_kinds
from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.answering.quoting import caution
from assistant.answering.spelled import borne_out, spelled
from assistant.knowledge import Knowledge
from assistant.language import flat, markers, markers_inside, numbers, split_sentences, without_markers
from assistant.ledger import Pinned, StandardAnswer, State
from assistant.questions import Reading, read_question
from assistant.types import Answer, Approval, Citation, Passage, Status

MODE = "baku"
CARD = "2-"
"""Begins an imprint that also holds the program of the card; older ones stay as they are until they are approved again."""
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
    card, imprint = passage.document, CARD + _imprint(passage, start, end, knowledge, passage.document.program)
    return Pinned(passage.id, card.path, card.title, start, end, quote, imprint)


def again(pinned: Pinned, known: Known) -> Pinned | None:
    """Return a quote as it stands today, wherever in its passage; None when it stands there no more as whole sentences."""
    passage = known.passage(pinned.passage)
    if passage is None or not pinned.quote.strip():
        return None
    for start in (pinned.start, *(sentence.start for sentence in passage.sentences)):
        end = start + len(pinned.quote)
        if passage.text[start:end] == pinned.quote and whole(passage, start, end):
            return pin(passage, start, end, known.knowledge)
    return None


def whole(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a quote begins and ends with sentences of its passage: half a sentence can say the opposite."""
    starts, ends = {sentence.start for sentence in passage.sentences}, {sentence.end for sentence in passage.sentences}
    return start in starts and end in ends


def wordings(standard: StandardAnswer, among: Sequence[StandardAnswer], state: State) -> tuple[StandardAnswer, ...]:
    """Return the other wordings of an answer, which replace each other, that stand in `state`."""
    known = {other.id: other for other in among}

    def first(answer: StandardAnswer) -> str:
        while answer.before in known:
            answer = known[answer.before]
        return answer.id

    own = first(standard)
    return tuple(other for other in among if other.state is state and other.id != standard.id and first(other) == own)


def lapsed(standard: StandardAnswer, known: Known, *, today: str) -> tuple[str, ...]:
    """Return why an answer may not be given any more, in words for the reviewer; `today` is an ISO day."""
    reasons = []
    for number, pinned in enumerate(standard.quotes, 1):
        passage = known.passage(pinned.passage)
        if passage is None:
            reasons.append(f"kutipan [{number}] tidak ada lagi di {pinned.path}")
        elif not _same(passage, pinned, known.knowledge):
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
        found.append("ada kutipan yang tidak ada lagi di sumber sebagai kalimat utuh; pilih ulang")
        return tuple(found)
    for sentence in sentences:
        if not sentence.evidence:
            found.append(f"kalimat tanpa penanda sumber: «{sentence.text}»")
    _, dropped = check(sentences, evidence, question="")
    found += [f"«{item.sentence.text}» {item.reason}" for item in dropped]
    for sentence in sentences:
        unborne = _unborne(sentence, evidence)
        if unborne:
            found.append(f"«{sentence.text}» memuat angka dalam kata yang tidak ada di kutipan ({', '.join(unborne)})")
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
    if dropped or not kept or not all(sentence.evidence and not _unborne(sentence, evidence) for sentence in kept):
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


def _unborne(sentence: DraftSentence, evidence: Sequence[Evidence]) -> list[str]:
    """Return the numbers in words of a sentence that isn't verbatim which none of its quotes and their headings hold."""
    if sentence.quoted:
        return []
    used = [evidence[index] for index in sentence.evidence if 0 <= index < len(evidence)]
    texts = [text for piece in used for text in (piece.quote, piece.passage.document.title, *piece.passage.headings)]
    allowed = {value for text in texts for value in borne_out(text)}
    return [words for words, value in spelled(sentence.text).items() if value not in allowed]


def _labels(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    within = (s for s in passage.sentences if s.start < end and start < s.end)
    return tuple(dict.fromkeys(label for sentence in within for label in sentence.labels))


def _same(passage: Passage, pinned: Pinned, knowledge: Knowledge) -> bool:
    program = [passage.document.program] if pinned.imprint.startswith(CARD) else []
    return pinned.imprint.removeprefix(CARD) == _imprint(passage, pinned.start, pinned.end, knowledge, *program)


def _imprint(passage: Passage, start: int, end: int, knowledge: Knowledge, *program: str) -> str:
    """Return a digest of the passage and of whether it holds: text, card, scope and status of the labels."""
    card = passage.document
    parts = [passage.digest, card.title, card.scope, str(card.status), card.valid_from or "", card.valid_to or "", *program]
    for name in _labels(passage, start, end):
        label = knowledge.labels.get(name)
        parts += [name, label.scope, str(label.status)] if label else [name]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _named(quotes: Sequence[Pinned], indexes: Sequence[int]) -> list[Pinned]:
    return [quotes[index] for index in indexes if 0 <= index < len(quotes)]
