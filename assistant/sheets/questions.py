"""Items -> a question sheet and its key as they are printed: how each is answered, what is right, and what bears it out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.training.choices import explained
from assistant.training.confusion import letter
from assistant.training.items import Item, ItemKind
from assistant.training.results import Session
from assistant.training.review import Basis, basis
from assistant.wording import day

SHEET_TITLE, KEY_TITLE = "Lembar soal", "Kunci jawaban"
EMPTY = "Belum ada soal."
KEY_WARNING = "Untuk pelatih. Jangan dibagikan sebelum tes selesai."
REASON = "Kalimat mana dasarnya?"


class Answering(StrEnum):
    """How an item is answered on paper, as the sheet says it."""

    LETTER = "Tulis huruf jawaban Anda di kotak."
    VERDICT = "Tulis huruf jawaban Anda di kotak."
    NUMBERS = "Beri nomor urut 1, 2, 3, … di kotak di depan setiap langkah."
    PAIRS = "Tulis huruf artinya di kotak di depan setiap istilah."


@dataclass(frozen=True, slots=True)
class Question:
    """One question as printed. `options` carry letters, but for steps, which get a box each; `terms` get a box each;
    `reasons` are a second choice under the first."""

    number: int
    kind: ItemKind
    stem: str
    answering: Answering
    options: tuple[tuple[str, str], ...]
    terms: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Solved:
    """The key to one question: the answer as it is written on the sheet and in words, why, why not the others, its basis."""

    number: int
    stem: str
    short: str
    answer: tuple[str, ...]
    explanation: str
    others: tuple[str, ...]
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A form as it is printed; `form` is its name (Pre-test)."""

    session: Session
    form: str
    questions: tuple[Question, ...]
    solved: tuple[Solved, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what stands at the head of the sheet and of the key."""
        count = f"{len(self.questions)} soal"
        named = (("Kegiatan", self.session.title), ("Tes", f"{self.form}, {count}" if self.form else count))
        return (*named, ("Tempat", self.session.place), ("Tanggal", day(self.session.day)))


def question_sheet(session: Session, items: Sequence[Item], *, form: str = "") -> QuestionSheet:
    """Return the sheet of a form; options keep the order of the item, so that letters mean the same on every paper."""
    numbered = list(enumerate(items, 1))
    return QuestionSheet(
        session, form, tuple(_question(n, item) for n, item in numbered), tuple(_solved(n, item) for n, item in numbered)
    )


def _question(number: int, item: Item) -> Question:
    ways = {ItemKind.ORDER: Answering.NUMBERS, ItemKind.MATCH: Answering.PAIRS, ItemKind.TRUE_FALSE: Answering.VERDICT}
    lettered = item.kind is not ItemKind.ORDER
    options = tuple((f"{letter(n)}." if lettered else "", option.text) for n, option in enumerate(item.options))
    reasons = tuple((f"{letter(n).lower()}.", reason.text) for n, reason in enumerate(item.reasons))
    return Question(number, item.kind, item.stem, ways.get(item.kind, Answering.LETTER), options, item.terms, reasons)


def _solved(number: int, item: Item) -> Solved:
    names = [option.text for option in item.options]
    others: tuple[str, ...] = ()
    if item.kind is ItemKind.ORDER:
        places = {ordinal: place for place, ordinal in enumerate(item.key, 1)}
        short = ", ".join(str(places.get(n, "")) for n in range(len(names)))
        answer = tuple(f"{place}. {names[n]}" for place, n in enumerate(item.key, 1))
    elif item.kind is ItemKind.MATCH:
        short = ", ".join(letter(n) for n in item.key)
        answer = tuple(f"{term}: {letter(n)}. {names[n]}" for term, n in zip(item.terms, item.key, strict=True))
    else:
        short, answer = letter(item.key[0]), (f"{letter(item.key[0])}. {item.right.text}",)
        others = _others(item)
        if item.reasons:
            reason = letter(item.reason).lower()
            short, answer = f"{short}, {reason}", (*answer, f"{reason}. {item.reasons[item.reason].text}")
    return Solved(
        number,
        item.stem,
        short,
        answer,
        explanation(item),
        others,
        tuple(dict.fromkeys(basis(anchor) for anchor in item.anchors)),
    )


def _others(item: Item) -> tuple[str, ...]:
    """Return what is wrong with each other option that says so; options with one reason are named together."""
    together: dict[str, list[str]] = {}
    for ordinal, option in enumerate(item.options):
        if ordinal != item.key[0] and option.why:
            together.setdefault(option.why, []).append(letter(ordinal))
    return tuple(f"{', '.join(letters)}: {why}" for why, letters in together.items())


def explanation(item: Item) -> str:
    """Return the explanation without what a key says anyway: the citation, and the answer to steps and pairs."""
    texts = [item.options[ordinal].text for ordinal in item.key]
    said = [explained(anchor) for anchor in item.anchors]
    said.append("Urutan yang benar: " + " → ".join(texts) + ".")
    said.append("; ".join(f"{term}: {text}" for term, text in zip(item.terms, texts, strict=False)))
    left = item.explanation
    for part in filter(None, said):
        left = left.replace(part, "")
    return " ".join(left.split())
