"""From a question that nobody could answer to a standard answer, served, and back to review; and the gap map."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from assistant.access import KABUPATEN
from assistant.ingestion import ingest
from assistant.ledger import Role
from assistant.records import Records
from assistant.records.kept import Kept, to_json
from assistant.records.tables import ConversationRow, EntryRow
from assistant.training.topics import topic_of_answer
from assistant.types import Answer, Status
from tests.browser.test_people import ask, login
from tests.factories import add_person, make_citation, make_index, make_office, open_assistant, write_document
from tests.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AGE = "Umur berapa boleh dapat UEP?"
RULE = "Penerima UEP Kaltim berumur 18 sampai 60 tahun menurut surat Dinas Sosial."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("baku")
    corpus, index, encoder = make_index(folder, surat=f"# Surat\n\n## Batas usia\n\n{RULE}\n")

    def job(reporter: Any) -> Any:
        return ingest(corpus, index, encoder, progress=reporter.progress, step=reporter.step)

    office = make_office(folder, open_assistant(index, encoder), ingest_job=job, corpus_dir=corpus, questions_per_minute=1000)
    for role in Role:
        add_person(office.people, str(role), role=role, display=f"Si {role}")
    started = Server(office)
    yield started
    started.stop()


def opened(browser: Browser, server: Server, role: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    login(page, server.local, role)
    return page


def last_answer(page: Page) -> str:
    return str(page.locator(".jawaban").last.inner_text())


def test_an_unanswered_question_becomes_a_standard_answer_and_falls_back_when_its_source_changes(
    browser: Browser, server: Server
) -> None:
    officer, trainer, admin = (opened(browser, server, role) for role in ("petugas", "pelatih", "admin"))
    ask(officer, AGE)
    assert "Belum ada di sumber" in last_answer(officer)

    trainer.goto(f"{server.local}/kelola")
    trainer.get_by_role("link", name="Pertanyaan belum terjawab").click()
    trainer.get_by_role("link", name=AGE).click()
    trainer.get_by_role("link", name="Tulis jawaban baku").click()
    assert trainer.get_by_label("Pertanyaan", exact=True).input_value() == AGE
    trainer.get_by_label("Cari di sumber").fill("penerima berumur menurut surat Dinas Sosial")
    trainer.get_by_role("button", name="Cari kalimat").click()
    trainer.get_by_label(RULE).check()
    trainer.get_by_role("button", name="Kutip kalimat yang dicentang").click()
    assert trainer.get_by_label("Jawaban", exact=True).input_value() == f"{RULE} [1]"
    trainer.get_by_label("Jawaban", exact=True).fill("Boleh bila berumur 18 sampai 65 tahun [1].")
    trainer.get_by_role("button", name="Ajukan untuk disetujui").click()
    assert "angka yang tidak ada di kutipan" in trainer.locator(".salah").first.inner_text()
    trainer.get_by_label("Jawaban", exact=True).fill("Boleh bila berumur 18 sampai 60 tahun [1].")
    trainer.get_by_role("button", name="Periksa dan lihat contohnya").click()
    assert "18 sampai 60 tahun. [1]" in trainer.locator("p.jawaban").inner_text()
    trainer.get_by_role("button", name="Ajukan untuk disetujui").click()
    trainer.locator("p.status", has_text="Diajukan").wait_for()
    assert trainer.get_by_role("button", name="Setujui").count() == 0
    trainer.goto(f"{server.local}/pertanyaan")
    assert trainer.get_by_role("link", name=AGE).count() == 0

    admin.goto(f"{server.local}/baku")
    admin.get_by_role("link", name=AGE).click()
    admin.get_by_role("button", name="Setujui").click()
    admin.locator("p.status", has_text="Berlaku").wait_for()

    ask(officer, AGE)
    said = last_answer(officer)
    assert "18 sampai 60 tahun" in said
    assert "Si admin" in said

    surat = f"# Surat\n\n## Batas usia\n\n{RULE.replace('60', '59')}\n"
    write_document(server.office.settings.corpus_dir, "surat", surat)
    server.office.documents.follow()
    server.office.documents.wait(60)
    ask(officer, AGE)
    assert "18 sampai 60" not in last_answer(officer)
    admin.goto(f"{server.local}/baku")
    assert "perlu ditinjau" in admin.locator(".daftar").inner_text()
    admin.goto(f"{server.local}/dokumen/riwayat?path=surat.md")
    assert "perlu ditinjau" in admin.locator("main").inner_text()


def ask_500(records: Records) -> None:
    """Keep 500 generated questions, in one transaction: nobody waits for each of them."""
    rng, now = random.Random(9), records.now()
    with records.writing() as session:
        for number in range(500):
            path = rng.choice(["kaltim/uep-2025-seleksi.md", "nasional/desil.md", "usaha/kue.md"])
            status = Status.NOT_FOUND if path.startswith("nasional") and rng.random() < 0.8 else Status.ANSWERED
            answer = Answer(f"pertanyaan {number}", status, "Kutipan. [1]", (make_citation(1, "Kutipan.", path=path),))
            row = ConversationRow(id=f"c{number}", owner="tamu:x", kabupaten=rng.choice(KABUPATEN), started=now, last=now)
            session.add(row)
            session.flush()
            entry = EntryRow(id=f"e{number}", conversation_id=row.id, number=1, at=now, question=answer.question)
            entry.status, entry.kept, entry.topic = str(status), to_json(Kept(answer, (), ())), topic_of_answer(answer)
            session.add(entry)


def test_the_gap_map_shows_five_hundred_questions_and_where_to_go_next(browser: Browser, server: Server) -> None:
    ask_500(server.office.records)
    trainer = opened(browser, server, "pelatih")
    trainer.goto(f"{server.local}/peta")
    assert int(trainer.locator("dl.nilai dd").first.inner_text()) >= 500
    first = trainer.locator("main ol li").first.inner_text()
    assert "Data DTSEN dan desil" in first
    assert trainer.locator("svg.diagram").count() == 2
    with trainer.expect_download() as got:
        trainer.get_by_role("link", name="Unduh laporan (PDF)").click()
    assert got.value.suggested_filename == "peta-kesenjangan.pdf"
    width = trainer.evaluate("document.documentElement.scrollWidth")
    assert width <= 1280
