"""One system answers one file of questions: `systems.py NAME --corpus … --questions … --out … [--model …]`.

`answers.py` starts each in a process of its own. A rival answers with its three best pieces quoted whole: it has no other way
to answer without a language model. A follow-up is asked with the questions before it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rivals import RIVALS, Piece  # beside this file: the rivals' environment doesn't hold the project

ROOT = Path(__file__).resolve().parent.parent
FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
QUOTED = 3


def line(case: dict[str, Any], found: Sequence[Piece], seconds: float) -> dict[str, Any]:
    """Return the answer line of a rival: the best pieces quoted whole with their markers."""
    quoted = list(enumerate(found[:QUOTED], 1))
    return {
        "id": case["id"],
        "status": "answered",
        "text": "\n\n".join(f"{piece.text} [{number}]" for number, piece in quoted),
        "citations": [
            {"number": number, "document": piece.document, "quote": piece.text, "labels": piece.labels}
            for number, piece in quoted
        ],
        "retrieved": [{"labels": piece.labels} for piece in found],
        "seconds": {"total": seconds},
    }


def rival(name: str, options: argparse.Namespace, cases: list[dict[str, Any]]) -> tuple[float, int, list[dict[str, Any]]]:
    """Return the seconds to index, the number of pieces and the answer lines of a rival."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(options.model, device="cpu")
    model.encode(["pemanasan"])
    paths = sorted(options.corpus.rglob("*.md"))
    begun = time.perf_counter()
    pages = {path.relative_to(options.corpus).as_posix(): FRONT.sub("", path.read_text(encoding="utf-8")) for path in paths}
    count, find = RIVALS[name](pages, model)
    indexed = time.perf_counter() - begun
    lines = []
    for case in cases:
        turns = [turn["content"] for turn in case.get("history") or () if turn["role"] == "user"]
        begun = time.perf_counter()
        found = find(" ".join([*turns, case["question"]]))
        lines.append(line(case, found, time.perf_counter() - begun))
    return indexed, count, lines


def ours(options: argparse.Namespace, cases: list[dict[str, Any]]) -> tuple[float, int, list[dict[str, Any]]]:
    """Return the same of this project, from an index made anew; without a file of stored questions it searches none."""
    sys.path.insert(0, str(ROOT))
    from assistant.batch import answer_entry
    from assistant.encoding import load_encoder
    from assistant.settings import Settings
    from assistant.wiring import make_assistant, run_ingest

    stored = (options.corpus / "questions.jsonl").is_file()
    settings = Settings(corpus_dir=options.corpus, data_dir=Path(tempfile.mkdtemp()), question_index=stored)
    encoder = load_encoder(settings.encoder)
    begun = time.perf_counter()
    report = run_ingest(settings, encoder=encoder)
    indexed = time.perf_counter() - begun
    assistant = make_assistant(settings, encoder=encoder)
    return indexed, report.passages, [answer_entry(assistant, case) for case in cases]


def main() -> int:
    """Run one system and write its answers and its costs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=["ours", *RIVALS])
    for name in ("corpus", "questions", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--model")
    options = parser.parse_args()
    cases = [json.loads(text) for text in options.questions.read_text(encoding="utf-8").splitlines() if text.strip()]
    indexed, pieces, lines = ours(options, cases) if options.name == "ours" else rival(options.name, options, cases)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(re.search(r"VmHWM:\s*(\d+)", status)[1]) / 1024
    costs = {"index_seconds": indexed, "pieces": pieces, "peak_mb": peak}
    options.out.write_text(json.dumps({"costs": costs, "lines": lines}, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
