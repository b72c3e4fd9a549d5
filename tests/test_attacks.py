"""Attacks on the pages and the chat over real HTTP: other sites, guessing, markup, SQL, odd and huge input, double sending."""

import html
import io
import json
import re
import threading
import urllib.parse

import pytest

from assistant.access import FREE_TRIES
from assistant.gate import LONGEST_BODY
from assistant.ledger import Role
from assistant.people import LOGIN
from assistant.records import audit
from tests.browser.stand_in import StandInAssistant
from tests.factories import PASSWORD, add_person, make_office
from tests.serving import Client, served

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "{{7*7}}${7*7}{% raw %}",
    "javascript:alert(1)",
)
SQL = (
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    '" OR ""="',
    "1) UNION SELECT name, password FROM users --",
    "%' OR name LIKE '%",
    "\\'; SELECT pg_sleep(9); --",
)
ODD = ("\0", "a\0b", "\ud800", "\ufffe", "‮kebalik", "\r\nset-cookie: jahat=1")
ODD += ("x" * 10_000, "🌾" * 3000, "%00", "%s%n", "../" * 50)


def quoted(text):
    """Percent-encode any text, halves of signs too."""
    return urllib.parse.quote(text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    url = ""
    if request.param == "postgresql":
        from sqlalchemy import create_engine

        from assistant.records.database import parsed
        from assistant.records.tables import Base

        url = request.getfixturevalue("shared_postgres")
        engine = create_engine(parsed(url))
        with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        engine.dispose()
    office = make_office(tmp_path_factory.mktemp("serang"), StandInAssistant(), url=url, questions_per_minute=10_000)
    for role in Role:
        add_person(office.people, str(role), role=role, display=f"Si {role}")
    yield from served(office)
    office.records.close()


@pytest.fixture(scope="module")
def admin(server):
    client = Client(server.lan)
    client.login("admin")
    return client


@pytest.fixture(scope="module")
def officer(server):
    client = Client(server.lan)
    client.login("petugas")
    client.answer = client.ask("Apa itu UEP?")
    return client


def users(server):
    from assistant.records import people

    return people.users(server.office.records)


def state(server):
    """Everything that an act of an admin could have changed."""
    return [(user.name, user.display, user.role, user.active) for user in users(server)]


# Requests that another site makes a browser send

FORMS = ("/pengguna", "/pengguna/x", "/pengguna/x/tautan", "/pengguna/x/hapus", "/samarkan", "/akun/sandi", "/akun/hapus")
FORMS += ("/keluar", "/riwayat/hapus", "/masuk", "/jawaban/x/nilai")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://jahat.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "kacau"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "https://jahat.example:443"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_a_form_that_another_site_sends_is_refused_even_with_the_right_token(server, admin, path, headers):
    before = state(server)
    answer = admin.post(path, data={"token": admin.token("/akun"), "nama": "jahat", "lengkap": "Jahat"}, headers=headers)
    assert answer.status_code == 403
    assert "situs lain" in answer.text
    assert state(server) == before
    assert admin.get("/pengguna").status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_its_token_or_with_that_of_another_does_nothing(server, admin, officer, path):
    before = state(server)
    for token in ("", "x", "0" * 64, officer.token("/akun"), Client(server.lan).token(), "\ufffe", "🌾"):
        answer = admin.post(path, data={"token": token, "nama": "jahat", "lengkap": "Jahat", "yakin": "ya"})
        assert answer.status_code == 403
        assert "Muat ulang halaman" in answer.text
    assert state(server) == before
    assert admin.get("/pengguna").status_code == 200


def test_the_token_of_before_a_login_is_none_after_it(server):
    client = Client(server.lan)
    old = client.token()
    client.login("petugas")
    assert client.post("/akun/hapus", data={"token": old, "yakin": "ya"}).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "http://jahat.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])
@pytest.mark.parametrize("path", ["queue/join", "run/tanya", "api/tanya", "call/tanya", "cancel", "reset", "upload"])
def test_an_event_of_gradio_that_another_site_sends_is_refused(server, officer, path, headers):
    for client in (officer, Client(server.local)):
        values = {"data": ["Dari situs lain", "semua", None], "fn_index": 0, "session_hash": "x"}
        answer = client.post(f"/gradio_api/{path}", content=json.dumps(values), headers={"content-type": "text/plain", **headers})
        assert answer.status_code == 403
    assert "Dari situs lain" not in officer.get("/riwayat").text


def test_no_answer_invites_other_sites_to_read_it(server, officer):
    for client in (officer, Client(server.local)):
        for path in ("/", "/config", "/akun/data.json", "/healthz"):
            headers = client.get(path, headers={"origin": "http://jahat.example"}).headers
            assert not [name for name in headers if name.startswith("access-control-")], path
        asked = {"origin": "http://jahat.example", "access-control-request-method": "POST"}
        preflight = client.options("/gradio_api/queue/join", headers=asked)
        assert not [name for name in preflight.headers if name.startswith("access-control-")]


def test_nothing_is_changed_by_opening_an_address(server, admin):
    before, lines = state(server), len(audit.read(server.office.records))
    for path in FORMS:
        assert admin.get(path, params={"token": admin.token("/akun"), "yakin": "ya", "nama": "jahat"}).status_code < 500
    assert state(server) == before
    assert len(audit.read(server.office.records)) == lines


# Where a login leads


@pytest.mark.parametrize(
    "after",
    [
        "//jahat.example", "/\\jahat.example", "\\\\jahat.example", "https://jahat.example", "javascript:alert(1)",
        "///jahat.example", "/\t/jahat.example", "/\n/jahat.example", " //jahat.example",
        "/%0d%0aset-cookie:x=1", "/masuk", "/keluar", "",
        "x" * 9000, "/@jahat.example", "/.//jahat.example", "/%2f%2fjahat.example", "/\r\nset-cookie: jahat=1", "/<script>",
        "http:jahat.example",
    ],
)  # fmt: skip
def test_a_login_leads_to_a_page_of_this_app_alone(server, after):
    client = Client(server.lan)
    answer = client.login("petugas", lanjut=after)
    assert answer.status_code == 303
    place = urllib.parse.urljoin(str(client.base_url), answer.headers["location"])
    assert urllib.parse.urlsplit(place).netloc == client.base_url.netloc.decode()
    assert "jahat" not in answer.headers.get("set-cookie", "")
    shown = client.get("/masuk", params={"lanjut": after}).text
    assert "<script>" not in shown
    assert "javascript:" not in shown


# Guessing


def guesser(server, number):
    """A client of its own address on loopback: proxies of this machine are believed."""
    return Client(server.local, **{"x-forwarded-for": f"10.77.{number // 250}.{number % 250 + 1}"})


def test_guessing_is_stopped_after_five_even_with_fresh_cookies(server):
    add_person(server.office.people, "sasaran")
    for _ in range(FREE_TRIES):
        assert "salah" in guesser(server, 1).login("sasaran", "tebakan pertama").text
    assert "Terlalu banyak percobaan" in guesser(server, 1).login("sasaran", PASSWORD).text
    assert guesser(server, 2).login("sasaran").status_code == 303


def test_a_made_up_forwarding_header_from_the_network_is_no_fresh_address(server):
    add_person(server.office.people, "sasaran.dua")
    for number in range(FREE_TRIES):
        Client(server.lan, **{"x-forwarded-for": f"10.88.0.{number}"}).login("sasaran.dua", "tebakan lain")
    last = Client(server.lan, **{"x-forwarded-for": "10.88.0.99"}).login("sasaran.dua")
    assert "Terlalu banyak percobaan" in last.text


def test_guesses_sent_at_once_all_count(server):
    add_person(server.office.people, "sasaran.tiga")
    clients = [guesser(server, 300) for _ in range(12)]
    tokens = [client.token() for client in clients]
    said, gate = [], threading.Barrier(12)

    def guess(client, token):
        gate.wait()
        said.append(client.post("/masuk", data={"token": token, "nama": "sasaran.tiga", "sandi": "salah semua"}).text)

    threads = [threading.Thread(target=guess, args=pair) for pair in zip(clients, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum("kata sandi salah" in text for text in said) == FREE_TRIES
    assert sum("Terlalu banyak percobaan" in text for text in said) == 12 - FREE_TRIES


def test_an_unknown_name_reads_the_same_as_a_wrong_password(server):
    texts = {re.sub(r'value="[^"]*"', "", guesser(server, 400).login(name, "salah semua").text) for name in ("tak.ada", "admin")}
    assert len(texts) == 1


# Markup


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_a_question_a_comment_and_a_name_is_text_everywhere(server, admin, attack):
    client = Client(server.lan)
    name = f"xss.{abs(hash(attack)) % 10**8}"
    add_person(server.office.people, name, display=attack[:90])
    client.login(name)
    answer = client.ask(f"Apa {attack} itu?")
    client.form(f"/jawaban/{answer}/nilai", "/akun", membantu="tidak", komentar=attack)
    chat = json.loads(client.call(client.number("restore")))
    pages = [client.get(path).text for path in ("/akun", "/riwayat", f"/jawaban/{answer}")]
    pages += [admin.get("/pengguna").text, admin.get("/audit").text, client.call(client.number("fill"))]
    pages += [str(chat["data"][place]) for place in (0, 3)]  # the messages and the sources; what is copied is plain text
    for page in pages:
        for wild in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:'):
            assert wild not in page
    assert html.escape(attack, quote=False) in pages[0].replace("&#39;", "'").replace("&#34;", '"')
    assert "49" not in re.sub(r"[0-9a-f]{32,}", "", pages[2].split("<h1>")[1].split("</h1>")[0])


def test_markup_in_the_address_and_the_login_name_is_text(server, admin):
    for attack in ATTACKS:
        pages = [
            Client(server.lan).get("/masuk", params={"lanjut": f"/{attack}"}).text,
            guesser(server, 500).form("/masuk", nama=attack, sandi="x", lanjut=f"/{attack}").text,
            admin.get("/audit", params={"tindakan": attack}).text,
            admin.get(f"/jawaban/{quoted(attack).replace('/', '%2F')}").text,
            admin.form("/pengguna", nama=attack, lengkap=attack, peran=attack, wilayah=attack).text,
        ]
        for page in pages:
            assert attack not in page or attack == "javascript:alert(1)" or attack.startswith("{{")
            assert 'href="javascript:' not in page


def test_the_audit_log_shows_what_was_typed_as_text(server, admin):
    audit.add(server.office.records, "<b>siapa</b>", "uji", "<script>alert(1)</script>", "<img src=x>")
    page = admin.get("/audit").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# SQL


@pytest.mark.parametrize("attack", SQL)
def test_sql_in_any_field_is_only_text(server, admin, officer, attack):
    before = state(server)
    for path in (f"/jawaban/{quoted(attack)}", f"/jawaban/{quoted(attack)}/bukti.pdf", f"/undangan/{quoted(attack)}"):
        assert officer.get(path.replace("%2F", "x")).status_code == 403
    assert officer.form("/riwayat/hapus", "/akun", percakapan=attack).status_code == 403
    assert officer.form(f"/jawaban/{officer.answer}/nilai", "/akun", membantu="ya", komentar=attack).status_code == 200
    assert html.escape(attack, quote=False) in html.unescape(officer.get(f"/jawaban/{officer.answer}").text).replace("<", "&lt;")
    assert "Belum ada catatan" in admin.get("/audit", params={"tindakan": attack}).text
    assert "di 0 catatan" in admin.form("/samarkan", "/akun", nama=f"{attack}{attack}").text
    assert admin.form(f"/pengguna/{quoted(attack)}/hapus", "/akun", yakin="ya").status_code in (400, 404)
    assert "salah" in guesser(server, 600).login(attack, attack).text
    assert state(server) == before


# Odd and huge


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_in_any_field_is_no_fault_of_the_server(server, admin, officer, odd):
    answers = [
        Client(server.lan).get(f"/masuk?lanjut={quoted(odd)[:20000]}"),
        officer.get(f"/jawaban/{quoted(odd)[:20000]}"),
        officer.get(f"/undangan/{quoted(odd)[:20000]}"),
        officer.get(f"/?percakapan={quoted(odd)[:20000]}"),
        admin.get(f"/audit?tindakan={quoted(odd)[:20000]}"),
        admin.get(f"/pengguna/{quoted(odd)[:20000]}/data.json"),
    ]
    forms = [
        (officer, f"/jawaban/{officer.answer}/nilai", {"membantu": "ya", "alasan": "", "komentar": odd}),
        (officer, f"/jawaban/{officer.answer}/nilai", {"membantu": odd, "alasan": odd, "komentar": odd}),
        (officer, "/riwayat/hapus", {"percakapan": odd}),
        (officer, "/akun/sandi", {"lama": odd, "baru": odd, "ulang": odd}),
        (admin, "/pengguna", {"nama": odd, "lengkap": odd, "peran": odd, "wilayah": odd}),
        (admin, "/samarkan", {"nama": odd * 3}),
        (guesser(server, 700 + ODD.index(odd)), "/masuk", {"nama": odd, "sandi": odd, "lanjut": odd}),
    ]
    for client, path, fields in forms:
        token = client.token("/akun" if client in (officer, admin) else "/masuk")
        for kind in ("urlencoded", "multipart"):
            if kind == "urlencoded":
                body = "&".join(f"{key}={quoted(value)}" for key, value in {"token": token, **fields}.items()).encode()
                headers = {"content-type": "application/x-www-form-urlencoded"}
            else:
                parts = "".join(
                    f'--uji\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                    for key, value in {"token": token, **fields}.items()
                )
                body = (parts + "--uji--\r\n").encode("utf-8", "surrogatepass")
                headers = {"content-type": "multipart/form-data; boundary=uji; charset=utf-8"}
            answers.append(client.post(path, content=body, headers=headers))
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert all("jahat" not in answer.headers.get("set-cookie", "") for answer in answers)
    assert officer.get("/riwayat").status_code == 200


def test_a_codec_named_by_the_sender_smuggles_no_half_signs_in(server, officer):
    part = '--uji\r\ncontent-disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    fields = {"token": officer.token("/akun"), "membantu": "ya", "komentar": "setengah \\ud800 dan \\x00"}
    body = ("".join(part.format(*item) for item in fields.items()) + "--uji--\r\n").encode()
    for codec in ("unicode_escape", "utf-7", "utf-16", "tidak-ada", "rot13", "idna"):
        headers = {"content-type": f"multipart/form-data; boundary=uji; charset={codec}"}
        assert officer.post(f"/jawaban/{officer.answer}/nilai", content=body, headers=headers).status_code < 500
    assert officer.get(f"/jawaban/{officer.answer}").status_code == 200


@pytest.mark.parametrize("odd", ["Apa\0itu?", "Apa \ud800 itu?", "Apa ‮ itu?", "x" * 10_000, "", "🌾", "\ud83c"])
def test_an_odd_question_is_answered_or_refused_and_the_next_one_works(officer, odd):
    officer.tab += "o"
    values = {"data": [odd, "semua", None], "fn_index": officer.number("tanya"), "session_hash": officer.tab}
    joined = officer.post("/gradio_api/queue/join", content=json.dumps(values), headers={"content-type": "application/json"})
    assert joined.status_code < 500
    if joined.status_code == 200:
        assert officer.events()[-1]["msg"] == "process_completed"
    officer.tab += "p"
    assert officer.ask("Apa itu UEP?")


@pytest.mark.parametrize(
    "data",
    [[], None, [None] * 3, [{"a": 1}, "semua", None], ["x", "<b>", None], ["x", 7, None], ["x"] * 50, "x", [["x"]] * 3],
)
def test_data_of_another_shape_breaks_nothing(officer, data):
    officer.tab += "q"
    values = {"data": data, "fn_index": officer.number("tanya"), "session_hash": officer.tab}
    joined = officer.post("/gradio_api/queue/join", json=values)
    assert joined.status_code < 500
    if joined.status_code == 200:
        assert officer.events()[-1]["msg"] == "process_completed"
    officer.tab += "r"
    assert officer.ask("Apa itu UEP?")


def test_a_huge_body_is_refused_before_it_is_read_into_memory(server, admin):
    big = "x" * (LONGEST_BODY + 1)
    for client in (admin, Client(server.lan), Client(server.local)):
        answer = client.post("/masuk", content=f"nama={big}", headers={"content-type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 413
    stream = (b"x" * 65_536 for _ in range(40))
    assert admin.post("/akun/hapus", content=stream).status_code == 413
    answer = admin.post("/samarkan", files={"nama": ("a", io.BytesIO(b"x" * 900_000))})
    assert answer.status_code in (403, 422)
    many = "&".join(f"f{number}=x" for number in range(20_000))
    answer = admin.post("/samarkan", content=many, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (400, 403)


def test_a_body_that_is_no_form_is_no_fault_of_the_server(server, admin):
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "x", ""):
        for body in (b"", b"{", b"--x\r\n", b"\xff\xfe", b"%", b"=&=&="):
            assert admin.post("/samarkan", content=body, headers={"content-type": kind}).status_code < 500


def test_odd_header_values_are_no_fault_of_the_server(server):
    for name in ("cookie", "origin", "host", "accept", "x-forwarded-for", "x-forwarded-proto", "referer", "accept-language"):
        for value in (b"\xff\xfe", b"", b"x" * 4000, b";;;==", b"http://[::1", b'uep-masuk="', b"%00", b"a, b, , 999.1.1.1"):
            answer = Client(server.local).post("/masuk", headers=[(name.encode(), value)])
            assert answer.status_code < 500, (name, value)


# Twice


def test_a_link_sent_twice_at_once_is_taken_once(server, admin):
    page = admin.form("/pengguna", nama="dua.kali", lengkap="Dua Kali", peran="petugas", wilayah="Berau").text
    link = re.search(r"/undangan/([\w-]{43})", page)[0]
    clients = [Client(server.lan) for _ in range(4)]
    tokens = [client.token(link) for client in clients]
    done, gate = [], threading.Barrier(4)

    def send(client, token, number):
        gate.wait()
        password = f"kata acak nomor {number}"
        done.append(client.post(link, data={"token": token, "sandi": password, "ulang": password}).status_code)

    threads = [threading.Thread(target=send, args=(*pair, n)) for n, pair in enumerate(zip(clients, tokens, strict=True))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == [303, 403, 403, 403]
    assert sum(LOGIN in client.cookies for client in clients) == 1


def test_a_form_sent_twice_adds_one_user_and_says_so(server, admin):
    fields = {"nama": "satu.kali", "lengkap": "Satu Kali", "peran": "petugas", "wilayah": ""}
    assert admin.form("/pengguna", **fields).status_code == 200
    assert "sudah dipakai" in admin.form("/pengguna", **fields).text
    assert [user.name for user in users(server)].count("satu.kali") == 1


def test_two_admins_who_remove_each_other_at_once_leave_one(server, admin):
    people = server.office.people
    first = add_person(people, "kepala.satu", role=Role.ADMIN)
    second = add_person(people, "kepala.dua", role=Role.ADMIN)
    for user in users(server):
        if user.role is Role.ADMIN and user.name not in ("kepala.satu", "kepala.dua"):
            people.change(first, user.id, display=user.display, role="pelatih", kabupaten="", active=True)
    clients = [(Client(server.lan), mine, other) for mine, other in ((first, second), (second, first))]
    for client, mine, _ in clients:
        client.login(mine.user.name)
    tokens, gate, said = [client.token("/akun") for client, *_ in clients], threading.Barrier(2), []

    def remove(client, other, token):
        gate.wait()
        said.append(client.post(f"/pengguna/{other.user.id}/hapus", data={"token": token, "yakin": "ya"}).status_code)

    threads = [threading.Thread(target=remove, args=(c, o, t)) for (c, _, o), t in zip(clients, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    left = [user for user in users(server) if user.role is Role.ADMIN and user.active]
    assert len(left) == 1
    alone = next(client for client, mine, _ in clients if mine.user.id == left[0].id)
    page = alone.form(f"/pengguna/{left[0].id}", "/akun", lengkap="Kepala", peran="petugas", wilayah="", aktif="ya")
    assert page.status_code == 400
    assert "satu admin" in page.text
    assert alone.form(f"/pengguna/{left[0].id}/hapus", "/akun", yakin="ya").status_code == 400
