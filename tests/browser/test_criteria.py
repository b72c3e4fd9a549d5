"""Cek Kriteria in a real browser: by touch and by keyboard, on a telephone and a desk, one candidate and a thousand."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.browser.stand_in import StandInAssistant
from tests.candidates import xlsx_bytes
from tests.factories import make_office
from tests.serving import Server
from tests.training import shipped_course

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 1280)
ANSWERS = "keluarga-miskin=ya&desil=desil-3-4&bukan-asn-tni-polri=keluarga&umur=lansia"
ROWS = 1000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(make_office(tmp_path_factory.mktemp("kriteria"), StandInAssistant()))
    yield started
    started.stop()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page without scripts at each width."""
    context = browser.new_context(viewport={"width": request.param, "height": 844}, java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a table of 1,000 invented candidates with a column of names and one of numbers."""
    draw, criteria = random.Random(11), shipped_course().criteria
    head = ["kode", "Nama", "NIK", *(criterion.question for criterion in criteria)]
    rows = ([f"K-{n:04}", "Siti", 6472010203040005, *(draw.choice(c.answers).text for c in criteria)] for n in range(ROWS))
    path = tmp_path_factory.mktemp("tabel") / "calon.xlsx"
    path.write_bytes(xlsx_bytes(head, *rows))
    return path


def fits(page: Page) -> bool:
    """Tell whether nothing scrolls sideways; reaches past the page's own scripts, which are off."""
    session = page.context.new_cdp_session(page)
    size = session.send("Page.getLayoutMetrics")
    session.detach()
    return bool(size["cssContentSize"]["width"] <= size["cssLayoutViewport"]["clientWidth"])


def strip_is_seen(page: Page) -> bool:
    """Tell whether the strip with the decision stands in the window."""
    box = page.locator(".keputusan").bounding_box()
    return box is not None and 0 <= box["y"] < 844


def test_a_candidate_is_checked_by_touch_without_scripts_and_the_strip_stays_in_view(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kriteria")
    assert fits(page)
    group = page.get_by_role("group", name="Apakah keluarga calon miskin atau kurang mampu menurut keadaan di lapangan?")
    group.get_by_text("Ya, miskin atau kurang mampu").click()
    page.get_by_role("group", name="Berapa desil keluarga calon?").get_by_text("Desil 3 atau 4").click()
    page.get_by_text("Larangan", exact=True).click()
    page.get_by_role("group", name="Apakah calon atau anggota keluarganya ASN").get_by_text("Ya, anggota keluarganya").click()
    assert strip_is_seen(page)
    assert fits(page)
    page.get_by_role("button", name="Lihat hasil").click()
    page.wait_for_url("**/kriteria/hasil?keluarga-miskin=ya&desil=desil-3-4&bukan-asn-tni-polri=keluarga")
    assert page.get_by_role("heading", level=2).first.inner_text() == "Tahan dulu, serahkan kepada tim verifikasi"
    page.locator("footer").scroll_into_view_if_needed()
    assert strip_is_seen(page)
    for summary in page.locator(".dasar:not([open]) > summary").all()[:6]:
        summary.click()
    assert fits(page)
    page.go_back()
    page.go_forward()
    assert "desil=desil-3-4" in page.url
    page.get_by_role("link", name="Ubah jawaban").click()
    assert page.get_by_label("Desil 3 atau 4").is_checked()


def test_targets_are_large_enough_for_a_thumb(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kriteria")
    boxes = [pill.bounding_box() for pill in page.locator(".pil:visible").all()]
    assert boxes
    assert all(box and box["height"] >= 44 for box in boxes)


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kriteria")
    page.locator('input[name="keluarga-miskin"][value=""]').focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator('input[name="keluarga-miskin"][value="ya"]').is_checked()
    page.get_by_role("button", name="Lihat hasil").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kriteria/hasil?keluarga-miskin=ya")
    page.locator(".dasar > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".dasar[open] blockquote").first.is_visible()


def test_downloads_of_a_candidate_are_files(page: Page, server: Server) -> None:
    page.goto(f"{server.local}/kriteria/hasil?{ANSWERS}")
    for name, start in (("Unduh PDF", b"%PDF-"), ("Unduh Word", b"PK")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        assert Path(waiting.value.path()).read_bytes().startswith(start)


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_thousand_candidates_are_shown_by_step_and_exported(page: Page, server: Server, thousand: Path) -> None:
    page.goto(f"{server.local}/kriteria/tabel")
    page.set_input_files("#berkas", str(thousand))
    page.get_by_role("button", name="Periksa dan tampilkan").click()
    page.get_by_text("1000 calon diperiksa").wait_for()
    notes = page.get_by_role("region", name="Catatan pembacaan").inner_text()
    assert "«Nama»" in notes
    assert "«NIK»" in notes
    assert fits(page)
    assert strip_is_seen(page)
    page.locator(".daftar-calon > summary").last.click()
    page.locator(".daftar-calon[open] .calon details > summary").first.click()
    assert fits(page)
    link = page.locator(".calon details[open] a").first
    assert link.is_visible()
    page.set_input_files("#berkas", str(thousand))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh hasil XLSX").click()
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book["Hasil"].max_row == ROWS + 4
    link.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Hasil cek kriteria"


def test_on_paper_all_quotes_and_the_decision_are_printed(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.goto(f"{server.local}/kriteria/hasil?{ANSWERS}")
    page.emulate_media(media="print")
    assert page.locator(".keputusan").is_visible()
    quotes = page.locator(".hanya-cetak blockquote")
    assert quotes.count() > 10
    assert all(quote.is_visible() for quote in quotes.all())
    assert not page.locator(".dasar").first.is_visible()
    page.close()
