"""Question -> Retrieval: fuse dense, stored questions and words; weigh authority, scope and validity; keep what was rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from assistant.index.snapshot import Snapshot
from assistant.knowledge import Knowledge
from assistant.language import even_case
from assistant.places import KALTIM_PLACES
from assistant.questions import Reading, read_question
from assistant.times import dated
from assistant.types import Gap, Hit, Kind, Match, Passage, Rejected, Retrieval, Validity

CANDIDATES = 160
KEPT = 10
NEAREST_QUESTIONS = 400
PART_SHARE = 0.96
UNASKED = 0.07
"""What a statement's own stored questions are nearer to a question than the statement itself (mean of 120 statements): a
document without stored questions is judged by its sentences, raised by as much, or it would stand behind all that have some."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a score are weighed; measured in docs/experiments.md."""

    sentence: float = 0.15
    passage: float = 0.20
    question: float = 0.30
    lexical: float = 0.35
    other_region: float = 0.88
    outdated: float = 0.93
    planned: float = 0.96
    other_place: float = 0.93
    named_place: float = 1.08
    rule: float = 1.03


def retrieve(
    question: str,
    snapshot: Snapshot,
    encoder: Embeddings,
    *,
    also: Sequence[str] = (),
    wanted: Sequence[str] = (),
    weights: Weights | None = None,
    question_index: bool = True,
    scope: str = "semua",
    count: int = KEPT,
) -> Retrieval:
    """Return the passages of `snapshot` for `question`, best first, each with its sentences scored.

    `also` are parts of the question that are looked up too; a statement keeps its best score and the score of each text.
    `wanted` are labels whose statements are kept though their score would not do. `scope` `kaltim` or `nasional` rejects
    documents of elsewhere. A hit that only repeats the statement of a better one is rejected with the reason.
    """
    searched = (question, *also)
    found: dict[tuple[str, int], dict[int, Match]] = defaultdict(dict)
    for number, text in enumerate(searched):
        for identity, match in _score(text, snapshot, encoder, weights or Weights(), question_index=question_index):
            found[identity, match.sentence][number] = match
    best = {place: _merged(scores, len(searched)) for place, scores in found.items()}
    matches: dict[str, list[Match]] = defaultdict(list)
    for (identity, _), match in sorted(best.items(), key=lambda item: (-item[1].score, item[0])):
        matches[identity].append(match)
    hits = [Hit(snapshot.passages[i], some[0].score, some[0].parts, tuple(some)) for i, some in matches.items()]
    needed = {snapshot.stating[label][0].rpartition("|")[0] for label in wanted if label in snapshot.stating}
    for identity in needed - set(matches):
        hits.append(_unscored(snapshot.passages[identity], wanted, len(searched)))
    return replace(_select(question, hits, scope, count, needed), searched=searched, foreign=_foreign(question, snapshot))


def _foreign(question: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the words of a question that the corpus never uses; of an English one none, for it is in another language."""
    reading = read_question(question)
    if reading.english:
        return ()
    repaired = snapshot.spelling.repair(even_case(reading.text))
    return snapshot.spelling.foreign(snapshot.knowledge.glossary.rewrite(repaired))


def _unscored(passage: Passage, wanted: Sequence[str], count: int) -> Hit:
    """Return the hit of a passage that no search found, with the statements that are wanted of it."""
    found = [n for n, sentence in enumerate(passage.sentences) if set(sentence.labels) & set(wanted)]
    return Hit(passage, 0.0, {}, tuple(Match(n, 0.0, {}, by=(0.0,) * count) for n in found))


def _merged(scores: Mapping[int, Match], count: int) -> Match:
    """Return the best of the matches of one statement; a part of the question counts a little less than the whole."""
    by = tuple(scores[number].score if number in scores else 0.0 for number in range(count))
    number = max(scores, key=lambda n: by[n] * (PART_SHARE if n else 1.0))
    score = round(by[number] * (PART_SHARE if number else 1.0), 4)
    return replace(scores[number], score=score, by=by, premise=scores[0].premise if 0 in scores else "")


def _score(
    question: str, snapshot: Snapshot, encoder: Embeddings, weights: Weights, *, question_index: bool
) -> Iterator[tuple[str, Match]]:
    """Yield passage id and match of every statement that one of the searches found."""
    reading = read_question(dated(question, snapshot.knowledge.as_of))
    # English words are no misspelt Indonesian ones.
    text = even_case(reading.text)
    text = text if reading.english else snapshot.spelling.repair(text)
    vector = encoder.embed_query(text)
    sentences = dict(snapshot.dense.nearest("kalimat", vector, count=CANDIDATES))
    wholes = dict(snapshot.dense.nearest("bagian", vector, count=CANDIDATES // 2))
    asked, nearest, premises = _asked(snapshot, vector) if question_index else ({}, {}, {})
    unasked = {r: cosine + UNASKED for r, cosine in sentences.items() if question_index and r not in snapshot.asked_for}
    # A single question that was confirmed for it says less than the sentence itself: the better of the two counts.
    instead = {r: max(value, asked.get(r, value)) for r, value in unasked.items()}
    lexical = (snapshot.lexical_questions if question_index else snapshot.lexical).scores(
        snapshot.knowledge.glossary.rewrite(text)
    )
    references = {*sentences, *asked, *lexical.best(CANDIDATES)}
    around = {r: wholes[whole] for r in references if (whole := f"{r.rpartition('|')[0]}|-") in wholes}
    # Sentences and stored questions share one range of cosines: a far question is not raised to 1 for being the nearest.
    cosines = [values[r] for values in (sentences, asked) for r in references if r in values]
    scaled = {
        "kalimat": (weights.sentence, _scale(sentences, references, among=cosines)),
        "bagian": (weights.passage, _scale(around, references, among=around.values())),
        "pertanyaan": (weights.question if asked else 0.0, _scale({**asked, **instead}, references, among=cosines)),
        "kata": (weights.lexical, _scale(lexical, references, among=[lexical.get(r, 0.0) for r in references])),
    }
    total = sum(weight for weight, _ in scaled.values()) or 1.0
    for reference in references:
        identity, _, ordinal = reference.rpartition("|")
        pieces = {name: round(weight * values[reference] / total, 4) for name, (weight, values) in scaled.items()}
        authority = _authority(snapshot.passages[identity], int(ordinal), reading, snapshot.knowledge, weights)
        score = sum(pieces.values()) * authority
        pieces["kosinus"] = round(max(found.get(reference, 0.0) for found in (sentences, nearest, unasked)), 4)
        pieces["kedudukan"] = round(authority, 3)
        yield identity, Match(int(ordinal), round(score, 4), pieces, premises.get(reference, ""))


def _asked(snapshot: Snapshot, vector: Sequence[float]) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
    """Return by statement: the mean cosine of its three nearest stored questions, the nearest, and the premise it holds.

    One near question may be an accident, three are not; a statement with fewer stored questions is judged by those.
    """
    found = snapshot.dense.nearest("pertanyaan", vector, count=NEAREST_QUESTIONS)
    lowest = found[-1][1] if found else 0.0
    cosines: dict[str, list[float]] = defaultdict(list)
    held: dict[str, str] = {}
    for name, cosine in found:  # nearest first
        premise = snapshot.knowledge.premises.get(name)
        target = premise.label if premise else name
        held.setdefault(target, premise.id if premise else "")
        cosines[target].append(cosine)
    means: dict[str, float] = {}
    nearest: dict[str, float] = {}
    premises: dict[str, str] = {}
    for target, values in cosines.items():
        stored = min(3, len(snapshot.knowledge.questions.get(target, ())) or 1)
        mean = sum((values + [lowest] * stored)[:stored]) / stored
        for reference in snapshot.stating.get(target, ()):
            if mean > means.get(reference, -1.0):
                means[reference], premises[reference] = mean, held[target]
            nearest[reference] = max(values[0], nearest.get(reference, -1.0))
    return means, nearest, premises


def _scale(values: Mapping[str, float], references: set[str], *, among: Collection[float]) -> dict[str, float]:
    """Bring one part to 0..1 over the range of `among`; a candidate that the part did not find gets 0."""
    low, high = (min(among), max(among)) if among else (0.0, 1.0)
    span = (high - low) or 1.0
    return {r: (values[r] - low) / span if r in values else 0.0 for r in references}


def _authority(passage: Passage, ordinal: int, reading: Reading, knowledge: Knowledge, weights: Weights) -> float:
    labels = passage.sentences[ordinal].labels
    scope, status = knowledge.statement_values(labels, passage.document)
    factor = 1.0
    if any(_names_another_place(knowledge.gaps[name], reading) for name in labels if name in knowledge.gaps):
        factor *= weights.other_place
    if scope == "daerah-lain" and not reading.other_places:
        factor *= weights.other_region
    if scope.startswith("kaltim/"):
        factor *= weights.named_place if scope.partition("/")[2] in reading.places else weights.other_place
    if status in (Validity.USANG, Validity.DICABUT) and not reading.about_old:
        factor *= weights.outdated
    if status is Validity.RENCANA and not reading.about_plan:
        factor *= weights.planned
    if passage.document.kind in (Kind.PERATURAN, Kind.JUKNIS):
        factor *= weights.rule
    return factor


def _names_another_place(gap: Gap, reading: Reading) -> bool:
    """Tell whether what is missing is missing for a kabupaten that the question does not name."""
    named = [slug for slug, names in KALTIM_PLACES.items() if any(name in gap.missing.lower() for name in names)]
    return bool(named) and not set(named) & set(reading.places)


def _select(question: str, hits: Sequence[Hit], scope: str, count: int, needed: Collection[str] = ()) -> Retrieval:
    kept: list[Hit] = []
    rejected: list[Rejected] = []
    stated: set[str] = set()
    for hit in hits:
        labels = set(hit.passage.sentences[hit.matches[0].sentence].labels)
        if scope != "semua" and not is_inside(hit.passage.document.scope, scope):
            rejected.append(Rejected(hit, f"di luar cakupan {scope}"))
        elif hit.passage.id in needed:
            kept.append(hit)
        elif labels and labels <= stated:
            rejected.append(Rejected(hit, "mengulang pernyataan yang sudah ada di atasnya"))
        elif len(kept) >= count + len(needed):
            rejected.append(Rejected(hit, "nilainya di bawah batas"))
        else:
            kept.append(hit)
            stated |= labels
    return Retrieval(question, tuple(kept), tuple(rejected[:40]))


def is_inside(document_scope: str, wanted: str) -> bool:
    """Tell whether a document of a scope is searched when a person wants only `kaltim` or `nasional`."""
    return document_scope.split("/")[0] == wanted or document_scope == "umum"


def without(found: Retrieval, paths: frozenset[str]) -> Retrieval:
    """Return what was found with the hits of the documents at `paths` rejected: they were withdrawn after the ingest."""
    if not paths:
        return found
    gone = tuple(hit for hit in found.kept if hit.passage.document.path in paths)
    kept = tuple(hit for hit in found.kept if hit.passage.document.path not in paths)
    return replace(found, kept=kept, rejected=(*found.rejected, *(Rejected(hit, "dokumennya sudah ditarik") for hit in gone)))
