"""Model mode: evidence -> prompt, what the model writes -> draft sentences with evidence, woven into the answer. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any, Protocol

from assistant.answering.checking import DraftSentence
from assistant.answering.evidence import Evidence
from assistant.answering.outcome import Outcome
from assistant.language import clean, markers, markers_inside, split_sentences, without_markers
from assistant.privacy import mask
from assistant.types import Status

WORDED = frozenset({Status.ANSWERED, Status.PARTIAL, Status.CONFLICTING})
"""Outcomes that a model may word; silence, refusals and corrections are said by fixed texts and quotes alone."""

MOST_SENTENCES, MOST_TEXT = 6, 8_000
"""Sentences taken of a model, and letters of its output that are read at all."""

_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
_FENCE = re.compile(r"^\s*```\w*\s*$", re.M)
_OPENING = re.compile(r"^(?:menurut|berdasarkan) (?:sumber|kutipan|dokumen)(?: (?:ini|itu|tersebut|\d+))?,? ", re.I)
_SIGNS = re.compile(r"[*_`#]{1,3}|^\s*(?:[-•]|\d+[.)])\s+")


def object_schema(**properties: Any) -> dict[str, Any]:
    """Return the JSON schema of an object that has exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_SENTENCE = object_schema(teks={"type": "string"}, bukti={"type": "array", "items": {"type": "integer"}})
SENTENCES = object_schema(kalimat={"type": "array", "items": _SENTENCE})


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is given: rules, the data they are about, and the JSON schema of what it is to write."""

    system: str
    user: str
    schema: Mapping[str, Any] = field(default_factory=lambda: SENTENCES)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a call took, as the server counts them; 0 where it doesn't say."""

    tokens_in: int = 0
    tokens_out: int = 0


class Writer(Protocol):
    """A language model: yields pieces of text as they come and, where the server tells, the usage at the end."""

    @property
    def name(self) -> str:
        """Return the model's name."""
        ...

    @property
    def state(self) -> str:
        """Return whether it is called now, in words for an admin."""
        ...

    def pieces(self, prompt: Prompt) -> Iterator[str | Usage]:
        """Yield what the model writes; raises ModelError, and never takes longer than the time limit."""
        ...


def make_prompt(system: Template, data: Template, question: str, outcome: Outcome) -> Prompt:
    """Return the prompt for `outcome`: known gaps are left to fixed texts, personal numbers are masked.

    Quotes are numbered by their place in the evidence, from 1; brackets are exchanged, so that no text can end its frame.
    """
    quotes = [
        f'<kutipan nomor="{number}">\n{as_data(piece.quote)}\n</kutipan>'
        for number, piece in enumerate(outcome.evidence, 1)
        if piece.gap is None
    ]
    user = data.substitute(evidence="\n".join(quotes), question=as_data(question))
    return Prompt(system.substitute(most=MOST_SENTENCES), user)


def as_data(text: str) -> str:
    """Return a text as it may stand in a prompt: masked, without signs that could end its frame."""
    return mask(text)[0].translate(_BRACKETS).strip()


def sentences_of(text: str, *, finished: bool) -> tuple[DraftSentence, ...]:
    """Return the whole sentences of a model's output so far, as JSON or as plain text with [n].

    What is cut off in the middle is left for later; after the end (`finished`) the rest of a plain text counts too.
    """
    clear = _FENCE.sub("", _THINKING.sub("", text[:MOST_TEXT])).strip()
    if "{" in clear or clear.startswith("["):
        return tuple(_from_json(clear))[:MOST_SENTENCES]
    whole = clear if finished else clear[: max(clear.rfind("\n"), clear.rfind(". "), clear.rfind("] ")) + 1]
    found = (_from_line(line) for part in whole.splitlines() for line in split_sentences(markers_inside(part)))
    return tuple(sentence for sentence in found if sentence is not None)[:MOST_SENTENCES]


def _from_json(text: str) -> Iterator[DraftSentence]:
    """Yield each innermost object that has text; the frame around them may be missing, unfinished or named otherwise."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            value, end = None, place + 1
        yield from _objects(value)
        place = text.find("{", end)


def _objects(value: Any, depth: int = 0) -> Iterator[DraftSentence]:
    if isinstance(value, Mapping):
        text = next((value[name] for name in ("teks", "text", "kalimat", "sentence") if isinstance(value.get(name), str)), "")
        given = next((value[name] for name in ("bukti", "evidence", "sumber", "nomor") if name in value), ())
        if text.strip():
            yield _sentence(text, {number for item in _listed(given) for number in _numbers(item)} or markers(text))
            return
    if depth < 4 and isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _objects(inner, depth + 1)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _numbers(item: Any) -> Iterator[int]:
    if isinstance(item, str):
        yield from (int(number) for number in re.findall(r"(?<!\d)\d{1,3}(?!\d)", item))
    elif isinstance(item, int) and not isinstance(item, bool):
        yield item


def _from_line(line: str) -> DraftSentence | None:
    return _sentence(line, markers(line)) if any(map(str.isalpha, line)) else None


def _sentence(text: str, numbers: set[int]) -> DraftSentence:
    bare = " ".join(_SIGNS.sub("", without_markers(clean(text))).split())
    begun = _OPENING.sub("", bare)
    bare = begun[:1].upper() + begun[1:] if begun != bare else bare
    return DraftSentence(bare, tuple(sorted(number - 1 for number in numbers)), worded=True)


def woven(
    draft: Sequence[DraftSentence], kept: Sequence[DraftSentence], outcome: Outcome, *, finished: bool
) -> tuple[DraftSentence, ...]:
    """Return the draft of quotes with the kept sentences in place of the quotes that bear them out.

    A kept sentence says the whole of its quote, so a second one of the same quote only repeats it and is left out.
    Remarks stay as they are. A quote without sentences stays when it is the best one, carries a remark or answers a part of
    its own, and when the outcome has two sides; another is left out: the model had no use for it. Before the end
    (`finished`) only what is ready is returned. Empty when the best quote was not worded: then the quotes speak.
    """
    by_piece: dict[int, DraftSentence] = {}
    for sentence in kept:
        by_piece.setdefault(sentence.evidence[0], sentence)
    if 0 not in by_piece:
        return ()
    remarked = {sentence.evidence[0] for sentence in draft if not sentence.quoted and len(sentence.evidence) == 1}
    result: list[DraftSentence] = []
    for sentence in draft:
        if not sentence.quoted:
            about = sentence.evidence
            if finished or not about or (len(about) == 1 and about[0] in by_piece):
                result.append(sentence)
            continue
        place = sentence.evidence[0]
        if place in by_piece:
            result.append(by_piece[place])
        elif finished and (outcome.status is not Status.ANSWERED or place in remarked or _is_own_part(outcome.evidence[place])):
            result.append(sentence)
    return tuple(result)


def _is_own_part(piece: Evidence) -> bool:
    return bool(piece.part) or piece.told
