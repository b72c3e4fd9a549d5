"""How passages and documents are written into a snapshot and read back. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from assistant.types import BlockKind, Document, DocumentCard, Kind, Passage, Sentence, Validity


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What a snapshot keeps of a document beside its passages."""

    card: dict[str, Any]
    note: str
    digest: str

    @classmethod
    def of(cls, document: Document) -> DocumentRecord:
        """Make the record of a loaded document."""
        return cls(asdict(document.card), document.note, document.digest)


def card_from(values: dict[str, Any]) -> DocumentCard:
    """Return the card that `asdict` made `values` of."""
    known = {"kind": Kind(values["kind"]), "status": Validity(values["status"]), "guessed": tuple(values.get("guessed", ()))}
    return DocumentCard(**{**values, **known})


def passage_to_record(passage: Passage) -> dict[str, Any]:
    """Return a passage as JSON values; its stored questions stay in the copy of `questions.jsonl`."""
    values = asdict(passage)
    del values["asked"]
    return values


def passage_from_record(values: dict[str, Any]) -> Passage:
    """Return the passage of `passage_to_record`; raises KeyError or TypeError for a foreign record."""
    sentences = tuple(Sentence(**{**s, "labels": tuple(s["labels"])}) for s in values["sentences"])
    return Passage(
        **{
            **values,
            "document": card_from(values["document"]),
            "headings": tuple(values["headings"]),
            "sentences": sentences,
            "blocks": tuple(BlockKind(kind) for kind in values["blocks"]),
        }
    )
