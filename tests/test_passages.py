"""Documents become passages: whole blocks, sentences with offsets and labels, ids that survive edits elsewhere."""

from dataclasses import replace

from assistant.loading.markdown import load_markdown
from assistant.loading.text import load_text
from assistant.passages import PASSAGE_WORDS, split_document
from assistant.types import BlockKind

CARD = "---\ntitle: Judul\nkind: ringkasan\nscope: kaltim\nprogram: uep-kaltim\nstatus: berlaku\n---\n"
BODY = """
> Ringkasan, bukan naskah resmi.

# Judul

## Syarat

Kalimat **satu** tentang [UEP](https://x.test).[^B-001] Kalimat dua.[^B-002]

Syaratnya adalah:[^B-003]
- KTP
- KK

## Langkah

Langkahnya:
1. Lapor ke RT.[^B-004]
2. Datang ke desa.[^B-005]

## Lihat juga

- [Lain](lain.md)
"""


def passages(body=BODY, **values):
    return split_document(load_markdown("a.md", CARD + body, "d"), **values)


def test_every_sentence_is_its_slice_of_the_passage_and_labels_are_gone_from_the_text():
    for passage in passages():
        assert "[^" not in passage.text
        for sentence in passage.sentences:
            assert passage.text[sentence.start : sentence.end] == sentence.text


def test_emphasis_and_link_targets_are_not_part_of_a_quote():
    assert passages()[0].sentences[0].text == "Kalimat satu tentang UEP."


def test_items_of_a_list_inherit_the_labels_of_its_lead_in_line():
    items = [s for s in passages()[0].sentences if s.block == 1]
    assert [s.labels for s in items] == [("B-003",)] * 3
    assert items[0].lead


def test_steps_keep_labels_of_their_own_and_the_links_section_is_left_out():
    found = passages()
    assert [p.headings for p in found] == [("Syarat",), ("Langkah",)]
    assert found[1].blocks == (BlockKind.STEPS,)
    assert [s.labels for s in found[1].sentences] == [(), ("B-004",), ("B-005",)]


def test_an_edit_in_one_section_leaves_ids_and_digests_of_the_others():
    before, after = passages(), passages(BODY.replace("Lapor ke RT", "Lapor ke ketua RT"))
    assert before[0].id == after[0].id
    assert before[0].digest == after[0].digest
    assert before[1].digest != after[1].digest


def test_a_long_paragraph_is_cut_at_sentence_ends_and_a_list_never():
    long = " ".join(f"Kalimat nomor {n} tentang bantuan usaha." for n in range(60))
    items = "\n".join(f"- butir {n} tentang alat usaha" for n in range(60))
    found = passages(f"\n# J\n\n## A\n\n{long}\n\n## B\n\nDaftar:\n{items}\n")
    paragraphs = [p for p in found if p.headings == ("A",)]
    assert len(paragraphs) > 3
    assert all(len(p.text.split()) <= PASSAGE_WORDS for p in paragraphs)
    assert len([p for p in found if p.headings == ("B",)]) == 1


def test_stored_questions_are_kept_beside_their_sentence():
    found = passages(asked={"B-002": ("apa itu dua?",)})
    assert found[0].asked == ((1, "apa itu dua?"),)
    assert "apa itu dua" not in found[0].text


def test_a_table_row_is_a_statement_with_its_labels():
    found = passages("\n# J\n\n## T\n\n| Hal | Isi |\n| --- | --- |\n| Nilai | Rp5 juta[^B-031] |\n")
    assert found[0].sentences[1].labels == ("B-031",)
    assert found[0].blocks == (BlockKind.TABLE,)


def test_html_in_a_document_is_text():
    assert "<script>" in passages("\n# J\n\n## A\n\nTeks <script>alert(1)</script> biasa.\n")[0].text


def test_plain_text_without_front_matter_takes_its_first_line_as_title():
    document = load_text("catatan.txt", "Catatan rapat\n\nRapat membahas UEP.\n\nSelesai.", "d")
    assert document.card.title == "Catatan rapat"
    assert len(split_document(replace(document, digest="e"))[0].sentences) == 2
