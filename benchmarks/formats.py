"""Formats: what is recovered of files whose text is known, ours and others in one run. `python benchmarks/formats.py [--ocr]`

The files are made by `tests/documents`. A column says right / expected; `seen` counts texts that a reader of the file doesn't see
(hidden, menus, running heads) and that came out nevertheless. Rivals run in `DATA_DIR/bench/formats`, installed from
`benchmarks/formats-constraints.txt`; without them, ours is measured alone. `--ocr` adds the character error rate of scans.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.loading import Loader
from assistant.settings import load_settings
from assistant.types import Document
from tests.documents import office, pdfs, scans, web
from tests.documents.samples import Sample
from tests.documents.varied import varied

ROOT = Path(__file__).resolve().parent.parent
SHORTEST = 12
"""A shorter run of equal letters is chance."""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocr", action="store_true", help="also read generated scans (minutes)")
    parser.add_argument("--python", type=Path, help="interpreter of an environment that has the rivals")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="N guides drawn at random instead of the fixed files")
    options = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    random = [varied(1000 + seed) for seed in range(options.random)]
    samples = [*random] if random else [*pdfs.samples(), *office.samples(), web.page(), web.csv(), web.chat()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        for sample in samples:
            (folder / sample.name).write_bytes(sample.raw)
        tools = {"ours": _ours(folder)}
        tools |= _rivals(folder, options.python)
    print(f"{'tool':<12}{'format':<8}{'files':>6}{'letters':>16}{'headings':>11}{'rows':>10}{'places':>12}{'seen':>6}")
    for tool, read in tools.items():
        _table(tool, samples, read)
    if options.ocr:
        _scans()
    return 0


def _ours(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return our pages: headings as Markdown, the blocks of the sections."""
    found: dict[str, list[tuple[str, str]]] = {}
    begun = time.perf_counter()
    with Loader() as loader:
        for path in sorted(folder.iterdir()):
            document = loader.load(path, folder=folder)
            assert isinstance(document, Document), document
            found[path.name] = [
                (section.page or "", "\n".join([*(f"# {h}" for h in section.headings), *(b.text for b in section.blocks)]))
                for section in document.sections
            ]
    print(f"ours: {len(found)} files in {time.perf_counter() - begun:.1f} s, child process included")
    return found


def _rivals(folder: Path, python: Path | None) -> dict[str, dict[str, list[tuple[str, str]]]]:
    if python is None:
        try:
            python = _installed(load_settings().data_dir.resolve() / "bench" / "formats")
        except subprocess.CalledProcessError as error:
            print(f"the rivals are left out: they can't be installed here ({error})")
            return {}
    out = folder.parent / "rivals.json"
    begun = time.perf_counter()
    subprocess.run([str(python), str(ROOT / "benchmarks" / "format_rivals.py"), str(folder), str(out)], check=True)
    print(f"rivals: {time.perf_counter() - begun:.1f} s together, imports included")
    results: dict[str, dict[str, list[tuple[str, str]]]] = json.loads(out.read_text(encoding="utf-8"))
    return results


def _installed(folder: Path) -> Path:
    python = folder / "bin" / "python"
    wanted = (ROOT / "benchmarks" / "formats-constraints.txt").read_text(encoding="utf-8")
    done = folder / "installed"
    if not (done.is_file() and done.read_text(encoding="utf-8") == wanted):
        print(f"installing the rivals into {folder} (minutes)", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        files = ["-r", str(ROOT / "benchmarks" / "formats-constraints.txt")]
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps", *files], check=True)
        done.write_text(wanted, encoding="utf-8")
    return python


def _table(tool: str, samples: list[Sample], read: dict[str, list[tuple[str, str]]]) -> None:
    rows: dict[str, list[int]] = defaultdict(lambda: [0] * 10)
    for sample in samples:
        figures = _figures(sample, read.get(sample.name, []))
        ending = sample.name.rsplit(".", 1)[1]
        for key in (ending, "all"):
            rows[key] = [a + b for a, b in zip(rows[key], [1, *figures], strict=True)]
    for ending, (files, *v) in rows.items():
        print(
            f"{tool:<12}{ending:<8}{files:>6}{f'{v[0]}/{v[1]}':>16}{f'{v[2]}/{v[3]}':>11}{f'{v[4]}/{v[5]}':>10}"
            f"{f'{v[6]}/{v[7]}':>12}{v[8]:>6}"
        )


def _figures(sample: Sample, pages: list[tuple[str, str]]) -> list[int]:
    """Return letters, expected, headings, expected, rows, expected, places, expected, and texts that should not be there."""
    flat = [(page, " ".join(text.split())) for page, text in pages if page != "!"]
    whole = " ".join(text for _, text in flat)
    letters = sum(_recovered(said.text, whole) for said in sample.said)
    lines = [line.strip() for page, text in pages if page != "!" for line in text.split("\n")]
    titles = {line.lstrip("#").strip() for line in lines if line.startswith("#")}
    headings = sum(1 for heading in sample.headings if heading in titles)
    values = [[cell.rpartition(": ")[2] for cell in row] for row in sample.rows]
    # A loader of LangChain's gives a row of a CSV a page of its own, with a line a cell: that is a row too.
    units = [*lines, *(text for _, text in flat if sample.name.endswith(".csv"))]
    rows = sum(1 for row in values if any(all(value in unit for value in row) for unit in units))
    placed = [said for said in sample.said if said.page is not None]
    places = sum(1 for said in placed if any(page == said.page and said.text in text for page, text in flat))
    seen = sum(1 for text in sample.absent if text in whole)
    total = sum(len(said.text) for said in sample.said)
    return [letters, total, headings, len(sample.headings), rows, len(values), places, len(placed), seen]


def _recovered(wanted: str, whole: str) -> int:
    if wanted in whole:
        return len(wanted)
    blocks = SequenceMatcher(None, wanted, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= SHORTEST)


def _scans() -> None:
    """Print the character error rate and the confidence of scans of one page."""
    from assistant.loading.layout import Page
    from assistant.loading.pages import content_of
    from assistant.loading.scan import can_scan, scan_picture

    if not can_scan():
        print("scans are left out: Tesseract with `ind` is not installed")
        return
    wanted = " ".join(scans.TEXT)
    print(f"\n{'dpi':>5}  {'page':<28}{'error rate':>11}{'confidence':>12}{'seconds':>9}")
    for dpi in (300, 150):
        for title, looks in (
            ("sharp", {}),
            ("leaning 2.5 degrees", {"lean": 2.5}),
            ("2 % specks, blurred", {"noise": 0.02}),
            ("leaning -3.5, 2 % specks", {"lean": -3.5, "noise": 0.02}),
            ("5 % specks, blurred", {"noise": 0.05}),
        ):
            begun = time.perf_counter()
            found = scan_picture(scans.picture(dpi=dpi, **looks), dpi=dpi)
            seconds = time.perf_counter() - begun
            content = content_of([Page("1", found.width, found.height, found.words)], [], exact=False)
            text = " ".join(block.text for section in content.sections for block in section.blocks)
            rate = _distance(text, wanted) / len(wanted)
            print(f"{dpi:>5}  {title:<28}{rate:>11.2%}{found.confidence:>12.1f}{seconds:>9.1f}", flush=True)


def _distance(one: str, other: str) -> int:
    """Return how many letters have to change."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


if __name__ == "__main__":
    sys.exit(main())
