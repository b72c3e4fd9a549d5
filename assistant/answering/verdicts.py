"""Begin the answer to a yes-or-no question with Ya, Tidak or Tergantung, only where the quoted sentence bears it out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.evidence import Evidence
from assistant.language import stems
from assistant.questions import Reading

SHARED = 0.5
"""This share of the question's content words must stand in the sentence: it must speak of the same thing."""

_MAY, _MUST = r"(?:boleh|bisa|dapat)", r"(?:wajib|harus|perlu)"
_ASKS_MAY = re.compile(rf"\b{_MAY}\b")
_ASKS_MUST = re.compile(rf"\b{_MUST}\b")
_MAY_NOT = re.compile(rf"\b(?:tidak|tak|belum) {_MAY}\b|\bdilarang\b|\btidak (?:diusulkan|berhak|layak)\b")
_MUST_NOT = re.compile(rf"\b(?:tidak|tak) {_MUST}\b")
_CONDITION = re.compile(r"\b(?:bila|jika|kalau|kecuali|asal|asalkan|selama|sepanjang|tergantung|hanya (?:bila|jika))\b")
_OPEN = re.compile(
    r"\b(?:berapa|siapa|kapan|mana|bagaimana|kenapa|mengapa|apa saja|sebutkan|jelaskan)\b|\batau (?!tidak|bukan|belum)\w+"
)
"""A question that asks for more than yes or no."""

_MODAL = frozenset(stems("boleh bisa dapat wajib harus perlu tidak tak gak ga nggak"))


def verdict(reading: Reading, best: Evidence, rewrite: Callable[[str], str]) -> str:
    """Return the opening word for `reading` with the best evidence, or an empty text when the sentence doesn't settle it."""
    asked = rewrite(reading.text)
    if not reading.neutral or _OPEN.search(asked) or reading.denies or best.scope == "daerah-lain":
        return ""
    content = set(stems(asked)) - _MODAL
    sentence = rewrite(best.quote)
    if not content or len(content & set(stems(sentence))) < SHARED * len(content):
        return ""
    if _ASKS_MAY.search(asked):
        denied, granted = _MAY_NOT.search(sentence), re.search(rf"\b{_MAY}\b", sentence)
    elif _ASKS_MUST.search(asked):
        denied, granted = _MUST_NOT.search(sentence), re.search(rf"\b{_MUST}\b", sentence)
    else:
        return ""
    if not denied and not granted:
        return ""
    if _CONDITION.search(sentence):
        return "Tergantung."
    return "Tidak." if denied else "Ya."
