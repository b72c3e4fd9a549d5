"""The head of a table -> what each column is for: a criterion, the code of a row, or something that must not be read. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.knowledge.criteria import Criterion
from assistant.language import words
from assistant.loading.cells import Cells
from assistant.privacy import mask

HEAD_ROWS = 20
"""A head stands at most so far down: offices put titles above it."""

LONGEST_SHOWN = 60


class Use(StrEnum):
    """What a column is for; only the first two are read."""

    CRITERION = "kriteria"
    KEY = "kode"
    NUMBER = "nomor pribadi"
    NAME = "nama"
    PLACE = "alamat atau kelahiran"
    TWICE = "kembar"
    UNKNOWN = "tidak dikenal"


PERSONAL = (Use.NUMBER, Use.NAME, Use.PLACE)
_HEADS: Mapping[Use, re.Pattern[str]] = {
    Use.NUMBER: re.compile(
        r"\b(?:nik|ktp|nip|nisn|npwp|kk|kartu keluarga|induk kependudukan|id ?dtks|hp|telp\w*|telepon|telefon|ponsel|wa|whats\w*"
        r"|kontak|rek|rekening|email|e mail|surel|bpjs|kks|nomor kartu)\b"
    ),
    Use.NAME: re.compile(
        r"\b(?:nama\w*|name|panggilan|alias|kepala keluarga|suami|istri|isteri|pasangan|ayah|bapak|ibu|wali|ahli waris|orang tua"
        r"|pemohon|petugas|pendamping|ttd|tanda tangan|foto)\b"
    ),
    Use.PLACE: re.compile(
        r"\b(?:alamat\w*|jalan|jln|rt|rw|dusun|gang|blok|lahir|ttl|tgl lahir|koordinat|lintang|bujur|latitude|longitude)\b"
    ),
}
_KEYS = ("kode", "kode calon", "kode berkas", "nomor", "no", "nomor urut", "no urut", "nomor calon", "id calon", "id")
"""Heads of the column that tells the rows apart, the best first."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, what stands at its head (masked, shortened), its use and its criterion."""

    place: int
    head: str
    use: Use
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet: the number of its row and its columns."""

    row: int
    columns: tuple[Column, ...]

    @property
    def matched(self) -> int:
        """Return how many columns are criteria."""
        return sum(1 for column in self.columns if column.use is Use.CRITERION)

    def place_of(self, use: Use) -> int | None:
        """Return the place of the first column of a use."""
        return next((column.place for column in self.columns if column.use is use), None)


def find_head(sheet: Cells, criteria: Sequence[Criterion]) -> Head | None:
    """Return the head of a sheet: among its first rows the one that names most criteria; None when none names any."""
    known = names_of(criteria)
    heads = [read_head(number, cells, known) for number, cells in sheet.rows[:HEAD_ROWS]]
    best = max(heads, key=lambda head: head.matched, default=None)
    return best if best is not None and best.matched else None


def names_of(criteria: Sequence[Criterion]) -> Mapping[tuple[str, ...], str]:
    """Return the criterion of each name that a column may carry: its id, its question, and what people call it."""
    return {_said(name): criterion.id for criterion in criteria for name in (criterion.id, criterion.question, *criterion.names)}


def read_head(number: int, cells: Sequence[str], known: Mapping[tuple[str, ...], str]) -> Head:
    """Return the columns of one row read as a head; a name in square brackets at its end is an id and goes first."""
    ids = {name: name for name in known.values()}
    columns: list[Column] = []
    taken: set[str] = set()
    for place, text in enumerate(cells):
        if not (said := _said(text)):
            continue
        bracket = re.search(r"\[([\w-]+)\]\s*$", text)
        found = (ids.get(bracket[1], "") if bracket else "") or known.get(said, "")
        use = _use(said, found)
        if use is Use.CRITERION and found in taken:
            use = Use.TWICE
        taken.add(found)
        columns.append(Column(place, shown(text), use, found if use is Use.CRITERION else ""))
    return Head(number, _one_key(columns))


def shown(text: str, letters: int = LONGEST_SHOWN) -> str:
    """Return a cell as it may be shown: personal numbers masked, in one line, not longer than `letters`."""
    line = " ".join(mask(text)[0].split())
    return line if len(line) <= letters else f"{line[: letters - 1]}…"


def _said(text: str) -> tuple[str, ...]:
    return tuple(words(text.replace("-", " ").replace("/", " ").replace("_", " ")))


def _use(said: tuple[str, ...], criterion: str) -> Use:
    if criterion:
        return Use.CRITERION
    text = " ".join(said)
    personal = next((use for use, pattern in _HEADS.items() if pattern.search(text)), None)
    if personal:
        return personal
    return Use.KEY if text in _KEYS else Use.UNKNOWN


def _one_key(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with the best key left; the others tell nothing more and are left aside without a word."""
    keys = [column for column in columns if column.use is Use.KEY]
    best = min(keys, key=lambda column: _KEYS.index(" ".join(_said(column.head))), default=None)
    return tuple(column for column in columns if column.use is not Use.KEY or column is best)
