"""Why an answer is not right, in words: one short clause for each verdict of the grader that failed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from assistant.evaluation import grade
from assistant.evaluation.cases import Case

SHOWN_RANKS = 5
"""How many retrieved passages the grader looks at for recall."""


def causes(case: Case, line: Mapping[str, Any], verdict: Mapping[str, float | None]) -> tuple[str, ...]:
    """Return a clause for each failed verdict that makes the answer to `case` wrong."""
    text = str(line.get("text") or "")
    explained: dict[str, Callable[[], str]] = {
        "outcome": lambda: f"hasil {line.get('status')}, seharusnya {case.expect}",
        "cited": lambda: f"fakta kurang: {'; '.join(_missing(case, line))}",
        "must": lambda: f"must: {' ; '.join(p for p in case.must if not re.search(p, text, re.I))}",
        "must_not": lambda: f"must_not: {' ; '.join(p for p in case.must_not if re.search(p, text, re.I))}",
        "markers": lambda: f"markers: di teks {sorted(grade.markers(text))}, kutipan {_numbers(line)}",
        "numbers": lambda: f"numbers: {', '.join(_unsupported(case, line))} tidak ada dalam kutipan",
        "grounded": lambda: "grounded: kata-katanya terlalu jauh dari kutipan",
        "concise": lambda: "concise: terlalu panjang atau terlalu banyak kutipan",
        "quotes": lambda: "quotes: kutipan tidak sama dengan dokumennya",
    }
    return tuple(explain() for name, explain in explained.items() if verdict.get(name) == 0)


def _missing(case: Case, line: Mapping[str, Any]) -> list[str]:
    cited = {label for citation in line.get("citations") or () for label in citation.get("labels") or ()}
    found = {label for hit in (line.get("retrieved") or ())[:SHOWN_RANKS] for label in hit.get("labels") or ()}
    return [
        "/".join(group) + ("" if found & set(group) else f" (tidak di {SHOWN_RANKS} teratas)")
        for group in case.facts
        if not cited & set(group)
    ]


def _numbers(line: Mapping[str, Any]) -> list[Any]:
    return [citation.get("number") for citation in line.get("citations") or ()]


def _unsupported(case: Case, line: Mapping[str, Any]) -> list[str]:
    citations = line.get("citations") or ()
    quotes = [str(citation.get("quote") or "") for citation in citations]
    about = [str([citation.get(name) for name in ("title", "section", "page", "sources")]) for citation in citations]
    told = [case.question, *(turn["content"] for turn in case.history)]
    borne_out = set().union(*(grade.numbers(text) for text in (*quotes, *about, *told)))
    return sorted(grade.numbers(str(line.get("text") or "")) - borne_out)
