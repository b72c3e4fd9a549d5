"""CandidateTable -> an .xlsx with the verdicts of each row, what was not read, and the sources of each answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.candidates.sheet import proofs_of
from assistant.candidates.steps import SIMULATION, STANDING_WORDS, STEP_WORDS, short
from assistant.candidates.table import CandidateTable
from assistant.candidates.workbook import Leaf, workbook_bytes
from assistant.criteria import Standing, Verdict
from assistant.sheets.values import Proof
from assistant.training.statements import Statements
from assistant.wording import DECISION, moment

NAME = "hasil-cek-kriteria.xlsx"
SHOWN = tuple(standing for standing in STANDING_WORDS if standing is not Standing.UNRELATED)
Row = Sequence[str | int]


def results_bytes(table: CandidateTable, statements: Statements, *, at: datetime, snapshot: str = "") -> bytes:
    """Return the workbook; it holds codes and verdicts, never a cell of the file that could not be read."""
    made = f"Dibuat {moment(at)}. Versi kumpulan sumber: {snapshot}." if snapshot else f"Dibuat {moment(at)}."
    top: list[Row] = [(DECISION,), (SIMULATION,), (made,)]
    return workbook_bytes(
        [_rows(table, top), _unread(table, top), _criteria(table, statements, top), _notes(table, top)],
        title="Hasil Cek Kriteria",
        at=at,
    )


def _rows(table: CandidateTable, top: list[Row]) -> Leaf:
    criteria = [verdict.criterion for verdict in table.candidates[0].verdicts]
    counted = [STANDING_WORDS[standing].capitalize() for standing in SHOWN]
    head: Row = ("Baris", "Kode", "Langkah Anda", *counted, "Yang menentukan", *(f"{short(one)} [{one.id}]" for one in criteria))
    rows: list[Row] = [*top, head]
    for one in table.candidates:
        counts = dict(one.counts)
        said = "; ".join(short(verdict.criterion) for verdict in one.deciding)
        words = (f"{STANDING_WORDS[verdict.standing]}: {verdict.answer.text}" for verdict in one.verdicts)
        rows.append((one.row, one.key, STEP_WORDS[one.step].head, *(counts[standing] for standing in SHOWN), said, *words))
    widths = [7, 14, 34, *[11] * len(SHOWN), 44, *[24] * len(criteria)]
    return Leaf("Hasil", rows, widths, head=len(top) + 1, frozen=f"D{len(top) + 2}", searchable=True)


def _unread(table: CandidateTable, top: list[Row]) -> Leaf:
    rows: list[Row] = [*top, ("Baris", "Kolom", "Dianggap")]
    rows += [(one.row, one.criterion.question, "belum diketahui") for one in table.unread]
    return Leaf("Tidak terbaca", rows, [8, 70, 20], head=len(top) + 1)


def _criteria(table: CandidateTable, statements: Statements, top: list[Row]) -> Leaf:
    head: Row = ("Kriteria", "Jenis", "Jawaban", "Keadaan", "Yang dikatakan layar", "Kalimat sumber", "Dokumen", "Terbitan asli")
    rows: list[Row] = [*top, head]
    for verdict in table.candidates[0].verdicts:
        criterion = verdict.criterion
        for answer in criterion.answers:
            one = Verdict(criterion, answer)
            proofs = proofs_of(one, statements, {})
            rows.append(
                (
                    f"{criterion.question} [{criterion.id}]",
                    str(criterion.kind),
                    answer.text,
                    STANDING_WORDS[one.standing],
                    one.text,
                    "\n\n".join(f"[{proof.number}] {proof.quote}" for proof in proofs),
                    "\n\n".join(f"[{proof.number}] {_document(proof)}" for proof in proofs),
                    "\n".join(_publications(proofs)),
                )
            )
    return Leaf("Kriteria dan sumber", rows, [44, 13, 30, 16, 60, 80, 44, 60], head=len(top) + 1, searchable=True)


def _document(proof: Proof) -> str:
    return f"{proof.document} › {proof.place} ({proof.kind}, {proof.scope}, {proof.status})"


def _publications(proofs: Sequence[Proof]) -> Iterator[str]:
    for proof in proofs:
        for one in proof.publications:
            yield f"[{proof.number}] {', '.join(part for part in (one.title, one.details, one.url) if part)}"


def _notes(table: CandidateTable, top: list[Row]) -> Leaf:
    rows: list[Row] = [*top, ("Keterangan",)]
    rows += [(notice,) for notice in table.notices]
    rows += [(f"Tanpa kolom, jadi dianggap belum diketahui: {criterion.question}",) for criterion in table.missing]
    rows += [(f"{words.head}: {words.text}",) for words in STEP_WORDS.values()]
    return Leaf("Keterangan", rows, [120], head=len(top) + 1)
