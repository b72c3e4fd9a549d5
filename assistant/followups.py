"""An answer -> what may be asked next: stored questions of other statements near the cited ones. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, zip_longest

from assistant.knowledge import Knowledge
from assistant.language import words
from assistant.types import Answer, Citation, Passage, Status, Validity

MOST = 3
"""Questions offered after an answer."""
LONGEST = 110
"""Letters of the longest question that is offered: it has to fit a button on a telephone."""
ALIKE = 0.6
"""Share of common words from which two questions ask the same."""
Statement = tuple[Passage, tuple[str, ...]]


def followups(
    answer: Answer, passages: Iterable[Passage], knowledge: Knowledge, *, withdrawn: Collection[str] = ()
) -> tuple[str, ...]:
    """Return at most MOST questions whose answers stand near the cited statements, none of them alike or already answered.

    The cited documents (`passages` in their order, from the cited place on) and what else was found take turns. Known gaps, what
    no longer holds, other regions' practice (unless it was cited) and `withdrawn` documents are not offered; nor is anything
    after a silence.
    """
    if answer.status is Status.NOT_FOUND:
        return ()  # what is cited beside a silence is no answer, so nothing near it is what the person looks for
    cited: dict[str, Citation] = {}
    for citation in answer.citations:
        cited.setdefault(citation.passage.document.path, citation)
    around: dict[str, list[Passage]] = {path: [] for path in cited}
    for passage in passages:
        if passage.document.path in around:
            around[passage.document.path].append(passage)
    scopes = {knowledge.statement_values(c.labels, c.passage.document)[0] for c in answer.citations}
    found = ((hit.passage, hit.passage.sentences[hit.matches[0].sentence].labels) for hit in answer.retrieval.kept)
    lines = [_from_there_on(citation, around[path]) for path, citation in cited.items()]
    offered: list[str] = []
    known = {label for citation in answer.citations for label in citation.labels}
    said = [set(words(text)) for text in (answer.question, answer.standalone) if text]
    for passage, labels in filter(None, chain.from_iterable(zip_longest(*lines[:1], found, *lines[1:]))):
        if passage.document.path in withdrawn or known & set(labels) or not _is_offered(labels, passage, knowledge, scopes):
            continue
        question = next((asked[0] for label in labels if (asked := knowledge.questions.get(label))), "")
        spoken = set(words(question))
        if 0 < len(question) <= LONGEST and all(len(spoken & other) < ALIKE * min(len(spoken), len(other)) for other in said):
            offered.append(question)
            said.append(spoken)
            known.update(labels)
        if len(offered) == MOST:
            break
    return tuple(offered)


def _from_there_on(citation: Citation, passages: list[Passage]) -> Iterator[Statement]:
    """Yield the statements of a document from the cited passage on, then those before it."""
    at = next((place for place, passage in enumerate(passages) if passage.id == citation.passage.id), 0)
    for passage in passages[at:] + passages[:at]:
        yield from ((passage, sentence.labels) for sentence in passage.sentences if sentence.labels)


def _is_offered(labels: tuple[str, ...], passage: Passage, knowledge: Knowledge, cited: Collection[str]) -> bool:
    scope, status = knowledge.statement_values(labels, passage.document)
    holds = status in (Validity.BERLAKU, Validity.RENCANA)
    return holds and (scope != "daerah-lain" or scope in cited) and not any(label in knowledge.gaps for label in labels)
