"""Latihan and Kasus over real HTTP: what is sent is kept before it is answered, even by a killed server; one's own alone."""

import html
import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from assistant.training.items import ItemKind
from tests.browser.stand_in import StandInAssistant
from tests.factories import add_person, make_office
from tests.hall import Killable
from tests.serving import Client, served
from tests.training import shipped_course

CASE = "ayam-mati"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    office = make_office(tmp_path_factory.mktemp("belajar"), StandInAssistant())
    for name in ("satu", "dua"):
        add_person(office.people, name)
    yield from served(office)


@pytest.fixture
def client(server):
    """A visitor of this machine, new for each test."""
    return Client(server.local)


def words(page):
    """The text of a page, blanks as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2])).split())


def send(client, path, page, **fields):
    answer = client.form(path, page, **fields)
    return client.get(answer.headers["location"].partition("#")[0]) if answer.status_code == 303 else answer


def question(page):
    """The item that a page asks, as the form names it."""
    return shipped_course().items[re.search(r'action="/latihan/soal/(S-[0-9a-f]+)"', page.text)[1]]


def filled(page, *, rightly=True):
    """The fields of a full answer, right or wrong, as somebody who reads the page would choose them."""
    item = question(page)
    if item.kind is ItemKind.ORDER:
        shown = re.findall(r'<label for="langkah-(\d+)">([^<]*)</label>', page.text)
        order = [item.options[number].text for number in (item.key if rightly else item.key[::-1])]
        return {f"langkah-{number}": str(order.index(html.unescape(text)) + 1) for number, text in shown}
    if item.kind is ItemKind.MATCH:
        choices = re.findall(r'<option value="(\d+)">([^<]*)</option>', page.text.partition("</select>")[0])
        number = {html.unescape(text): value for value, text in choices}
        key = item.key if rightly else (*item.key[1:], item.key[0])
        return {f"pasangan-{term}": number[item.options[meaning].text] for term, meaning in enumerate(key)}
    options = re.findall(r'name="pilih" value="(\d+)".*?</b> (.*?)</span>', page.text, re.S)
    fields = {"pilih": next(value for value, text in options if (html.unescape(text) == item.right.text) == rightly)}
    return {**fields, "alasan": str(item.reason)} if item.reasons else fields


def answer(client, page, *, rightly=True, **fields):
    """Send the answer to the question of a page; returns the page with the key."""
    item, number = question(page), re.search(r'name="ke" value="(\d+)"', page.text)[1]
    return send(client, f"/latihan/soal/{item.id}", "/kasus", ke=number, **filled(page, rightly=rightly), **fields)


# Latihan


def test_a_lesson_goes_from_question_to_key_with_source_to_the_next_question(client):
    page = client.get("/latihan/soal")
    first = question(page)
    marked = answer(client, page, rightly=False)
    assert "✗ Belum benar" in marked.text
    assert html.escape(first.anchor.quote.split("\n")[0], quote=False)[:40] in marked.text.replace("&#39;", "'")
    assert "sekitar 10 menit lagi" in words(marked)
    assert 'href="/?tanya=' in marked.text
    following = client.get(re.search(r'href="(/latihan/soal[^"]*)"', marked.text)[1])
    assert question(following).id != first.id
    assert "✓ Benar" in answer(client, following).text
    assert "50%" in words(client.get("/latihan"))


def test_ten_questions_of_every_kind_are_asked_and_marked_and_then_it_is_enough_for_today(client):
    for _ in range(10):
        page = client.get("/latihan/soal")
        assert "✓ Benar" in answer(client, page).text, question(page)
    done = client.get("/latihan/soal")
    assert "Selesai untuk sekarang" in done.text
    assert "Ulangan berikutnya" in done.text


@pytest.mark.parametrize("topic", ["alur", "istilah", "daerah-lain"])
def test_the_chosen_topic_stays_through_the_lesson(client, topic):
    path = f"/latihan/soal?topik={topic}"
    for _ in range(10):
        page = client.get(path)
        assert question(page).topic == topic
        marked = answer(client, page, topik=topic)
        assert "✓ Benar" in marked.text, question(page)
        path = html.unescape(re.search(r'href="(/latihan/soal[^"]*)"', marked.text)[1])
        assert path == f"/latihan/soal?topik={topic}"


def test_an_incomplete_answer_is_said_and_what_was_given_stays_chosen(client):
    item = next(one for one in shipped_course().bank.items if one.kind is ItemKind.ORDER)
    fields = {f"langkah-{number}": "2" for number in range(len(item.options))}
    page = send(client, f"/latihan/soal/{item.id}", "/kasus", ke="0", yakin="ya", **fields)
    assert page.status_code == 400
    assert "Satu nomor dipakai dua kali" in page.text
    assert page.text.count('<option value="2" selected>') == len(item.options)
    assert re.search(r'name="yakin" value="ya" checked', page.text)
    assert "–" in words(client.get("/latihan")), "nothing was counted"


def test_a_form_sent_twice_counts_once_and_shows_the_same(client):
    page = client.get("/latihan/soal")
    assert answer(client, page, rightly=False).text == answer(client, page, rightly=False).text
    answer(client, page)
    assert "0%" in words(client.get("/latihan"))


def test_an_item_that_is_gone_leads_to_the_next_one_and_says_so(client):
    page = send(client, "/latihan/soal/S-0123456789ab", "/kasus", ke="0", pilih="1", topik="alur")
    assert page.status_code == 200
    assert "tidak dinilai" in page.text
    assert question(page).topic == "alur"
    assert client.get("/latihan/hasil/S-0123456789ab?pilih=1").status_code == 303


def test_the_key_asked_for_with_a_broken_address_is_one_message(client):
    item = shipped_course().bank.items[0]
    assert client.get(f"/latihan/hasil/{item.id}?ke=x&pilih=99").status_code == 400


def test_a_topic_begins_anew_only_with_the_box_ticked(client):
    page = client.get("/latihan/soal?topik=alur")
    answer(client, page)
    assert send(client, "/latihan/ulang", "/kasus", topik="alur").status_code == 400
    assert send(client, "/latihan/ulang", "/kasus", topik="x", yakin="ya").status_code == 400
    assert "(1 soal)" in send(client, "/latihan/ulang", "/kasus", topik="alur", yakin="ya").text
    assert question(client.get("/latihan/soal?topik=alur")).id == question(page).id


def test_a_form_of_another_browser_is_refused_and_counts_nothing(client, server):
    other = Client(server.local)
    page = client.get("/latihan/soal")
    for path in (f"/latihan/soal/{question(page).id}", "/latihan/ulang", "/kasus/mulai", "/kasus/x"):
        sent = client.post(path, data={"token": other.token("/kasus"), "pilih": "0", "ke": "0", "kasus": CASE})
        assert sent.status_code == 403
        assert "isiannya belum disimpan" in sent.text
    assert "–" in words(client.get("/latihan"))


# Kasus


def begin(client, plan=CASE):
    started = client.form("/kasus/mulai", "/kasus", kasus=plan)
    assert started.status_code == 303
    return started.headers["location"]


def test_a_case_from_the_story_to_the_mark_with_the_sentence_for_each_point(client):
    path = begin(client)
    page = client.get(path)
    hidden = "Kapan calon terakhir menerima UEP Kaltim?"
    assert hidden not in page.text.partition("Lembar kriteria")[2]
    for key in re.findall(r'name="tanya" value="([^"]+)"', page.text):
        page = send(client, path, path, tanya=key, alasan="Sudah menerima paket")
    assert hidden in page.text.partition("Lembar kriteria")[2]
    assert "Sudah menerima paket</textarea>" in page.text, "asking keeps what was typed"
    rows = re.findall(r'name="lembar-([^"]+)"', page.text)
    assert len(rows) == 4
    fields = {f"lembar-{row}": "terpenuhi" for row in rows}
    marked = send(client, path, path, lanjut="nilai", langkah="usulkan", alasan="Desil satu didahulukan.", **fields)
    said = words(marked)
    assert re.search(r"\d+ dari 11 poin", said)
    for part in ("Yang perlu ditanyakan", "Lembar kriteria", "Langkah Anda", "Alasan Anda", "tidak dipahami mesin"):
        assert part in said
    assert "<blockquote>" in marked.text
    assert "Coba ragam lain" in marked.text
    assert "11 poin" in words(client.get("/kasus"))


def test_marking_an_unfinished_case_asks_first_and_marks_it_as_it_is_when_told_to(client):
    path = begin(client)
    page = send(client, path, path, lanjut="nilai", langkah="usulkan", alasan="")
    assert "Belum diisi: 2 butir lembar kriteria, alasan" in words(page)
    assert re.search(r'value="usulkan" checked', page.text)
    assert "dari 11 poin" in words(send(client, path, path, lanjut="nilai-saja", langkah="usulkan", alasan=""))


def test_a_case_about_the_officer_s_own_step_has_options_and_no_sheet(client):
    path = begin(client, "biaya-proposal")
    page = client.get(path)
    assert "Lembar kriteria" not in page.text
    options = re.findall(r'name="pilihan" value="(\d+)"[^>]*><span>([^<]+)', page.text)
    right = next(value for value, text in options if text.startswith("Minta pungutan dihentikan"))
    reason = "Pungutan harus dihentikan dan dilaporkan ke 171."
    said = words(send(client, path, path, lanjut="nilai", pilihan=right, alasan=reason))
    assert "5 dari 8 poin" in said
    assert "Pelajaran kasus ini" in said


def test_a_reason_that_is_too_long_comes_back_in_the_box(client):
    path = begin(client)
    page = send(client, path, path, lanjut="simpan", langkah="usulkan", alasan="panjang " * 200)
    assert page.status_code == 400
    assert "ringkas sampai 1000" in page.text
    assert page.text.count("panjang ") > 190
    assert re.search(r'value="usulkan" checked', client.get(path).text)


def test_what_is_typed_is_text_and_nothing_else(client):
    path = begin(client)
    page = send(client, path, path, lanjut="simpan", alasan="</textarea><script>alert(1)</script>{{ 7*7 }}")
    assert "<script>alert" not in page.text
    assert "{{ 7*7 }}" in page.text


def test_another_s_case_is_closed(server, client):
    path = begin(client)
    thief = Client(server.local)
    assert thief.get(path).status_code == 403
    assert thief.form(path, "/kasus", lanjut="nilai-saja").status_code == 403
    assert "Selesai dan nilai" in client.get(path).text


def test_two_neighbours_in_a_hall_get_different_cases(server):
    stories = set()
    for name in ("satu", "dua"):
        officer = Client(server.lan)
        officer.login(name)
        stories.add(words(officer.get(begin(officer))))
    assert len(stories) == 2


def test_the_list_offers_going_on_until_the_case_is_marked(client):
    path = begin(client)
    assert begin(client) == path
    assert f'href="{path}"' in client.get("/kasus").text.partition("Belum selesai")[2]
    send(client, path, path, lanjut="nilai-saja")
    assert "Belum selesai" not in client.get("/kasus").text
    assert begin(client) != path


def test_a_server_that_is_killed_goes_on_where_it_stood(tmp_path):
    hall = Killable(tmp_path)
    hall.start()
    try:
        client = Client(hall.address)
        answer(client, client.get("/latihan/soal"))
        path = begin(client)
        asked = re.search(r'name="tanya" value="([^"]+)"', client.get(path).text)[1]
        waiting = client.get("/latihan/soal")
        sent = client.form(path, path, tanya=asked, langkah="tanyakan dulu", alasan="Separuh alasan")
        hall.kill()
        assert sent.status_code == 303, "what was answered was kept before"
        hall.start()
        page = client.get(path)
        assert f'id="jawab-{asked}"' in page.text
        assert "Separuh alasan</textarea>" in page.text
        assert re.search(r'value="tanyakan dulu" checked', page.text)
        assert "✓ Benar" in answer(client, waiting).text, "a question from before is answered after it"
        found = client.get("/akun/data.json").json()["latihan"]
        assert [one["benar"] for one in found["jawaban"]] == [True, True]
    finally:
        hall.kill()


class Changing(StandInAssistant):
    """Teaches the shipped course until a test changes a plan of it."""

    def __init__(self):
        super().__init__()
        self.now = shipped_course()

    def course(self):
        return self.now


def test_a_case_whose_source_changed_says_so_keeps_the_mark_and_begins_anew(tmp_path):
    teacher = Changing()
    for server in served(make_office(tmp_path, teacher)):
        client = Client(server.local)
        marked = begin(client)
        result = words(send(client, marked, marked, lanjut="nilai-saja", alasan="Alasan pertama."))
        got = re.search(r"(\d+) dari 11 poin", result)[0]
        waiting = begin(client)
        send(client, waiting, waiting, lanjut="simpan", alasan="Alasan kedua.")
        plans = tuple(
            replace(plan, story="{nama}, {umur} tahun, {tempat}.") if plan.id == CASE else plan for plan in teacher.now.book.plans
        )
        teacher.now = replace(teacher.now, book=replace(teacher.now.book, plans=plans))
        for path, kept in (
            (marked, got),
            (marked, "Alasan pertama."),
            (waiting, "Alasan kedua."),
            (waiting, "tidak dapat dinilai"),
        ):
            page = words(client.get(path))
            assert "Sumber kasus ini sudah berubah" in page
            assert kept in page
        assert "tidak dapat dinilai" in words(send(client, waiting, waiting, lanjut="nilai-saja", alasan="x"))
        assert "sudah berubah" in words(client.get("/kasus")).partition("Riwayat kasus")[2]
        assert begin(client) not in (marked, waiting)


def test_a_mark_stays_when_the_criteria_say_something_else_later(tmp_path):
    teacher = Changing()
    for server in served(make_office(tmp_path, teacher)):
        client = Client(server.local)
        path = begin(client)
        assert "Nilai Anda tetap" not in words(send(client, path, path, lanjut="nilai-saja", **{"lembar-desil": "terpenuhi"}))
        with server.office.records.writing() as session:
            session.execute(text("UPDATE casework SET got = got + 1"))
        assert "Nilai Anda tetap" in words(client.get(path))


def test_one_s_data_hold_practice_and_cases_and_can_be_erased(client):
    answer(client, client.get("/latihan/soal"))
    path = begin(client)
    send(client, path, path, lanjut="simpan", alasan="Alasan pribadi.")
    assert "Alasan pribadi." in client.get("/akun/data.json").text
    assert client.form("/akun/hapus", "/akun", yakin="ya").status_code == 200
    data = client.get("/akun/data.json").json()
    assert (data["latihan"]["soal"], data["kasus"]) == ([], [])
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/latihan", "/latihan/soal", "/kasus"])
def test_no_page_is_kept_by_browsers_and_every_form_has_its_token(client, path):
    page = client.get(path)
    assert page.headers["cache-control"] == "no-store"
    for form in re.findall(r'<form method="post".*?</form>', page.text, re.S):
        assert 'name="token"' in form
