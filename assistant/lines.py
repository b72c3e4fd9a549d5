"""Answer -> the JSON line of `ask --json` and of the API; the only serialiser. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from assistant.types import Answer, Citation, DocumentCard, Gap, Hit, Label, Passage, Retrieval, Source

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


def found_line(retrieval: Retrieval) -> dict[str, Any]:
    """Return what was found as JSON values: each hit with its document, place and the sentences that matched, best first."""
    return {
        "question": retrieval.question,
        "kept": [
            {
                **hit_line(hit),
                "document": hit.passage.document.path,
                "title": hit.passage.document.title,
                "section": list(hit.passage.headings),
                "page": hit.passage.page,
                "sentences": [hit.passage.sentences[match.sentence].text for match in hit.matches],
            }
            for hit in retrieval.kept
        ],
    }


def document_line(card: DocumentCard) -> dict[str, Any]:
    """Return the card of a document as JSON values."""
    return {**asdict(card), "kind": str(card.kind), "status": str(card.status), "guessed": list(card.guessed)}


def passage_line(passage: Passage) -> dict[str, Any]:
    """Return a passage as JSON values: where it stands and its sentences, each with its labels."""
    return {
        "id": passage.id,
        "document": passage.document.path,
        "section": list(passage.headings),
        "page": passage.page,
        "sentences": [{"text": sentence.text, "labels": list(sentence.labels)} for sentence in passage.sentences],
    }


def label_line(label: Label) -> dict[str, Any]:
    """Return what is known about a statement as JSON values."""
    return {
        "id": label.id,
        "scope": label.scope,
        "program": label.program,
        "status": str(label.status),
        "confidence": label.confidence,
        "sources": [_source(source) for source in label.sources],
    }


def gap_line(gap: Gap) -> dict[str, Any]:
    """Return a known gap as JSON values: what no source says, what was searched, whom to ask."""
    return {"id": gap.id, "missing": gap.missing, "whom": gap.whom, "searched": gap.searched}


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "locator": source.locator,
        "url": source.url,
    }


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
        "sources": [_source(source) for label in labels for source in label.sources],
    }
