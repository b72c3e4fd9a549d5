"""Run -> Markdown, for the terminal and for the file beside the run. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.evaluation.metrics import FIGURES, VERDICTS, Comparison, Result, by_category, figures, intervals, seconds_at
from assistant.evaluation.runner import Run


def report(
    run: Run,
    *,
    comparison: Comparison | None = None,
    floor: Mapping[str, float] | None = None,
    below: Mapping[str, tuple[float, float]] | None = None,
) -> str:
    """Return the whole report: figures with intervals, by category, what changed, what is wrong and why."""
    parts = [_head(run), _aggregate(run.results, floor or {}, below or {}), _categories(run.results)]
    if comparison is not None:
        parts.append(_changes(run, comparison))
    parts.append(_wrong(run.results))
    return "\n\n".join(parts) + "\n"


def figure(value: float | None) -> str:
    """Return a figure the Indonesian way, `-` where there is none."""
    return "-" if value is None else f"{value:.3f}".replace(".", ",")


def _head(run: Run) -> str:
    index = run.index
    half, most = (f"{seconds_at(run.results, share):.3f}".replace(".", ",") for share in (0.5, 0.95))
    return (
        f"# Evaluasi {run.questions}\n\n{len(run.results)} pertanyaan; p50 {half} detik, p95 {most} detik tiap pertanyaan.\n"
        f"Indeks {index.get('snapshot', '-')}, enkoder {index.get('enkoder', '-')} {index.get('revisi', '-')}."
    )


def _aggregate(results: Sequence[Result], floor: Mapping[str, float], below: Mapping[str, tuple[float, float]]) -> str:
    means, spans = figures(results), intervals(results)
    rows = []
    for name in (name for name in FIGURES if name in means):
        span = f"{figure(spans[name][0])}-{figure(spans[name][1])}"
        rows.append([name, figure(means[name]), span, figure(floor.get(name)), "TURUN" if name in below else ""])
    rows += [[name, "-", "-", figure(pair[1]), "TURUN"] for name, pair in below.items() if name not in means]
    return "## Angka\n\n" + _table(["angka", "nilai", "selang 95 %", "batas bawah", ""], rows)


def _categories(results: Sequence[Result]) -> str:
    groups = {**by_category(results), "SEMUA": tuple(results)}
    rows = []
    for name, group in groups.items():
        means = figures(group)
        rows.append([name, str(len(group)), *(figure(means.get(verdict)) for verdict in VERDICTS)])
    return "## Menurut jenis pertanyaan\n\n" + _table(["jenis", "n", *VERDICTS], rows)


def _changes(run: Run, comparison: Comparison) -> str:
    texts = {result.id: result for result in run.results}
    lines = [
        f"## Dibanding lari sebelumnya\n\nMenang {len(comparison.won)}, kalah {len(comparison.lost)}, "
        f"tetap {len(comparison.same)}, hanya di satu lari {len(comparison.unpaired)}.\n"
    ]
    rows = [
        [name, f"{difference:+.3f}".replace(".", ","), f"{figure(low)} sampai {figure(high)}"]
        for name, (difference, low, high) in comparison.differences.items()
    ]
    lines += [_table(["angka", "selisih", "selang 95 % berpasangan"], rows), ""]
    lines += [f"- MENANG {_named(texts[identity])}" for identity in comparison.won]
    for identity in comparison.lost:
        lines += [f"- KALAH {_named(texts[identity])}", *_clauses(texts[identity])]
    return "\n".join(lines).rstrip()


def _wrong(results: Sequence[Result]) -> str:
    wrong = [result for result in results if not result.verdict["right"]]
    lines = [f"## Yang belum benar ({len(wrong)})\n"]
    for result in wrong:
        lines += [f"- {_named(result)}", *_clauses(result)]
    return "\n".join(lines).rstrip()


def _named(result: Result) -> str:
    return f"{result.id} [{result.category}, {result.expect}: {result.status}] {result.question}"


def _clauses(result: Result) -> Iterator[str]:
    return (f"  - {cause}" for cause in result.causes)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [head, ["-" * max(3, width) for width in widths], *rows]
    return "\n".join("| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)) + " |" for line in lines)
