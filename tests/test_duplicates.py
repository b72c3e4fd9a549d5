"""Documents that say nearly the same are reported, and one of them is cited."""

from dataclasses import replace

from assistant.duplicates import cited_once, nearly_same
from assistant.types import Block, BlockKind, Document, Hit, Match, Retrieval, Section, Validity
from tests.factories import make_passage

LONG = " ".join(f"kata{number}" for number in range(60))


def document(path, text):
    return Document(make_passage("x", path=path).document, (Section((), (Block(BlockKind.PARAGRAPH, text),)),), "d")


def hit(path, text, *, label="", valid_from=None, status=Validity.BERLAKU, score=0.5):
    passage = make_passage(text, label=label or "B-001", path=path, title=path)
    sentences = tuple(replace(s, labels=s.labels if label else ()) for s in passage.sentences)
    card = replace(passage.document, valid_from=valid_from, status=status)
    return Hit(replace(passage, document=card, sentences=sentences), score, {}, (Match(0, score),))


def test_two_copies_with_a_changed_word_are_nearly_the_same():
    found = nearly_same(
        [document("b.md", LONG.replace("kata30", "lain")), document("a.md", LONG), document("c.md", "apa lagi ini semua beda")]
    )
    assert [(one, other) for one, other, _ in found] == [("a.md", "b.md")]
    assert 0.8 <= found[0][2] < 1


def test_documents_that_share_a_paragraph_are_two_documents():
    assert nearly_same([document("a.md", LONG), document("b.md", LONG + " " + LONG.replace("kata", "lain"))]) == ()


def test_a_passage_that_repeats_another_document_is_rejected_with_the_reason():
    found = cited_once(Retrieval("q", (hit("a.md", LONG), hit("b.md", LONG + " lagi"))))
    assert [item.passage.document.path for item in found.kept] == ["a.md"]
    assert found.rejected[0].reason == "hampir sama dengan a.md"


def test_of_two_the_newer_one_is_kept_in_the_place_of_the_better():
    found = cited_once(Retrieval("q", (hit("a.md", LONG, valid_from="2023", score=0.9), hit("b.md", LONG, valid_from="2025"))))
    assert [(item.passage.document.path, item.score) for item in found.kept] == [("b.md", 0.9)]


def test_a_revoked_copy_gives_way_to_one_in_force():
    found = cited_once(Retrieval("q", (hit("a.md", LONG, status=Validity.DICABUT), hit("b.md", LONG))))
    assert [item.passage.document.path for item in found.kept] == ["b.md"]


def test_labelled_statements_are_left_to_their_labels():
    found = Retrieval("q", (hit("a.md", LONG, label="B-1"), hit("b.md", LONG, label="B-1")))
    assert cited_once(found) is found
