"""What a person sees and does in the browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.stand_in import QUOTE

QUESTION = "Bantuan UEP diberikan kepada perorangan atau kelompok?"
STORED = "bantuannya uang apa barang"
"""A stored question of the sample corpus: the fake encoder finds only the same words."""

WIDTH = "document.documentElement.scrollWidth"


def test_a_question_about_the_corpus_is_answered_with_a_marked_source(visit: Visit, address: str) -> None:
    page = visit.open(address)
    visit.ask(STORED)
    assert page.locator("#percakapan .status").inner_text()
    page.locator("#percakapan a.keping").first.click()
    assert page.locator("article.sumber.terpilih mark").first.inner_text().strip()


def test_pustaka_opens_a_document_of_the_corpus(visit: Visit, address: str) -> None:
    page = visit.open(address)
    page.get_by_role("tab", name="Pustaka").click()
    page.get_by_label("Cari dan pilih dokumen").first.click()
    option = page.get_by_role("option").first
    title = option.inner_text()
    option.click()
    assert page.locator("article.dokumen h2").inner_text() in title


def test_the_card_shows_the_quote_in_its_paragraph_and_its_origin(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    card = page.locator("#sumber-1-1")
    assert card.locator("mark").inner_text() == QUOTE
    assert "adalah nama program baru" in card.locator(".kutipan").inner_text()
    assert "NusaSatu, 22 Oktober 2025" in card.locator(".terbitan").inner_text()
    link = card.locator(".terbitan a")
    assert link.get_attribute("href") == "https://example.org/a?b=1&c=2"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_an_example_of_another_region_carries_its_strip(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    assert page.locator("#sumber-1-2 .pita.lain").inner_text() == "Contoh daerah lain, bukan aturan Kaltim"
    assert page.locator("#sumber-1-1 .pita").count() == 0


def test_why_a_source_was_found_opens_by_keyboard(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    why = page.locator("details.mengapa")
    words = why.locator("ul.nilai li", has_text="Kata yang sama").first
    why.wait_for(state="attached")
    assert not words.is_visible()
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    words.wait_for()
    assert why.locator("li", has_text="nilai diturunkan, × 0,88").is_visible()
    unused = why.locator(".tak-dipakai li")
    assert "Forum <i>konsultasi</i>" in unused.inner_text()
    assert "mengulang pernyataan yang sudah dikutip" in unused.inner_text()


def test_an_answer_without_sources_says_what_was_found_and_why_it_was_not_used(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask("siapa presiden")
    why = page.locator("details.mengapa")
    why.locator("summary", has_text="Mengapa tidak ada sumber?").click()
    found = why.locator(".tak-dipakai li")
    assert "terlalu jauh dari pertanyaan Anda" in found.first.inner_text()
    assert "nilainya di bawah batas" in found.nth(1).inner_text()
    assert page.locator("article.sumber").count() == 0


IN_VIEW = """() => {
  const last = (name) => [...document.querySelectorAll(`#percakapan ${name}`)].pop().getBoundingClientRect();
  const box = document.querySelector("#percakapan").getBoundingClientRect();
  return last(".pertanyaan").top >= box.top - 1 && last(".jawaban").top < box.bottom - 40;
}"""


@pytest.mark.parametrize("visit", [1280, 390], indirect=True)
def test_after_each_question_the_chat_shows_it_and_the_beginning_of_its_answer(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    for number in range(1, 5):
        visit.ask(f"{QUESTION} Kali {number}")
        page.locator("#percakapan .pertanyaan").nth(number - 1).wait_for()
        page.wait_for_function(IN_VIEW)
    page.wait_for_timeout(600)  # nothing scrolls it away afterwards
    assert page.evaluate(IN_VIEW)


@pytest.mark.parametrize("visit", [360], indirect=True)
def test_the_explanation_fits_a_narrow_phone(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    summary = page.locator("details.mengapa summary")
    summary.click()
    page.locator("details.mengapa .batang").first.wait_for()
    box = summary.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert page.evaluate(WIDTH) <= 360


def test_nothing_asks_a_machine_outside(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    page.get_by_role("tab", name="Pustaka").click()
    page.wait_for_timeout(500)
    assert visit.outside == []
    assert visit.problems == []


@pytest.mark.parametrize("visit", [390], indirect=True)
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    assert page.evaluate(WIDTH) <= 390
    visit.ask(QUESTION + " x" * 40 + "y" * 120)
    assert page.evaluate(WIDTH) <= 390
    page.get_by_role("tab", name="Pustaka").click()
    page.get_by_role("tab", name="Daftar istilah").click()
    page.locator("table.istilah").wait_for()
    assert page.evaluate(WIDTH) <= 390


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "${alert(1)} {{alert(1)}}",
        "**tebal** [a](javascript:alert(1))",
    ],
)
def test_markup_in_a_question_is_shown_as_text(visit: Visit, stand_in_address: str, attack: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(f"Apa itu {attack} UEP?")
    visit.ask("Lalu?")
    assert page.locator("#percakapan .pertanyaan").first.inner_text() == f"Apa itu {attack} UEP?"
    page.wait_for_timeout(300)
    assert visit.dialogs == []


@pytest.mark.parametrize(("question", "message"), [("   ", "Pertanyaan kosong"), ("rusak", "Coba kirim lagi")])
def test_a_failed_question_says_so_and_stays_in_the_box(visit: Visit, stand_in_address: str, question: str, message: str) -> None:
    page = visit.open(stand_in_address)
    page.locator("#kotak textarea").fill(question)
    page.locator("#kirim").click()
    page.locator("#percakapan .gagal", has_text=message).wait_for()
    assert page.locator("#kotak textarea").input_value() == question


def test_a_new_conversation_forgets_the_old_one(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    page.get_by_role("button", name="Siapa yang diprioritaskan menerima UEP?").click()
    page.locator("#sumber-1-1").wait_for()
    page.get_by_role("button", name="Percakapan baru").click()
    page.get_by_role("heading", name="Contoh pertanyaan").wait_for()
    assert page.locator("article.sumber").count() == 0


def test_two_browsers_do_not_share_a_conversation(visit: Visit, stand_in_address: str) -> None:
    visit.open(stand_in_address)
    visit.ask(QUESTION)
    browser = visit.page.context.browser
    assert browser is not None
    other = Visit(browser.new_context().new_page())
    assert other.open(stand_in_address).locator("#percakapan .pertanyaan").count() == 0
    other.page.context.close()


def test_an_earlier_answer_keeps_its_sources(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    visit.ask(QUESTION)
    visit.ask("Lalu di Banten?")
    page.locator("#percakapan a.keping").first.click()
    assert page.locator("article.sumber.terpilih").get_attribute("id") == "sumber-1-1"


def test_a_question_offered_after_an_answer_is_asked_in_the_same_conversation(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    assert not page.locator("#lanjutan").is_visible()
    visit.ask(QUESTION)
    page.locator("#lanjutan").get_by_role("button", name="Siapa yang menetapkan penerima").click()
    page.locator("#sumber-2-1").wait_for()
    assert page.locator("#percakapan .pertanyaan").count() == 2
    visit.ask("siapa presiden indonesia")
    page.locator("#percakapan .status.off_topic").wait_for()
    assert not page.locator("#lanjutan").is_visible()
    page.get_by_role("button", name="Percakapan baru").click()
    page.get_by_role("heading", name="Contoh pertanyaan").wait_for()
    assert not page.locator("#lanjutan").is_visible()


def test_copying_takes_the_answer_and_its_sources(visit: Visit, stand_in_address: str) -> None:
    page = visit.open(stand_in_address)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    visit.open(stand_in_address)
    visit.ask(QUESTION)
    page.get_by_role("button", name="Salin jawaban").click()
    page.locator("#kabar-salin", has_text="sudah disalin").wait_for()
    page.locator("#kotak textarea").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#kotak textarea").input_value()
    assert "Sumber:" in pasted
    assert "NusaSatu" in pasted
