"""The shipped corpus is whole: every document loads, every label resolves, every statement has a label."""

import re

import pytest

from assistant.knowledge import read_knowledge
from assistant.loading import corpus_files, load
from assistant.passages import split_document
from assistant.settings import ROOT
from assistant.types import Document

CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def knowledge():
    return read_knowledge(CORPUS)


@pytest.fixture(scope="module")
def documents():
    files, failures = corpus_files(CORPUS)
    assert not failures
    loaded = [load(path, folder=CORPUS) for path in files]
    assert all(isinstance(document, Document) for document in loaded)
    return loaded


def test_every_label_of_a_document_is_known_and_every_known_label_is_stated(documents, knowledge):
    stated = {label for document in documents for p in split_document(document) for label in p.labels}
    known = set(knowledge.labels) | set(knowledge.gaps)
    assert stated == known


def test_every_statement_carries_a_label(documents):
    bare = [
        sentence.text
        for document in documents
        for passage in split_document(document)
        for sentence in passage.sentences
        if not sentence.labels and not sentence.lead
    ]
    assert bare == []


def test_every_label_has_a_source_and_every_label_has_stored_questions(knowledge):
    assert all(label.sources for label in knowledge.labels.values())
    assert (set(knowledge.labels) | set(knowledge.gaps)) == set(knowledge.questions)


def test_no_two_documents_hold_the_same_sentence(documents):
    seen: dict[str, str] = {}
    twice = []
    for document in documents:
        for passage in split_document(document):
            for sentence in passage.sentences:
                if sentence.lead or passage.blocks[sentence.block] != "paragraph":
                    continue
                where = seen.setdefault(sentence.text, document.card.path)
                if where != document.card.path:
                    twice.append((where, document.card.path, sentence.text))
    assert twice == []


def test_links_between_documents_resolve():
    broken = [
        (path.name, target)
        for path in CORPUS.rglob("*.md")
        for target in re.findall(r"\]\(([^)#:]+\.md)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).resolve().is_file()
    ]
    assert broken == []


def test_sides_of_conflicts_are_known_labels(knowledge):
    for conflict in knowledge.conflicts:
        for side in conflict.sides:
            assert set(side) <= set(knowledge.labels), conflict.id


def test_documents_of_other_regions_say_so_in_their_title(documents):
    for document in documents:
        if document.card.scope == "daerah-lain":
            assert document.card.title.startswith("Contoh daerah lain")
