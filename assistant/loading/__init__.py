"""Read files into documents; a file that can't be read is a LoadFailure value, never a crash.

One module a format, each a function from bytes to `Content`; `sniffing.ENDINGS` says which endings are read, `worker.reader_of`
by whom. A new format is one module and a line in each. Parsers of anything but plain text run in a child process.
"""

from __future__ import annotations

from pathlib import Path

from assistant.loading.content import Limits
from assistant.loading.loader import Loaded, Loader
from assistant.loading.sniffing import promised, unsupported
from assistant.types import LoadFailure

__all__ = ["DATA_FILES", "Limits", "Loaded", "Loader", "corpus_files", "load", "load_all"]

DATA_FILES = frozenset({".yaml", ".yml", ".jsonl"})


def corpus_files(folder: Path) -> tuple[list[Path], list[LoadFailure]]:
    """Return the document files of `folder` (sorted) and a failure for each file of a format that is not read.

    Data files of the corpus (YAML, JSONL), hidden files and sidecars are no documents and no failures.
    """
    files: list[Path] = []
    failures: list[LoadFailure] = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~")) for part in parts) or not path.is_file():
            continue
        if path.suffix.lower() in DATA_FILES:
            continue
        if promised(path.name):
            files.append(path)
        else:
            failures.append(LoadFailure(path.relative_to(folder).as_posix(), *unsupported(path.name)))
    return files, failures


def load(path: Path, *, folder: Path, limits: Limits | None = None) -> Loaded:
    """Load one file of the corpus `folder`; bad content is returned as a LoadFailure with the remedy."""
    with Loader(limits) as loader:
        return loader.load(path, folder=folder)


def load_all(path: Path, *, folder: Path, limits: Limits | None = None) -> tuple[Loaded, ...]:
    """Load the documents of one file of the corpus `folder`: one, or those of a ZIP."""
    with Loader(limits) as loader:
        return loader.load_all(path, folder=folder)
