"""How long a table of 1,000 candidates takes, from the bytes of the upload to the page and to the workbook.

    python benchmarks/criteria_table.py [--rows 1000] [--seed 11]

Each part is done three times and the middle one counts. Reading includes the start of the child process. The page is what
the browser is sent; nothing of it is compressed.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.candidates.reading import table_of
from assistant.candidates.results import results_bytes
from assistant.candidates.template import head_of, template_bytes
from assistant.knowledge.criteria import Criterion
from assistant.pages.criteria import OPEN_ROWS, WORDS
from assistant.pages.frame import TEMPLATES
from assistant.reporting import gather
from assistant.settings import load_settings
from assistant.training.statements import Statements


def main() -> None:
    """Draw a table, read it, show it, write it; print the table of times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    statements = Statements(gather(load_settings().corpus_dir))
    criteria = statements.material.knowledge.criteria
    at = datetime.now(UTC)
    draw = random.Random(options.seed)
    rows = [[f"K-{n:04}", *(draw.choice(one.answers).text for one in criteria)] for n in range(options.rows)]
    files = {"calon.xlsx": _filled(criteria, rows, at), "calon.csv": _csv(criteria, rows)}
    print(f"{options.rows} rows, {len(criteria)} criteria, seed {options.seed}\n")
    print("| part | seconds | KiB |\n| --- | ---: | ---: |")
    for name, raw in files.items():
        _print(f"read and judge {name}", len(raw), lambda raw=raw, name=name: table_of(raw, name, criteria))  # type: ignore[misc]
    table = table_of(files["calon.xlsx"], "calon.xlsx", criteria)
    page = _page(table)
    _print("make the page", len(page.encode()), lambda: _page(table))
    workbook = results_bytes(table, statements, at=at)
    _print("write the workbook", len(workbook), lambda: results_bytes(table, statements, at=at))


def _print(part: str, size: int, work: Callable[[], Any]) -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    print(f"| {part} | {statistics.median(times):.2f} | {size / 1024:,.0f} |")


def _filled(criteria: tuple[Criterion, ...], rows: list[list[str]], at: datetime) -> bytes:
    """Return the template, filled in."""
    book = load_workbook(io.BytesIO(template_bytes(criteria, at=at)))
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            book["Calon"].cell(number, column, text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _csv(criteria: tuple[Criterion, ...], rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([["kode", *map(head_of, criteria)], *rows])
    return file.getvalue().encode()


def _page(table: Any) -> str:
    """Return the page of a table as a visitor on this machine gets it."""
    values = {**WORDS, "tabel": table, "salah": "", "batas_terbuka": OPEN_ROWS, "token": ""}
    visitor = {"visit": SimpleNamespace(exposed=False), "user": None, "kelola": False, "latih": False}
    return TEMPLATES.get_template("kriteria_tabel.html").render(**values, **visitor)


if __name__ == "__main__":
    main()
