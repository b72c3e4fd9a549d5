"""Why a source was found, as a trainer in the terminal and a person at the page read it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.explaining import FARTHER, NOT_CHOSEN, REPEATS, cited_match, explained_lines, explained_values, finding, unused
from assistant.types import (
    Answer,
    BlockKind,
    Citation,
    DocumentCard,
    Hit,
    Kind,
    Match,
    Passage,
    Rejected,
    Retrieval,
    Sentence,
    Status,
    Validity,
)
from assistant.ui.explanation import explanation_html
from assistant.ui.render import NO_SOURCES, sources_html

PARTS = {"kalimat": 0.05, "bagian": 0.15, "pertanyaan": 0.25, "kata": 0.35, "kosinus": 0.7, "kedudukan": 1.0}
FIRST, SECOND = "UEP berupa barang.", "UEP diberikan per orang."


def passage(name: str, *, label: str = "B-001") -> Passage:
    card = DocumentCard(f"{name}.md", name, Kind.RINGKASAN, "kaltim", "uep-kaltim", Validity.BERLAKU)
    sentences = (
        Sentence(FIRST, 0, len(FIRST), (label,)),
        Sentence(SECOND, len(FIRST) + 1, len(FIRST) + 1 + len(SECOND), (f"{label}x",)),
    )
    return Passage(f"{name}.md#a:1", "d", card, ("Bentuk",), f"{FIRST} {SECOND}", sentences, (BlockKind.PARAGRAPH,))


def hit(name: str, score: float, *, label: str = "B-001", by: tuple[float, ...] = (), parts: dict[str, float] = PARTS) -> Hit:
    return Hit(passage(name, label=label), score, parts, (Match(0, score, parts, by=by or (score,)),))


def cite(found: Hit, number: int = 1, sentence: int = 0) -> Citation:
    chosen = found.passage.sentences[sentence]
    return Citation(number, found.passage, chosen.text, chosen.start, chosen.end, chosen.labels)


def answer(*kept: Hit, cited: int = 1, rejected: tuple[Rejected, ...] = (), searched: tuple[str, ...] = ("apa",)) -> Answer:
    citations = tuple(cite(found, number) for number, found in enumerate(kept[:cited], start=1))
    return Answer("apa", Status.ANSWERED, "x", citations, Retrieval("apa", kept, rejected, searched))


def test_the_pieces_make_up_the_score() -> None:
    why = finding(Match(0, 0.704, {**PARTS, "kedudukan": 0.88}, by=(0.704,)))
    assert round(sum(value for _, value in why.pieces) * why.authority * why.share, 3) == why.score


def test_a_part_of_the_question_counts_only_where_it_wins_in_spite_of_its_share() -> None:
    assert finding(Match(0, 0.8, PARTS, by=(0.8, 0.81))).text == 0
    why = finding(Match(0, 0.768, PARTS, by=(0.5, 0.8)))
    assert (why.text, why.share) == (1, 0.96)


def test_the_explained_match_is_the_one_inside_the_quote() -> None:
    found = hit("a", 0.9)
    both = replace(found, matches=(*found.matches, Match(1, 0.6, PARTS)))
    match = cited_match(cite(both, sentence=1), Retrieval("apa", (both,)))
    assert match is not None
    assert match.sentence == 1


def test_what_no_search_found_is_no_match() -> None:
    assert cited_match(cite(hit("a", 0.9)), Retrieval("apa", (hit("b", 0.9),))) is None


def test_what_was_not_used_comes_best_first_with_its_reason() -> None:
    rejected = (Rejected(hit("jauh", 0.3, label="B-004"), "nilainya di bawah batas"),)
    found = unused(
        answer(
            hit("dikutip", 0.7),
            hit("sama", 0.65),
            hit("lain", 0.6, label="B-003"),
            hit("dekat", 0.8, label="B-005"),
            rejected=rejected,
        ),
        most=5,
    )
    assert [(item.hit.passage.document.title, item.reason) for item in found] == [
        ("dekat", NOT_CHOSEN),
        ("sama", REPEATS),
        ("lain", FARTHER),
        ("jauh", "nilainya di bawah batas"),
    ]


def test_no_more_than_asked_for_is_shown_as_not_used() -> None:
    rejected = tuple(Rejected(hit(f"d{n}", n / 10, label=f"B-1{n}"), "x") for n in range(1, 8))
    assert len(unused(answer(hit("a", 0.9), rejected=rejected), most=5)) == 5


def test_the_terminal_names_place_sentence_parts_labels_and_the_text_that_found_it() -> None:
    kept = (hit("UEP", 0.768, by=(0.5, 0.8)),)
    rejected = (Rejected(hit("Forum", 0.4), "nilainya di bawah batas"),)
    text = "\n".join(explained_lines(Retrieval("apa dan berapa", kept, rejected, ("apa dan berapa", "berapa"))))
    for words in (
        "1. 0,768  UEP › Bentuk",
        f"«{FIRST}»",
        "kata yang sama 0,350 + kemiripan pertanyaan tersimpan 0,250",
        "kedudukan sumber × 1,000; lewat sebagian pertanyaan × 0,96; kosinus tertinggi 0,700",
        "label: B-001",
        "ditemukan lewat: «berapa»",
        "0,400  Forum › Bentuk: nilainya di bawah batas",
    ):
        assert words in text


def test_one_single_question_is_not_repeated_under_each_hit() -> None:
    assert "ditemukan lewat" not in "\n".join(explained_lines(Retrieval("apa", (hit("a", 0.8),), searched=("apa",))))


def test_what_a_story_brought_in_is_said_to_be_found_by_no_search() -> None:
    told = hit("a", 0.0, parts={})
    assert any("keadaan yang diceritakan" in line for line in explained_lines(Retrieval("apa", (told,), searched=("apa",))))
    assert "keadaan yang Anda ceritakan" in explanation_html(answer(told))


def test_json_keeps_the_old_keys_and_adds_the_reasons() -> None:
    rejected = (Rejected(hit("b", 0.4), "nilainya di bawah batas"),)
    values = json.loads(json.dumps(explained_values(Retrieval("apa", (hit("a", 0.8),), rejected, ("apa",)))))
    assert values["parts"] == {"a.md#a:1": PARTS}
    assert values["kept"][0]["score"] == 0.8
    assert values["kept"][0]["sentence"] == FIRST
    assert values["kept"][0]["found_by"] == "apa"
    assert values["rejected"][0]["reason"] == "nilainya di bawah batas"


def test_the_page_says_how_a_source_was_found() -> None:
    html = explanation_html(answer(hit("UEP", 0.8), hit("Forum", 0.6, label="B-002")))
    assert "<summary>Mengapa sumber ini?</summary>" in html
    assert "Kata yang sama: <strong>35</strong>" in html
    assert FARTHER in html


def test_the_page_names_the_search_only_for_a_question_in_parts() -> None:
    assert "Ditemukan lewat" not in explanation_html(answer(hit("a", 0.8)))
    html = explanation_html(answer(hit("a", 0.768, by=(0.5, 0.8)), searched=("apa dan berapa", "berapa")))
    assert "«berapa»" in html
    assert "× 0,96" in html


def test_titles_questions_and_reasons_are_escaped() -> None:
    rejected = (Rejected(hit("<b>judul</b>", 0.4, label="B-002"), "<i>alasan</i>"),)
    html = explanation_html(answer(hit("<u>a</u>", 0.8, by=(0.1, 0.9)), rejected=rejected, searched=("x", "<script>")))
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<script>"))


def test_no_explanation_where_nothing_was_found() -> None:
    found = answer(hit("a", 0.8))
    assert explanation_html(replace(found, retrieval=Retrieval("apa"))) == ""
    silent = replace(found, citations=(), retrieval=Retrieval("apa"))
    assert sources_html(silent, label_of=lambda _: None, gap_of=lambda _: None) == NO_SOURCES


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.OFF_TOPIC, "terlalu jauh dari pertanyaan Anda"),
        (Status.DECLINED, "tidak dipakai karena permintaannya ditolak"),
        (Status.NOT_FOUND, "tidak dipakai"),
    ],
)
def test_an_answer_that_cites_nothing_shows_what_was_found_and_why_it_was_not_used(status: Status, reason: str) -> None:
    rejected = (Rejected(hit("c", 0.7, label="B-002"), "di luar cakupan kaltim"),)
    silent = replace(answer(hit("a", 0.8), hit("b", 0.5), cited=0, rejected=rejected), status=status)
    html = sources_html(silent, label_of=lambda _: None, gap_of=lambda _: None)
    assert html.startswith(NO_SOURCES)
    assert "<summary>Mengapa tidak ada sumber?</summary>" in html
    assert html.count(reason) >= 2
    assert html.index("80") < html.index("di luar cakupan kaltim") < html.index("50")


def test_the_cards_are_followed_by_the_explanation() -> None:
    html = sources_html(answer(hit("a", 0.8)), label_of=lambda _: None, gap_of=lambda _: None)
    assert html.index("</article>") < html.index("Mengapa sumber ini?")
