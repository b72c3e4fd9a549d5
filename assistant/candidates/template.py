"""Criteria -> the template of a table of candidates: lists to choose from and a sheet that explains them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.candidates.table import MOST_ROWS
from assistant.candidates.workbook import Leaf, workbook_bytes
from assistant.knowledge.criteria import Criterion
from assistant.wording import DECISION

NAME = "templat-cek-kriteria.xlsx"
CANDIDATES, GUIDE, CHOICES = "Calon", "Petunjuk", "Pilihan"
RULES = (
    DECISION,
    "Isi lembar «Calon»: satu baris satu calon, paling banyak 1.000 baris. Jangan ubah judul kolom.",
    "Jangan tulis nama, NIK, nomor KK, telepon, rekening, atau alamat. Pakai kode pendek, misalnya K-012; daftar siapa pemilik "
    "kode itu Anda simpan sendiri.",
    "Pilih jawaban dari daftar di tiap sel. Yang belum diketahui dikosongkan saja.",
    "Unggah di Asisten UEP › Cek Kriteria › Periksa tabel. Berkas tidak disimpan di sana.",
)


def template_bytes(criteria: Sequence[Criterion], *, at: datetime) -> bytes:
    """Return the template as .xlsx; filled in and sent back, each of its columns is known by the id in brackets."""
    return workbook_bytes([_candidates(criteria), _guide(criteria), _choices(criteria)], title="Templat Cek Kriteria", at=at)


def head_of(criterion: Criterion) -> str:
    """Return the head of a criterion's column."""
    return f"{criterion.question} [{criterion.id}]"


def _candidates(criteria: Sequence[Criterion]) -> Leaf:
    sources = {
        place: f"{CHOICES}!${letter}$2:${letter}${len(criterion.answers) + 1}"
        for place, (criterion, letter) in enumerate(zip(criteria, _letters(len(criteria)), strict=True), 2)
    }
    head = ("kode", *map(head_of, criteria))
    return Leaf(CANDIDATES, [head], [12, *[26] * len(criteria)], frozen="B2", choices=sources, filled=MOST_ROWS)


def _guide(criteria: Sequence[Criterion]) -> Leaf:
    rows: list[tuple[str, ...]] = [(rule,) for rule in RULES]
    rows.append(("Kriteria", "Jenis", "Jawaban yang dapat dipilih", "Cara memastikannya"))
    rows += [(head_of(one), str(one.kind), "\n".join(a.text for a in one.answers), one.how) for one in criteria]
    return Leaf(GUIDE, rows, [46, 14, 46, 80], head=len(RULES) + 1)


def _choices(criteria: Sequence[Criterion]) -> Leaf:
    longest = max((len(criterion.answers) for criterion in criteria), default=0)
    rows = [tuple(criterion.id for criterion in criteria)]
    for place in range(longest):
        rows.append(tuple(one.answers[place].text if place < len(one.answers) else "" for one in criteria))
    return Leaf(CHOICES, rows, [30] * len(criteria), hidden=True)


def _letters(count: int) -> list[str]:
    """Return the names of the first columns: A … Z, AA, AB …"""
    return [chr(65 + n) if n < 26 else chr(64 + n // 26) + chr(65 + n % 26) for n in range(count)]
