"""The command `python -m assistant evaluate`; heavy parts are imported when it runs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.service import Assistant


def add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to `commands`."""
    parser = commands.add_parser("evaluate", help="nilai jawaban atas satu berkas pertanyaan")
    parser.add_argument("questions", type=Path, metavar="BERKAS", help="berkas JSONL pertanyaan dan yang diharapkan")
    parser.add_argument("--out", type=Path, metavar="HASIL.json", help="simpan hasil; laporan .md ditulis di sebelahnya")
    parser.add_argument("--against", type=Path, metavar="HASIL.json", help="bandingkan dengan hasil sebelumnya")
    parser.add_argument("--floor", type=Path, metavar="BATAS.json", help="keluar dengan 1 bila ada angka di bawah batas ini")
    parser.add_argument("--raise-floor", action="store_true", help="naikkan batas di --floor (tidak pernah turun)")
    parser.add_argument("--mode", choices=("kutipan", "model"), help="bawaan: model bila MODEL_URL diatur, selain itu kutipan")
    parser.add_argument("--json", action="store_true", help="cetak sebagai JSON")
    parser.set_defaults(run=run_evaluate)


def run_evaluate(assistant: Assistant, options: argparse.Namespace) -> int:
    """Evaluate, print, keep what was asked for; 1 when a figure is below the floor."""
    from assistant.batch import is_quote_only
    from assistant.errors import SettingsError
    from assistant.evaluation.cases import read_cases
    from assistant.evaluation.floor import below, raise_floor, read_floor
    from assistant.evaluation.metrics import compare, figures
    from assistant.evaluation.report import figure, report
    from assistant.evaluation.runner import evaluate, read_run, write_run
    from assistant.settings import load_settings

    if options.raise_floor and options.floor is None:
        raise SettingsError("Tambahkan --floor BATAS.json untuk --raise-floor.")
    cases = read_cases(options.questions)
    previous = None if options.against is None else read_run(options.against)
    new_floor = options.raise_floor and not options.floor.exists()
    floor = {} if options.floor is None or new_floor else read_floor(options.floor)
    quote_only = is_quote_only(assistant, options.mode)
    run = evaluate(assistant, cases, name=options.questions.name, corpus=load_settings().corpus_dir, quote_only=quote_only)
    found = figures(run.results)
    fallen = below(found, floor)
    comparison = None if previous is None else compare(previous.results, run.results)
    text = report(run, comparison=comparison, floor=floor, below=fallen)
    if options.out is not None:
        write_run(run, options.out)
        options.out.with_suffix(".md").write_text(text, encoding="utf-8")
    if options.raise_floor:
        raise_floor(options.floor, found)
    print(json.dumps(_values(run, comparison, fallen), ensure_ascii=False) if options.json else text)
    for name, (value, least) in fallen.items():
        print(f"{name} {figure(value)} di bawah batas {figure(least)}.", file=sys.stderr)
    return 1 if fallen else 0


def _values(run: Any, comparison: Any, fallen: dict[str, tuple[float, float]]) -> dict[str, Any]:
    from dataclasses import asdict

    from assistant.evaluation.metrics import by_category, figures, intervals, seconds_at

    return {
        "questions": len(run.results),
        "index": run.index,
        "figures": figures(run.results),
        "intervals": intervals(run.results),
        "categories": {name: figures(group) for name, group in by_category(run.results).items()},
        "seconds": {"p50": seconds_at(run.results, 0.5), "p95": seconds_at(run.results, 0.95)},
        "wrong": [{"id": r.id, "category": r.category, "causes": r.causes} for r in run.results if not r.verdict["right"]],
        "comparison": None if comparison is None else asdict(comparison),
        "below": fallen,
    }
