"""What other loaders make of files: run by `formats.py` in an environment of theirs. `format_rivals.py FOLDER OUT.json`

Writes `{tool: {file: [[page, text], …]}}`; a file that a tool can't read has its error as the text of page "!".
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Pages = list[tuple[str, str]]


def markitdown() -> Callable[[Path], Pages]:
    """Return Microsoft's converter to Markdown."""
    from markitdown import MarkItDown

    converter = MarkItDown(enable_plugins=False)
    return lambda path: [("", converter.convert(str(path)).text_content)]


def langchain() -> Callable[[Path], Pages]:
    """Return the loaders that LangChain's tutorials name for each format."""
    from langchain_community import document_loaders as loaders

    by_ending = {
        ".pdf": loaders.PyPDFLoader,
        ".docx": loaders.Docx2txtLoader,
        ".csv": loaders.CSVLoader,
        ".html": loaders.BSHTMLLoader,
        ".txt": loaders.TextLoader,
    }

    def read(path: Path) -> Pages:
        options = {"csv_args": {"delimiter": ";"}} if path.suffix == ".csv" else {}
        found = by_ending[path.suffix](str(path), **options).load()
        return [(str(item.metadata["page"] + 1) if "page" in item.metadata else "", item.page_content) for item in found]

    return read


def llamaindex() -> Callable[[Path], Pages]:
    """Return LlamaIndex's SimpleDirectoryReader."""
    from llama_index.core import SimpleDirectoryReader

    def read(path: Path) -> Pages:
        found = SimpleDirectoryReader(input_files=[path]).load_data()
        return [(str(item.metadata.get("page_label", "")), item.text) for item in found]

    return read


def _peak() -> float:
    """Return the peak memory of this process in MB; unlike getrusage's it does not begin with that of the parent."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> int:
    """Read every file of the folder with every tool."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    results: dict[str, dict[str, Pages]] = {}
    for make in (markitdown, langchain, llamaindex):
        try:
            read = make()
        except ImportError as error:
            print(f"{make.__name__} is left out: {error}", file=sys.stderr)
            continue
        mine = results.setdefault(make.__name__, {})
        begun = time.perf_counter()
        for path in sorted(folder.iterdir()):
            try:
                mine[path.name] = read(path)
            except Exception as error:  # noqa: BLE001 - whatever a rival raises is its result
                mine[path.name] = [("!", f"{type(error).__name__}: {error}"[:200])]
        failed = sum(pages[:1] != [] and pages[0][0] == "!" for pages in mine.values())
        seconds = time.perf_counter() - begun
        print(f"{make.__name__:<12}{len(mine):>6} files{failed:>4} failed{seconds:>8.1f} s{_peak():>7.0f} MB so far", flush=True)
    out.write_text(json.dumps(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
