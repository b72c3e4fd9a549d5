"""Who gets in, over real HTTP: from this machine, from the network, as each role, through a proxy, with odd cookies."""

import re
import time
from pathlib import Path

import httpx
import pytest

from assistant.ledger import Role
from assistant.pages.guidebook import guides
from assistant.people import GUEST, LOGIN
from assistant.records import people as rows
from tests.browser.stand_in import StandInAssistant
from tests.factories import PASSWORD, add_person, make_office
from tests.serving import HTML, Client, Server, served

ROLES = ("petugas", "pelatih", "admin")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    office = make_office(tmp_path_factory.mktemp("web"), StandInAssistant(), questions_per_minute=10_000)
    for role in ROLES:
        add_person(office.people, role, role=Role(role), display=f"Si {role}")
    add_person(office.people, "korban", display="Si Korban")
    yield from served(office)


@pytest.fixture
def people(server):
    return server.office.people


@pytest.fixture(scope="module")
def logged_in(server):
    """One client on the network a role, and one that is not logged in."""
    clients = {role: Client(server.lan) for role in ROLES}
    for role, client in clients.items():
        assert client.login(role).status_code == 303
    return {"anonim": Client(server.lan), **clients}


# The door


def test_on_this_machine_nobody_has_to_log_in_and_on_the_network_everybody_has_to(server):
    assert Client(server.local).get("/").status_code == 200
    answer = Client(server.lan).get("/?percakapan=x&y=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/masuk?lanjut=%2F%3Fpercakapan%3Dx%26y%3D1"
    assert Client(server.lan, accept="application/json").get("/config").status_code == 401


def test_after_the_login_one_is_where_one_wanted_to_be(server):
    client = Client(server.lan)
    answer = client.login("petugas", lanjut="/riwayat?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/riwayat?x=1")
    assert client.get("/").status_code == 200
    assert "Si petugas" in client.get("/akun").text


def test_open_chat_lets_the_network_ask_and_nothing_else(tmp_path):
    office = make_office(tmp_path, StandInAssistant(), open_chat=True)
    add_person(office.people, "admin", role=Role.ADMIN)
    for server in served(office):
        client = Client(server.lan)
        assert client.get("/").status_code == 200
        assert client.get(f"/jawaban/{client.ask('Apa itu UEP?')}").status_code == 200
        for path in ("/pengguna", "/audit", "/pengguna/x/data.json"):
            assert client.get(path).status_code == 403
        assert client.form("/akun/sandi", "/akun", lama="x", baru="y", ulang="y").status_code == 400


def test_over_plain_http_on_the_network_a_strip_warns_and_on_this_machine_none(server, logged_in):
    assert "tidak terenkripsi" in Client(server.lan).get("/masuk").text
    assert "tidak terenkripsi" not in Client(server.local).get("/masuk").text
    assert "tidak terenkripsi" in logged_in["petugas"].call(logged_in["petugas"].number("fill"))


# Not this machine, whatever it says


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-for": "127.0.0.1, 127.0.0.1"},
        {"x-real-ip": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"host": "127.0.0.1"},
        {"host": "localhost", "x-forwarded-for": "::1"},
        {"x-forwarded-host": "localhost"},
        {"client-ip": "127.0.0.1", "true-client-ip": "127.0.0.1"},
    ],
)
def test_a_header_from_the_network_does_not_make_it_this_machine(server, headers):
    assert Client(server.lan, **headers).get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-for": "10.0.0.5"},
        {"x-forwarded-proto": "https"},
        {"x-forwarded-host": "asisten.example"},
        {"x-real-ip": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"via": "1.1 kantor"},
        {"host": "asisten.example"},
        {"host": "localhost.example"},
        {"host": "127.0.0.1.example"},
        {"host": ""},
        {"host": "[::1"},
    ],
)
def test_what_a_proxy_on_this_machine_passes_on_has_to_log_in(server, headers):
    assert Client(server.local, **headers).get("/").status_code == 303


def test_a_proxy_that_names_nobody_is_told_by_its_old_http(server):
    import socket

    with socket.create_connection(("127.0.0.1", server.port)) as link:
        link.sendall(f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\nAccept: text/html\r\n\r\n".encode())
        assert b" 303 " in link.recv(4096).splitlines()[0]


def test_another_site_that_points_its_name_at_this_machine_gets_nothing(server):
    rebound = Client(server.local, host=f"jahat.example:{server.port}")
    assert rebound.get("/").status_code == 303
    assert rebound.get("/riwayat", headers={"accept": "*/*"}).status_code == 401
    assert rebound.join(0, "x", "semua", None).status_code == 401
    assert rebound.join(0, "x", "semua", None, origin=f"http://jahat.example:{server.port}").status_code == 401


def test_behind_a_trusted_proxy_with_https_the_cookie_is_secure_and_no_strip_is_shown(server):
    client = Client(server.local, **{"x-forwarded-for": "10.0.0.5", "x-forwarded-proto": "https"})
    page = client.get("/masuk")
    assert "; Secure" in page.headers["set-cookie"]
    assert "tidak terenkripsi" not in page.text


def test_https_claimed_from_the_network_is_not_believed(server):
    page = Client(server.lan, **{"x-forwarded-proto": "https", "x-forwarded-for": "10.9.9.9"}).get("/masuk")
    assert "tidak terenkripsi" in page.text
    assert "; Secure" not in page.headers["set-cookie"]


# Every route, every role

EVERYBODY = ("anonim", *ROLES)
TRAINERS = ("pelatih", "admin")
OWN = {  # who gets past the roles: (method, path) -> those
    ("GET", "/healthz"): ("anonim", *ROLES),
    ("GET", "/readyz"): ("anonim", *ROLES),
    ("GET", "/metrics"): ("admin",),
    ("GET", "/sehat"): ("admin",),
    ("POST", "/sehat/periksa"): ("admin",),
    ("POST", "/sehat/perbaiki"): ("admin",),
    ("GET", "/sehat/cadangan/{name}"): ("admin",),
    ("GET", "/gaya.css"): ("anonim", *ROLES),
    ("GET", "/masuk"): ("anonim", *ROLES),
    ("POST", "/masuk"): ("anonim", *ROLES),
    ("GET", "/undangan/{link}"): ("anonim", *ROLES),
    ("POST", "/undangan/{link}"): ("anonim", *ROLES),
    ("POST", "/keluar"): ROLES,
    ("GET", "/akun"): ROLES,
    ("POST", "/akun/sandi"): ROLES,
    ("GET", "/akun/data.json"): ROLES,
    ("POST", "/akun/hapus"): ROLES,
    ("GET", "/riwayat"): ROLES,
    ("POST", "/riwayat/hapus"): ROLES,
    ("GET", "/jawaban/{identity}"): ROLES,
    ("GET", "/latihan"): ROLES,
    ("GET", "/latihan/soal"): ROLES,
    ("POST", "/latihan/soal/{identity}"): ROLES,
    ("GET", "/latihan/hasil/{identity}"): ROLES,
    ("POST", "/latihan/ulang"): ROLES,
    ("GET", "/kasus"): ROLES,
    ("POST", "/kasus/mulai"): ROLES,
    ("GET", "/kasus/{identity}"): ROLES,
    ("POST", "/kasus/{identity}"): ROLES,
    ("GET", "/jawaban/{identity}/bukti.pdf"): ROLES,
    ("GET", "/jawaban/{identity}/bukti.docx"): ROLES,
    ("POST", "/jawaban/{identity}/nilai"): ROLES,
    ("GET", "/pengguna"): ("admin",),
    ("POST", "/pengguna"): ("admin",),
    ("POST", "/pengguna/{identity}"): ("admin",),
    ("POST", "/pengguna/{identity}/tautan"): ("admin",),
    ("POST", "/pengguna/{identity}/hapus"): ("admin",),
    ("GET", "/pengguna/{identity}/data.json"): ("admin",),
    ("GET", "/token"): ("admin",),
    ("POST", "/token"): ("admin",),
    ("POST", "/token/{identity}/cabut"): ("admin",),
    ("POST", "/samarkan"): ("admin",),
    ("GET", "/audit"): ("admin",),
    ("GET", "/model"): ("admin",),
    ("POST", "/model"): ("admin",),
    ("POST", "/model/uji"): ("admin",),
    ("GET", "/dokumen"): ("admin",),
    ("POST", "/dokumen/unggah"): ("admin",),
    ("POST", "/dokumen/terbit/{identity}"): ("admin",),
    ("POST", "/dokumen/buang/{identity}"): ("admin",),
    ("GET", "/dokumen/pekerjaan"): ("admin",),
    ("POST", "/dokumen/pekerjaan/batal"): ("admin",),
    ("POST", "/dokumen/perbarui"): ("admin",),
    ("POST", "/dokumen/tarik"): ("admin",),
    ("GET", "/dokumen/riwayat"): ("admin",),
    ("POST", "/dokumen/pulihkan"): ("admin",),
    ("POST", "/dokumen/kembali"): ("admin",),
    ("GET", "/dokumen/halaman"): ROLES,
    ("GET", "/dokumen/asli/{path:path}"): ROLES,
    ("GET", "/kriteria"): ROLES,
    ("GET", "/kriteria/hasil"): ROLES,
    ("GET", "/kriteria/hasil.pdf"): ROLES,
    ("GET", "/kriteria/hasil.docx"): ROLES,
    ("GET", "/kriteria/templat.xlsx"): ROLES,
    ("GET", "/kriteria/tabel"): ROLES,
    ("POST", "/kriteria/tabel"): ROLES,
    ("GET", "/kelola"): TRAINERS,
    ("GET", "/pertanyaan"): TRAINERS,
    ("GET", "/pertanyaan/daftar.docx"): TRAINERS,
    ("GET", "/pertanyaan/ditangani"): TRAINERS,
    ("POST", "/pertanyaan/buka-lagi"): TRAINERS,
    ("GET", "/pertanyaan/dikukuhkan"): TRAINERS,
    ("GET", "/pertanyaan/dikukuhkan.jsonl"): TRAINERS,
    ("POST", "/pertanyaan/dikukuhkan/batal"): TRAINERS,
    ("GET", "/pertanyaan/{key}"): TRAINERS,
    ("POST", "/pertanyaan/{key}"): TRAINERS,
    ("GET", "/baku"): TRAINERS,
    ("GET", "/baku/tulis"): TRAINERS,
    ("POST", "/baku/tulis"): TRAINERS,
    ("GET", "/baku/{identity}"): TRAINERS,
    ("POST", "/baku/{identity}/{act}"): TRAINERS,
    ("GET", "/peta"): TRAINERS,
    ("GET", "/peta/laporan.{ending}"): TRAINERS,
    ("GET", "/bimtek"): TRAINERS,
    ("POST", "/bimtek"): TRAINERS,
    ("GET", "/bimtek/{identity}"): TRAINERS,
    ("POST", "/bimtek/{identity}/maju"): TRAINERS,
    ("POST", "/bimtek/{identity}/buka-lagi"): TRAINERS,
    ("POST", "/bimtek/{identity}/tambah-waktu"): TRAINERS,
    ("POST", "/bimtek/{identity}/ganti-soal"): TRAINERS,
    ("POST", "/bimtek/{identity}/tolak-soal"): TRAINERS,
    ("POST", "/bimtek/{identity}/peserta/{participant}"): TRAINERS,
    ("POST", "/bimtek/{identity}/hapus"): TRAINERS,
    ("GET", "/bimtek/{identity}/hasil"): TRAINERS,
    ("GET", "/bimtek/{identity}/hasil.xlsx"): TRAINERS,
    ("GET", "/bimtek/{identity}/daftar-hadir.pdf"): TRAINERS,
    ("GET", "/bimtek/{identity}/sertifikat.pdf"): TRAINERS,
    ("GET", "/bimtek/{identity}/{paper}-{test}.{ending}"): TRAINERS,
    ("GET", "/bimtek/slide/{topic}"): TRAINERS,
    ("GET", "/soal"): TRAINERS,
    ("POST", "/soal"): TRAINERS,
    ("GET", "/soal/{identity}"): TRAINERS,
    ("POST", "/soal/{identity}/ubah"): TRAINERS,
    ("POST", "/soal/{identity}/{act}"): TRAINERS,
    ("GET", "/panduan"): ROLES,
    ("GET", "/panduan/{name}"): ROLES,
    ("GET", "/panduan/gambar/{name}"): ROLES,
    ("GET", "/ikut.js"): EVERYBODY,
    ("GET", "/ikut"): EVERYBODY,
    ("POST", "/ikut"): EVERYBODY,
    ("GET", "/ikut/{code}"): EVERYBODY,
    ("POST", "/ikut/{code}"): EVERYBODY,
    ("POST", "/ikut/{code}/pin"): EVERYBODY,
    ("GET", "/ikut/{code}/{identity}"): EVERYBODY,
    ("GET", "/ikut/{code}/{identity}/keadaan"): EVERYBODY,
    ("POST", "/ikut/{code}/{identity}/jawab"): EVERYBODY,
    ("POST", "/ikut/{code}/{identity}/selesai"): EVERYBODY,
    ("GET", "/ikut/{code}/{identity}/tinjau"): EVERYBODY,
    ("GET", "/ikut/{code}/{identity}/sertifikat.pdf"): EVERYBODY,
    ("GET", "/layar/{code}"): EVERYBODY,
    ("GET", "/periksa"): EVERYBODY,
    ("GET", "/periksa/{code}"): EVERYBODY,
}
NO_ROLE = re.compile(r"tidak boleh membuka ini|belum masuk")


def own_routes(office):
    from assistant.pages import PAGES

    routers = [module.make_router(office) for module in PAGES]
    return {(method, route.path) for router in routers for route in router.routes for method in route.methods}


def gradio_routes():
    from gradio import routes

    source = Path(routes.__file__).read_text(encoding="utf-8")  # the routers inside it can't be listed from outside
    found = re.findall(r"@(app|router)\.(get|post|put|delete)\(\s*f?\"([^\"]*)\"", source)
    prefixes = {"app": ("", "/gradio_api"), "router": ("/gradio_api",)}
    return {
        (method.upper(), prefix + re.sub(r"\{[^}]*\}", "x", path)) for kind, method, path in found for prefix in prefixes[kind]
    }


def test_the_table_of_roles_names_every_route(server):
    assert own_routes(server.office) | {("GET", "/gaya.css")} == set(OWN)


@pytest.mark.parametrize("who", ["anonim", *ROLES])
@pytest.mark.parametrize("route", OWN, ids=" ".join)
def test_each_role_opens_exactly_its_own_routes(server, logged_in, who, route):
    method, path = route
    client = logged_in[who] if path != "/keluar" else Client(server.lan)
    if path == "/keluar" and who != "anonim":
        client.login(who)
    before = len(server.office.people.users(admin_of(server)))
    path = path.replace("{identity}", "tidak-ada").replace("{link}", "tidak-ada")
    fields = {"token": client.token("/akun" if who != "anonim" else "/masuk"), "nama": "x", "wilayah": "Banten"}
    answer = client.request(method, path, data=fields if method == "POST" else None)
    opened = answer.status_code not in (401, 303, 403) or (answer.status_code in (403, 303) and not turned_away(answer))
    assert opened == (who in OWN[route]), (answer.status_code, answer.text[-400:])
    assert answer.status_code < 500
    assert len(server.office.people.users(admin_of(server))) == before


def admin_of(server):
    from assistant.ledger import Person

    user = rows.user_named(server.office.records, "admin")[0]
    return Person(f"user:{user.id}", user)


def turned_away(answer):
    return answer.headers.get("location", "").startswith("/masuk?") or bool(NO_ROLE.search(answer.text))


def test_an_officer_gets_the_guide_of_their_work_trainers_and_admins_get_all(server, logged_in):
    every = {one.name for one in guides()}
    for who, wanted in (("petugas", {"petugas"}), ("pelatih", every), ("admin", every)):
        client = logged_in[who]
        assert {name for name in every if client.get(f"/panduan/{name}").status_code == 200} == wanted
        assert set(re.findall(r'href="/panduan/([a-z-]+)"', client.get("/panduan").text)) == wanted
        assert client.get("/panduan/gambar/masuk.png").headers["content-type"] == "image/png"
    assert Client(server.local).get("/panduan/petugas").status_code == 200


def test_no_route_of_gradio_answers_the_network_without_a_login(server):
    client = Client(server.lan)
    routes = sorted(gradio_routes())
    assert len(routes) > 60
    assert ("POST", "/gradio_api/queue/join") in routes
    open_ones = []
    for method, path in routes:
        for accept in (HTML["accept"], "application/json"):
            answer = client.request(method, path, headers={"accept": accept})
            if answer.status_code not in (401, 404) and not turned_away(answer):
                open_ones.append((method, path, answer.status_code))
    assert {path for _, path, _ in open_ones} <= {"/favicon.ico"}


@pytest.mark.parametrize(
    "path",
    [
        "/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/app_id", "/gradio_api/startup-events",
        "/gradio_api/heartbeat/x", "/gradio_api/queue/data?session_hash=x", "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=data/catatan.sqlite", "/static/x", "/masukan", "/masuk/../config", "/healthz/x", "/undangan/x/y",
        "/gaya.css/../config", "/MASUK", "/%6dasuk/../pengguna",
    ],
)  # fmt: skip
def test_raw_paths_on_the_network_are_shut(server, path):
    import socket

    host = server.lan.removeprefix("http://")
    with socket.create_connection((host.split(":")[0], server.port)) as link:  # httpx would tidy the path up
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nConnection: close\r\n\r\n".encode())
        assert b" 401 " in link.recv(4096).splitlines()[0]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/gradio_api/queue/join", {"data": ["Apa?", "semua", None], "fn_index": 0, "session_hash": "x"}),
        ("/gradio_api/run/tanya", {"data": ["Apa?", "semua", None]}),
        ("/gradio_api/api/tanya", {"data": ["Apa?", "semua", None]}),
        ("/gradio_api/call/tanya", {"data": ["Apa?", "semua", None]}),
        ("/gradio_api/call/v2/tanya", {"question": "Apa?"}),
        ("/gradio_api/run/predict", {"data": [], "fn_index": 12}),
        ("/gradio_api/reset", {"event_id": "x"}),
        ("/gradio_api/cancel", {"event_id": "x", "session_hash": "x", "fn_index": 0}),
        ("/gradio_api/component_server", {"data": 1}),
        ("/gradio_api/login", {"username": "admin", "password": PASSWORD}),
    ],
)
def test_no_event_of_gradio_runs_for_the_network_without_a_login(server, path, values):
    answer = Client(server.lan, accept="application/json").post(path, json=values)
    assert answer.status_code == 401
    assert "belum masuk" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/upload?upload_id=x", "/gradio_api/proxy=http://127.0.0.1/"])
def test_what_gradio_offers_and_no_screen_uses_is_shut_for_all(server, logged_in, path):
    for client in (Client(server.local), logged_in["admin"]):
        assert client.post(path, files={"files": ("a.txt", b"x")}).status_code == 404


@pytest.mark.parametrize(
    "path", ["README.md", "/etc/passwd", "../README.md", "data/catatan.sqlite", "/proc/self/environ", "assistant/web.py", ".env"]
)
def test_no_file_of_the_server_is_handed_out(server, logged_in, path):
    for client in (Client(server.local), logged_in["admin"]):
        for prefix in ("/gradio_api/file=", "/file=", "/gradio_api/file/", "/static/", "/assets/", "/svelte/"):
            answer = client.get(f"{prefix}{path}")
            assert answer.status_code in (403, 404), (prefix, path)


# Another's things


@pytest.fixture(scope="module")
def victim(server):
    client = Client(server.lan)
    client.login("korban")
    client.answer = client.ask("Pertanyaan rahasia korban?")
    page = client.get(f"/jawaban/{client.answer}").text
    client.conversation = re.search(r"percakapan=([0-9a-f]{32})", page)[1]
    return client


@pytest.mark.parametrize("who", ROLES)
def test_another_s_answer_is_neither_shown_exported_rated_nor_deleted(logged_in, victim, who):
    thief, answer = logged_in[who], victim.answer
    for path in ("", "/bukti.pdf", "/bukti.docx"):
        shown = thief.get(f"/jawaban/{answer}{path}")
        assert shown.status_code == 403
        assert "rahasia" not in shown.text
    assert thief.form(f"/jawaban/{answer}/nilai", "/akun", membantu="tidak").status_code == 403
    assert thief.form("/riwayat/hapus", "/akun", percakapan=victim.conversation).status_code == 403
    for path in ("/riwayat", "/akun/data.json"):
        assert "rahasia" not in thief.get(path).text
    page = victim.get(f"/jawaban/{answer}").text
    assert "Pertanyaan rahasia korban?" in page
    assert "checked" not in page


@pytest.mark.parametrize("who", ROLES)
def test_another_s_conversation_is_closed_to_every_event_of_gradio(logged_in, victim, who):
    thief = logged_in[who]
    thief.tab += "x"
    # A conversation that is sent along is not even looked at: which one is open, the server knows itself.
    for name, extra in (("good", ()), ("bad", ()), ("explain", ("Lainnya", "komentar pencuri"))):
        assert "Belum ada jawaban" in thief.call(thief.number(name), victim.conversation, *extra)
    for name in ("failed", "failed_1", "failed_2"):
        assert "rahasia" not in thief.call(thief.number(name), "x", victim.conversation)
    for name in ("tanya", "ask", "ask_1"):
        said = thief.call(thief.number(name), "Lanjutkan", "semua", victim.conversation)
        assert "rahasia" not in said
        assert victim.conversation not in said
    page = victim.get(f"/jawaban/{victim.answer}").text
    assert "Lanjutkan" not in victim.get("/akun/data.json").text
    assert "komentar pencuri" not in page
    assert "checked" not in page


def test_another_s_conversation_in_the_address_is_not_restored(logged_in, victim):
    thief = logged_in["petugas"]
    thief.tab += "y"
    headers = {"referer": f"{thief.base_url}/?percakapan={victim.conversation}"}
    number = thief.number("restore")
    values = {"data": [], "fn_index": number, "session_hash": thief.tab}
    thief.post("/gradio_api/queue/join", params={"percakapan": victim.conversation}, json=values, headers=headers)
    said = str(thief.events()[-1])
    assert "rahasia" not in said


def test_a_stolen_tab_is_of_no_use_to_another_person(server, logged_in, victim):
    victim.tab += "z"
    thief = logged_in["admin"]
    number = victim.number("tanya")
    assert victim.join(number, "Pertanyaan rahasia korban?", "semua", None).status_code == 200
    assert thief.events(victim.tab) == [{"msg": "refused", "status": 403}]
    assert thief.join(number, "Dari pencuri", "semua", None, tab=victim.tab).status_code == 403
    assert thief.join(thief.number("percakapan_baru"), tab=victim.tab).status_code == 403
    for path, values in (("cancel", {"fn_index": number, "event_id": "x"}), ("reset", {"fn_index": number, "event_id": "x"})):
        answer = thief.post(f"/gradio_api/{path}", json={**values, "session_hash": victim.tab})
        assert answer.status_code == 403
    assert thief.get(f"/gradio_api/heartbeat/{victim.tab}").status_code == 403
    assert Client(server.local).events(victim.tab) == [{"msg": "refused", "status": 403}]
    assert "rahasia" in str(victim.events()[-1])


def test_visitors_of_one_machine_do_not_see_each_other(server):
    first, second = Client(server.local), Client(server.local)
    for client in (first, second):
        client.get("/")
    answer = first.ask("Pertanyaan pengunjung?")
    assert first.get(f"/jawaban/{answer}").status_code == 200
    assert second.get(f"/jawaban/{answer}").status_code == 403
    assert "pengunjung?" not in second.get("/riwayat").text
    assert second.events(first.tab) == [{"msg": "refused", "status": 403}]


# Cookies


def cookie(client, value, name=LOGIN):
    fresh = Client(str(client.base_url))
    fresh.cookies.set(name, value)
    return fresh


def test_a_forged_changed_or_repurposed_cookie_opens_nothing(server, people):
    client = Client(server.lan)
    client.login("petugas")
    good = client.cookies[LOGIN]
    assert cookie(client, good).get("/akun").status_code == 200
    value, moment, signature = good.split(".")
    guest = client.cookies.get(GUEST) or people.new_guest()
    forged = [
        f"{value}x.{moment}.{signature}",
        f"{value}.{moment[::-1]}.{signature}",
        f"{value}.{moment}.{signature[::-1]}",
        f"{value}..{signature}",
        value,
        "",
        ".",
        "x" * 499,
        "x" * 5000,
        guest,
        people.signer.sign(GUEST, value),
        people.signer.sign(LOGIN, "tidak-ada"),
        people.signer.sign(LOGIN, "' OR 1=1 --"),
    ]
    for text in forged:
        assert cookie(client, text).get("/akun").status_code == 303, text


def test_an_expired_login_is_turned_away(server, people, monkeypatch):
    client = Client(server.lan)
    client.login("petugas")
    later = time.time() + 13 * 3600
    with monkeypatch.context() as moved:
        moved.setattr("itsdangerous.timed.time.time", lambda: later)
        assert client.get("/akun").status_code == 303


def test_logout_ends_the_login_for_a_copied_cookie_too(server):
    client = Client(server.lan)
    client.login("petugas")
    stolen = client.cookies[LOGIN]
    assert client.form("/keluar", "/akun").headers["location"] == "/masuk"
    assert LOGIN not in client.cookies
    assert cookie(client, stolen).get("/akun").status_code == 303
    assert cookie(client, stolen).join(0, "x", "semua", None).status_code == 401


def test_a_login_gets_a_fresh_token_and_ends_the_one_that_was_planted(server):
    attacker = Client(server.lan)
    attacker.login("pelatih")
    planted = attacker.cookies[LOGIN]
    client = cookie(attacker, planted)
    client.form("/masuk", nama="petugas", sandi=PASSWORD)
    assert planted not in [item.value for item in client.cookies.jar if item.domain]
    assert attacker.get("/akun").status_code == 303


def test_a_user_who_is_switched_off_is_out_at_once(server, people):
    person = add_person(people, "sementara")
    client = Client(server.lan)
    client.login("sementara")
    assert client.get("/akun").status_code == 200
    people.change(admin_of(server), person.user.id, display="Si S", role="petugas", kabupaten="", active=False)
    assert client.get("/akun").status_code == 303
    assert client.join(0, "x", "semua", None).status_code == 401
    assert "salah" in client.login("sementara").text


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(server, people):
    person = add_person(people, "wakil", role=Role.ADMIN)
    client = Client(server.lan)
    client.login("wakil")
    assert client.get("/pengguna").status_code == 200
    people.change(admin_of(server), person.user.id, display="Si W", role="petugas", kabupaten="", active=True)
    client.login("wakil")
    assert client.get("/pengguna").status_code == 403


def test_a_cookie_that_another_app_wrote_oddly_does_not_log_anybody_out(server):
    client = Client(server.lan)
    client.login("petugas")
    odd = f'lain={{"a": 1, "b": [2]}}; kacau; =x; {LOGIN}={client.cookies[LOGIN]}; ekor="'
    answer = httpx.get(f"{server.lan}/akun", headers={**HTML, "cookie": odd}, trust_env=False)
    assert answer.status_code == 200


def test_cookies_are_hidden_from_scripts_and_other_sites(server):
    client = Client(server.lan)
    first = client.get("/masuk").headers["set-cookie"]
    login = client.login("petugas").headers["set-cookie"]
    for header in (first, login):
        assert "HttpOnly" in header
        assert "SameSite=Lax" in header
        assert "Path=/" in header
        assert "Domain" not in header


def test_every_answer_forbids_foreign_frames_and_guessing_of_types(server, logged_in):
    for client in logged_in.values():
        for path in ("/masuk", "/", "/akun", "/audit", "/tidak-ada", "/gaya.css"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert "frame-ancestors 'self'" in headers["content-security-policy"], path
            assert "server" not in headers


def test_pages_with_a_person_s_things_are_kept_by_no_browser_and_no_proxy(logged_in, victim):
    for path in ("/akun", "/riwayat", "/akun/data.json", f"/jawaban/{victim.answer}", f"/jawaban/{victim.answer}/bukti.pdf"):
        assert victim.get(path).headers["cache-control"] == "no-store", path
    assert logged_in["admin"].get("/pengguna").headers["cache-control"] == "no-store"


def test_a_restart_keeps_logins_and_conversations(tmp_path):
    office = make_office(tmp_path, StandInAssistant())
    add_person(office.people, "petugas")
    first = Server(office)
    client = Client(first.lan)
    client.login("petugas")
    answer = client.ask("Apa itu UEP?")
    first.stop()
    office.records.close()
    second = Server(make_office(tmp_path, StandInAssistant()), port=first.port)
    try:
        assert client.get(f"/jawaban/{answer}").status_code == 200
        assert "Apa itu UEP?" in client.call(client.number("restore"))
    finally:
        second.stop()


def test_a_database_that_is_away_is_said_and_comes_back_without_a_restart(tmp_path, own_postgres):
    office = make_office(tmp_path, StandInAssistant(), url=own_postgres("start"))
    add_person(office.people, "petugas")
    for server in served(office):
        client, visitor = Client(server.lan), Client(server.local)
        client.login("petugas")
        answer = client.ask("Apa itu UEP?")
        visitor.ask("Apa itu UEP?")
        own_postgres("halt")
        page = client.get(f"/jawaban/{answer}")
        assert page.status_code == 503
        assert "periksa DATABASE_URL" in page.text
        assert visitor.get("/riwayat").status_code == 503
        assert visitor.get("/healthz").status_code == 200
        assert "Tidak dapat dijawab sekarang" in visitor.call(visitor.number("tanya"), "Lalu?", "semua", None)
        assert "petugas" not in visitor.form("/masuk", nama="petugas", sandi=PASSWORD).headers.get("location", "")
        own_postgres("start")
        assert "Apa itu UEP?" in client.get(f"/jawaban/{answer}").text
        visitor.tab += "x"
        assert visitor.ask("Lalu?")
    office.records.close()


def test_beyond_open_tabs_the_tabs_used_longest_ago_are_forgotten(tmp_path):
    office = make_office(tmp_path, StandInAssistant(), open_tabs=20, questions_per_minute=10_000)
    for server in served(office):
        client = Client(server.local)
        for number in range(24):
            client.tab = f"tab{number:032x}"
            client.ask("Apa itu UEP?")
        kept = next(route.app for route in server.app.routes if hasattr(getattr(route, "app", None), "state_holder")).state_holder
        assert list(kept.session_data) == [f"tab{number:032x}" for number in range(4, 24)]
