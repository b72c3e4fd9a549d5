"""The item: one training question as an immutable value with its key, its explanation and the statement that bears it out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.types import Validity

TOPICS = {
    "kriteria": "Kriteria dan seleksi",
    "bantuan": "Bentuk, nilai, dan kuota bantuan",
    "alur": "Alur dan penyaluran",
    "data": "Data DTSEN dan desil",
    "dokumen": "Dokumen, pelaporan, dan pengaduan",
    "peran": "Peran petugas dan lembaga",
    "hukum": "Dasar hukum",
    "program-lain": "Program lain",
    "usaha": "Usaha dan izin",
    "wilayah": "Wilayah dan kemiskinan",
    "daerah-lain": "Contoh daerah lain",
    "istilah": "Istilah",
}
"""The topics of items and how people read them."""


class ItemKind(StrEnum):
    """How an item is answered."""

    CHOICE = "pilihan ganda"
    TRUE_FALSE = "benar atau salah"
    ORDER = "urutan langkah"
    MATCH = "pasangan istilah"
    FIGURE = "isian angka"
    CASE = "keputusan kasus"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The statement that an item rests on: verbatim `quote` under `label` in the document `path`, with its digest."""

    label: str
    path: str
    quote: str
    title: str = ""
    scope: str = "kaltim"
    status: Validity = Validity.BERLAKU

    @property
    def digest(self) -> str:
        """Return what changes when the statement is changed, moved to another label or to another document."""
        return hashlib.sha256("\n".join((self.path, self.label, self.quote)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Option:
    """One option as shown; `why` says what is wrong with it, `origin` is the label of the statement it borrows from."""

    text: str
    why: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `key` holds the ordinals of the right options:

    one of them for a choice, a figure, a case or true/false; all in their right order for steps; for a match the meaning
    (an option) of each of `terms`. `reasons` are the sentences among which true/false asks for the deciding one.
    """

    id: str
    kind: ItemKind
    topic: str
    stem: str
    options: tuple[Option, ...]
    key: tuple[int, ...]
    explanation: str
    anchors: tuple[Anchor, ...]
    terms: tuple[str, ...] = ()
    reasons: tuple[Option, ...] = ()
    reason: int = 0

    @property
    def anchor(self) -> Anchor:
        """Return the principal statement."""
        return self.anchors[0]

    @property
    def labels(self) -> frozenset[str]:
        """Return the labels of all its statements."""
        return frozenset(anchor.label for anchor in self.anchors)

    @property
    def right(self) -> Option:
        """Return the right option of an item with one."""
        return self.options[self.key[0]]

    @property
    def wrong(self) -> tuple[Option, ...]:
        """Return the distractors of an item with one right option."""
        return tuple(option for number, option in enumerate(self.options) if number != self.key[0])

    @property
    def single(self) -> bool:
        """Tell whether one option is chosen."""
        return self.kind not in (ItemKind.ORDER, ItemKind.MATCH)


def identified(item: Item) -> Item:
    """Return `item` with the id of its content: whoever changes a word of it makes another item.

    The order of the options and the wording of the explanation are no part of it: a shuffle makes no new item.
    """
    right = [item.options[number].text for number in item.key]
    options = sorted(option.text for option in item.options)
    digests = [anchor.digest for anchor in item.anchors]
    content = [item.kind, item.topic, item.stem, right, options, item.terms, digests]
    content.append(sorted(reason.text for reason in item.reasons))
    return replace(item, id="S-" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12])
