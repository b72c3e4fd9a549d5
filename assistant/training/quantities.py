"""Fill the figure: a sentence with one figure left out, and other figures of the same unit as distractors. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.knowledge.stems import Stems
from assistant.language import canonical_number
from assistant.training.choices import UNSAID, explained, shuffled, why
from assistant.training.items import Item, ItemKind, Option, identified
from assistant.training.statements import Said, Statements, amounts
from assistant.training.topics import topic_of, topics_by_label
from assistant.training.truths import usable

GAP = "…"
_UNITS = (
    "penerima|orang|keluarga|kecamatan|kabupaten/kota|KPM|KK|anggota|hari|minggu|bulan|kali|kelompok|variabel|parameter"
    "|kepala keluarga|peserta|pendamping|warga|individu|desa/kelurahan|jenis usaha|paket|KUBE|indikator|desa|jam|golongan|TKSK"
)
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_QUANTITY = re.compile(
    rf"(?<![\w.,/–-])(?P<rupiah>Rp\s?)?(?P<number>{_NUMBER})(?P<scale>\s(?:ribu|juta|miliar))?"
    rf"(?P<percent>\s?(?:persen|%))?(?P<unit>\s(?:{_UNITS}))?(?![\w–/-])(?!,\d)"
)
_RANGE = re.compile(r"\d\s*(?:–|-|sampai|hingga|dan Rp)\s*(?:Rp)?\d", re.I)
_ASIDE = re.compile(
    r"\b(?:kemungkinan|sebenarnya|[Ss]atu blog|[Ss]atu laman|[Aa]da sumber|yang terbaca|[Kk]elurahan)\b|±"
    r"|\b(?:Kutai|Paser|Berau|Bontang|Mahakam|Samarinda|Balikpapan)\b"
)
"""A figure that the source itself puts in doubt, or of a single district or village, is nothing to learn."""

SHORTEST, LONGEST = 7, 34
"""Words of a sentence that is asked: shorter ones have no subject, longer ones are no question."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a sentence with where it stands and how it is written."""

    start: int
    end: int
    number: str
    rupiah: bool
    scale: str
    percent: str
    unit: str

    @property
    def value(self) -> Decimal:
        """Return the number as written, without its scale."""
        return Decimal(canonical_number(self.number))

    @property
    def amount(self) -> Decimal:
        """Return the number with its scale."""
        return self.value.scaleb({"ribu": 3, "juta": 6, "miliar": 9}.get(self.scale, 0))

    @property
    def sort(self) -> tuple[bool, str, bool, str]:
        """Return what another figure must share to stand in the same gap."""
        return (self.rupiah, self.scale, bool(self.percent), self.unit)

    def shown(self, number: str) -> str:
        """Return another number as it would be written in the gap."""
        return f"{'Rp' if self.rupiah else ''}{number}{f' {self.scale}' if self.scale else ''}{self.percent}"


def quantities(text: str) -> list[Quantity]:
    """Return the amounts, counts and percentages of `text`; years, dates and article numbers are none."""
    return [
        Quantity(
            match.start(),
            match.end() - len(match["unit"] or ""),
            match["number"],
            bool(match["rupiah"]),
            (match["scale"] or "").strip(),
            match["percent"] or "",
            (match["unit"] or "").strip(),
        )
        for match in _QUANTITY.finditer(text)
        if match["rupiah"] or match["percent"] or match["unit"]
    ]


def figure_items(statements: Statements, stems: Stems, seed: int) -> Iterator[Item]:
    """Yield one item a label and figure, from valid statements of Kaltim, the country and business practice."""
    known = topics_by_label(stems)
    asked = {(stem.label, figure) for stem in stems.questions for figure in amounts(stem.answer)}
    pool = _pool(statements)
    seen: set[tuple[str, str]] = set()
    for said in statements.valid:
        found = quantities(said.quote) if _askable(said) else []
        label = said.labels[0]
        if not 1 <= len(found) <= 3:
            continue
        gap = random.Random(f"{seed}:{label}:{said.quote}").choice(found)
        if _reckoned(gap, found) or _summed(said.quote):
            continue
        keys = {(name, figure) for name in said.labels for figure in amounts(said.quote[gap.start : gap.end])}
        if keys & (asked | seen):
            continue
        draw = random.Random(f"{seed}:{label}:{gap.number}")
        others = _others(statements, said, gap, pool, draw)
        if len(others) < 3:
            continue
        seen |= keys
        anchor = statements.cite(said, label)
        sentence = said.quote[: gap.start] + GAP + said.quote[gap.end :]
        options = (Option(gap.shown(gap.number)), *others[:3])
        stem = f"Isilah angka yang hilang: «{sentence}»"
        item = Item("", ItemKind.FIGURE, topic_of(said, label, known), stem, options, (0,), explained(anchor), (anchor,))
        yield identified(shuffled(item, draw))


def _askable(said: Said) -> bool:
    words = len(said.quote.split())
    return (
        usable(said)
        and said.scope in ("kaltim", "nasional", "umum")
        and SHORTEST <= words <= LONGEST
        and not any(pattern.search(said.quote) for pattern in (_RANGE, _ASIDE))
    )


def _summed(text: str) -> bool:
    """Tell whether one figure of a sentence is the sum of all others but the years."""
    values = [int(figure) for figure in amounts(text) if figure.isdigit() and not 1900 <= int(figure) <= 2100]
    return len(values) > 2 and max(values) * 2 == sum(values)


def _reckoned(gap: Quantity, found: Sequence[Quantity]) -> bool:
    """Tell whether the figure follows from the others of its sentence, as a sum, a difference, a product or a year's worth."""
    others = [other.amount for other in found if other is not gap]
    right = gap.amount
    sums = {a + b for a in others for b in others} | {abs(a - b) for a in others for b in others}
    products = {a * b for a in others for b in others} | {a / b for a in others for b in others if b}
    return right in sums | products or any(right in (other * 4, other * 12) for other in others)


def _pool(statements: Statements) -> dict[tuple[bool, str, bool, str], list[tuple[str, str]]]:
    pool: dict[tuple[bool, str, bool, str], list[tuple[str, str]]] = {}
    for said in statements.all:
        for found in quantities(said.quote):
            pool.setdefault(found.sort, []).append((found.number, said.labels[0]))
    return pool


def _others(
    statements: Statements,
    said: Said,
    gap: Quantity,
    pool: dict[tuple[bool, str, bool, str], list[tuple[str, str]]],
    draw: random.Random,
) -> Sequence[Option]:
    """Return figures of the same sort, borrowed from other statements or made by rule, none that a label of it says.

    One is smaller and one larger than the right one where that can be: an end of the row is a favourite guess.
    """
    told = {figure for label in said.labels for figure in amounts(statements.told(label))}
    candidates = [(number, label) for number, label in pool.get(gap.sort, ()) if label not in said.labels]
    borrowed = draw.sample(candidates, len(candidates))[:40]
    top = min(gap.value * 4, Decimal(99) if gap.percent else Decimal(999) if gap.scale else gap.value * 4)
    found: dict[Decimal, tuple[str, str]] = {}
    for number, label in [*borrowed, *((number, "") for number in _made(gap, draw))]:
        value = Decimal(canonical_number(number))
        apart = all(abs(value - other) >= max(other, value) / 10 for other in [gap.value, *found])
        if gap.value / 4 <= value <= top and apart and not amounts(gap.shown(number)) & told and _alike(gap.number, number):
            found[value] = (number, label)
    sides = [
        next((value for value in found if value < gap.value), None),
        next((value for value in found if value > gap.value), None),
    ]
    chosen = [value for value in sides if value is not None]
    chosen += [value for value in found if value not in chosen]
    shown = [found[value] for value in chosen[:3]]
    return [Option(gap.shown(number), why(statements, label) if label else UNSAID, label) for number, label in shown]


def _alike(first: str, second: str) -> bool:
    """Tell whether two numbers are written with like precision, so that none is odd among the options."""
    return ("," in first) == ("," in second) and abs(_digits(first) - _digits(second)) <= 1


def _digits(number: str) -> int:
    return len(re.sub(r"\D", "", number).strip("0"))


def _made(gap: Quantity, draw: random.Random) -> list[str]:
    """Return numbers near the right one, as round or as exact as it is."""
    text = canonical_number(gap.number)
    places = len(text.partition(".")[2])
    step = Decimal(1).scaleb(-places) if places else Decimal(10) ** (len(text) - len(text.rstrip("0")))
    made = []
    for factor in draw.sample(
        [Decimal(f) for f in ("0.4", "0.5", "0.6", "0.75", "1.25", "1.4", "1.5", "1.75", "2", "2.5", "3")], 11
    ):
        value = (gap.value * factor / step).to_integral_value() * step
        if places or _digits(gap.number) > 2:
            value += step * draw.randint(1, 8)
        made.append(f"{value:,.{places}f}".replace(",", "_").replace(".", ",").replace("_", "."))
    return made
