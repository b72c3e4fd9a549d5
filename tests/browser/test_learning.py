"""Learning alone and a case on a phone, in a real browser and by keyboard alone: nothing scrolls sideways, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.course import Course
from assistant.training.items import Item, ItemKind
from tests.browser.stand_in import StandInAssistant
from tests.factories import make_office
from tests.serving import Server
from tests.training import shipped_course

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LESSON = (ItemKind.CHOICE, ItemKind.TRUE_FALSE, ItemKind.ORDER, ItemKind.MATCH, ItemKind.CASE)


def lesson() -> tuple[Item, ...]:
    """One item of each kind, those with the longest texts: they are what a narrow screen breaks on."""
    items = shipped_course().bank.items
    return tuple(
        max((item for item in items if item.kind is kind), key=lambda item: sum(len(one.text) for one in item.options))
        for kind in LESSON
    )


class Teacher(StandInAssistant):
    """Teaches five items and all cases."""

    def course(self) -> Course:
        return replace(shipped_course(), items={item.id: item for item in lesson()})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(make_office(tmp_path_factory.mktemp("belajar"), Teacher()), host="127.0.0.1")
    yield started
    started.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and whatever is pressed is as high as a finger."""
    assert page.evaluate(SIDEWAYS) <= 0, page.url
    for target in page.locator("main :is(button, select, .tombol, .opsi):visible:not(.tersembunyi)").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.inner_text()


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus."""
    for _ in range(90):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"cannot be reached by keyboard: {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to a button or link by keyboard and press it; waits until the next page is there."""
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press(key)


def fill(page: Page) -> None:
    """Answer the question on the page by keyboard: the first option, the first sentence, every list in its order."""
    for field in page.locator("fieldset.soal").all():
        radio = field.locator("input[type=radio]").first
        if radio.count():
            reach(page, radio)
            page.keyboard.press("Space")
    for number, chosen in enumerate(page.locator("fieldset.soal select").all(), 1):
        reach(page, chosen)
        for _ in range(number):
            page.keyboard.press("ArrowDown")
        assert chosen.input_value()


def test_a_lesson_of_five_questions_of_every_kind_by_keyboard_on_a_phone(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/latihan")
    fits(page)
    press(page, page.get_by_role("link", name="Mulai latihan"))
    seen = set()
    for _ in LESSON:
        seen.add(page.locator("main .petunjuk").first.inner_text().partition("· ")[2])
        fits(page)
        fill(page)
        press(page, page.get_by_role("button", name="Jawab"))
        assert page.locator("p.status").inner_text()[0] in "✓◐✗"
        assert page.locator("blockquote").count()
        fits(page)
        press(page, page.get_by_role("link", name="Soal berikutnya"))
    assert {kind.casefold() for kind in seen} == {str(kind) for kind in LESSON}
    assert page.get_by_role("heading", name="Selesai untuk sekarang").count()
    page.goto(f"{server.local}/latihan")
    fits(page)
    assert "Lanjutkan latihan" in page.locator("main").inner_text()


def test_a_question_goes_to_the_chat_and_waits_in_its_box(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/latihan/soal")
    fill(page)
    press(page, page.get_by_role("button", name="Jawab"))
    press(page, page.get_by_role("link", name="Tanya tentang soal ini"))
    page.locator("#kotak textarea").wait_for()
    page.wait_for_function("document.querySelector('#kotak textarea').value.length > 10")


def test_a_case_from_the_start_to_the_mark_by_keyboard_on_a_phone(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kasus")
    fits(page)
    press(page, page.get_by_role("button", name="Mulai kasus ini"))
    fits(page)
    reach(page, page.get_by_label("4. Alasan"))
    page.keyboard.type("Desil satu didahulukan.")
    asked = page.locator(".tanyakan button")
    count = asked.count()
    for left in range(count, 0, -1):
        assert asked.count() == left
        press(page, asked.first)
        assert page.get_by_label("4. Alasan").input_value() == "Desil satu didahulukan.", "asking keeps what was typed"
    fits(page)
    for row in page.locator(".baris-lembar select").all():
        reach(page, row)
        page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Selesai dan nilai"))
    assert "Belum diisi: langkah" in page.get_by_role("alert").inner_text()
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Selesai dan nilai"))
    assert "poin" in page.locator(".poin-besar").inner_text()
    assert page.locator(".poin blockquote").count()
    fits(page)
    press(page, page.get_by_role("button", name="Coba ragam lain"))
    assert page.get_by_role("heading", name="1. Tanyakan").count()


def test_enter_in_a_field_saves_and_asks_nothing(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kasus")
    press(page, page.get_by_role("button", name="Mulai kasus ini"))
    press(page, page.get_by_role("radio").first)
    assert "Tersimpan" in page.get_by_role("status").inner_text()
    assert page.locator(".tanya-jawab").count() == 0
