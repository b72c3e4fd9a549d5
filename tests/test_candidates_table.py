"""A table of candidates: columns are known by many names, personal data is never read, and every failure says the way out."""

import dataclasses
import io
import json
import time
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from assistant.candidates.cells import read_key, tidy
from assistant.candidates.columns import Use, find_head
from assistant.candidates.reading import table_of
from assistant.candidates.results import results_bytes
from assistant.candidates.steps import STEP_WORDS, short
from assistant.candidates.table import MOST_ROWS, read_table
from assistant.candidates.template import head_of, template_bytes
from assistant.candidates.workbook import Leaf, workbook_bytes
from assistant.criteria import Standing, Step
from assistant.errors import InputError
from assistant.knowledge.criteria import UNKNOWN
from assistant.loading.cells import read_cells
from assistant.loading.sheet import shown
from assistant.wording import DECISION
from tests.candidates import NIK, cells, csv_bytes, saved, xlsx_bytes
from tests.factories import Moving

AT = Moving()()
HEAD = ("kode", "desil", "DTSEN", "asesmen")


@pytest.fixture(scope="module")
def criteria(shipped):
    return shipped.criteria


@pytest.fixture(scope="module")
def read(criteria):
    return lambda *rows: read_table([cells(*rows)], criteria)


def answers(candidate):
    return {v.criterion.id: v.answer.id for v in candidate.verdicts if v.answer.id != UNKNOWN}


def everything(table):
    """Return all that a table holds as text."""
    return json.dumps(dataclasses.asdict(table), ensure_ascii=False, default=str)


# Columns


def test_a_column_is_known_by_id_question_bracketed_id_and_each_of_its_names(criteria):
    for criterion in criteria:
        for name in (criterion.id, criterion.question, head_of(criterion), criterion.id.upper(), *criterion.names):
            head = find_head(cells(["kode", name]), criteria)
            assert head is not None, name
            assert [c.criterion for c in head.columns if c.use is Use.CRITERION] == [criterion.id], name


def test_the_head_may_stand_below_titles_and_rows_keep_the_numbers_of_the_file(read):
    table = read(["DAFTAR CALON"], [], ["", "Kabupaten Berau"], HEAD, ["K-1", "2", "ya", "lolos"])
    assert [one.name for one in table.candidates] == ["K-1 (baris 5)"]
    assert answers(table.candidates[0]) == {"desil": "desil-1-2", "terdata-dtsen": "ya", "asesmen-lapangan": "lolos"}


def test_columns_that_are_unknown_double_or_absent_are_named(read):
    table = read([*HEAD, "Hobi", "tingkat desil"], ["1", "II", "", "", "memancing", "4"])
    notices = " ".join(table.notices)
    assert "«Hobi» tidak dikenal" in notices
    assert "«tingkat desil» kembar" in notices
    assert "jenis-usaha" in {criterion.id for criterion in table.missing}
    assert answers(table.candidates[0]) == {"desil": "desil-1-2"}


@pytest.mark.parametrize(
    ("head", "cell", "told"),
    [
        ("NIK", NIK, "nomor pribadi"),
        ("No. KK", NIK, "nomor pribadi"),
        ("Nomor HP/WA", "0812 3456 7890", "nomor pribadi"),
        ("No rekening", "1234567890123", "nomor pribadi"),
        ("Nama calon penerima", "Siti Rahasia", "nama"),
        ("Nama Kepala Keluarga", "Siti Rahasia", "nama"),
        ("Alamat lengkap", "Jl. Rahasia 5", "alamat"),
        ("RT/RW", "05 Rahasia", "alamat"),
        ("Tempat, tanggal lahir", "Berau, 1-2-1980", "alamat"),
    ],
)
def test_personal_columns_are_not_read_and_that_is_said(read, shipped, head, cell, told):
    table = read([*HEAD, head], ["K-1", "2", "ya", "lolos", cell])
    assert any(told in notice and f"«{head}»" in notice for notice in table.notices)
    assert cell not in everything(table)
    assert cell not in in_workbook(results_bytes(table, shipped.statements, at=AT))


@pytest.mark.parametrize(
    "cell", [NIK, "NIK 6472 0102 0304 0005", "0812-3456-7890", "siti@gmail.com", "6,47201E+15", "6.472010203E+15"]
)
def test_a_personal_number_in_another_column_is_masked_and_counts_as_unknown(read, shipped, cell):
    table = read(HEAD, ["K-1", cell, "ya", "lolos"])
    assert "desil" not in answers(table.candidates[0])
    assert [(one.row, one.criterion.id) for one in table.unread] == [(2, "desil")]
    assert "disamarkan" in table.unread[0].cell
    assert any("disamarkan" in notice and "baris 2" in notice for notice in table.notices)
    for text in (everything(table), in_workbook(results_bytes(table, shipped.statements, at=AT))):
        assert cell not in text
        assert "6472" not in text
        assert "6,47" not in text


def in_workbook(content):
    book = load_workbook(io.BytesIO(content))
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)


def test_a_personal_number_in_a_head_is_masked_when_the_column_is_named(read):
    table = read([*HEAD, f"x {NIK}"], ["K-1", "2", "ya", "lolos", ""])
    assert NIK not in everything(table)


@pytest.mark.parametrize("key", ["K-012", "1", "BERAU/7", "A_3.2", "12a"])
def test_a_short_code_is_a_key(key):
    assert read_key(key) == key


@pytest.mark.parametrize("key", ["Siti Aminah", "Siti", "Siti 01", NIK, "081234567890", "K-" + "1" * 9, "=1+1", "x" * 30 + "1"])
def test_what_may_be_a_name_or_a_number_is_no_key(read, key):
    assert read_key(key) is None
    table = read(HEAD, [key, "2", "", ""])
    assert table.candidates[0].name == "Baris 2"
    assert key not in everything(table)
    assert any("Kode pada baris 2" in notice for notice in table.notices)


# Cells and rows


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [("  Ya  ", "Ya"), ("y", "ya"), ("✓", "ya"), ("tdk", "tidak"), ("FALSE", "tidak"), ("-", ""), ("?", ""), ("belum tau", "")],
)
def test_short_forms_are_read(cell, read_as):
    assert tidy(cell) == (read_as, False)


def test_a_cell_that_names_no_answer_is_listed_by_row_and_counts_as_unknown(read, shipped):
    table = read(HEAD, ["K-1", "dua puluh", "ya", "lolos"], ["K-2", "", "entahlah", ""])
    assert [(one.row, one.criterion.id, one.cell) for one in table.unread] == [
        (2, "desil", "dua puluh"),
        (3, "terdata-dtsen", "entahlah"),
    ]
    exported = in_workbook(results_bytes(table, shipped.statements, at=AT))
    assert "dua puluh" not in exported, "a cell that was not understood may be anything, so it is not passed on"
    assert "Berapa desil keluarga calon?" in exported


def test_rows_without_an_answer_are_left_out_and_named(read):
    table = read(HEAD, ["K-1", "2", "", ""], ["K-2", "", "", ""], ["", "", "", ""], ["Mengetahui, Kepala Dinas"])
    assert [one.row for one in table.candidates] == [2]
    assert any("dilewati: baris 3, 5" in notice for notice in table.notices)


def test_a_thousand_candidates_are_taken_and_one_more_is_refused(read):
    rows = [[f"K-{number}", "2", "ya", "lolos"] for number in range(MOST_ROWS)]
    assert len(read(HEAD, *rows).candidates) == MOST_ROWS
    with pytest.raises(InputError, match=r"1\.001 calon; paling banyak 1\.000.*Bagi"):
        read(HEAD, *rows, ["K-x", "2", "ya", "lolos"])


@pytest.mark.parametrize("rows", [[], [["Budi", NIK]], [["a", "b"], ["c", "d"]]])
def test_a_table_without_a_known_column_is_refused_and_nothing_of_it_repeated(read, rows):
    with pytest.raises(InputError, match="Tidak ada kolom yang cocok") as refused:
        read(*rows)
    assert "Budi" not in str(refused.value)


def test_a_head_without_rows_is_refused(read):
    with pytest.raises(InputError, match="Tidak ada baris"):
        read(HEAD)


def test_the_sheet_that_names_most_criteria_is_read_and_the_others_are_named(criteria):
    guide, other = cells(["desil"], ["isi"], sheet="Petunjuk"), cells(["DTSEN"], ["ya"], sheet="Cadangan")
    table = read_table([guide, other, cells(HEAD, ["K-1", "2", "ya", "lolos"])], criteria, notes=["Makro diabaikan."])
    assert len(table.candidates) == 1
    assert table.notices[0] == "Makro diabaikan."
    assert any("«Cadangan»" in notice and "Petunjuk" not in notice for notice in table.notices)


def test_candidates_come_by_step_the_most_urgent_first_and_counts_leave_out_what_asks_nothing(read):
    table = read([*HEAD, "kemauan"], ["K-1", "2", "ya", "lolos", "ya"], ["K-2", "2", "ya", "lolos", "tidak"])
    assert [(step, [one.key for one in ones]) for step, ones in table.by_step] == [(Step.STOP, ["K-2"]), (Step.HOLD, ["K-1"])]
    counts = dict(table.candidates[1].counts)
    assert counts[Standing.UNMET] == 1
    assert counts[Standing.UNREGULATED] == 0
    assert dict(table.by_criterion)[table.candidates[0].verdicts[2].criterion][Standing.UNMET] == 1


# Files


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_usual_kind_is_read(criteria, mark, encoding):
    rows = [HEAD, *[[f"K-{n}", "Desil 1 atau 2", "Ya, tercatat di DTSEN", "é – lolos"] for n in range(1, 9)]]
    table = table_of(csv_bytes(*rows, mark=mark, encoding=encoding), "calon.csv", criteria)
    assert len(table.candidates) == 8
    assert answers(table.candidates[0]) == {"desil": "desil-1-2", "terdata-dtsen": "ya"}


def test_the_line_by_which_excel_is_told_the_delimiter_is_no_row(criteria):
    raw = b"sep=;\r\n" + csv_bytes(HEAD, ["K-1", "2", "ya", "lolos"], mark=";")
    assert table_of(raw, "calon.csv", criteria).candidates[0].row == 3


def test_numbers_and_switches_of_excel_are_read_and_a_nik_typed_as_a_number_is_masked(criteria):
    raw = xlsx_bytes(["nomor", "desil", "pkh", "RAB"], [1, 2, True, 4_500_000], [2, int(NIK), False, 9_000_000])
    table = table_of(raw, "calon.xlsx", criteria)
    first, second = map(answers, table.candidates)
    assert first == {"desil": "desil-1-2", "pkh-bpnt": "ya", "nilai-rab": "di-kisaran"}
    assert second == {"pkh-bpnt": "tidak", "nilai-rab": "di-atas"}
    assert NIK not in everything(table)
    assert shown(int(NIK), "General") == NIK, "written out, so that masking finds it"


def test_formulas_are_not_run_and_that_is_said(criteria):
    table = table_of(xlsx_bytes(["kode", "desil", "DTSEN"], ["K-1", "=1+1", "ya"]), "calon.xlsx", criteria)
    assert "desil" not in answers(table.candidates[0])
    assert any("rumus tanpa nilai" in notice for notice in table.notices)


def test_macros_are_ignored_and_hidden_rows_left_out_and_both_are_said(criteria):
    book = Workbook()
    for row in (HEAD, ["K-1", "2", "ya", "lolos"], ["K-2", "2", "ya", "lolos"]):
        book.worksheets[0].append(row)
    book.worksheets[0].row_dimensions[3].hidden = True
    file = io.BytesIO(saved(book))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    table = table_of(file.getvalue(), "calon.xlsm", criteria)
    assert len(table.candidates) == 1
    assert any("Makro" in notice for notice in table.notices)
    assert any("tersembunyi" in notice for notice in table.notices)


def bomb():
    file = io.BytesIO(xlsx_bytes(HEAD))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 60_000_000)
    return file.getvalue()


LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        (b"", "a.csv", "kosong.*Isi"),
        (b"\0\0 \n", "a.xlsx", "kosong"),
        (bomb, "a.xlsx", "bom ZIP"),
        (LOCKED, "a.xlsx", "kata sandi"),
        (b"PK\x03\x04 rusak", "a.xlsx", "rusak.*[Ss]impan ulang"),
        (lambda: xlsx_bytes(HEAD)[:-200], "a.xlsx", "rusak.*[Ss]impan ulang"),
        (lambda: xlsx_bytes(HEAD), "a.csv", "akhirannya .csv.*Ganti"),
        (csv_bytes(HEAD), "a.xlsx", "bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xls", "Excel lama.*xlsx"),
        (b"%PDF-1.7", "a.pdf", r"bukan tabel.*\.xlsx atau \.csv"),
        (b"x,y", "tabel", r"bukan tabel.*\.xlsx atau \.csv"),
        (b"MZ\x90\x00", "a.csv", "program"),
        (b"a\x00\x01\x02b" * 9, "a.csv", "biner"),
    ],
)
def test_a_file_that_cannot_be_used_fails_with_its_name_the_reason_and_the_way_out(criteria, raw, name, reason):
    with pytest.raises(InputError, match=reason) as refused:
        table_of(raw() if callable(raw) else raw, name, criteria)
    assert f"«{name}»" in str(refused.value)
    assert "FILE_" not in str(refused.value), "a person at the page sets no settings"


def test_a_number_in_the_name_of_a_file_is_masked_in_its_message(criteria):
    with pytest.raises(InputError) as refused:
        table_of(b"", f"calon {NIK}.csv", criteria)
    assert NIK not in str(refused.value)


def test_nothing_of_an_upload_is_written_to_the_disk(criteria, tmp_path, monkeypatch):
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    read_cells(xlsx_bytes(HEAD, ["K-1", "2", "ya", "lolos"]), "calon.xlsx")
    assert list(tmp_path.rglob("*")) == []


# Template and results


def test_the_template_comes_back_as_it_was_filled_in(criteria):
    book = load_workbook(io.BytesIO(template_bytes(criteria, at=AT)))
    assert book.sheetnames == ["Calon", "Petunjuk", "Pilihan"]
    assert book["Pilihan"].sheet_state == "hidden"
    assert DECISION in str(book["Petunjuk"]["A1"].value)
    sheet = book["Calon"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert len(lists) == len(criteria)
    longest = max(len(criterion.answers) for criterion in criteria)
    for number in range(longest):
        sheet.cell(number + 2, 1, f"K-{number}")
        for column, criterion in enumerate(criteria, 2):
            sheet.cell(number + 2, column, criterion.answers[number % len(criterion.answers)].text)
    table = table_of(saved(book), "templat.xlsx", criteria)
    assert table.notices == table.unread == table.missing == ()
    for number, candidate in enumerate(table.candidates):
        assert candidate.key == f"K-{number}"
        for verdict in candidate.verdicts:
            wanted = verdict.criterion.answers[number % len(verdict.criterion.answers)]
            assert verdict.answer is wanted, (verdict.criterion.id, wanted.text)


def test_the_lists_of_the_template_offer_exactly_the_answers(criteria):
    book = load_workbook(io.BytesIO(template_bytes(criteria, at=AT)))
    rules = list(book["Calon"].data_validations.dataValidation)
    for rule, criterion in zip(rules, criteria, strict=True):
        area = book["Pilihan"][rule.formula1.partition("!")[2].replace("$", "")]
        assert [row[0].value for row in area] == [answer.text for answer in criterion.answers]


def test_the_results_name_each_row_its_step_each_standing_and_the_source_of_each_answer(read, shipped, criteria):
    table = read(HEAD, ["K-1", "2", "ya", "lolos"], ["", "4", "tidak", "tidak lolos"])
    book = load_workbook(io.BytesIO(results_bytes(table, shipped.statements, at=AT, snapshot="snap-1")))
    assert book.sheetnames == ["Hasil", "Tidak terbaca", "Kriteria dan sumber", "Keterangan"]
    for sheet in book:
        assert sheet["A1"].value == DECISION
    rows = [[cell.value for cell in row] for row in book["Hasil"].iter_rows(min_row=4)]
    head, first, second = rows
    assert first[:3] == [2, "K-1", STEP_WORDS[Step.HOLD].head]
    place = head.index(f"{short(criteria[5])} [desil]")
    assert first[place] == "terpenuhi: Desil 1 atau 2"
    assert second[place] == "bukan prioritas: Desil 3 atau 4"
    sources = [[cell.value for cell in row] for row in book["Kriteria dan sumber"].iter_rows(min_row=5)]
    assert len(sources) == sum(len(criterion.answers) for criterion in criteria)
    assert all(row[5] and row[6] for row in sources)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    book = load_workbook(io.BytesIO(workbook_bytes([Leaf("A", [("kepala",), (text,)], [10])], title="x", at=AT)))
    cell = book["A"]["A2"]
    assert (cell.data_type, str(cell.value).strip(), cell.quotePrefix) == ("s", text.strip(), True)


def test_signs_that_xml_forbids_do_not_stop_a_workbook():
    book = load_workbook(io.BytesIO(workbook_bytes([Leaf("A", [("a\x00\x0b\ufffeb",)], [10])], title="x", at=AT)))
    assert book["A"]["A1"].value == "ab"


def test_a_thousand_rows_are_judged_in_a_few_seconds(criteria):
    rows = [[f"K-{n}", *(c.answers[n % len(c.answers)].text for c in criteria)] for n in range(MOST_ROWS)]
    started = time.perf_counter()
    read_table([cells(["kode", *(c.id for c in criteria)], *rows)], criteria)
    assert time.perf_counter() - started < 5
