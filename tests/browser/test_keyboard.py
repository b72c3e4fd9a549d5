"""Every main task by keyboard alone, each part of the screen reached with Tab, and no serious violation under axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from assistant.ingestion import ingest
from assistant.ledger import Role
from tests.browser.test_documents import FACT, juknis
from tests.browser.test_learning import press, reach
from tests.factories import PASSWORD, add_person, make_index, make_office, open_assistant
from tests.serving import Server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

AGE = "Umur berapa boleh dapat UEP?"
GOODS = "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
FORM = "Apakah UEP berbentuk uang tunai atau barang?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("papan-ketik")
    corpus, index, encoder = make_index(folder)

    def job(reporter: Any) -> Any:
        return ingest(corpus, index, encoder, progress=reporter.progress, step=reporter.step)

    office = make_office(folder, open_assistant(index, encoder), ingest_job=job, corpus_dir=corpus, questions_per_minute=1000)
    for role in Role:
        add_person(office.people, str(role), role=role, display=f"Si {role}")
    started = Server(office, host="127.0.0.1")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def contexts(browser: Browser, server: Server) -> Iterator[dict[str, BrowserContext]]:
    """One logged-in browser a role."""
    found = {}
    for role in Role:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(f"{server.local}/masuk?lanjut=/akun")
        page.get_by_label("Nama masuk").fill(str(role))
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_role("heading", name="Akun", exact=True).wait_for()
        page.close()
        found[str(role)] = context
    yield found
    for context in found.values():
        context.close()


def opened(contexts: dict[str, BrowserContext], role: str, address: str) -> Page:
    page = contexts[role].new_page()
    page.goto(address)
    return page


def type_into(page: Page, field: Locator, text: str) -> None:
    reach(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def tick(page: Page, box: Locator) -> None:
    reach(page, box)
    page.keyboard.press("Space")
    assert box.is_checked()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_a_question_is_asked_and_its_source_opened(contexts: dict[str, BrowserContext], server: Server) -> None:
    page = opened(contexts, "petugas", server.local)
    box = page.locator("#kotak textarea")
    box.wait_for()
    type_into(page, box, AGE)
    page.keyboard.press("Enter")
    page.locator("#percakapan .tindakan a").last.wait_for()
    type_into(page, box, FORM)
    page.wait_for_function("document.querySelector('#kotak textarea').value.length > 20")
    page.keyboard.press("Enter")
    page.locator("#percakapan .pertanyaan", has_text=FORM).wait_for()
    page.locator("#percakapan .tindakan a").nth(1).wait_for()
    page.locator("#kotak").focus()
    chip = page.locator("#percakapan a.keping").last
    chip.wait_for()
    reach(page, chip)
    page.keyboard.press("Enter")
    page.locator(".sumber.terpilih").wait_for()
    assert page.locator(".sumber.terpilih mark").inner_text() == GOODS
    why = page.locator("#sumber summary", has_text="Mengapa sumber ini?").first
    reach(page, why)
    page.keyboard.press("Enter")
    page.locator("#sumber details.mengapa[open]").wait_for()
    page.close()


def test_a_standard_answer_is_written_and_approved_and_a_waiting_question_handled(
    contexts: dict[str, BrowserContext], server: Server
) -> None:
    trainer = opened(contexts, "pelatih", f"{server.local}/baku/tulis")
    type_into(trainer, trainer.get_by_label("Pertanyaan", exact=True), FORM)
    type_into(trainer, trainer.get_by_label("Cari di sumber"), "berbentuk barang bukan uang tunai")
    press(trainer, button(trainer, "Cari kalimat"))
    tick(trainer, trainer.get_by_label(GOODS))
    press(trainer, button(trainer, "Kutip kalimat yang dicentang"))
    type_into(trainer, trainer.get_by_label("Jawaban", exact=True), "UEP berbentuk barang, bukan uang tunai [1].")
    press(trainer, button(trainer, "Ajukan untuk disetujui"))
    assert "Diajukan" in trainer.locator("p.status").inner_text()

    admin = opened(contexts, "admin", f"{server.local}/baku")
    press(admin, admin.get_by_role("link", name=FORM))
    press(admin, button(admin, "Setujui"))
    assert "Berlaku" in admin.locator("p.status").inner_text()

    trainer.goto(f"{server.local}/kelola")
    press(trainer, trainer.get_by_role("link", name="Pertanyaan belum terjawab"))
    press(trainer, trainer.get_by_role("link", name=AGE))
    choice = trainer.get_by_label("Tandai sebagai")
    reach(trainer, choice)
    trainer.keyboard.type("Diteruskan")
    press(trainer, button(trainer, "Tandai"))
    trainer.goto(f"{server.local}/pertanyaan/ditangani")
    assert AGE in trainer.locator("main").inner_text()
    press(trainer, trainer.get_by_role("button", name=f"Buka lagi: {AGE}"))
    trainer.close()
    admin.close()


def test_a_document_is_uploaded_published_and_a_backup_started(
    contexts: dict[str, BrowserContext], server: Server, tmp_path: Path
) -> None:
    page = opened(contexts, "admin", f"{server.local}/dokumen")
    chosen: list[Any] = []
    page.on("filechooser", lambda chooser: chosen.append(chooser))
    reach(page, page.locator("#berkas"))
    page.wait_for_timeout(300)  # the browser hands choosers over a moment after it is asked to
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    chosen[0].set_files(str(juknis(tmp_path)))
    press(page, button(page, "Unggah dan periksa"))
    type_into(page, page.get_by_label("Cakupan"), "kaltim")
    press(page, button(page, "Terbitkan"))
    page.locator("p.status", has_text="Selesai").wait_for()
    assert FACT in {passage.text for found in server.office.assistant.passages().values() for passage in found}

    page.goto(f"{server.local}/sehat")
    press(page, button(page, "Buat cadangan sekarang").last)
    page.locator(".daftar a[href^='/sehat/cadangan/']").wait_for()
    page.close()


def test_the_first_tab_leads_past_the_menu(contexts: dict[str, BrowserContext], server: Server) -> None:
    page = opened(contexts, "admin", f"{server.local}/kelola")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Langsung ke isi"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Pertanyaan belum terjawab"
    page.close()


# axe-core; all screens stand in benchmarks/accessibility.py


def severe(page: Page) -> list[str]:
    from benchmarks.accessibility import examined

    found = examined(page)
    assert found.sideways <= 0, page.url
    return list(found.severe)


@pytest.mark.parametrize(
    ("role", "path"),
    [("petugas", "/"), ("pelatih", "/pertanyaan"), ("admin", "/sehat")],
)
def test_a_screen_has_no_serious_violation(contexts: dict[str, BrowserContext], server: Server, role: str, path: str) -> None:
    page = opened(contexts, role, server.local + path)
    if path == "/":
        page.locator("#kotak textarea").wait_for()
        page.wait_for_timeout(700)
    assert severe(page) == []
    page.close()


def test_a_fault_on_a_screen_is_found(contexts: dict[str, BrowserContext], server: Server) -> None:
    page = opened(contexts, "petugas", f"{server.local}/akun")
    page.evaluate("document.querySelector('main').innerHTML = '<input><p style=\"color:#ccc;background:#fff\">pudar</p>'")
    assert {one.partition(" ")[0] for one in severe(page)} == {"label", "color-contrast"}
    page.close()
