"""The rivals of `answers.py`: three ways to index pages and find pieces, as their makers' tutorials do it. Not of this project.

They are helped where that costs them nothing: footnote labels are taken out of what they index (and go along as data), e5 gets
its prompts, LlamaIndex's BM25 an Indonesian stemmer, and pieces are near the tutorial's 1,000 characters everywhere, because
the grader refuses quotes above 160 words (LlamaIndex's own 1,024 tokens would all be refused, and a fifth at 400).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

LABEL = re.compile(r"\[\^([A-Za-z]-\d{3})\]")
FOUND = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document as a rival cut it, without its footnote labels, and these."""

    document: str
    text: str
    labels: tuple[str, ...]


Find = Callable[[str], Sequence[Piece]]


def langchain(pages: dict[str, str], model: Any) -> tuple[int, Find]:
    """Index as LangChain's RAG tutorial does: RecursiveCharacterTextSplitter 1000/200, Chroma, similarity search."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    class Local(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return documents(model, texts)

        def embed_query(self, text: str) -> list[float]:
            return query(model, text)

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = cut(pages, splitter.split_text)
    store = Chroma("rival", Local(), persist_directory=tempfile.mkdtemp())
    store.add_texts([piece.text for piece in pieces], metadatas=[{"at": at} for at in range(len(pieces))])
    return len(pieces), lambda text: [pieces[hit.metadata["at"]] for hit in store.similarity_search(text, k=FOUND)]


def llamaindex(pages: dict[str, str], model: Any) -> tuple[int, Find]:
    """Index as LlamaIndex's BM25 fusion example does: vectors and BM25 in a QueryFusionRetriever by reciprocal rank."""
    import Stemmer
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    class Local(BaseEmbedding):
        def _get_query_embedding(self, text: str) -> list[float]:
            return query(model, text)

        async def _aget_query_embedding(self, text: str) -> list[float]:
            return query(model, text)

        def _get_text_embedding(self, text: str) -> list[float]:
            return documents(model, [text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return documents(model, texts)

    pieces = cut(pages, SentenceSplitter(chunk_size=300, chunk_overlap=50).split_text)
    nodes = [TextNode(text=piece.text, id_=str(at)) for at, piece in enumerate(pieces)]
    dense = VectorStoreIndex(nodes, embed_model=Local(embed_batch_size=64)).as_retriever(similarity_top_k=FOUND)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=FOUND, stemmer=Stemmer.Stemmer("indonesian"))
    fusion = QueryFusionRetriever(
        [dense, words], llm=MockLLM(), mode="reciprocal_rerank", similarity_top_k=FOUND, num_queries=1, use_async=False
    )
    return len(pieces), lambda text: [pieces[int(hit.node.node_id)] for hit in fusion.retrieve(text)]


def haystack(pages: dict[str, str], model: Any) -> tuple[int, Find]:
    """Index as Haystack's hybrid retrieval tutorial does: BM25 and vectors in memory, joined by reciprocal rank."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    splitter = DocumentSplitter(split_by="word", split_length=130, split_overlap=26)
    pieces = cut(pages, lambda page: [part.content or "" for part in splitter.run([Document(content=page)])["documents"]])
    vectors = documents(model, [piece.text for piece in pieces])
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [Document(id=str(at), content=p.text, embedding=v) for at, (p, v) in enumerate(zip(pieces, vectors, strict=True))]
    )
    words, dense = InMemoryBM25Retriever(store, top_k=FOUND), InMemoryEmbeddingRetriever(store, top_k=FOUND)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=FOUND)

    def find(text: str) -> list[Piece]:
        found = [words.run(query=text)["documents"], dense.run(query_embedding=query(model, text))["documents"]]
        return [pieces[int(hit.id)] for hit in joiner.run(documents=found)["documents"]]

    return len(pieces), find


RIVALS = {"langchain": langchain, "llamaindex": llamaindex, "haystack": haystack}


def documents(model: Any, texts: list[str]) -> list[list[float]]:
    """Return the vectors of pieces, with the prompt that the model has for them."""
    prompt = model.prompts.get("document") or ""
    return model.encode(texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False).tolist()


def query(model: Any, text: str) -> list[float]:
    """Return the vector of a question, with the prompt that the model has for it."""
    prompt = model.prompts.get("query") or ""
    return model.encode([text], prompt=prompt, normalize_embeddings=True, show_progress_bar=False)[0].tolist()


def cut(pages: dict[str, str], split: Callable[[str], Iterable[str]]) -> list[Piece]:
    """Cut all pages; the labels of each piece are read from its text and taken out of it."""
    pieces = []
    for document, page in pages.items():
        for raw in split(page):
            if text := LABEL.sub("", raw).strip():
                pieces.append(Piece(document, text, tuple(dict.fromkeys(LABEL.findall(raw)))))
    return pieces
