"""Cek Kriteria over real HTTP: addresses without personal data, files that are not kept, the decision in every answer."""

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.candidates.steps import SIMULATION
from assistant.wording import DECISION
from tests.browser.stand_in import StandInAssistant
from tests.candidates import NIK, csv_bytes, xlsx_bytes
from tests.factories import make_office, sample_assistant
from tests.serving import Client, served

ANSWERS = "keluarga-miskin=ya&desil=desil-3-4&bukan-asn-tni-polri=keluarga&umur=lansia"
HEAD = ("kode", "desil", "DTSEN", "asesmen", "Nama", "NIK")
ROWS = (["K-1", "2", "ya", "lolos", "Siti Rahasia", NIK], ["K-2", "dua puluh", "ya", "tidak lolos", "Budi Rahasia", NIK])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    yield from served(make_office(tmp_path_factory.mktemp("kriteria"), StandInAssistant(), questions_per_minute=10_000))


@pytest.fixture
def client(server):
    return Client(server.local)


def send(client, raw, name="calon.csv", **fields):
    values = {"token": client.token("/kriteria/tabel"), "hasil": "layar", **fields}
    return client.post("/kriteria/tabel", data=values, files={"berkas": (name, raw)})


@pytest.mark.parametrize("path", ["/kriteria", f"/kriteria/hasil?{ANSWERS}", "/kriteria/hasil", "/kriteria/tabel"])
def test_every_page_says_that_the_decision_stays_with_the_team(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert re.search(rf'class="keputusan"[^>]*><strong>{DECISION}</strong> {SIMULATION}', page.text)
    assert page.headers["cache-control"] == "no-store"


def test_the_form_offers_each_criterion_with_unknown_chosen_and_no_field_for_text(client):
    page = client.get("/kriteria").text
    criteria = client.get("/kriteria").text.count("<fieldset")
    assert criteria == page.count(' value="" checked') == 31
    form = page[page.index('<form method="get"') : page.index("</form>", page.index('<form method="get"'))]
    assert set(re.findall(r'type="(\w+)"', form)) == {"radio"}
    assert "<textarea" not in form


def test_answers_from_the_form_open_a_short_address_that_holds_only_what_is_known(client):
    sent = f"judi-daring=&desil=desil-3-4&keluarga-miskin=ya&nama=Siti&nik={NIK}"
    answer = client.get(f"/kriteria/hasil?{sent}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/kriteria/hasil?keluarga-miskin=ya&desil=desil-3-4"
    assert client.get(answer.headers["location"]).status_code == 200


def test_the_result_shows_standing_words_quote_place_badges_and_publication(client):
    page = client.get(f"/kriteria/hasil?{ANSWERS}").text
    first = page[page.index('id="h-bukan-asn-tni-polri"') :]
    first = first[: first.index("</article>\n</details>")]
    for part in ("tidak terpenuhi", "Jawaban: Ya, anggota keluarganya", "<blockquote>", "Bagian: ", "Nasional", "berlaku"):
        assert part in first
    assert re.search(r'<a href="https?://[^"]+" target="_blank" rel="noopener noreferrer">', first)
    assert '<details class="dasar" open' in first, "what speaks against a candidate is quoted in sight"
    assert "Tanyakan kepada:" in page
    assert "/?tanya=Apakah%20calon%20atau%20anggota%20keluarganya%20ASN" in page
    assert f'href="/kriteria?{ANSWERS}"'.replace("&", "&amp;") in page


def test_changing_an_answer_finds_the_others_as_they_were(client):
    page = client.get(f"/kriteria?{ANSWERS}").text
    assert len(re.findall(r'name="desil" value="desil-3-4" checked', page)) == 1
    assert page.count(' value="" checked') == 31 - 4


def test_an_answer_that_is_not_known_is_said_and_not_repeated(client):
    page = client.get("/kriteria/hasil?desil=%3Cscript%3Ealert(1)")
    assert page.status_code == 200
    assert "tidak dikenal untuk: «Berapa desil keluarga calon?»" in page.text
    assert "alert(1)" not in page.text


def test_pdf_and_word_of_a_candidate_can_be_fetched(client):
    pdf = client.get(f"/kriteria/hasil.pdf?{ANSWERS}")
    assert (pdf.content[:5], pdf.headers["content-type"]) == (b"%PDF-", "application/pdf")
    assert 'filename="cek-kriteria.pdf"' in pdf.headers["content-disposition"]
    word = client.get(f"/kriteria/hasil.docx?{ANSWERS}")
    assert "Lembar cek kriteria" in [paragraph.text for paragraph in Document(io.BytesIO(word.content)).paragraphs]


def test_a_table_is_judged_and_neither_names_nor_numbers_come_back(client):
    page = send(client, csv_bytes(HEAD, *ROWS, mark=";"))
    assert page.status_code == 200
    assert "2 calon diperiksa" in page.text
    assert "K-1 (baris 2)" in page.text
    assert "«Nama» memuat nama" in page.text
    assert "«NIK» memuat nomor pribadi" in page.text
    assert "Baris 3, desil: «dua puluh»" in page.text
    for secret in (NIK, "Rahasia"):
        assert secret not in page.text
    link = re.search(r'href="(/kriteria/hasil\?[^"]+)"', page.text)[1].replace("&amp;", "&")
    assert client.get(link).status_code == 200


def test_the_same_form_gives_the_results_as_a_workbook(client):
    answer = send(client, xlsx_bytes(HEAD, *ROWS), "calon.xlsx", hasil="xlsx")
    assert 'filename="hasil-cek-kriteria.xlsx"' in answer.headers["content-disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    text = "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    assert DECISION in text
    assert "K-2" in text
    for secret in (NIK, "Rahasia", "dua puluh"):
        assert secret not in text


@pytest.mark.parametrize(("raw", "name"), [(b"", "a.csv"), (b"PK\x03\x04", "a.xlsx"), (b"Budi,5\n", "a.csv")])
@pytest.mark.parametrize("wanted", ["layar", "xlsx"])
def test_a_file_that_cannot_be_used_comes_back_as_a_page_with_the_way_out(client, raw, name, wanted):
    page = send(client, raw, name, hasil=wanted)
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert "Budi" not in page.text
    assert 'type="file"' in page.text


def test_without_a_file_or_with_a_foreign_token_nothing_is_read(client):
    assert "Pilih berkas" in client.form("/kriteria/tabel", "/kriteria/tabel").text
    refused = client.post("/kriteria/tabel", data={"token": "x"}, files={"berkas": ("a.csv", csv_bytes(HEAD, *ROWS))})
    assert refused.status_code == 403
    assert "K-1" not in refused.text


def test_the_template_can_be_fetched(client):
    book = load_workbook(io.BytesIO(client.get("/kriteria/templat.xlsx").content))
    assert book["Calon"]["A1"].value == "kode"


def test_a_corpus_without_criteria_says_so(tmp_path):
    for server in served(make_office(tmp_path, sample_assistant(tmp_path))):
        client = Client(server.local)
        assert "Belum ada kriteria" in client.get("/kriteria").text
        assert client.get("/kriteria/hasil").status_code == 200
        assert client.get("/kriteria/hasil.pdf").content.startswith(b"%PDF-")
        assert client.get("/kriteria/templat.xlsx").status_code == 200
        assert send(client, csv_bytes(HEAD, *ROWS)).status_code == 400
