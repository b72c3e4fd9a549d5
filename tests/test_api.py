"""Programs with a token, over real HTTP: what they get, what is refused, and what an attacker tries."""

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
from contextlib import suppress

import httpx
import pytest

from assistant.__main__ import main
from assistant.api import schema
from assistant.api.routes import make_api
from assistant.api.telling import PROTOCOL
from assistant.bearer import LONGEST_BODY
from assistant.errors import RecordsError
from assistant.ledger import Role
from assistant.records import conversations
from assistant.settings import ROOT
from tests.factories import add_person, make_index, make_office, open_assistant
from tests.serving import PLAIN, Client, served

QUESTION = "bantuannya uang apa barang"
NIK = "6402153002680003"
QUOTE = "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
ROUTES = {
    ("POST", "/api/v1/ask"): {"question": QUESTION},
    ("POST", "/api/v1/search"): {"question": QUESTION},
    ("GET", "/api/v1/documents"): None,
    ("GET", "/api/v1/documents/passages?path=bantuan.md"): None,
    ("GET", "/api/v1/labels/B-029"): None,
}
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "uji", "version": "1"}},
}
MCP = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    office = make_office(folder, open_assistant(*make_index(folder)[1:]), api_per_minute=5, questions_per_minute=10_000)
    add_person(office.people, "admin", role=Role.ADMIN)
    yield from served(office)


@pytest.fixture(scope="module")
def admin(server):
    client = Client(server.lan)
    assert client.login("admin").status_code == 303
    return client


@pytest.fixture
def fresh(server):
    """A token of this test alone, so that each has its own minute."""
    return server.office.tokens.make(None, "program uji", by_system=True)


@pytest.fixture
def token(fresh):
    return fresh[1]


def program(server, token="", **headers):
    named = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=server.lan, headers={**named, **headers}, timeout=30, trust_env=False, verify=PLAIN)


def send(client, route):
    method, path = route
    return client.request(method, path, json=ROUTES[route])


# What a program gets


def test_an_answer_is_the_line_of_the_command_and_goes_on_in_its_conversation(server, token):
    client = program(server, token)
    line = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert (line["status"], line["citations"][0]["quote"]) == ("answered", QUOTE)
    assert line["citations"][0]["sources"][0]["publisher"] == "Harian Contoh"
    schema.Jawaban.model_validate(line)
    again = client.post("/api/v1/ask", json={"question": "kalau nilainya?", "conversation": line["conversation"]}).json()
    assert again["conversation"] == line["conversation"]


def test_private_numbers_are_masked_in_what_is_kept_and_given_back(server, token):
    line = program(server, token).post("/api/v1/ask", json={"question": f"NIK 6402153002680003, {QUESTION}?"}).json()
    assert "6402153002680003" not in json.dumps(line)
    assert line["masked"] == ["NIK"]
    person = server.office.tokens.person(token)
    assert "6402153002680003" not in conversations.read_entry(server.office.records, person.key, line["id"]).question


def test_search_documents_passages_and_labels_have_the_shapes_of_the_description(server, token):
    client = program(server, token)
    found = schema.Pencarian.model_validate(client.post("/api/v1/search", json={"question": QUESTION}).json())
    assert QUOTE in found.kept[0].sentences
    assert "bantuan.md" in {schema.Dokumen.model_validate(item).path for item in client.get("/api/v1/documents").json()}
    parts = client.get("/api/v1/documents/passages", params={"path": "bantuan.md"}).json()
    assert QUOTE in {sentence.text for part in parts for sentence in schema.Bagian.model_validate(part).sentences}
    assert schema.Label.model_validate(client.get("/api/v1/labels/B-029").json()).sources[0].title == "Berita UEP"
    assert schema.Celah.model_validate(client.get("/api/v1/labels/C-001").json()).whom == "Dinsos Kaltim"


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/api/v1/ask", {"question": "   "}, 400, "kosong"),
        ("/api/v1/ask", {"question": "a" * 3000}, 400, "terlalu panjang"),
        ("/api/v1/ask", {"pertanyaan": "x"}, 422, "question"),
        ("/api/v1/ask", {"question": "x", "scope": "6402153002680003"}, 422, "scope"),
        ("/api/v1/ask", {"question": "x", NIK: NIK}, 422, "tidak dikenal"),
        ("/api/v1/ask", b'{"question": "6402153002680003', 422, "json yang sah"),
        ("/api/v1/ask", b'{"question": "\xff"}', 400, "utf-8"),
        ("/api/v1/ask", None, 405, "get atau post"),
        ("/api/v1/6402153002680003", None, 404, "panduan api"),
        ("/api/v1/ask", {"question": "x", "conversation": "punya-orang"}, 403, "percakapan"),
        ("/api/v1/documents/passages?path=../rahasia", None, 404, "tidak ada"),
        ("/api/v1/labels/B-999", None, 404, "tidak ada"),
        ("/api/v1/labels/6402153002680003", None, 404, "tidak ada"),
    ],
)
def test_what_can_not_be_taken_is_told_in_plain_words_and_not_repeated(server, token, path, body, status, said):
    client = program(server, token)
    sent = {"content": body, "headers": MCP} if isinstance(body, bytes) else {"json": body}
    answer = client.post(path, **sent) if body else client.get(path)
    assert answer.status_code == status
    assert said in answer.json()["detail"].casefold()
    assert "6402153002680003" not in answer.text


def test_an_empty_conversation_is_a_new_one(server, token):
    line = program(server, token).post("/api/v1/ask", json={"question": QUESTION, "conversation": ""}).json()
    assert (line["status"], bool(line["conversation"])) == ("answered", True)


def test_a_fault_is_told_in_plain_words_with_the_number_of_the_request(server, token, monkeypatch):
    monkeypatch.setattr(server.office.assistant, "documents", lambda: 1 / 0)
    answer = program(server, token).get("/api/v1/documents")
    assert (answer.status_code, "x-request-id" in answer.headers) == (500, True)
    assert "gangguan" in answer.json()["detail"]
    assert "x-request-id" in answer.json()["detail"]


def test_the_description_is_for_people_and_names_every_route_in_indonesian(server, admin):
    assert program(server).get("/api/openapi.json").status_code == 401
    described = admin.get("/api/openapi.json").json()
    assert {(method.upper(), f"/api{path}") for path, item in described["paths"].items() for method in item} == {
        (method, re.sub(r"\?.*", "", path).replace("B-029", "{name}")) for method, path in ROUTES
    }
    assert described["security"] == [{"token": []}]
    assert all(item["summary"] and item["responses"]["429"] for path in described["paths"].values() for item in path.values())


def test_the_example_client_of_the_guide_runs(server, token):
    environment = {**os.environ, "UEP_ALAMAT": server.lan, "UEP_TOKEN": token}
    command = [sys.executable, str(ROOT / "docs" / "contoh" / "klien_api.py"), QUESTION]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert QUOTE in run.stdout
    assert "Harian Contoh" in run.stdout


# MCP


def test_the_official_client_lists_and_calls_the_tools_over_http(server, token):
    async def talk():
        import httpx2
        from mcp.client import Client as McpClient
        from mcp.client.streamable_http import streamable_http_client

        web = httpx2.AsyncClient(headers={"authorization": f"Bearer {token}"}, trust_env=False)
        async with web, McpClient(streamable_http_client(f"{server.lan}/mcp", http_client=web)) as client:
            tools = await client.list_tools()
            answered = await client.call_tool("ask", {"question": QUESTION})
            refused = await client.call_tool("ask", {"question": "  "})
            return [tool.name for tool in tools.tools], answered, refused

    server.office.tokens._most = 50
    try:
        names, answered, refused = asyncio.run(talk())
    finally:
        server.office.tokens._most = 5
    assert names == ["ask", "search"]
    assert answered.structured_content["citations"][0]["quote"] == QUOTE
    assert refused.is_error
    assert refused.content[0].text == "Pertanyaan kosong; tulis pertanyaan Anda."


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "apa", "scope": NIK}, "Isian tidak sesuai: scope (semua, kaltim, atau nasional)."),
        ("ask", {"question": int(NIK)}, "Isian tidak sesuai: question (pertanyaan sebagai teks"),
        ("search", {"question": NIK + "x" * 10_000}, "Isian tidak sesuai: question (pertanyaan sebagai teks"),
        ("ask", {NIK: "apa"}, "Isian tidak sesuai: question (pertanyaan sebagai teks"),
        ("ask", {"question": "  "}, "Pertanyaan kosong"),
        (NIK, {}, "Alat ini tidak ada; yang ada: ask dan search."),
    ],
)
def test_what_a_tool_can_not_take_is_told_in_our_words_alone_and_not_repeated(server, token, tool, arguments, said):
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    answer = program(server, token, **MCP).post("/mcp", json=call)
    result = answer.json()["result"]
    assert result["isError"]
    assert result["content"][0]["text"].startswith(said)
    assert NIK not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (f'{{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": ["{NIK}"]}}', 400, -32602),
        (f'{{"jsonrpc": "2.0", "id": 2, "method": "{NIK}"}}', 200, -32601),
        (f'{{"jsonrpc": "2.0", "id": 2, "method": "resources/read", "params": {{"uri": "{NIK}"}}}}', 200, -32602),
        (f'{{"a": "{NIK}" x}}', 400, -32700),
        (f'"{NIK}"', 400, -32602),
    ],
)
def test_what_mcp_itself_refuses_is_told_in_our_words_and_not_repeated(server, token, body, status, code):
    answer = program(server, token, **MCP).post("/mcp", content=body)
    error = answer.json()["error"]
    assert (answer.status_code, error) == (status, {"code": code, "message": PROTOCOL[code]})


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/mcp", 405), ("DELETE", "/mcp", 405), ("POST", "/mcp/x", 404)])
def test_mcp_opens_no_stream_and_has_no_other_address(server, token, method, path, status):
    answer = program(server, token, **MCP).request(method, path, timeout=3)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert "panduan API" in answer.json()["detail"]


def test_a_newer_mcp_opens_no_stream_either_and_is_told_which_versions_there_are(server, token):
    known = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
    listen = {"jsonrpc": "2.0", "id": 2, "method": "subscriptions/listen", "params": {"_meta": known, "notifications": {}}}
    client = program(server, token, **MCP, **{"mcp-method": "subscriptions/listen"})
    answer = client.post("/mcp", json=listen, headers={"mcp-protocol-version": "2026-07-28"}, timeout=3)
    assert answer.json()["error"]["code"] == -32601
    listen["params"]["_meta"] = {**known, "io.modelcontextprotocol/protocolVersion": "2999-01-01"}
    answer = client.post("/mcp", json=listen, headers={"mcp-protocol-version": "2999-01-01"})
    assert answer.json()["error"]["data"] == {"supported": ["2026-07-28"]}


def test_the_tools_are_served_over_standard_input_and_output(tmp_path):
    make_index(tmp_path / "data")
    script = (
        "import sys; from pathlib import Path\n"
        "from assistant.api.mcp_server import serve_here; from tests.factories import open_assistant\n"
        "from tests.fakes import FakeEncoder\n"
        "serve_here(open_assistant(Path(sys.argv[1]), FakeEncoder()))\n"
    )

    async def talk():
        from mcp.client import Client as McpClient
        from mcp.client.stdio import StdioServerParameters, stdio_client

        arguments = ["-c", script, str(tmp_path / "data" / "index")]
        place = StdioServerParameters(command=sys.executable, args=arguments, cwd=str(ROOT), env={**os.environ})
        async with McpClient(stdio_client(place)) as client:
            return await client.call_tool("search", {"question": QUESTION})

    assert QUOTE in asyncio.run(talk()).structured_content["kept"][0]["sentences"]


def test_a_tool_that_breaks_tells_nothing_of_the_inside(server, token, monkeypatch):
    def broken(*_, **__):
        raise ValueError("rahasia dalam")

    monkeypatch.setattr(server.office.assistant, "search", broken)
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "search", "arguments": {"question": "x"}}}
    answer = program(server, token, **MCP, **{"mcp-protocol-version": "2025-06-18"}).post("/mcp", json=call)
    assert "gangguan" in answer.text
    assert "rahasia dalam" not in answer.text


# Attacks

DOORS = [
    *ROUTES,
    ("POST", "/mcp"),
    ("GET", "/mcp"),
    ("DELETE", "/mcp"),
    ("POST", "/mcp/"),
    ("GET", "/api/v1/x"),
    ("GET", "/api/v1"),
]


@pytest.mark.parametrize("route", DOORS, ids=" ".join)
def test_without_a_token_nothing_answers_on_the_network_or_on_this_machine_or_for_who_is_logged_in(server, admin, route):
    method, path = route
    for client in (program(server), httpx.Client(base_url=server.local, trust_env=False), admin):
        answer = client.request(method, path, json=ROUTES.get(route))
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "form", ["Basic {}", "Token {}", "{}", "Bearer", "Bearer {}x", "Bearer uep_", "bearer\t{}", "Bearer {} {}"]
)
def test_another_scheme_or_a_token_that_is_not_quite_it_is_refused(server, token, form):
    headers = {"authorization": form.replace("{}", token)}
    assert program(server, **headers).get("/api/v1/documents").status_code == 401


def test_two_authorization_headers_are_no_token(server, token):
    headers = [("authorization", f"Bearer {token}"), ("authorization", "Bearer uep_x")]
    assert httpx.get(f"{server.lan}/api/v1/documents", headers=headers, trust_env=False).status_code == 401


def test_a_token_in_the_address_a_cookie_or_the_body_is_not_read(server, token):
    client = program(server)
    for path in (f"/api/v1/documents?token={token}", f"/api/v1/documents?access_token={token}", f"/mcp?token={token}"):
        assert client.get(path).status_code == 401
    assert client.get("/api/v1/documents", headers={"cookie": f"token={token}"}).status_code == 401
    assert client.post("/api/v1/ask", json={"question": QUESTION, "access_token": token}).status_code == 401


def test_a_revoked_token_is_refused_at_once_and_stays_refused(server, fresh):
    token, text = fresh
    client = program(server, text)
    assert client.get("/api/v1/documents").status_code == 200
    server.office.tokens.revoke(None, token.id, by_system=True)
    for _ in range(2):
        assert client.get("/api/v1/documents").status_code == 401


def test_a_token_opens_nothing_but_the_api(server, token):
    for path in ("/", "/akun", "/token", "/pengguna", "/dokumen", "/api/openapi.json", "/config"):
        answer = program(server, token).get(path)
        assert answer.status_code in (303, 401), path
        assert answer.headers.get("location", "/masuk?").startswith("/masuk?")


def test_too_many_requests_are_refused_with_the_seconds_to_wait_and_other_tokens_go_on(server, token):
    client = program(server, token)
    answers = [client.get("/api/v1/documents") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "tunggu" in answers[-1].json()["detail"]
    _, other = server.office.tokens.make(None, "program lain", by_system=True)
    assert program(server, other).get("/api/v1/documents").status_code == 200
    assert client.post("/mcp", json=HELLO, headers=MCP).status_code == 429, "MCP counts together with HTTP"


def test_a_huge_body_is_refused_before_it_is_read_whole(server, token):
    client = program(server, token)
    for path in ("/api/v1/ask", "/mcp"):
        assert client.post(path, content=b"x" * (LONGEST_BODY + 1), headers=MCP).status_code == 413

    def endless():
        for _ in range(10_000):
            yield b"x" * 65_536

    with suppress(httpx.WriteError):  # the answer came, and the line was cut, while the client still sent
        assert client.post("/api/v1/ask", content=endless()).status_code == 413


@pytest.mark.parametrize("headers", [{"origin": "http://jahat.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_a_page_of_another_site_with_the_cookies_of_who_is_logged_in_gets_nothing(server, admin, token, headers):
    for extra in ({}, {"authorization": f"Bearer {token}"}):
        answer = admin.post("/api/v1/ask", json={"question": QUESTION}, headers={**headers, **extra})
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_dns_rebinding_gets_nothing_though_host_and_origin_fit_each_other(server, token):
    name = f"jahat.example:{server.port}"
    client = httpx.Client(base_url=server.local, headers={"host": name, "authorization": f"Bearer {token}"}, trust_env=False)
    rebound = {"origin": f"http://{name}", **MCP}
    assert client.post("/mcp", json=HELLO, headers=rebound).status_code == 403
    assert client.get("/mcp", headers={**MCP, "sec-fetch-site": "same-origin"}).status_code == 403
    assert httpx.post(f"{server.local}/mcp", json=HELLO, headers={**rebound, "host": name}, trust_env=False).status_code == 403


def test_mcp_has_no_session_that_could_be_planted_or_stolen(server, token):
    client = program(server, token, **MCP)
    answer = client.post("/mcp", json=HELLO, headers={"mcp-session-id": "ditanam"})
    assert answer.status_code == 200
    assert "mcp-session-id" not in answer.headers
    assert answer.json()["result"]["serverInfo"]["name"] == "asisten-uep"


def test_another_token_does_not_see_the_conversation(server, token):
    line = program(server, token).post("/api/v1/ask", json={"question": QUESTION}).json()
    _, other = server.office.tokens.make(None, "program lain", by_system=True)
    stolen = {"question": "kalau nilainya?", "conversation": line["conversation"]}
    assert program(server, other).post("/api/v1/ask", json=stolen).status_code == 403


def test_a_token_is_shown_once_kept_as_a_digest_and_named_in_no_log_error_or_page(server, admin, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    page = admin.form("/token", "/token", nama="aplikasi dinas")
    (text,) = re.findall(r'value="(uep_[^"]+)"', page.text)
    listed = admin.get("/token").text
    assert "aplikasi dinas" in listed
    assert text not in listed
    client = program(server, text)
    assert client.get("/api/v1/documents").status_code == 200
    assert "terakhir dipakai" in admin.get("/token").text
    answers = [client.get("/api/v1/labels/x"), client.post("/api/v1/ask", json={"x": text}), client.get("/api/v1/zz")]
    monkeypatch.setattr(server.office.assistant, "documents", lambda: 1 / 0)
    answers.append(client.get("/api/v1/documents"))
    assert answers[-1].status_code == 500
    assert not [answer for answer in answers if text in answer.text + str(answer.headers)]
    assert text not in caplog.text
    files = [path.read_bytes() for path in server.office.settings.data_dir.glob("catatan.sqlite*")]
    assert files
    assert not [content for content in files if text.encode() in content]
    assert text not in admin.get("/audit").text
    assert "token-dibuat" in admin.get("/audit").text


def test_the_admin_revokes_on_the_page_and_a_form_of_another_site_does_not(server, admin, fresh):
    token, text = fresh
    planted = admin.post(f"/token/{token.id}/cabut", data={"token": "x"}, headers={"origin": "http://jahat.example"})
    assert planted.status_code == 403
    assert program(server, text).get("/api/v1/documents").status_code == 200
    assert "dicabut" in admin.form(f"/token/{token.id}/cabut", "/token").text
    assert program(server, text).get("/api/v1/documents").status_code == 401


def test_a_database_that_is_away_is_told_with_when_to_come_back(server, token, monkeypatch):
    def away(_):
        raise RecordsError("Basis data catatan tidak dapat dipakai.")

    monkeypatch.setattr(server.office.tokens, "person", away)
    answer = program(server, token).get("/api/v1/documents")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_every_route_of_the_api_is_in_the_table(server):
    api = make_api(server.office)
    own = {
        (method, f"/api{route.path}") for route in api.routes for method in getattr(route, "methods", ()) if "v1" in route.path
    }
    assert own == {(method, re.sub(r"\?.*", "", path).replace("B-029", "{name}")) for method, path in ROUTES}


# The command


def test_the_command_makes_lists_and_revokes(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    def run(*words):
        assert main(["tokens", *words]) == 0
        return capsys.readouterr().out

    made = run("--add", "aplikasi dinas")
    (identity,) = re.findall(r"\(([0-9a-f]{32})\)", made)
    text = made.strip().splitlines()[-1]
    assert text.startswith("uep_")
    assert "dicabut" in run("--revoke", identity)
    assert text not in run()
    assert main(["tokens", "--revoke", "x"]) == 1
    assert "muat ulang" in capsys.readouterr().err
