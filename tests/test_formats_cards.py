"""Cards of files without front matter: the sidecar, and guesses that say that they are guesses."""

import pytest

from assistant.index.records import card_from, passage_from_record, passage_to_record
from assistant.ingestion import ingest
from assistant.loading import Limits, Loader, load
from assistant.loading.content import Content, Item, ItemKind, sections_of
from assistant.loading.guesses import guessed_card
from assistant.loading.legal import legal_items
from assistant.loading.rows import table_blocks
from assistant.loading.sidecar import write_card
from assistant.loading.spelling import join_lines
from assistant.passages import split_document
from assistant.settings import load_settings
from assistant.types import Document, Kind, LoadFailure
from assistant.wiring import file_limits
from tests.documents import pdfs, web
from tests.factories import write_corpus
from tests.fakes import FakeEncoder


@pytest.mark.parametrize(
    ("title", "path", "kind", "year"),
    [
        ("Petunjuk Teknis Bantuan Alat 2027", "a.pdf", Kind.JUKNIS, "2027"),
        ("PERATURAN GUBERNUR NOMOR 5 TAHUN 2024", "a.pdf", Kind.PERATURAN, "2024"),
        ("Notulen rapat koordinasi", "a.docx", Kind.FORUM, None),
        ("Paparan", "bimtek/materi-2026.pptx", Kind.PANDUAN, "2026"),
        ("", "data/kuota_per_kecamatan.xlsx", Kind.RINGKASAN, None),
    ],
)
def test_title_kind_and_year_are_guessed_and_marked(title, path, kind, year):
    card = guessed_card(path, Content((), title))
    assert (card.kind, card.valid_from) == (kind, year)
    assert {"title", "kind", "scope", "program", "status"} <= set(card.guessed)
    assert card.title


def test_the_sidecar_stands_above_guesses_and_what_it_says_is_no_guess(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(pdfs.guide().raw)
    before = load(file, folder=tmp_path)
    write_card(file, {"title": "Juknis alat", "kind": "peraturan", "scope": "kaltim"})
    document = load(file, folder=tmp_path)
    assert (document.card.title, document.card.kind, document.card.scope) == ("Juknis alat", Kind.PERATURAN, "kaltim")
    assert document.card.guessed == ("program", "status")
    assert document.digest != before.digest, "a changed card is a changed document"


@pytest.mark.parametrize("text", ["kind: bukan-jenis\n", "- satu\n", "title: [\n", "penulis: A\n", "\xff"])
def test_a_broken_sidecar_is_a_failure_with_a_remedy(tmp_path, text):
    file = tmp_path / "a.pdf"
    file.write_bytes(pdfs.guide().raw)
    (tmp_path / "a.pdf.yaml").write_text(text, encoding="latin-1")
    failure = load(file, folder=tmp_path)
    assert isinstance(failure, LoadFailure)
    assert failure.remedy.endswith(".")


def test_a_sidecar_is_no_document_and_its_change_alone_is_published(tmp_path):
    corpus, encoder = write_corpus(tmp_path / "korpus"), FakeEncoder()
    (corpus / "a.pdf").write_bytes(pdfs.guide().raw)
    write_card(corpus / "a.pdf", {"title": "Satu"})
    first = ingest(corpus, tmp_path / "indeks", encoder)
    assert not first.failures
    write_card(corpus / "a.pdf", {"title": "Dua"})
    assert ingest(corpus, tmp_path / "indeks", encoder).plan.changed == ("a.pdf",)


def test_a_guess_survives_the_snapshot(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdfs.guide().raw)
    passage = split_document(load(tmp_path / "a.pdf", folder=tmp_path))[0]
    assert passage_from_record(passage_to_record(passage)) == passage
    old = passage_to_record(passage)["document"]
    del old["guessed"]
    assert card_from(old).guessed == ()


def test_numbers_of_people_are_masked_in_files_and_not_in_markdown(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>Hubungi 0812 3456 7890.</p></body></html>", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"Nama;NIK\nA;6402153002680003\n")
    with Loader() as loader:
        for name in ("a.html", "b.csv"):
            document = loader.load(tmp_path / name, folder=tmp_path)
            assert "disamarkan" in document.sections[0].blocks[0].text
            assert "Nomor pribadi disamarkan" in document.note


def test_a_member_of_a_zip_takes_the_card_of_the_zip(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(web.zipped({"b.txt": b"Judul\n\nIsi."}))
    write_card(file, {"title": "Arsip", "scope": "kaltim"})
    document = load(file, folder=tmp_path)
    assert isinstance(document, Document)
    assert (document.card.path, document.card.title, document.card.scope) == ("a.zip/b.txt", "Judul", "kaltim")


def test_limits_are_settings():
    settings = load_settings({"FILE_MB": "7", "FILE_PAGES": "8", "FILE_SECONDS": "9", "FILE_MEMORY_MB": "600"}, dotenv=None)
    assert file_limits(settings) == Limits(7, 8, 9, 600)


# Pure parts


def paragraphs(*texts):
    return [Item(ItemKind.PARAGRAPH, text) for text in texts]


def test_places_of_a_rule_become_the_heading_path():
    items = legal_items(
        paragraphs("BAB I", "UMUM", "Pasal 1", "Isi satu.", "Bagian Kedua", "Syarat", "Pasal 2", "(1) Ayat satu.", "a. huruf;")
        + paragraphs("LAMPIRAN I", "DAFTAR ALAT", "Isi lampiran.")
    )
    found = {section.blocks[-1].text.split("\n")[-1]: section.headings for section in sections_of(items)}
    assert found["Isi satu."] == ("BAB I UMUM", "Pasal 1")
    assert found["a. huruf;"] == ("BAB I UMUM", "Bagian Kedua Syarat", "Pasal 2 ayat (1)")
    assert found["Isi lampiran."] == ("Lampiran I DAFTAR ALAT",)


def test_a_sentence_that_names_an_article_opens_none():
    items = paragraphs("Pasal 1", "Isi.", "Pasal 2", "Ketentuan dalam", "Pasal 1 ayat (2) huruf a tidak berlaku.")
    assert [item.text for item in legal_items(items) if item.kind is ItemKind.HEADING] == ["Pasal 1", "Pasal 2"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("peme-", "rintah"), "pemerintah"),
        (("undang-", "undangan baru"), "undang-undangan baru"),
        (("usaha-", "usaha kecil"), "usaha-usaha kecil"),
        (("tahun 2026-", "2027"), "tahun 2026- 2027"),
        (("Kalimantan-", "Timur"), "Kalimantan-Timur"),
        (("e\ufb01sien", "sekali"), "efisien sekali"),
    ],
)
def test_words_broken_at_a_line_end_are_joined(lines, text):
    assert join_lines(lines) == text


def test_a_table_is_statements_with_the_names_of_its_columns():
    blocks = list(table_blocks([["Kuota 2027", "", ""], ["Kecamatan", "Kuota", "Nilai"], ["Loa Kulu", "28", "Rp1"]]))
    assert blocks[0].text == "Kuota 2027"
    assert "| Kecamatan: Loa Kulu; Kuota: 28; Nilai: Rp1 |" in blocks[1].text
    assert next(table_blocks([["Nama", ": UEP"], ["Tahun", ": 2027"]])).text == "- Nama: UEP\n- Tahun: 2027"


def test_a_long_table_is_cut_and_each_part_has_the_header():
    rows = [["Kelurahan", "Kuota"], *([f"Kelurahan {n}", str(n)] for n in range(100))]
    blocks = list(table_blocks(rows))
    assert len(blocks) > 3
    assert all(block.text.startswith("| Kelurahan / Kuota |") for block in blocks)
