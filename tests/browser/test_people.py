"""What each role sees and does in a real browser: on this machine, and on a network over plain HTTP."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.ledger import Role
from tests.browser.stand_in import QUOTE, StandInAssistant
from tests.factories import PASSWORD, add_person, make_office
from tests.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

QUESTION = "Bantuan UEP diberikan kepada perorangan atau kelompok?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    office = make_office(tmp_path_factory.mktemp("orang"), StandInAssistant(), questions_per_minute=1000)
    for role in Role:
        add_person(office.people, str(role), role=role, display=f"Si {role}")
    started = Server(office)
    yield started
    started.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = _context(browser)
    yield opened
    opened.close()


def _context(browser: Browser) -> BrowserContext:
    opened = browser.new_context(viewport={"width": 1280, "height": 844}, accept_downloads=True)
    opened.set_default_timeout(20_000)
    return opened


def login(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/masuk")
    page.get_by_label("Nama masuk").fill(name)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()
    page.locator("#kotak textarea").wait_for()


def ask(page: Page, question: str = QUESTION) -> None:
    page.locator("#kotak textarea").wait_for()
    page.locator("#kotak textarea").fill(question)
    page.locator("#kirim").click()
    page.locator("#percakapan .pertanyaan", has_text=question).last.wait_for()
    page.locator("#percakapan .tindakan a").last.wait_for()
    page.wait_for_function("document.querySelector('#kotak textarea').value === ''")


EVERYBODYS = ("Cek Kriteria", "Kasus", "Latihan", "Ikut bimtek", "Riwayat", "Panduan")


def links(page: Page) -> set[str]:
    page.locator("nav.akun a").first.wait_for()
    return set(page.locator("nav.akun a").all_inner_texts())


# Each role


def test_a_visitor_asks_on_this_machine_and_a_reload_brings_the_conversation_back(context: Any, server: Server) -> None:
    page = context.new_page()
    page.goto(server.local)
    ask(page)
    assert links(page) == {*EVERYBODYS, "Data saya", "Masuk"}
    page.reload()
    page.locator("#percakapan .pertanyaan", has_text=QUESTION).wait_for()
    assert page.locator("#sumber-1-1 mark").inner_text() == QUOTE
    page.goto(f"{server.local}/riwayat")
    page.get_by_role("link", name=QUESTION).click()
    page.locator("#percakapan .pertanyaan", has_text=QUESTION).wait_for()


@pytest.mark.parametrize("role", ["petugas", "pelatih", "admin"])
def test_each_role_sees_its_links_and_only_the_admin_opens_users_and_audit(context: Any, server: Server, role: str) -> None:
    page = context.new_page()
    login(page, server.local, role)
    training = {"Bimtek", "Kelola"} if role != "petugas" else set()
    assert links(page) == {*EVERYBODYS, f"Si {role}", *training}
    ask(page, f"Pertanyaan {role}?")
    for path, title in (("/dokumen", "Dokumen"), ("/pengguna", "Pengguna"), ("/audit", "Catatan audit")):
        page.goto(f"{server.local}{path}")
        assert page.locator("h1").inner_text() == (title if role == "admin" else "Tidak dapat dibuka")
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("heading", name="Masuk").wait_for()
    page.goto(f"{server.local}/riwayat")
    assert page.get_by_text(f"Pertanyaan {role}?").count() == 0


def test_a_restart_of_the_server_brings_the_conversation_back(browser: Browser, tmp_path: Path) -> None:
    first = Server(make_office(tmp_path, StandInAssistant()))
    opened = _context(browser)
    page = opened.new_page()
    page.goto(first.local)
    ask(page)
    port = first.port
    first.stop()
    first.office.records.close()
    second = Server(make_office(tmp_path, StandInAssistant()), port=port)
    page.reload()
    page.locator("#percakapan .pertanyaan", has_text=QUESTION).wait_for()
    ask(page, "Lalu di Banten?")
    assert page.locator("#percakapan .pertanyaan").count() == 2
    opened.close()
    second.stop()


def test_feedback_with_reason_and_comment_is_kept(context: Any, server: Server) -> None:
    page = context.new_page()
    page.goto(server.local)
    ask(page)
    page.get_by_role("button", name="Tidak membantu").click()
    page.get_by_text("Penilaian tersimpan").wait_for()
    page.get_by_label("Kurang lengkap").click()
    page.get_by_label("Komentar (boleh kosong)").fill("Tolong tambah <b>contoh</b>.")
    page.get_by_role("button", name="Simpan alasan dan komentar").click()
    page.get_by_text("alasan dan komentar Anda tersimpan").wait_for()
    page.goto(f"{server.local}{page.locator('#percakapan .tindakan a').last.get_attribute('href')}")
    assert page.get_by_label("Tidak membantu").is_checked()
    assert page.locator("#alasan").input_value() == "Kurang lengkap"
    assert page.locator("#komentar").input_value() == "Tolong tambah <b>contoh</b>."
    page.get_by_label("Ya, membantu").check()
    page.get_by_role("button", name="Simpan penilaian").click()
    page.get_by_text("Penilaian Anda tersimpan").wait_for()
    page.reload()
    assert page.get_by_label("Ya, membantu").is_checked()


def test_sharing_and_the_proof_sheet_as_pdf_and_word(context: Any, server: Server, tmp_path: Path) -> None:
    import pypdfium2

    page = context.new_page()
    page.goto(server.local)
    ask(page)
    page.get_by_role("button", name="Salin untuk WhatsApp").click()
    page.locator("#kabar-salin", has_text="sudah disalin").wait_for()
    page.goto(f"{server.local}{page.locator('#percakapan .tindakan a').last.get_attribute('href')}")
    text = page.locator("#bagikan").input_value()
    assert text.startswith(f"*Pertanyaan*\n{QUESTION}")
    assert "NusaSatu" in text
    files = {}
    for name in ("PDF", "Word"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Unduh lembar bukti ({name})").click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(files["PDF"]))
    document = zipfile.ZipFile(files["Word"]).read("word/document.xml").decode()
    for found in (" ".join(words.split()), re.sub("<[^>]+>", "", document)):
        assert QUESTION in found
        assert QUOTE in found


def test_an_admin_adds_a_user_who_chooses_a_password_then_is_switched_off(context: Any, browser: Browser, server: Server) -> None:
    page = context.new_page()
    login(page, server.local, "admin")
    page.goto(f"{server.local}/pengguna")
    page.get_by_text("Tambah pengguna").click()
    page.locator("#nama").fill("budi.paser")
    page.locator("#lengkap").fill("Budi <i>Paser</i>")
    page.locator("#wilayah").select_option("Paser")
    page.get_by_role("button", name="Tambah dan buat tautan").click()
    link = page.locator("#tautan").input_value()
    other = _context(browser)
    guest = other.new_page()
    guest.goto(link)
    assert "Budi <i>Paser</i>" in guest.locator("main").inner_text()
    for field in ("#sandi", "#ulang"):
        guest.locator(field).fill("empat kata lain lagi")
    guest.get_by_role("button", name="Simpan dan masuk").click()
    guest.locator("#kotak textarea").wait_for()
    assert "Budi <i>Paser</i>" in links(guest)
    page.locator("summary", has_text="budi.paser").click()
    person = page.locator("details", has=page.locator("summary", has_text="budi.paser"))
    person.get_by_label("Boleh masuk (aktif)").uncheck()
    person.get_by_role("button", name="Simpan perubahan").click()
    page.get_by_text("diubah").wait_for()
    guest.goto(f"{server.local}/akun")
    assert guest.get_by_text("Nama masuk").count() == 0
    page.goto(f"{server.local}/audit")
    assert page.get_by_role("cell", name="pengguna-diubah").first.is_visible()
    other.close()


def test_the_keyboard_alone_is_enough_to_log_in(context: Any, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.local}/masuk?lanjut=/akun")
    page.wait_for_function("document.activeElement.id === 'nama'")
    page.keyboard.type("petugas")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Masuk"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Akun", exact=True).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Langsung ke isi"


def test_a_wrong_password_is_said_beside_the_form_and_the_name_stays(context: Any, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.local}/masuk")
    page.get_by_label("Nama masuk").fill("petugas")
    page.get_by_label("Kata sandi").fill("bukan ini juga")
    page.locator("main button").click()
    assert "kata sandi salah" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Nama masuk").input_value() == "petugas"
    assert page.get_by_label("Kata sandi").input_value() == ""


# On a network, over plain HTTP


def test_on_a_network_one_logs_in_is_warned_asks_and_copies(context: Any, server: Server) -> None:
    address = server.lan
    page = context.new_page()
    page.goto(f"{address}/?percakapan=")
    assert page.url == f"{address}/masuk?lanjut=%2F%3Fpercakapan%3D"
    assert page.evaluate("window.isSecureContext") is False
    assert "tidak terenkripsi" in page.locator(".pita").inner_text()
    page.get_by_label("Nama masuk").fill("petugas")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()
    page.locator(".pita", has_text="tidak terenkripsi").wait_for()
    ask(page)
    for button, wanted in (("Salin jawaban", "Sumber:"), ("Salin untuk WhatsApp", "*Pertanyaan*")):
        page.evaluate("document.getElementById('kabar-salin').textContent = ''")
        page.get_by_role("button", name=button).click()
        page.locator("#kabar-salin", has_text="sudah disalin").wait_for()
        page.locator("#kotak textarea").fill("")
        page.locator("#kotak textarea").focus()
        page.keyboard.press("Control+V")
        assert wanted in page.locator("#kotak textarea").input_value()
    page.reload()
    page.locator("#percakapan .pertanyaan", has_text=QUESTION).first.wait_for()
    page.goto(f"{address}/pengguna")
    assert page.locator("h1").inner_text() == "Tidak dapat dibuka"
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("heading", name="Masuk").wait_for()
    page.goto(f"{address}/riwayat")
    assert "/masuk" in page.url


def test_an_admin_on_a_network_gets_links_that_open_there(context: Any, server: Server) -> None:
    address = server.lan
    page = context.new_page()
    login(page, address, "admin")
    page.goto(f"{address}/pengguna")
    page.locator("summary", has_text="(pelatih)").click()
    person = page.locator("details", has=page.locator("summary", has_text="(pelatih)"))
    person.get_by_role("button", name="Buat tautan kata sandi baru").click()
    link = page.locator("#tautan").input_value()
    assert link.startswith(f"{address}/undangan/")
    page.goto(link)
    assert page.locator("h1").inner_text() == "Buat kata sandi"
