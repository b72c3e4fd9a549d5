"""Answer -> the JSON line of `ask --json` and of the API; the only serialiser. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from assistant.types import Answer, Citation, Hit, Label

LabelOf = Callable[[str], Label | None]


def answer_line(answer: Answer, label_of: LabelOf, *, identity: str | None = None) -> dict[str, Any]:
    """Return the values of one answer in the line format of `assistant/evaluation/grade.py`."""
    return {
        "id": identity,
        "question": answer.question,
        "status": str(answer.status),
        "text": answer.text,
        "mode": answer.mode,
        "citations": [_citation(citation, label_of) for citation in answer.citations],
        "retrieved": [hit_line(hit) for hit in answer.retrieval.kept],
        "seconds": {"total": answer.seconds},
        "masked": list(answer.masked),
        "approval": asdict(answer.approval) if answer.approval else None,
    }


def hit_line(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON values."""
    return {"passage": hit.passage.id, "labels": list(hit.passage.labels), "score": hit.score}


def _citation(citation: Citation, label_of: LabelOf) -> dict[str, Any]:
    labels = [found for name in citation.labels if (found := label_of(name)) is not None]
    document = citation.passage.document
    return {
        "number": citation.number,
        "document": document.path,
        "title": document.title,
        "section": list(citation.passage.headings),
        "page": citation.passage.page,
        "quote": citation.quote,
        "labels": list(citation.labels),
        "scope": labels[0].scope if labels else document.scope,
        "sources": [
            {"title": s.title, "publisher": s.publisher, "date": s.date, "locator": s.locator, "url": s.url}
            for label in labels
            for s in label.sources
        ],
    }
