"""The message for WhatsApp, as it arrives on a telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.ledger import Entry
from assistant.sharing import MORE, plain, share_text
from assistant.types import Status
from tests.factories import make_citation, make_entry, make_label, make_source

BERITA = make_source("S-001", "Berita UEP", "Harian Contoh", "2025-06-04", "https://contoh.test/a_b")
KALTIM = make_label("B-001", BERITA)
ENDLESS = make_source("S-003", "judul " * 500, "Harian Contoh", "2025", "https://contoh.test/" + "y" * 5_000)
BANTEN = make_label("B-002", make_source("S-002", "Pedoman", "Dinsos Banten", "2023"), scope="daerah-lain")
BARANG = "UEP berupa barang."


def entry(question: str = "Apa bentuk UEP?", quote: str = BARANG, reviewed: str | None = "2026-11-24") -> Entry:
    citation = make_citation(1, quote, labels=("B-001",))
    document = replace(citation.passage.document, reviewed=reviewed)
    citation = replace(citation, passage=replace(citation.passage, document=document))
    return make_entry(question, citation, known=(KALTIM,))


def many(count: int, length: int) -> Entry:
    quotes = [f"Kutipan {number} " + f"kata{number} " * (length // 6) + "selesai." for number in range(1, count + 1)]
    citations = [make_citation(number, quote, labels=("B-001",)) for number, quote in enumerate(quotes, 1)]
    return make_entry("Apa saja?", *citations, known=(KALTIM,))


def test_a_short_answer_is_shared_whole():
    assert share_text(entry()) == (
        "*Pertanyaan*\nApa bentuk UEP?\n\n"
        "*Jawaban: Terjawab*\nUEP berupa barang. [1]\n\n"
        "Sumber:\n[1] Berita UEP, Harian Contoh, 4 Juni 2025, https://contoh.test/a_b\n\n"
        "Dijawab Asisten UEP dari sumber per 24 November 2026. Keputusan tetap pada tim verifikasi."
    )


def test_without_a_day_of_review_the_snapshot_says_as_of_when():
    assert "Dijawab Asisten UEP dari kumpulan sumber versi snap-1. " in share_text(entry(reviewed=None))


def test_a_warning_names_the_sources_that_it_is_about():
    citations = (make_citation(1, BARANG, labels=("B-001",)), make_citation(2, "Modal diputar.", labels=("B-002",)))
    text = share_text(make_entry("Apa?", *citations, status=Status.PARTIAL, known=(KALTIM, BANTEN)))
    assert "\nPerhatian [2]: Contoh daerah lain, bukan aturan Kaltim.\n" in text
    assert "*Jawaban: Sebagian terjawab*" in text


def test_what_is_without_citations_has_no_list_of_sources():
    text = share_text(make_entry("Resep soto?", status=Status.OFF_TOPIC, text="Di luar topik."))
    assert "Sumber:" not in text
    assert text.endswith("Keputusan tetap pada tim verifikasi.")


def test_a_question_without_an_answer_is_not_called_answered():
    text = share_text(Entry("e", "c", 1, datetime(2026, 11, 24, tzinfo=UTC), "Mati lampu?"))
    assert "belum terjawab" in text
    assert "Dijawab" not in text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("*tebal* biasa", "tebal biasa"),
        ("_miring_ dan ~coret~", "miring dan coret"),
        ("*_dua_ lapis*", "dua lapis"),
        ("***bold***", "bold"),
        ("```kode```", "'''kode'''"),
        ("nama_berkas_baru 2*3*4", "nama_berkas_baru 2*3*4"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("catatan* saja", "catatan* saja"),
        ("*mulai\nlalu* baris lain", "*mulai\nlalu* baris lain"),
        ("(*kurung*), selesai", "(kurung), selesai"),
    ],
)
def test_signs_that_would_format_are_taken_out_and_others_stay(given, shown):
    assert plain(given) == shown


def test_formatting_in_question_and_quote_leaves_only_our_own_bold():
    text = share_text(entry("*Apa* _bentuk_ ~UEP~ `x`?", "UEP *berupa* barang."))
    assert [line for line in text.split("\n") if plain(line) != line] == ["*Pertanyaan*", "*Jawaban: Terjawab*"]


def test_a_link_with_signs_of_formatting_stays_a_link_to_the_same_page():
    label = replace(KALTIM, sources=(replace(BERITA, url="https://contoh.test/_a_/~b~"),))
    shown = share_text(replace(entry(), labels=(label,)))
    assert "https://contoh.test/%5Fa%5F/%7Eb%7E" in shown


def test_long_answers_lose_the_end_of_the_last_quotes_first():
    text = share_text(many(4, 1_200))
    assert len(text) < 3_500
    assert "selesai. [1]" in text
    assert f"{MORE} [4]" in text
    assert text.index("Kutipan 1 ") < text.index(MORE)
    assert all(f"[{number}] Berita UEP" in text for number in range(1, 5))
    assert text.endswith("Keputusan tetap pada tim verifikasi.")


@pytest.mark.parametrize(
    "long",
    [
        many(5, 9_000),
        many(60, 900),
        entry("apa " * 5_000),
        entry("*a " * 5_000, "_b " * 5_000),
        entry("*_~" * 3_000 + "x" + "~_*" * 3_000, "*" * 10_000),
        replace(entry(), labels=(make_label("B-001", ENDLESS),)),
        make_entry("Apa?", text="tanpa kutipan " * 900),
    ],
    ids=["long quotes", "many quotes", "long question", "openers", "layers", "long title and link", "long text"],
)
def test_no_message_is_longer_than_people_read(long):
    text = share_text(long)
    assert len(text) < 3_500
    assert text.startswith("*Pertanyaan*\n")
    assert text.endswith("Keputusan tetap pada tim verifikasi.")
