"""Bring the index up to date with a corpus folder: `python ingest.py [CORPUS] [--watch]`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one ingest; returns 1 only when nothing could be published."""
    parser = argparse.ArgumentParser(prog="ingest.py", description="Perbarui indeks dari folder korpus.")
    parser.add_argument("corpus", nargs="?", type=Path, help="folder korpus (bawaan: CORPUS_DIR atau corpus/)")
    parser.add_argument(
        "--watch", action="store_true", help="tetap berjalan dan perbarui tiap kali folder berubah (Ctrl+C berhenti)"
    )
    options = parser.parse_args(arguments)

    from assistant.bars import Bars, report_lines
    from assistant.errors import AssistantError
    from assistant.settings import load_settings
    from assistant.watching import watch
    from assistant.wiring import run_ingest

    try:
        settings = load_settings()
        if options.corpus is not None:
            settings = replace(settings, corpus_dir=options.corpus)
        if options.watch:
            return watch(settings)
        with Bars() as bars:
            report = run_ingest(settings, progress=bars)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(report_lines(report)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
