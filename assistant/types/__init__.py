"""The nouns of the system, frozen, in the order in which they arise: files to documents to passages to hits to an answer.

Nothing here does work when constructed, and nothing here imports another module of ours.
"""

from assistant.types.answers import Answer, Approval, Citation, Hit, Match, Rejected, Retrieval, Status, Turn, Wording
from assistant.types.documents import (
    Block,
    BlockKind,
    Document,
    DocumentCard,
    Gap,
    Kind,
    Label,
    LoadFailure,
    Passage,
    Section,
    Sentence,
    Source,
    Validity,
)

__all__ = [
    "Answer",
    "Approval",
    "Block",
    "BlockKind",
    "Citation",
    "Document",
    "DocumentCard",
    "Gap",
    "Hit",
    "Kind",
    "Label",
    "LoadFailure",
    "Match",
    "Passage",
    "Rejected",
    "Retrieval",
    "Section",
    "Sentence",
    "Source",
    "Status",
    "Turn",
    "Validity",
    "Wording",
]
