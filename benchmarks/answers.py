"""Our answers against those of other ways to build this, one grader, one run. `python benchmarks/answers.py [NAME …]`

Rivals: LangChain's tutorial RAG with all-MiniLM-L6-v2 and with multilingual-e5-small, LlamaIndex's BM25 fusion, Haystack's
hybrid retrieval (both with e5), over the same Markdown documents; `systems.py` says how. Ours stands there twice: with the
stored questions of the corpus, which no rival has, and without. Each system runs in a process of its own, the rivals in
an environment of theirs (`DATA_DIR/bench/venv`); one that can't be had here is named with the reason and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.evaluation.cases import read_cases
from assistant.evaluation.metrics import Result, compare, figures, intervals, judge, seconds_at
from assistant.evaluation.runner import squashed_documents
from assistant.settings import load_settings
from benchmarks.preparing import ROOT, MissingError, base_e5, minilm, rival_python

DEV = ROOT / "assistant" / "evaluation" / "dev.jsonl"


@dataclass(frozen=True, slots=True)
class System:
    """A row of the table: the way of `systems.py`, its model (None: ours), and whether stored questions are at hand."""

    title: str
    way: str
    model: Callable[[Path, Path], Path] | None = None
    stored_questions: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """The results and costs of one system."""

    results: tuple[Result, ...]
    index_seconds: float
    pieces: int
    peak_mb: float


SYSTEMS = {
    "ours": System("ours", "ours", stored_questions=True),
    "ours-bare": System("ours without stored questions", "ours"),
    "langchain-minilm": System("LangChain tutorial, all-MiniLM-L6-v2", "langchain", minilm),
    "langchain-e5": System("LangChain tutorial, e5-small", "langchain", base_e5),
    "llamaindex": System("LlamaIndex fusion (BM25, e5-small)", "llamaindex", base_e5),
    "haystack": System("Haystack hybrid (BM25, e5-small)", "haystack", base_e5),
}
SHOWN = ("right", "answerable", "abstain", "recall@5", "cited", "precision")


def main() -> int:
    """Run the systems named (default: all) and print the table and the paired differences of ours to each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *SYSTEMS], metavar="NAME", help=", ".join(SYSTEMS))
    parser.add_argument("--questions", type=Path, default=DEV)
    options = parser.parse_args()
    settings = load_settings()
    work = settings.data_dir.resolve() / "bench"
    work.mkdir(parents=True, exist_ok=True)
    measured: dict[str, Measured] = {}
    for name in options.names or SYSTEMS:
        try:
            measured[name] = measure(SYSTEMS[name], settings.corpus_dir.resolve(), options.questions, work)
        except MissingError as error:
            print(f"left out: {SYSTEMS[name].title}: {error}", flush=True)
    print("\n".join(table(measured)))
    return 0 if measured else 1


def measure(system: System, corpus: Path, questions: Path, work: Path) -> Measured:
    """Let a system answer `questions` and grade its answers; raises MissingError where it can't be run."""
    python = Path(sys.executable) if system.model is None else rival_python(work)
    model = [] if system.model is None else ["--model", str(system.model(work, python))]
    with tempfile.TemporaryDirectory() as folder:
        used, out = Path(folder) / "corpus", Path(folder) / "answers.json"
        ignored = () if system.stored_questions else ("questions.jsonl",)
        shutil.copytree(corpus, used, ignore=shutil.ignore_patterns(*ignored))
        paths = ["--corpus", str(used), "--questions", str(questions), "--out", str(out)]
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TMPDIR": folder, "ANONYMIZED_TELEMETRY": "False"}
        environment |= {"HAYSTACK_TELEMETRY_ENABLED": "False"}
        command = [str(python), str(ROOT / "benchmarks" / "systems.py"), system.way, *paths, *model]
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise MissingError(" / ".join(done.stderr.strip().splitlines()[-2:]))
        values = json.loads(out.read_text(encoding="utf-8"))
    texts, lines = squashed_documents(corpus), {line["id"]: line for line in values["lines"]}
    results = tuple(judge(case, lines[case.id], texts) for case in read_cases(questions))
    return Measured(results, **values["costs"])


def table(measured: dict[str, Measured]) -> list[str]:
    """Return the table in Markdown, then what ours gains on each of the others with its paired 95 % interval."""
    lines = [f"| system | right (95 %) | {' | '.join(SHOWN[1:])} | p50 / p95 s | index s | pieces | peak MB |"]
    lines.append("| " + " | ".join(["---"] * (len(SHOWN) + 5)) + " |")
    for name, found in measured.items():
        means, (low, high) = figures(found.results), intervals(found.results)["right"]
        cells = [f"{means['right']:.3f} ({low:.2f}-{high:.2f})", *(f"{means[n]:.3f}" if n in means else "-" for n in SHOWN[1:])]
        cells += [f"{seconds_at(found.results, 0.5):.3f} / {seconds_at(found.results, 0.95):.3f}"]
        cells += [f"{found.index_seconds:.0f}", str(found.pieces), f"{found.peak_mb:.0f}"]
        lines.append(f"| {SYSTEMS[name].title} | " + " | ".join(cells) + " |")
    for name, found in measured.items():
        if name != "ours" and "ours" in measured:
            change = compare(found.results, measured["ours"].results)
            gain, low, high = change.differences["right"]
            lines.append(
                f"ours against {SYSTEMS[name].title}: right {gain:+.3f} ({low:+.3f} to {high:+.3f}), "
                f"won {len(change.won)}, lost {len(change.lost)}"
            )
    return lines


if __name__ == "__main__":
    sys.exit(main())
