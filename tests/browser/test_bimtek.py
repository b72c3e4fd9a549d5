"""A bimtek in a hall: a trainer, three phones, a projector; the server is killed in the middle and all go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from assistant.records import open_records, seats, sittings
from assistant.training.items import Item, ItemKind
from assistant.training.sittings import Test
from tests.factories import PASSWORD
from tests.hall import Killable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PEOPLE = ("Siti Aminah", "Budi Santoso", "Yohanes Lawing")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: Any) -> Iterator[Killable]:
    server = Killable(tmp_path_factory.mktemp("aula"))
    server.start()
    yield server
    server.kill()


class Hall:
    """Browser windows of a trainer and of participants."""

    def __init__(self, browser: Browser, server: Killable) -> None:
        self.browser, self.server = browser, server
        self.problems: list[str] = []
        self.contexts: list[Any] = []
        self.trainer = self.window(1280)
        self.trainer.goto(f"{server.address}/masuk?lanjut=/bimtek")
        self.trainer.get_by_label("Nama masuk").fill("pelatih")
        self.trainer.get_by_label("Kata sandi").fill(PASSWORD)
        self.trainer.locator("main button").click()
        self.trainer.get_by_role("heading", name="Bimtek", exact=True).wait_for()

    def window(self, width: int, **options: Any) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 844}, **options)
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def begin(self, items: int = 3) -> str:
        """Make a sitting; return its code."""
        page = self.trainer
        if not page.get_by_label("Nama sesi").is_visible():
            page.locator("summary", has_text="Buat sesi baru").click()
        page.get_by_label("Nama sesi").fill("Bimtek UEP Berau")
        page.get_by_label("Soal per tes").fill(str(items))
        page.get_by_role("button", name="Buat sesi dan lihat soalnya").click()
        return re.sub(r"\D", "", page.locator(".kode-sesi").inner_text())

    def join(self, code: str, name: str) -> Page:
        phone = self.window(390)
        phone.goto(f"{self.server.address}/ikut")
        phone.get_by_label("Kode sesi").fill(code)
        phone.get_by_role("button", name="Lanjut").click()
        phone.get_by_label("Nama Anda").fill(name)
        phone.get_by_label("Kabupaten/kota").select_option("Berau")
        phone.get_by_role("button", name="Ikut sesi ini").click()
        phone.get_by_role("heading", name="Anda sudah masuk").wait_for()
        return phone

    def step(self, name: str) -> None:
        self.trainer.get_by_role("button", name=name).click()

    @property
    def identity(self) -> str:
        return self.trainer.url.partition("/bimtek/")[2].partition("/")[0].partition("?")[0].partition("#")[0]

    def records(self) -> Any:
        return open_records(f"sqlite:///{self.server.folder / 'catatan.sqlite'}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def room(browser: Browser, hall: Killable) -> Iterator[Hall]:
    opened = Hall(browser, hall)
    yield opened
    opened.close()


def fill(phone: Page, item: Item, *, right: bool) -> None:
    """Answer the item that a phone shows."""
    key = list(item.key)
    if not right and not item.single:
        key = key[::-1]
    if item.kind is ItemKind.ORDER:
        for place, option in enumerate(key, 1):
            phone.locator(f"select[name=langkah-{option}]").select_option(str(place))
    elif item.kind is ItemKind.MATCH:
        for number, option in enumerate(key):
            phone.locator(f"select[name=pasangan-{number}]").select_option(str(option))
    else:
        chosen = key[0] if right else next(n for n in range(len(item.options)) if n not in item.key)
        phone.locator(f"input[name=pilih][value='{chosen}']").check()
        if item.reasons:
            phone.locator(f"input[name=alasan][value='{item.reason}']").check()


def send(phone: Page) -> None:
    before = phone.url
    phone.get_by_role("button", name="Simpan dan").click()
    phone.wait_for_function("(before) => location.href !== before", arg=before)


def shown(phone: Page, item: Item) -> None:
    """Wait until a phone shows an item."""
    phone.locator(f"input[name=soal][value='{item.id}']").wait_for(state="attached")


def answer_all(phone: Page, items: tuple[Item, ...], *, right: bool) -> None:
    for item in items:
        shown(phone, item)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, "nothing scrolls sideways on a phone"
        fill(phone, item, right=right)
        send(phone)
    phone.get_by_role("button", name="Serahkan jawaban").click()
    phone.get_by_role("heading", name="Jawaban Anda sudah diserahkan").wait_for()


def test_three_phones_sit_both_tests_though_the_server_is_killed_and_get_results_and_certificates(room: Hall) -> None:
    code = room.begin()
    phones = [room.join(code, name) for name in PEOPLE]
    screen = room.window(1280)
    screen.goto(f"{room.server.address}/layar/{code}")
    screen.get_by_text("3 peserta sudah masuk").wait_for()
    assert screen.locator(".qr svg").is_visible()
    room.trainer.locator("#langsung td", has_text=PEOPLE[2]).wait_for()
    sitting = sittings.sitting_of(room.records(), room.identity)

    room.step("Buka pre-test")
    first, second, third = sitting.before
    for phone in phones:
        shown(phone, first)
        fill(phone, first, right=False)
        send(phone)
    room.server.kill()
    for phone in phones:
        fill(phone, second, right=False)
        phone.get_by_role("button", name="Simpan dan").click()
    phones[0].get_by_text("Jawaban Anda tersimpan di perangkat ini").wait_for()
    assert [len(attempt.responses) for attempt in seats.attempts(room.records(), sitting.id, Test.BEFORE)] == [1, 1, 1]
    room.server.start()
    for phone in phones:
        answer_all(phone, (third,), right=False)
    assert [len(attempt.responses) for attempt in seats.attempts(room.records(), sitting.id, Test.BEFORE)] == [3, 3, 3]
    screen.get_by_text("3 dari 3 sudah menyerahkan").wait_for()
    room.trainer.locator("#langsung", has_text="3 sudah menyerahkan").wait_for()
    room.step("Tutup pre-test")
    phones[0].get_by_role("heading", name="Sekarang materi").wait_for()
    room.step("Buka post-test")
    for phone in phones[:2]:
        answer_all(phone, sitting.after, right=True)
    room.step("Tutup post-test dan akhiri sesi")

    phones[0].get_by_role("heading", name="Sesi selesai").wait_for()
    assert "100" in phones[0].locator(".nilai").inner_text()
    with phones[0].expect_download() as download:
        phones[0].get_by_role("link", name="Unduh sertifikat (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    phones[0].get_by_role("link", name="Lihat pembahasan jawaban saya").click()
    assert phones[0].locator("section.sumber").count() == 6
    assert phones[0].locator("blockquote").count() >= 6, "every answer has its sentence"
    phones[2].get_by_text("Sertifikat diberikan kepada peserta yang mengerjakan post-test").wait_for()

    certified = seats.participants(room.records(), sitting.id)[0].certificate
    checker = room.window(390)
    checker.goto(f"{room.server.address}/periksa/UEP-{certified[:4]}-{certified[4:]}")
    assert PEOPLE[0] in checker.locator("main").inner_text()

    room.trainer.get_by_role("link", name="Lihat hasil").click()
    text = room.trainer.locator("main").inner_text()
    assert all(name in text for name in PEOPLE)
    assert room.trainer.locator("svg.diagram").count() >= 3
    with room.trainer.expect_download() as download:
        room.trainer.get_by_role("link", name="Unduh hasil (Excel)").click()
    assert download.value.path().read_bytes().startswith(b"PK")
    assert room.problems == []


def test_a_phone_that_lost_everything_comes_back_by_pin_and_one_without_scripts_takes_part(room: Hall) -> None:
    code = room.begin()
    phone = room.join(code, PEOPLE[0])
    pin = phone.locator(".pin").inner_text()
    other = room.window(390, java_script_enabled=False)
    other.goto(f"{room.server.address}/ikut/{code}")
    other.locator("summary", has_text="Masuk dengan PIN").click()
    other.get_by_label("PIN peserta").fill(pin)
    other.get_by_role("button", name="Lanjutkan").click()
    assert PEOPLE[0] in other.locator("header").inner_text()
    room.step("Buka pre-test")
    other.reload()
    item = sittings.sitting_of(room.records(), room.identity).before[0]
    fill(other, item, right=True)
    other.get_by_role("button", name="Simpan dan").click()
    other.get_by_text("Soal 2").first.wait_for()
    assert len(seats.attempts(room.records(), room.identity, Test.BEFORE)[0].responses) == 1


def test_time_that_the_trainer_adds_is_seen_on_the_phone_and_on_the_projector(room: Hall) -> None:
    code = room.begin()
    phone, screen = room.join(code, PEOPLE[0]), room.window(1280)
    room.step("Buka pre-test")
    phone.locator("[data-sisa]").wait_for()
    screen.goto(f"{room.server.address}/layar/{code}")
    room.step("Tambah 5 menit")
    for page in (phone, screen, room.trainer):
        page.wait_for_function("document.querySelector('[data-sisa]').textContent.startsWith('19:')")


def test_an_item_is_swapped_and_reworded_before_the_test(room: Hall) -> None:
    room.begin()
    page = room.trainer
    before = sittings.sitting_of(room.records(), room.identity)
    page.locator("summary", has_text="Post-test:").click()
    page.get_by_role("button", name="Ganti soal ini").last.click()
    page.locator("summary", has_text="Post-test:").wait_for()
    after = sittings.sitting_of(room.records(), room.identity)
    assert after.after[2].id != before.after[2].id
    assert after.after[:2] == before.after[:2]
