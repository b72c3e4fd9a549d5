"""The cells of an uploaded table -> CandidateTable: each row judged, with a notice for all that was not read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.candidates.cells import read_key, tidy
from assistant.candidates.columns import Column, Head, Use, find_head, shown
from assistant.candidates.notices import notices_of
from assistant.candidates.query import write_query
from assistant.candidates.steps import STEP_WORDS, counts_of, deciding, is_aside, step_of
from assistant.criteria import Standing, Step, Verdict, judge, read_answer
from assistant.errors import InputError
from assistant.knowledge.criteria import Criterion
from assistant.loading.cells import Cells

MOST_ROWS = 1000
NO_HEAD = (
    "Tidak ada kolom yang cocok dengan kriteria. Pakai templat dari halaman ini, atau beri judul kolom seperti «desil», «DTSEN», "
    "«asesmen», «jenis usaha»."
)
NO_ROWS = "Tidak ada baris yang berisi jawaban di bawah judul kolom. Isi sedikitnya satu baris, lalu unggah lagi."


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that names no answer and counts as unknown; `cell` is masked and only for the person who sent the file."""

    row: int
    criterion: Criterion
    cell: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row: its number in the file, its code (may be empty), its verdicts and the step they suggest."""

    row: int
    key: str
    verdicts: tuple[Verdict, ...]
    step: Step
    query: str

    @property
    def name(self) -> str:
        """Return what tells this row apart."""
        return f"{self.key} (baris {self.row})" if self.key else f"Baris {self.row}"

    @property
    def counts(self) -> tuple[tuple[Standing, int], ...]:
        """Return how many verdicts have each standing."""
        return counts_of(self.verdicts)

    @property
    def deciding(self) -> tuple[Verdict, ...]:
        """Return the verdicts that bring the step about."""
        return deciding(self.verdicts)

    def of(self, standing: Standing) -> tuple[Verdict, ...]:
        """Return the verdicts of one standing that are counted."""
        return tuple(one for one in self.verdicts if one.standing is standing and not is_aside(one))


@dataclass(frozen=True)
class CandidateTable:
    """All rows of a table, in their order; `notices` tell what was not read, `missing` which criteria have no column."""

    candidates: tuple[Candidate, ...]
    unread: tuple[Unread, ...]
    notices: tuple[str, ...]
    missing: tuple[Criterion, ...]

    @cached_property
    def by_step(self) -> tuple[tuple[Step, tuple[Candidate, ...]], ...]:
        """Return the candidates by step, the most urgent first; empty steps are left out."""
        found = ((step, tuple(one for one in self.candidates if one.step is step)) for step in STEP_WORDS)
        return tuple((step, ones) for step, ones in found if ones)

    @cached_property
    def by_criterion(self) -> tuple[tuple[Criterion, Mapping[Standing, int]], ...]:
        """Return how many candidates have each standing, by criterion."""
        columns = zip(*(one.verdicts for one in self.candidates), strict=True)
        return tuple(
            (column[0].criterion, {standing: sum(v.standing is standing for v in column) for standing in Standing})
            for column in columns
        )


def read_table(sheets: Sequence[Cells], criteria: Sequence[Criterion], *, notes: Sequence[str] = ()) -> CandidateTable:
    """Return the rows of the sheet that names most criteria, judged; `notes` of the reading come first among the notices.

    Names, addresses and personal numbers are not read and stand nowhere in the result. Raises InputError with the way out
    for a table without a known column or answer and for one of more than 1,000 candidates.
    """
    heads = [(sheet, head) for sheet in sheets if (head := find_head(sheet, criteria)) is not None]
    if not heads:
        raise InputError(NO_HEAD)
    sheet, head = max(heads, key=lambda pair: pair[1].matched)
    body = [(number, cells) for number, cells in sheet.rows if number > head.row and any(map(str.strip, cells))]
    rows = [(number, cells) for number, cells in body if _answers(head, cells)]
    if not rows:
        raise InputError(NO_ROWS)
    if len(rows) > MOST_ROWS:
        found = f"{len(rows):,}".replace(",", ".")
        raise InputError(f"Tabel itu memuat {found} calon; paling banyak 1.000 sekali periksa. Bagi menjadi beberapa berkas.")
    reading = _Reading(criteria, head)
    candidates = tuple(reading.candidate(number, cells) for number, cells in rows)
    matched = {column.criterion for column in head.columns}
    others = [other.sheet for other in sheets if other is not sheet and other.rows]
    skipped = [number for number, cells in body if not _answers(head, cells)]
    told = notices_of(head, masked=reading.masked, keyless=reading.keyless, skipped=skipped, others=others)
    return CandidateTable(
        candidates,
        tuple(reading.unread),
        (*notes, *told),
        tuple(criterion for criterion in criteria if criterion.id not in matched),
    )


class _Reading:
    """Reads rows one after the other; the same words in the same column are read once."""

    def __init__(self, criteria: Sequence[Criterion], head: Head) -> None:
        self._criteria = criteria
        self._columns = [(column, _named(criteria, column)) for column in head.columns if column.use is Use.CRITERION]
        self._key = head.place_of(Use.KEY)
        self._read: dict[tuple[str, str], str | None] = {}
        self.unread: list[Unread] = []
        self.masked: list[int] = []
        self.keyless: list[int] = []

    def candidate(self, number: int, cells: Sequence[str]) -> Candidate:
        """Return one row, judged."""
        situation = dict(self._situation(number, cells))
        verdicts = judge(self._criteria, situation)
        key = read_key(_cell(cells, self._key)) if self._key is not None else ""
        if key is None:
            self.keyless.append(number)
        return Candidate(number, key or "", verdicts, step_of(verdicts), write_query(self._criteria, situation))

    def _situation(self, number: int, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        for column, criterion in self._columns:
            text, hidden = tidy(_cell(cells, column.place))
            if hidden:
                self.masked.append(number)
            answer = self._answer(criterion, text)
            if answer is not None:
                yield criterion.id, answer
            elif text:
                self.unread.append(Unread(number, criterion, shown(text, 40)))

    def _answer(self, criterion: Criterion, text: str) -> str | None:
        place = (criterion.id, text)
        if place not in self._read:
            self._read[place] = read_answer(criterion, text) if text else None
        return self._read[place]


def _named(criteria: Sequence[Criterion], column: Column) -> Criterion:
    return next(criterion for criterion in criteria if criterion.id == column.criterion)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _answers(head: Head, cells: Sequence[str]) -> bool:
    """Tell whether a row has anything in a column of a criterion."""
    return any(_cell(cells, column.place).strip() for column in head.columns if column.use is Use.CRITERION)
