"""The proof sheet of an answer, as a person prints it, files it and reads it back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from docx import Document
from docx.table import Table

from assistant.ledger import Entry
from assistant.sheets.docx import QUOTE, docx_bytes
from assistant.sheets.letters import printable
from assistant.sheets.paper import proof_paper
from assistant.sheets.pdf import pdf_bytes
from assistant.sheets.values import CHECK, Line, ProofSheet, Rows, blocks, proof_sheet
from assistant.types import Status, Validity
from assistant.wording import DECISION, day, moment, scope_name, statement_warnings
from tests.factories import make_citation, make_entry, make_gap, make_label, make_passage, make_source

BERITA = make_source("S-001", "Berita UEP", "Harian Contoh", "2025-06-04", "https://contoh.test/uep?a=1&b=2", "alinea 3")
KALTIM = make_label("B-001", BERITA)
BANTEN = make_label("B-002", make_source("S-002", "Pedoman Banten", "Dinsos Banten", "2023"), scope="daerah-lain/banten")
GAP = make_gap("C-001", "batas umur penerima", searched="berita publik", whom="Dinsos Kaltim")
LIST = "Jenis usaha UEP adalah:\n- makanan\n- gorengan\n- olahan kue"
TABLE = "Tahap | Lama\nUsulan | 14 hari\nAsesmen | 30 hari"
LONG = " ".join(f"Pasal {number} mengatur penerima bantuan usaha." for number in range(1, 260))
ODD = "Apakah ≥ 5 juta <b>boleh</b> & \x00\x07\x0b\ud800 😀 → <para> </font> &amp; ﷽ ½ ﬁ \ufffe ?"
FOOT = re.compile(r"Asisten UEP( · \S+)?\s+Halaman \d+ dari \d+\s*$")


def answered(**values: object) -> Entry:
    return make_entry("Apa bentuk UEP?", make_citation(1, "UEP berupa barang.", labels=("B-001",)), known=(KALTIM,), **values)


def partial() -> Entry:
    citations = (
        make_citation(1, "UEP berupa barang.", labels=("B-001",)),
        make_citation(2, "Di Banten modal harus diputar.", labels=("B-002",)),
    )
    return make_entry("UEP boleh habis?", *citations, status=Status.PARTIAL, known=(KALTIM, BANTEN))


def silent() -> Entry:
    citation = make_citation(1, "Batas umur belum ditemukan di sumber.", labels=("C-001",))
    return make_entry("Batas umur?", citation, status=Status.NOT_FOUND, text="Belum ada di sumber. [1]", gaps=(GAP,))


def quoting(text: str) -> Entry:
    return make_entry("Apa isinya?", make_citation(1, text, labels=("B-001",)), known=(KALTIM,))


ENTRIES = {
    "answered": answered(),
    "partial with another region": partial(),
    "not found with a gap": silent(),
    "list": quoting(LIST),
    "table": quoting(TABLE),
    "list and table": quoting(f"{LIST}\n\n{TABLE}"),
    "long quote": quoting(LONG),
    "long cell": quoting(f"Tahap | Isi\nUsulan | {LONG}"),
    "many columns": quoting("\n".join(" | ".join("abcdefghijklmnop") for _ in range(3))),
    "without an answer": Entry("e", "c", 1, datetime(2026, 11, 24, 13, 5, tzinfo=UTC), "Mati lampu?"),
    "off topic": make_entry("Resep soto?", status=Status.OFF_TOPIC, text="Di luar topik."),
    "odd characters": make_entry(ODD, make_citation(1, ODD, title=ODD, headings=(ODD,)), text=ODD),
    "long question": make_entry("x" * 10_000, make_citation(1, "UEP berupa barang."), text="y\n" * 400),
    "nothing": make_entry("", text=""),
}


def pdf_pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def pdf_text(content: bytes) -> str:
    """Return the text of all pages without their feet and without blanks: how a line is broken says nothing."""
    return flat("".join(FOOT.sub("", page) for page in pdf_pages(content)))


def docx_text(content: bytes) -> str:
    parts = []
    for item in Document(io.BytesIO(content)).iter_inner_content():
        parts += [cell.text for row in item.rows for cell in row.cells] if isinstance(item, Table) else [item.text]
    return flat("".join(parts))


def flat(text: str) -> str:
    """Return `text` without blanks, list signs and the bars of tables, which are drawn, not written."""
    return re.sub(r"[\s\ufffe\u0002|•-]+", "", text)


def sheet_of(name: str) -> ProofSheet:
    return proof_sheet(ENTRIES[name])


@pytest.mark.parametrize("name", ENTRIES)
def test_every_sheet_can_be_made_and_names_its_question_quotes_and_snapshot(name):
    sheet = sheet_of(name)
    word, pdf = docx_text(docx_bytes(proof_paper(sheet))), pdf_text(pdf_bytes(proof_paper(sheet)))
    wanted = [sheet.question, sheet.status, sheet.asked, sheet.snapshot, sheet.text, *sheet.notes]
    for proof in sheet.proofs:
        wanted += [proof.quote, proof.document, proof.place, proof.description, *proof.warnings]
        wanted += [part for p in proof.publications for part in (p.title, p.publisher, p.date, p.url, p.locator)]
        wanted += [part for gap in proof.gaps for part in (gap.missing, gap.searched, gap.whom)]
    if name != "odd characters":
        assert not [text for text in wanted if flat(text) not in word]
    assert not [text for text in wanted if flat(printable(text)) not in pdf]


def test_a_long_quote_runs_over_pages_and_each_page_says_which_it_is_of_how_many():
    pages = pdf_pages(pdf_bytes(proof_paper(sheet_of("long quote"))))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "snap-1" in page


def test_the_same_sheet_gives_the_same_pdf():
    assert pdf_bytes(proof_paper(sheet_of("partial with another region"))) == pdf_bytes(
        proof_paper(sheet_of("partial with another region"))
    )


def test_a_pdf_and_a_word_file_carry_title_and_author():
    sheet = sheet_of("answered")
    document = pypdfium2.PdfDocument(pdf_bytes(proof_paper(sheet)))
    assert document.get_metadata_value("Title") == "Lembar bukti jawaban: Apa bentuk UEP?"
    assert document.get_metadata_value("Author") == "Asisten UEP"
    document.close()
    properties = Document(io.BytesIO(docx_bytes(proof_paper(sheet)))).core_properties
    assert (properties.title, properties.author) == ("Lembar bukti jawaban: Apa bentuk UEP?", "Asisten UEP")
    assert properties.created == datetime(2026, 11, 24, 13, 5, tzinfo=UTC)


def test_only_an_address_of_the_web_becomes_a_link():
    assert b"/URI (https://contoh.test/uep?a=1&b=2)" in pdf_bytes_unpacked(BERITA.url)
    assert b"/URI" not in pdf_bytes_unpacked("javascript:alert(1)")
    assert b"/URI" not in pdf_bytes_unpacked('x" onclick="y')


def pdf_bytes_unpacked(url: str | None) -> bytes:
    label = replace(KALTIM, sources=(replace(BERITA, url=url),))
    return pdf_bytes(proof_paper(proof_sheet(make_entry("a?", make_citation(1, "b", labels=("B-001",)), known=(label,)))))


def test_what_the_font_lacks_is_written_readably():
    assert printable("≥ 5 → 6 − 1 ✓ ½ “a” – Rp5 ﬁ ⁴ Ž") == ">= 5 -> 6 - 1 v ½ “a” – Rp5 fi 4 Ž"
    assert printable("a\x00b\u200bc\r\nd\te") == "abc\nd e"
    assert printable("👍 漢 \ud800") == "[emoji] ? ?"
    printable("".join(map(chr, range(0x3000)))).encode("cp1252")


def test_a_sheet_with_other_signs_than_asked_says_so():
    note = flat("ditulis dengan tanda lain")
    assert note in pdf_text(pdf_bytes(proof_paper(sheet_of("odd characters"))))
    assert note not in pdf_text(pdf_bytes(proof_paper(sheet_of("list and table"))))


def test_a_word_file_has_real_headings_and_sets_quotes_apart():
    document = Document(io.BytesIO(docx_bytes(proof_paper(sheet_of("list and table")))))
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads == [
        ("Title", "Lembar bukti jawaban"),
        ("Heading 1", "Pertanyaan"),
        ("Heading 1", "Jawaban"),
        ("Heading 1", "Sumber"),
        ("Heading 2", "[1] Judul"),
        ("Heading 3", "Terbitan asli"),
    ]
    assert [p.text for p in document.paragraphs if p.style.name == QUOTE] == [
        "Jenis usaha UEP adalah:",
        "•\tmakanan",
        "•\tgorengan",
        "•\tolahan kue",
    ]
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["Tahap", "Lama"]


def test_a_word_file_keeps_every_character_that_xml_allows():
    content = docx_bytes(proof_paper(proof_sheet(make_entry("≥ <b> & 😀\x00\x0b\ufffe\ud800x"))))
    assert "≥ <b> & 😀x" in [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert b"\x00" not in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_a_sheet_holds_what_a_citation_is_checked_by():
    passage = make_passage("UEP berupa barang.", headings=("Bantuan", "Bentuk"))
    passage = replace(passage, page="4", document=replace(passage.document, reviewed="2026-11-24"))
    citation = replace(make_citation(3, passage.text, labels=("B-001",)), passage=passage)
    proof = proof_sheet(make_entry("Apa?", citation, known=(KALTIM,))).proofs[0]
    assert (proof.number, proof.document, proof.place) == (3, "Judul", "Bantuan › Bentuk › hlm. 4")
    assert proof.description == "Jenis: berita · Cakupan: Kaltim · Status: berlaku · Ditinjau: 24 November 2026"
    assert [(p.title, p.details, p.url) for p in proof.publications] == [
        ("Berita UEP", "Harian Contoh, 4 Juni 2025, alinea 3", BERITA.url)
    ]


def test_a_label_that_is_unknown_leaves_the_values_of_the_document():
    proof = proof_sheet(make_entry("Apa?", make_citation(1, "UEP berupa barang.", labels=("X-999",)))).proofs[0]
    assert (proof.kind, proof.scope, proof.status, proof.publications, proof.gaps) == ("ringkasan", "Kaltim", "berlaku", (), ())


def test_another_region_and_what_does_not_hold_now_are_warned_of():
    warnings = [proof.warnings for proof in sheet_of("partial with another region").proofs]
    assert warnings == [(), ("Contoh daerah lain, bukan aturan Kaltim",)]
    document = make_passage("x").document
    old = replace(KALTIM, status=Validity.DICABUT)
    assert statement_warnings(document, [old]) == ("Aturan ini sudah dicabut",)
    assert statement_warnings(replace(document, status=Validity.RENCANA), []) == ("Masih rencana, belum berlaku",)
    assert statement_warnings(document, [KALTIM, BANTEN, BANTEN]) == (
        "Kutipan ini juga memuat: contoh daerah lain, bukan aturan Kaltim",
    )


def test_the_notes_speak_of_quotes_only_where_there_are_quotes():
    assert sheet_of("answered").notes == (DECISION, CHECK)
    assert sheet_of("off topic").notes == (DECISION,)


def test_a_question_without_an_answer_is_shown_as_failed():
    sheet = sheet_of("without an answer")
    assert (sheet.status, sheet.proofs, sheet.snapshot) == ("Gagal", (), "")
    assert "belum terjawab" in sheet.text


def test_a_follow_up_says_how_it_was_read_and_a_question_of_its_own_does_not():
    entry = answered()
    assert entry.answer is not None
    follow_up = replace(entry, answer=replace(entry.answer, standalone="UEP Kaltim Apa bentuk UEP?"))
    assert proof_sheet(follow_up).understood == "Dibaca bersama pertanyaan sebelumnya: UEP Kaltim Apa bentuk UEP?"
    assert proof_sheet(replace(entry, answer=replace(entry.answer, standalone=entry.question))).understood == ""


def test_lists_keep_their_numbers_and_rows_of_unlike_length_are_no_table():
    assert blocks("Tahap:\n1. usul\n3) cek\n\n- a") == (Line("Tahap:"), Line("usul", "1."), Line("cek", "3."), Line("a", "•"))
    assert blocks("a | b\nc | d [1]\nx | y | z") == (Rows((("a", "b"), ("c", "d [1]"))), Line("x | y | z"))


def test_times_are_those_of_kaltim_in_indonesian():
    assert moment(datetime(2026, 11, 24, 13, 5, tzinfo=UTC)) == "24 November 2026 pukul 21.05 WITA"
    assert moment(datetime(2026, 12, 31, 16, 0)) == "1 Januari 2027 pukul 00.00 WITA"


def test_days_and_months_are_written_out_and_other_texts_stay():
    given = ("2025-06-04", "2025-06", "2025", "tanpa tanggal", "2025-13-01", "")
    assert [day(text) for text in given] == ["4 Juni 2025", "Juni 2025", "2025", "tanpa tanggal", "2025-13-01", ""]


def test_a_scope_is_written_with_its_place():
    assert scope_name("daerah-lain/jawa-tengah") == "Daerah lain, Jawa Tengah"
