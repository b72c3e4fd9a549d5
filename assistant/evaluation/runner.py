"""Assistant -> answers -> results; a run is kept as JSON, so that a later one can be compared with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.batch import answer_entry
from assistant.errors import SettingsError
from assistant.evaluation import grade
from assistant.evaluation.cases import Case
from assistant.evaluation.metrics import Result, figures, intervals, judge
from assistant.service import Assistant


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation: the file of questions, the state of the index, the results, and the answer lines as given."""

    questions: str
    index: dict[str, Any]
    results: tuple[Result, ...]
    answers: tuple[dict[str, Any], ...] = ()


def evaluate(assistant: Assistant, cases: Sequence[Case], *, name: str, corpus: Path, quote_only: bool = False) -> Run:
    """Ask every case and grade the answers; quotes are checked against the Markdown documents in `corpus`."""
    texts = squashed_documents(corpus)
    answers = tuple(answer_entry(assistant, asdict(case), quote_only=quote_only) for case in cases)
    results = tuple(judge(case, line, texts) for case, line in zip(cases, answers, strict=True))
    return Run(name, assistant.health(), results, answers)


def squashed_documents(folder: Path) -> dict[str, str]:
    """Return the text of each Markdown document below `folder` as the grader compares it, by relative path."""
    paths = sorted(folder.rglob("*.md"))
    return {path.relative_to(folder).as_posix(): grade.squash(path.read_text(encoding="utf-8")) for path in paths}


def write_run(run: Run, path: Path) -> None:
    """Write a run as JSON, with its figures and intervals for readers."""
    values = {
        "questions": run.questions,
        "index": run.index,
        "figures": figures(run.results),
        "intervals": intervals(run.results),
        "results": [{**asdict(result), "answer": line} for result, line in zip(run.results, run.answers, strict=True)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read a run that `write_run` wrote; raises SettingsError for another file."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        lines: list[dict[str, Any]] = values["results"]
        answers = tuple(line.pop("answer") for line in lines)
        results = tuple(Result(**{**line, "causes": tuple(line["causes"])}) for line in lines)
        return Run(values["questions"], values["index"], results, answers)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(f"Berkas {path} bukan hasil evaluasi ({error}); buat dengan evaluate --out.") from None
