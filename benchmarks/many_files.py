"""1,000 mixed files: first, unchanged, one changed. `python benchmarks/many_files.py [COUNT] [--vectors] [--python PYTHON]`

Without `--vectors` reading and splitting alone: what an ingest does before it encodes anything. With it the whole ingest with the
shipped encoder, up to the published snapshot. Prints seconds, passages a second and the memory of the parent and of the child
process. `--python` names an interpreter with the rivals (`formats-constraints.txt`); they read the same files in the same run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.encoding import Encoder, load_encoder
from assistant.loading import Loader, corpus_files
from assistant.passages import split_document
from assistant.settings import Settings
from assistant.types import Document
from assistant.wiring import run_ingest
from tests.documents import office, web
from tests.documents.varied import varied


def main() -> int:
    """Make the files, read them three times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--vectors", action="store_true", help="encode and publish too")
    parser.add_argument("--python", type=Path, help="interpreter of an environment that has the rivals")
    options = parser.parse_args()
    count = options.count
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "corpus", Path(name) / "cache"
        folder.mkdir()
        for number in range(count):
            _write(folder, number)
        _measure("first", folder, cache)
        _measure("unchanged", folder, cache)
        # Loaded only now: a child that is forked from a large parent would count its memory as well.
        encoder = load_encoder(Settings().encoder) if options.vectors else None
        if encoder:
            _ingest("ingest", folder, Path(name), encoder)
            _ingest("unchanged", folder, Path(name), encoder)
        (folder / "0.pdf").write_bytes(varied(9999).raw)
        _measure("one changed", folder, cache)
        if encoder:
            _ingest("one changed", folder, Path(name), encoder)
        if options.python:
            rivals = Path(__file__).with_name("format_rivals.py")
            subprocess.run([str(options.python), str(rivals), str(folder), str(Path(name) / "rivals.json")], check=True)
    return 0


def _write(folder: Path, number: int) -> None:
    """Write a file of a kind that differs from all others: a fifth each of PDF, Word, Excel, web page and CSV."""
    kind = number % 5
    mark = f"Berkas nomor {number}.".encode()
    if kind == 0:
        (folder / f"{number}.pdf").write_bytes(varied(number).raw)
    elif kind == 1:
        raw = office.repacked(GUIDE, lambda parts: parts.update({"docProps/nomor.txt": mark}))
        (folder / f"{number}.docx").write_bytes(raw)
    elif kind == 2:
        raw = office.repacked(QUOTA, lambda parts: parts.update({"docProps/nomor.txt": mark}))
        (folder / f"{number}.xlsx").write_bytes(raw)
    elif kind == 3:
        (folder / f"{number}.html").write_bytes(PAGE.replace(b"</article>", b"<p>" + mark + b"</p></article>"))
    else:
        (folder / f"{number}.csv").write_bytes(TABLE + b"\r\nKelurahan " + mark + b";1;2")


def _ingest(title: str, folder: Path, data: Path, encoder: Encoder) -> None:
    begun = time.perf_counter()
    report = run_ingest(Settings(corpus_dir=folder, data_dir=data / "data"), encoder=encoder)
    seconds = time.perf_counter() - begun
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    counts = f"{report.passages:>8} passages{report.encoded:>8} encoded{len(report.failures):>4} failed"
    speed = f"{seconds:>8.1f} s{report.passages / seconds:>8.0f} passages/s"
    print(f"{title:<12} with vectors{counts}{speed}{own:>7.0f} MB parent{child:>6.0f} MB child", flush=True)


def _measure(title: str, folder: Path, cache: Path) -> None:
    begun = time.perf_counter()
    passages = failures = 0
    with Loader(cache=cache) as loader:
        files, _ = corpus_files(folder)
        for path in files:
            document = loader.load(path, folder=folder)
            if isinstance(document, Document):
                passages += len(split_document(document))
            else:
                failures += 1
    seconds = time.perf_counter() - begun
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    counts = f"{len(files):>6} files{passages:>8} passages{failures:>4} failed"
    speed = f"{seconds:>8.1f} s{passages / seconds:>8.0f} passages/s"
    print(f"{title:<12}{counts}{speed}{own:>7.0f} MB parent{child:>6.0f} MB child", flush=True)


GUIDE, QUOTA, PAGE, TABLE = office.guide_docx().raw, office.quota().raw, web.page().raw, web.csv().raw

if __name__ == "__main__":
    sys.exit(main())
