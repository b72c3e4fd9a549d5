"""Every screen of the app over a Stage, as a browser opens it: a name, who looks, the address, what is done there first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.ledger import Role
from benchmarks.stage import FIRST_QUESTION, PASSWORD, PEOPLE, Stage
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.test_criteria import ANSWERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

OFFICER, TRAINER, ADMIN = list(PEOPLE)[:3]
NOBODY = ""


def nothing(page: Page) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: `who` is a name of PEOPLE, or empty for somebody who is not logged in."""

    name: str
    who: str
    path: str
    first: Callable[[Any], None] = nothing


def settled(page: Page) -> None:
    """Wait until nothing moves or fades any more."""
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
    page.wait_for_timeout(400)


def fresh(page: Page) -> None:
    """Begin a new conversation."""
    page.locator("#kotak textarea").wait_for()
    page.wait_for_timeout(800)  # the conversation used last is brought back
    button = page.get_by_role("button", name="Percakapan baru")
    if button.is_visible():
        button.click()
    page.get_by_role("heading", name="Contoh pertanyaan").wait_for()
    settled(page)


def ask(page: Page, question: str = FIRST_QUESTION) -> None:
    """Ask a question in a new conversation and wait for its answer."""
    fresh(page)
    page.locator("#kotak textarea").fill(question)
    page.locator("#kirim").click()
    page.locator("#percakapan .tindakan a").last.wait_for()
    page.wait_for_function("document.querySelector('#kotak textarea').value === ''")
    settled(page)


def ask_and_open(page: Page) -> None:
    """Ask, then open everything that folds below a source."""
    ask(page)
    page.evaluate("document.querySelectorAll('#sumber details').forEach(one => one.open = true)")


def library(page: Page) -> None:
    """Open the library, and its first document."""
    page.get_by_role("tab", name="Pustaka").click()
    box = page.get_by_label("Cari dan pilih dokumen")
    box.click()
    box.fill("Nilai dan bentuk")
    page.get_by_role("option").first.click()
    page.locator("#dokumen h2").wait_for()
    settled(page)


def unfold(page: Page) -> None:
    """Open everything that folds."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


def answer_one(page: Page) -> None:
    """Answer the question of an exercise."""
    for field in page.locator("fieldset.soal").all():
        if field.locator("input[type=radio]").count():
            field.locator("input[type=radio]").first.check()
    for number, chosen in enumerate(page.locator("fieldset.soal select").all(), 1):
        chosen.select_option(index=number)
    page.get_by_role("button", name="Jawab").click()


def search(page: Page) -> None:
    """Search sentences for a standard answer and quote the first."""
    page.get_by_label("Pertanyaan", exact=True).fill("Apakah bantuan UEP diberikan sebagai uang?")
    page.get_by_label("Cari di sumber").fill("bantuan berbentuk barang bukan uang")
    page.get_by_role("button", name="Cari kalimat").click()


def screens(stage: Stage) -> tuple[Screen, ...]:
    """Return every screen."""
    key = next(group for group in stage.office.unanswered.groups(stage.people[Role.PELATIH])).members[0].entry
    seat = f"/ikut/{stage.running.code}/{stage.seat}"
    over = f"/ikut/{stage.done.code}/{stage.finished_seat}"
    certificate = stage.office.attending.seat(stage.finished_seat).participant.code
    item = next(iter(stage.office.bank.pool())).id
    document = stage.office.documents.cards(stage.people[Role.ADMIN])[0].path
    return (
        Screen("masuk", NOBODY, "/masuk"),
        Screen("tanya-kosong", OFFICER, "/", fresh),
        Screen("tanya-jawaban", OFFICER, "/", ask),
        Screen("tanya-sumber", OFFICER, "/", ask_and_open),
        Screen("pustaka", OFFICER, "/", library),
        Screen("jawaban", OFFICER, f"/jawaban/{stage.answer}"),
        Screen("riwayat", OFFICER, "/riwayat"),
        Screen("akun", OFFICER, "/akun"),
        Screen("panduan", ADMIN, "/panduan"),
        Screen("panduan-petugas", OFFICER, "/panduan/petugas"),
        Screen("panduan-admin", ADMIN, "/panduan/admin"),
        Screen("kriteria", OFFICER, "/kriteria", unfold),
        Screen("kriteria-hasil", OFFICER, f"/kriteria/hasil?{ANSWERS}"),
        Screen("kriteria-tabel", OFFICER, "/kriteria/tabel"),
        Screen("latihan", OFFICER, "/latihan", unfold),
        Screen("latihan-soal", OFFICER, "/latihan/soal"),
        Screen("latihan-hasil", OFFICER, "/latihan/soal", answer_one),
        Screen("kasus-daftar", OFFICER, "/kasus"),
        Screen("kasus", OFFICER, f"/kasus/{stage.case}"),
        Screen("kasus-hasil", OFFICER, f"/kasus/{stage.marked_case}"),
        Screen("kelola-pelatih", TRAINER, "/kelola"),
        Screen("kelola", ADMIN, "/kelola"),
        Screen("pertanyaan", TRAINER, "/pertanyaan"),
        Screen("pertanyaan-kosong", TRAINER, f"/pertanyaan?wilayah={quote('Bontang')}"),
        Screen("pertanyaan-satu", ADMIN, f"/pertanyaan/{key}"),
        Screen("pertanyaan-ditangani", TRAINER, "/pertanyaan/ditangani"),
        Screen("pertanyaan-dikukuhkan", TRAINER, "/pertanyaan/dikukuhkan"),
        Screen("baku", ADMIN, "/baku"),
        Screen("baku-tulis", TRAINER, "/baku/tulis", search),
        Screen("baku-satu", ADMIN, f"/baku/{stage.standard}"),
        Screen("baku-diajukan", ADMIN, f"/baku/{stage.proposed}"),
        Screen("peta", TRAINER, "/peta", unfold),
        Screen("bimtek", TRAINER, "/bimtek", unfold),
        Screen("bimtek-menunggu", TRAINER, f"/bimtek/{stage.lobby.id}", unfold),
        Screen("bimtek-berjalan", TRAINER, f"/bimtek/{stage.running.id}"),
        Screen("bimtek-hasil", TRAINER, f"/bimtek/{stage.done.id}/hasil", unfold),
        Screen("bank-soal", TRAINER, "/soal"),
        Screen("butir-soal", TRAINER, f"/soal/{item}", unfold),
        Screen("dokumen", ADMIN, "/dokumen", unfold),
        Screen("dokumen-pekerjaan", ADMIN, "/dokumen/pekerjaan"),
        Screen("dokumen-riwayat", ADMIN, f"/dokumen/riwayat?path={quote(document)}"),
        Screen("pengguna", ADMIN, "/pengguna", unfold),
        Screen("audit", ADMIN, "/audit"),
        Screen("model", ADMIN, "/model"),
        Screen("token", ADMIN, "/token"),
        Screen("sehat", ADMIN, "/sehat"),
        Screen("ikut", NOBODY, "/ikut"),
        Screen("ikut-sesi", NOBODY, f"/ikut/{stage.running.code}"),
        Screen("ikut-tes", NOBODY, seat),
        Screen("ikut-ringkas", NOBODY, f"{seat}?n=ringkas"),
        Screen("ikut-selesai", NOBODY, over),
        Screen("ikut-tinjau", NOBODY, f"{over}/tinjau"),
        Screen("layar-menunggu", NOBODY, f"/layar/{stage.lobby.code}"),
        Screen("layar-berjalan", NOBODY, f"/layar/{stage.running.code}"),
        Screen("layar-selesai", NOBODY, f"/layar/{stage.done.code}"),
        Screen("periksa", NOBODY, "/periksa"),
        Screen("periksa-hasil", NOBODY, f"/periksa/{certificate}"),
        Screen("pesan", TRAINER, "/pengguna"),
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def visitors(browser: Browser, address: str, *, width: int = 1280, dark: bool = False) -> dict[str, BrowserContext]:
    """Return a browser context for each person of the screens, logged in."""
    found = {}
    for who in (NOBODY, OFFICER, TRAINER, ADMIN):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        if who:
            page = context.new_page()
            page.goto(f"{address}/masuk?lanjut=/akun")
            page.get_by_label("Nama masuk").fill(who)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            page.locator("main button").click()
            page.get_by_role("heading", level=1).wait_for()
            page.close()
        found[who] = context
    return found


def opened(context: BrowserContext, address: str, screen: Screen) -> Page:
    """Open a screen and do what is done there first."""
    page = context.new_page()
    page.goto(address + screen.path)
    screen.first(page)
    page.wait_for_load_state("load")
    return page
