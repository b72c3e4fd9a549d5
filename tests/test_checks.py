"""The checks of a corpus catch what is wrong and pass what is right."""

import json
import re
from dataclasses import replace

import pytest

from assistant.__main__ import main
from assistant.errors import CorpusError
from assistant.knowledge import Conflict, Glossary, Knowledge, Premise
from assistant.knowledge.checks import CHECKS, check
from assistant.knowledge.criteria import Criterion, CriterionAnswer, CriterionKind, CriterionOutcome
from assistant.knowledge.facts import Fact, read_facts, read_unsourced
from assistant.knowledge.figures import figures, spelled_out
from assistant.knowledge.findings import Material, Severity
from assistant.language import LABEL
from assistant.loading.markdown import load_markdown
from assistant.passages import split_document
from assistant.reporting import coverage, draw, report_lines, sample_lines
from assistant.types import Gap, Label, LoadFailure, Source, Validity
from tests.factories import write_corpus

FRONT = "title: '{title}'\nkind: ringkasan\nscope: {scope}\nprogram: uep-kaltim\nstatus: berlaku\nreviewed: 2026-11-24\n"
SOURCE = Source("S-001", "Berita tentang UU 13/2011 dan 700 orang", "Harian Contoh", "2025-10-22", "berita", None, "Pasal 8")
GAP = Gap("C-001", "batas umur penerima", "aturan", "Dinsos Kaltim", "berita sampai November 2026")


def label(name, *, scope="kaltim", program="uep-kaltim", status="berlaku", sources=(SOURCE,)):
    return Label(name, tuple(sources), scope, program, Validity(status), "dibaca")


def document(path, body, *, scope="kaltim", title="UEP Kaltim"):
    return load_markdown(path, f"---\n{FRONT.format(title=title, scope=scope)}---\n\n## Bagian\n\n{body}\n", path)


def material(*bodies, labels=(), facts=None, scope="kaltim", title="UEP Kaltim", **changes):
    """Return a corpus of one document a body; a label that is not given is one of UEP Kaltim with a stored question."""
    documents = tuple(document(f"kaltim/{n}.md", body, scope=scope, title=title) for n, body in enumerate(bodies, 1))
    names = [name for body in bodies for name in LABEL.findall(body) if not name.startswith("C-")]
    known = {name: label(name) for name in names} | {given.id: given for given in labels}
    return Material(
        knowledge=Knowledge(known, {}, dict.fromkeys(known, ("apa?",)), Glossary(), ()),
        documents=documents,
        passages=tuple(passage for item in documents for passage in split_document(item)),
        texts={item.card.path: body for item, body in zip(documents, bodies, strict=True)},
        sources={SOURCE.id: SOURCE.date},
        facts={name: Fact(name, text) for name, text in (facts or {}).items()},
        **changes,
    )


def knowing(made, **changes):
    return replace(made, knowledge=replace(made.knowledge, **changes))


def faults(name, made):
    """Return what the check called `name` finds wrong, as one text."""
    return "\n".join(f"{f.path}: {f.what}" for f in check(made) if f.check == name and f.severity is Severity.FAULT)


GOOD = "UEP Kaltim 2025 berupa barang dan bahan usaha.[^B-001]"


def test_a_good_small_corpus_has_no_finding():
    assert check(material(GOOD)) == ()


def test_a_file_that_cannot_be_read_is_a_fault():
    assert "kosong" in faults("kartu dokumen", material(GOOD, failures=(LoadFailure("x.md", "berkas kosong", "Isi."),)))


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"reviewed": None}, "tanpa reviewed"),
        ({"valid_from": "2025", "valid_to": "2024"}, "lebih awal"),
        ({"scope": "daerah-lain"}, "tidak menyebut daerah lain"),
    ],
)
def test_front_matter_that_contradicts_itself_is_a_fault(card, said):
    made = material(GOOD)
    [only] = made.documents
    assert said in faults("kartu dokumen", replace(made, documents=(replace(only, card=replace(only.card, **card)),)))


def test_an_unknown_label_is_a_fault():
    made = knowing(material(GOOD), labels={})
    assert "B-001 tidak ada di labels.yaml" in faults("label", made)


def test_a_label_or_gap_that_no_document_states_is_a_fault():
    assert "B-009 tidak dipakai" in faults("label", material(GOOD, labels=[label("B-009")]))
    assert "gaps.yaml: label C-001 tidak dipakai" in faults("label", knowing(material(GOOD), gaps={"C-001": GAP}))


def test_a_label_without_source_or_with_an_unknown_scope_is_a_fault():
    assert "tanpa sumber" in faults("label", material(GOOD, labels=[label("B-001", sources=())]))
    assert "scope mars" in faults("label", material(GOOD, labels=[label("B-001", scope="mars")]))


def test_a_label_without_fact_and_a_fact_without_label_are_faults():
    found = faults("label", material(GOOD, facts={"B-002": "Fakta."}))
    assert "facts.jsonl: label B-001" in found
    assert "labels.yaml: label B-002" in found


def test_a_label_of_the_unsourced_list_is_a_fault():
    def said(name):
        return faults("label", material(GOOD, unsourced=frozenset({name})))

    assert "kaltim/1.md: label B-001 ada di daftar tanpa sumber" in said("B-001")
    assert not said("B-999")


def test_a_source_that_no_label_uses_is_a_fault():
    assert "S-002 tidak dipakai" in faults("sumber", replace(material(GOOD), sources={"S-001": "2025", "S-002": "2025"}))
    assert not faults("sumber", material(GOOD))


def test_a_source_needs_a_year_or_says_that_it_has_no_date():
    assert "S-001: tanggal «kemarin»" in faults("sumber", replace(material(GOOD), sources={"S-001": "kemarin"}))
    assert not faults("sumber", replace(material(GOOD), sources={"S-001": "tanpa tanggal"}))


def test_a_statement_without_label_is_a_fault_and_the_lead_of_a_list_is_no_statement():
    assert "Tanpa dasar." in faults("pernyataan berlabel", material(f"{GOOD} Tanpa dasar."))
    assert not faults("pernyataan berlabel", material("Bentuknya:\n- barang[^B-001]\n- bahan[^B-001]"))


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("Nilainya Rp4,5 juta.", "Nilainya Rp4.500.000."),
        ("Nilainya Rp4,5 juta sampai Rp5 juta.", "Nilainya Rp4,5–5 juta."),
        ("Sasarannya Desil 1 dan Desil 2.", "Sasarannya Desil I dan II."),
        ("Pelatihannya tiga hari.", "Pelatihannya 3 hari."),
        ("Ada 12 orang.", "Ada dua belas orang."),
        ("Menurut berita 22 Oktober 2025, ada kuota.", "Ada kuota."),
        ("Menurut UU 13/2011 Pasal 8, ada verval.", "Ada verval."),
        ("Kepmensos 73/2024 dipakai.", "Kepmensos 73/HUK/2024 dipakai."),
        ("Penerima 2025 tidak diusulkan lagi untuk 2026.", "Penerima tidak diusulkan lagi pada tahun berikutnya."),
        ("Ada dua bentuk, yaitu barang dan bahan.", "Bentuknya barang dan bahan."),
        ("Ada tiga bentuk:\n- barang\n- bahan\n- alat", "Bentuknya barang, bahan, alat."),
    ],
)
def test_a_figure_of_a_fact_or_its_source_may_be_written_another_way(statement, fact):
    head, *items = statement.split("\n")
    body = "\n".join([f"{head}[^B-001]", *items])
    assert not faults("angka", material(body, facts={"B-001": fact}))


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("Nilainya Rp45 juta.", "Nilainya Rp4,5 juta."),
        ("Nilainya Rp5 miliar.", "Nilainya Rp5 juta."),
        ("Naik 80 orang.", "Naik 80 persen."),
        ("Pelatihannya empat hari.", "Pelatihannya tiga hari."),
        ("Menurut berita 23 Oktober 2025, ada kuota.", "Ada kuota."),
        ("Menurut berita November 2025, ada kuota.", "Ada kuota."),
        ("Ada 700 orang.", "Ada orang."),
        ("Menurut UU 14/2011, ada verval.", "Ada verval menurut UU 13/2011."),
        ("Ada empat bentuk:\n- barang\n- bahan\n- alat", "Bentuknya barang, bahan, alat."),
    ],
)
def test_a_figure_that_no_fact_of_the_statement_holds_is_a_fault(statement, fact):
    head, *items = statement.split("\n")
    body = "\n".join([f"{head}[^B-001]", *items])
    assert "tidak ada di fakta B-001" in faults("angka", material(body, facts={"B-001": fact}))


def test_the_note_of_a_fact_bears_out_a_figure():
    made = material("Satu blog menyebut 29 indikator.[^B-001]", facts={"B-001": "Ada 39 parameter."})
    assert faults("angka", made)
    noted = {"B-001": Fact("B-001", "Ada 39 parameter.", "Sebuah blog menyebut 29 indikator.")}
    assert not faults("angka", replace(made, facts=noted))


def test_a_figure_of_a_fact_that_nobody_states_is_only_a_note():
    found = check(material("Ada kuota.[^B-001]", facts={"B-001": "Kuotanya 150 orang."}))
    assert [(f.check, f.severity) for f in found] == [("angka", Severity.NOTE)]


def test_a_gap_may_name_the_year_that_is_asked_about_but_no_other_figure():
    def said(text):
        return faults("angka", knowing(material(f"{text}[^C-001]"), gaps={"C-001": GAP}, questions={"C-001": ("umur?",)}))

    assert not said("Batas umur penerima UEP 2025 belum ditemukan sampai November 2026.")
    assert "angka 17" in said("Batas umur 17 tahun belum ditemukan.")


def test_figures_of_a_criterion_come_from_its_facts():
    def made(wording):
        answer = CriterionAnswer("ya", "Ya", CriterionOutcome.MET, wording, ("B-001",))
        criterion = Criterion("desil", "Desil berapa?", CriterionKind.REQUIRED, "Lihat datanya.", ("B-001",), (answer,))
        return knowing(material("Desil 1.[^B-001]", facts={"B-001": "Desil 1."}), criteria=(criterion,))

    assert not faults("angka", made("Sesuai dengan Desil 1."))
    assert "criteria.yaml: desil: angka 3" in faults("angka", made("Sesuai dengan Desil 3."))


@pytest.mark.parametrize("text", ["Di Sidoarjo agen dipidana.", "Contoh daerah lain: agen dipidana.", "Banten: agen dipidana."])
def test_a_statement_of_another_region_that_says_so_is_right(text):
    assert not faults("cakupan", material(f"{text}[^A-001]", labels=[label("A-001", scope="daerah-lain")]))


def test_a_statement_of_another_region_without_its_name_is_a_fault():
    made = material("Agen dipidana.[^A-001]", labels=[label("A-001", scope="daerah-lain")])
    assert "A-001 dari daerah lain tanpa nama daerah" in faults("cakupan", made)


def test_a_document_on_other_regions_holds_nothing_else():
    made = material(GOOD, scope="daerah-lain", title="Contoh daerah lain: Banten")
    assert "B-001 bukan dari daerah lain" in faults("cakupan", made)


def test_a_statement_on_kaltim_in_a_national_document_names_kaltim():
    assert not faults("cakupan", material(GOOD, scope="nasional", title="Bansos"))
    assert "hanya untuk Kaltim" in faults("cakupan", material("Kuotanya rata.[^B-001]", scope="nasional", title="Bansos"))


def test_a_statement_on_one_regency_elsewhere_names_it():
    berau = [label("B-001", scope="kaltim/berau")]
    assert not faults("cakupan", material("Berau mencatat usulan.[^B-001]", labels=berau))
    assert "hanya untuk Berau" in faults("cakupan", material("Usulan dicatat.[^B-001]", labels=berau))


@pytest.mark.parametrize(
    ("status", "right", "wrong"),
    [
        ("usang", "KUBE yang lama beranggota lima orang.", "KUBE beranggota lima orang."),
        ("dicabut", "Aturan itu sudah dicabut.", "Aturan itu mengatur KUBE menurut Permensos 25/2015."),
        ("rencana", "Penerima direncanakan bertambah.", "Penerima bertambah."),
    ],
)
def test_old_rules_and_plans_say_that_they_are(status, right, wrong):
    other = "UEP Kaltim berlaku.[^B-002]"
    given = [label("B-001", status=status)]
    assert not faults("status", material(f"{right}[^B-001] {other}", labels=given))
    assert wrong in faults("status", material(f"{wrong}[^B-001] {other}", labels=given))


def test_labels_of_one_statement_that_disagree_are_a_note():
    found = check(material("UEP Kaltim.[^B-001][^B-002]", labels=[label("B-002", status="usang")]))
    assert [(f.check, f.severity) for f in found] == [("status", Severity.NOTE)]


@pytest.mark.parametrize("other", [{"program": "kube"}, {"status": "usang"}, {"scope": "nasional"}])
def test_front_matter_that_fits_no_label_of_the_document_is_a_fault(other):
    [field] = other
    assert f"{field} " in faults("front matter dan label", material(GOOD, labels=[label("B-001", **other)]))
    assert not faults("front matter dan label", material(f"{GOOD} Lain.[^B-002]", labels=[label("B-002", **other)]))


def test_a_sentence_in_two_documents_is_a_fault_and_a_short_item_is_not():
    assert "sama dengan kalimat di kaltim/1.md" in faults("kalimat kembar", material(GOOD, GOOD))
    assert not faults("kalimat kembar", material("Isi:\n- kue[^B-001]", "Isi:\n- kue[^B-001]"))


def test_long_sentences_passages_and_documents_are_faults():
    assert "kalimat 41 kata" in faults("keterbacaan", material(f"{'kata ' * 41}[^B-001]"))
    assert not faults("keterbacaan", material(f"{'kata ' * 20}[^B-001]"))
    assert "rata-rata 30 kata" in faults("keterbacaan", material(f"{'kata ' * 30}[^B-001]"))
    items = "\n".join(f"- kata kata kata kata kata kata {n}[^B-001]" for n in range(200))
    found = faults("keterbacaan", material(f"Isi:\n{items}"))
    assert re.search(r"bagian \S+: \d+ kata", found)
    assert "dokumen 1600 kata" in found


def test_long_words_make_a_document_hard_to_read():
    assert "indeks" in faults("keterbacaan", material("Penyelenggaraan pertanggungjawaban ketersediaan.[^B-001]"))


@pytest.mark.parametrize("target", ["2.md", "../kaltim/2.md#bagian", "https://contoh.test/a.md", "#bagian"])
def test_a_link_to_a_document_is_right(target):
    assert not faults("tautan", material(f"{GOOD}\n\n- [Lain]({target})", "UEP Kaltim lain.[^B-001]"))


@pytest.mark.parametrize("target", ["hilang.md", "kaltim/2.md", "../../README.md"])
def test_a_link_to_nothing_is_a_fault(target):
    assert f"tautan {target}" in faults("tautan", material(f"{GOOD}\n\n- [Lain]({target})", "UEP Kaltim lain.[^B-001]"))


def test_stored_questions_belong_to_a_label_or_a_passage():
    made = material(GOOD)
    [passage] = made.passages
    asked = {"B-001": ("apa?",)}
    assert not faults("pertanyaan", knowing(made, questions={**asked, passage.id: ("semua?",)}))
    assert "B-009 bukan label" in faults("pertanyaan", knowing(made, questions={**asked, "B-009": ("apa?",)}))
    assert "x.md#y:1 bukan" in faults("pertanyaan", knowing(made, questions={**asked, "x.md#y:1": ("apa?",)}))


def test_a_label_without_stored_questions_is_a_fault():
    assert "label B-001 belum punya pertanyaan" in faults("pertanyaan", knowing(material(GOOD), questions={}))


def test_premises_conflicts_and_criteria_name_known_labels():
    def made(name):
        answer = CriterionAnswer("ya", "Ya", CriterionOutcome.MET, "Sesuai.", (name,))
        return knowing(
            material(GOOD),
            premises={f"{name}#1": Premise(f"{name}#1", name, "UEP uang tunai", ("tunai ya?",))},
            conflicts=(Conflict("K-01", "Bentuk", ((name,),), "Tanyakan.", True),),
            criteria=(Criterion("bentuk", "Bentuk?", CriterionKind.REQUIRED, "Lihat.", (name,), (answer,)),),
        )

    for name in ("pertanyaan", "konflik", "kriteria"):
        assert not faults(name, made("B-001"))
        assert "B-009 tidak ada" in faults(name, made("B-009"))


def test_a_conflict_without_label_is_a_fault():
    made = knowing(material(GOOD), conflicts=(Conflict("K-01", "Bentuk", (), "Tanyakan.", True),))
    assert "K-01 tanpa label" in faults("konflik", made)


def test_codes_list_numbers_and_labels_are_no_figures():
    assert figures("1. P3KE dan B-030 berisi 5 hal.[^B-001]") == {"5"}
    assert spelled_out("satu dari dua puluh lima orang") == "satu dari 25 orang"


def test_the_report_counts_and_draws_the_same_statements_for_the_same_seed():
    made = material(f"{GOOD} UEP Kaltim untuk warga miskin.[^B-002]", facts={"B-001": "Barang, 2025.", "B-002": "Miskin."})
    values = coverage(made)
    assert (values["fakta"], values["fakta yang dinyatakan"], values["pernyataan tanpa label"]) == (2, 2, 0)
    assert draw(made, 1, 7) == draw(made, 1, 7)
    assert len(draw(made, 20, 0)) == 2
    shown = "\n".join(sample_lines(made, draw(made, 2, 0)))
    assert all(part in shown for part in ("Barang, 2025.", "Miskin.", "Harian Contoh", GOOD.partition("[")[0]))
    table = "\n".join(report_lines(made, check(made)))
    assert all(name in table for name in (*values, *CHECKS) if name != "dokumen per folder")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"label": "B-001"}', "baris 2 harus memuat"),
        ('{"label": "B-000", "fact": "Dua."}', "baris 2 mengulang label B-000"),
    ],
)
def test_a_faulty_line_of_facts_is_named(tmp_path, line, said):
    (tmp_path / "facts.jsonl").write_text(f'{{"label": "B-000", "fact": "Satu."}}\n{line}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_facts(tmp_path)


def test_the_list_of_unsourced_labels_is_a_list(tmp_path):
    assert read_unsourced(tmp_path) == frozenset()
    (tmp_path / "unsourced.yaml").write_text("- A-022\n", encoding="utf-8")
    assert read_unsourced(tmp_path) == {"A-022"}
    (tmp_path / "unsourced.yaml").write_text("A-022: ya\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="daftar label"):
        read_unsourced(tmp_path)


def test_the_command_needs_no_index_and_exits_with_1_for_a_fault(tmp_path, monkeypatch, capsys):
    folder = write_corpus(tmp_path / "corpus", bantuan="\n## Bentuk\n\nUEP Kaltim berupa barang.[^B-029] Tanpa dasar.\n")
    monkeypatch.setenv("CORPUS_DIR", str(folder))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "kosong"))
    assert main(["corpus", "--report"]) == 1
    told = capsys.readouterr().out
    assert "bantuan.md: tanpa label: «Tanpa dasar.». Beri label" in told
    assert "pernyataan tanpa label" in told
    assert main(["corpus", "--report", "--json", "--sample", "1"]) == 1
    values = json.loads(capsys.readouterr().out)
    assert not values["ok"]
    assert values["pemeriksaan"]["pernyataan berlabel"] == {"kesalahan": 1, "catatan": 0}
    assert len(values["contoh"]) == 1


def test_a_folder_that_is_missing_is_one_line_with_the_way_out(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path / "tiada"))
    assert main(["corpus"]) == 1
    assert "atur CORPUS_DIR" in capsys.readouterr().err
