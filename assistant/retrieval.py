"""Question -> Retrieval: fuse dense, stored questions and words; weigh authority, scope and validity; keep what was rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from assistant.index.snapshot import Snapshot
from assistant.language import split_sentences
from assistant.questions import Reading, read_question
from assistant.types import Hit, Kind, Match, Passage, Rejected, Retrieval, Validity

CANDIDATES = 80
KEPT = 10
LONG_WORDS, PART_WORDS, MOST_PARTS = 20, 4, 4
"""A question of this many words is also looked up sentence by sentence (the last ones: there people ask)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a score are weighed; measured in docs/experiments.md."""

    sentence: float = 0.25
    passage: float = 0.10
    question: float = 0.35
    lexical: float = 0.30
    other_region: float = 0.88
    outdated: float = 0.93
    planned: float = 0.96
    other_place: float = 0.93
    named_place: float = 1.08


def retrieve(
    question: str,
    snapshot: Snapshot,
    encoder: Embeddings,
    *,
    weights: Weights | None = None,
    question_index: bool = True,
    scope: str = "semua",
    count: int = KEPT,
) -> Retrieval:
    """Return the passages of `snapshot` for `question`, best first, each with its sentences scored.

    `scope` `kaltim` or `nasional` rejects documents of elsewhere. A hit that only repeats the statement of a better
    one is rejected with the reason.
    """
    weights = weights or Weights()
    reading = read_question(question)
    vector = encoder.embed_query(reading.text)
    sentences = dict(snapshot.dense.nearest("kalimat", vector, count=CANDIDATES))
    wholes = dict(snapshot.dense.nearest("bagian", vector, count=CANDIDATES // 2))
    asked: dict[str, float] = {}
    if question_index:
        for label, cosine in snapshot.dense.nearest("pertanyaan", vector, count=2 * CANDIDATES):
            for reference in snapshot.stating.get(label, ()):
                asked[reference] = max(cosine, asked.get(reference, -1.0))
    lexical = (snapshot.lexical_questions if question_index else snapshot.lexical).scores(
        snapshot.knowledge.glossary.rewrite(reading.text)
    )
    best_words = sorted(lexical, key=lambda reference: -lexical[reference])[:CANDIDATES]
    references = set(sentences) | set(asked) | set(best_words)
    parts = {
        "kalimat": (weights.sentence, sentences),
        "bagian": (
            weights.passage,
            {r: wholes[f"{r.rpartition('|')[0]}|-"] for r in references if f"{r.rpartition('|')[0]}|-" in wholes},
        ),
        "pertanyaan": (weights.question if asked else 0.0, asked),
        "kata": (weights.lexical, lexical),
    }
    scaled = {name: (weight, _scale(values, references)) for name, (weight, values) in parts.items()}
    total = sum(weight for weight, _ in scaled.values()) or 1.0
    matches: dict[str, list[Match]] = defaultdict(list)
    for reference in references:
        identity, _, ordinal = reference.rpartition("|")
        passage = snapshot.passages.get(identity)
        if passage is None:
            continue
        pieces = {name: round(weight * values[reference] / total, 4) for name, (weight, values) in scaled.items()}
        pieces["kosinus"] = round(max(sentences.get(reference, 0.0), asked.get(reference, 0.0)), 4)
        pieces["kedudukan"] = round(_authority(passage, int(ordinal), reading, snapshot, weights), 3)
        score = sum(pieces[name] for name in scaled) * pieces["kedudukan"]
        matches[identity].append(Match(int(ordinal), round(score, 4), pieces))
    hits = [
        Hit(snapshot.passages[identity], found[0].score, found[0].parts, tuple(found))
        for identity, found in ((i, sorted(m, key=lambda match: -match.score)) for i, m in matches.items())
    ]
    return _select(question, sorted(hits, key=lambda hit: -hit.score), scope, count)


def retrieve_parts(question: str, snapshot: Snapshot, encoder: Embeddings, **options: Any) -> Retrieval:
    """Retrieve for a long question as a whole and for its sentences; a passage keeps its best score."""
    pieces = [piece for piece in split_sentences(question) if len(piece.split()) >= PART_WORDS]
    if len(question.split()) < LONG_WORDS or len(pieces) < 2:
        return retrieve(question, snapshot, encoder, **options)
    found = [retrieve(piece, snapshot, encoder, **options) for piece in (question, *pieces[-MOST_PARTS:])]
    best: dict[str, Hit] = {}
    for hit in (hit for retrieval in found for hit in retrieval.kept):
        known = best.get(hit.passage.id)
        best[hit.passage.id] = hit if known is None or hit.score > known.score else known
    scope = str(options.get("scope", "semua"))
    return _select(question, sorted(best.values(), key=lambda hit: -hit.score), scope, KEPT)


def _scale(values: Mapping[str, float], references: set[str]) -> dict[str, float]:
    """Bring one part to 0..1 over the candidates; a candidate that the part did not find gets 0."""
    inside = [values[reference] for reference in references if reference in values]
    low, high = (min(inside), max(inside)) if inside else (0.0, 1.0)
    span = (high - low) or 1.0
    return {r: (values[r] - low) / span if r in values else 0.0 for r in references}


def statement_values(passage: Passage, ordinal: int, snapshot: Snapshot) -> tuple[str, Validity]:
    """Return scope and status of a statement: its first label's, else its document's."""
    for label in passage.sentences[ordinal].labels:
        if label in snapshot.knowledge.labels:
            known = snapshot.knowledge.labels[label]
            return known.scope, known.status
    return passage.document.scope, passage.document.status


def _authority(passage: Passage, ordinal: int, reading: Reading, snapshot: Snapshot, weights: Weights) -> float:
    scope, status = statement_values(passage, ordinal, snapshot)
    factor = 1.0
    if scope == "daerah-lain" and not reading.other_places:
        factor *= weights.other_region
    if scope.startswith("kaltim/"):
        factor *= weights.named_place if scope.partition("/")[2] in reading.places else weights.other_place
    if status in (Validity.USANG, Validity.DICABUT) and not reading.about_old:
        factor *= weights.outdated
    if status is Validity.RENCANA and not reading.about_plan:
        factor *= weights.planned
    if passage.document.kind is Kind.PERATURAN or passage.document.kind is Kind.JUKNIS:
        factor *= 1.03
    return factor


def _select(question: str, hits: Sequence[Hit], scope: str, count: int) -> Retrieval:
    kept: list[Hit] = []
    rejected: list[Rejected] = []
    stated: set[str] = set()
    for hit in hits:
        labels = set(hit.passage.sentences[hit.matches[0].sentence].labels)
        if scope != "semua" and not _inside(hit.passage.document.scope, scope):
            rejected.append(Rejected(hit, f"di luar cakupan {scope}"))
        elif labels and labels <= stated:
            rejected.append(Rejected(hit, "mengulang pernyataan yang sudah ada di atasnya"))
        elif len(kept) >= count:
            rejected.append(Rejected(hit, "nilainya di bawah batas"))
        else:
            kept.append(hit)
            stated |= labels
    return Retrieval(question, tuple(kept), tuple(rejected[:40]))


def _inside(document_scope: str, wanted: str) -> bool:
    return document_scope.split("/")[0] == wanted or document_scope == "umum"


class PassageRetriever(BaseRetriever):
    """Our retrieval as a LangChain retriever; `service` is an Assistant."""

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
