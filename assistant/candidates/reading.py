"""An uploaded file -> CandidateTable; a child process reads it, nothing of it is kept."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from assistant.candidates.columns import shown
from assistant.candidates.table import CandidateTable, read_table
from assistant.errors import InputError
from assistant.knowledge.criteria import Criterion
from assistant.loading.cells import read_cells
from assistant.loading.content import ReadError

AT_ONCE, PATIENCE = 2, 30.0
_places = threading.BoundedSemaphore(AT_ONCE)
"""So many files are read at once; another waits for PATIENCE seconds."""


def table_of(raw: bytes, name: str, criteria: Sequence[Criterion]) -> CandidateTable:
    """Return the judged rows of an .xlsx or .csv; raises InputError naming the file, what is wrong and the way out."""
    if not _places.acquire(timeout=PATIENCE):
        raise InputError("Sedang banyak tabel yang diperiksa; tunggu sebentar, lalu unggah lagi. Berkas Anda tidak disimpan.")
    try:
        sheets, notes = read_cells(raw, name)
    except ReadError as error:
        raise InputError(f"Berkas «{shown(name)}» tidak dapat dibaca: {error}. {error.remedy}") from None
    finally:
        _places.release()
    return read_table(sheets, criteria, notes=notes)
