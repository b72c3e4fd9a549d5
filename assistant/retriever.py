"""Our retrieval as a retriever of LangChain."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever


class PassageRetriever(BaseRetriever):
    """Gives passages as documents of LangChain; `service` is an Assistant."""

    service: Any
    count: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[LangChainDocument]:
        hits = self.service.search(query).kept[: self.count]
        return [
            LangChainDocument(
                hit.passage.text,
                metadata={"passage": hit.passage.id, "document": hit.passage.document.path, "score": hit.score},
            )
            for hit in hits
        ]
