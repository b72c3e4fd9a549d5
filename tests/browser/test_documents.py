"""An admin drops a PDF into the page; a minute later the answer cites its page, and shows it. Real corpus, real ingest."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.pdfgen import canvas

from assistant.ingestion import ingest
from assistant.ledger import Role
from tests.browser.test_people import ask, login
from tests.factories import add_person, make_index, make_office, open_assistant
from tests.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FACT = "Pendamping UEP mengunjungi setiap penerima paling lambat tanggal 17 bulan ganjil."
QUESTION = "Tanggal berapa pendamping UEP mengunjungi setiap penerima?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("dokumen")
    corpus, index, encoder = make_index(folder)

    def job(reporter: Any) -> Any:
        return ingest(corpus, index, encoder, progress=reporter.progress, step=reporter.step)

    office = make_office(folder, open_assistant(index, encoder), ingest_job=job, corpus_dir=corpus)
    for role in Role:
        add_person(office.people, str(role), role=role)
    started = Server(office)
    yield started
    started.stop()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    opened = context.new_page()
    login(opened, server.local, "admin")
    yield opened
    context.close()


def juknis(folder: Path) -> Path:
    content = io.BytesIO()
    sheet = canvas.Canvas(content)
    sheet.setFont("Helvetica-Bold", 20)
    sheet.drawString(80, 760, "Petunjuk Teknis Kunjungan")
    sheet.setFont("Helvetica", 12)
    sheet.drawString(80, 700, "Petunjuk ini berlaku untuk semua kabupaten dan kota.")
    sheet.showPage()
    sheet.setFont("Helvetica", 12)
    sheet.drawString(80, 700, FACT)
    sheet.save()
    path = folder / "Juknis Kunjungan.pdf"
    path.write_bytes(content.getvalue())
    return path


def test_an_uploaded_pdf_is_published_cited_by_page_shown_and_withdrawn(page: Page, server: Server, tmp_path: Path) -> None:
    page.goto(f"{server.local}/dokumen")
    page.set_input_files("#berkas", str(juknis(tmp_path)))
    page.get_by_role("button", name="Unggah dan periksa").click()
    form = page.locator("form", has=page.get_by_role("button", name="Terbitkan"))
    assert "dugaan" in form.inner_text(), "what nobody wrote down is shown as a guess"
    form.get_by_label("Judul").fill("Juknis Kunjungan UEP")
    form.get_by_label("Jenis").select_option("juknis")
    form.get_by_label("Cakupan").fill("kaltim")
    form.get_by_label("Program").fill("uep-kaltim")
    form.get_by_role("button", name="Terbitkan").click()
    page.locator("p.status", has_text="Selesai").wait_for()

    page.goto(server.local)
    ask(page, QUESTION)
    card = page.locator("#sumber-1-1")
    assert "Juknis Kunjungan UEP" in card.inner_text()
    assert FACT in card.locator("mark").inner_text()
    card.get_by_text("Lihat halaman 2").click()
    picture = card.locator(".halaman img")
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 500", arg=picture.element_handle())
    assert (card.locator(".asli a").get_attribute("href") or "").endswith("/dokumen/asli/unggahan/juknis-kunjungan.pdf#page=2")

    page.goto(f"{server.local}/dokumen")
    entry = page.locator("li details", has_text="unggahan/juknis-kunjungan.pdf")
    entry.locator("summary").click()
    entry.get_by_role("checkbox").check()
    entry.get_by_role("button", name="Tarik dokumen").click()
    page.locator("p.status", has_text="Selesai").wait_for()
    page.goto(server.local)
    page.get_by_role("button", name="Percakapan baru").click()
    page.get_by_role("heading", name="Contoh pertanyaan").wait_for()
    ask(page, QUESTION)
    assert FACT not in page.locator("#sumber").inner_text()
    page.goto(f"{server.local}/dokumen/riwayat")
    assert "Ditarik" in page.locator("main").inner_text()


def test_a_broken_file_says_what_is_wrong_and_can_be_thrown_away(page: Page, server: Server, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(b"%PDF-1.7 separuh")
    page.goto(f"{server.local}/dokumen")
    page.set_input_files("#berkas", str(broken))
    page.get_by_role("button", name="Unggah dan periksa").click()
    assert "Tidak dapat dibaca" in page.locator("section", has_text="rusak.pdf").inner_text()
    page.get_by_role("button", name="Buang unggahan ini").click()
    page.locator("section", has_text="rusak.pdf").wait_for(state="detached")


def test_others_than_the_admin_do_not_get_the_page(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    opened = context.new_page()
    login(opened, server.local, "pelatih")
    opened.goto(f"{server.local}/dokumen")
    assert "tidak boleh membuka ini" in opened.locator("main").inner_text()
    context.close()
