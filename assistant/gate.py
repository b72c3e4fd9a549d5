"""The gate that every request passes: who is it, from where, may they; refuses what another site sends. ASGI, no framework."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant import bearer
from assistant.access import Action, allowed
from assistant.errors import AccessError, RecordsError, TooOftenError
from assistant.headers import SAFE_METHODS, Scope, cookie_header, cookies_of, counted_address, foreign, is_local, wants_page
from assistant.ledger import Person
from assistant.people import GUEST, GUEST_DAYS, LOGIN
from assistant.tabs import Tabs, tab_of, whole

if TYPE_CHECKING:
    from assistant.office import Office

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OPEN_PATHS = frozenset(
    {"/masuk", "/healthz", "/readyz", "/metrics", "/gaya.css", "/favicon.ico", "/ikut", "/ikut.js", "/periksa"}
)
OPEN_FOLDERS = ("/undangan/", "/layar/", "/periksa/")
OPEN_TREE = "/ikut/"
"""What a person sees before they are known: the door, a bimtek to join, its projector, a certificate to check."""
CLOSED_PATHS = ("/gradio_api/upload", "/gradio_api/proxy=", "/gradio_api/run-history", "/gradio_api/profiling")
"""What Gradio offers and no screen of ours uses: files sent here would fill the disk."""
LONGEST_BODY = 1_048_576
"""Most bytes that a form or an event may send: a question is 2,000 letters."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"content-security-policy", b"frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"),
)
FOREIGN = "Permintaan ini datang dari situs lain, jadi ditolak. Buka Asisten UEP langsung, lalu ulangi."
TOO_LONG = "Kiriman terlalu besar; ringkas, lalu kirim lagi."
NO_PAGES = "API dan MCP dipakai program, bukan halaman peramban; kirim tanpa header Origin."
NOT_HERE = "Tidak ada di sini."
NOT_YOUR_TAB = "Tab ini dibuka oleh orang lain atau sebelum Anda masuk; muat ulang halaman, lalu ulangi."
LOG_IN = "Anda belum masuk; muat ulang halaman, masuk, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who, from which address (of IPv6 the /64), on this machine itself or not, over HTTPS or not."""

    person: Person
    address: str
    local: bool
    secure: bool
    open_chat: bool
    login: str = ""
    guest: str = ""

    @property
    def basis(self) -> str:
        """Return what the tokens of forms are bound to."""
        return self.login or self.guest

    @property
    def exposed(self) -> bool:
        """Tell whether what is typed can be read on the network."""
        return not self.secure and not self.local


UPLOAD_PATH, FILES_AT_ONCE = "/dokumen/unggah", 10
"""The one place that takes files, as many of the largest size at once; they are written to the disk as they come."""
NOT_FOR_YOU = "Peran Anda tidak boleh membuka ini; minta kepada admin."


class Gate:
    """Wraps the web app; puts the Visit into `scope["state"]["visit"]`."""

    def __init__(self, app: App, *, office: Office) -> None:
        """Guard `app` by the accounts of `office`."""
        self._app = app
        self._office = office
        self._tabs = Tabs()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, turn it away, or send a person to the login page."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        if bearer.for_programs(scope["path"]):
            await self._program(scope, receive, send)
            return
        page = wants_page(scope["headers"])
        if foreign(scope):
            await _answer(send, 403, FOREIGN, page=page)
            return
        if scope["path"].startswith(CLOSED_PATHS) or "\0" in scope["path"]:
            await _answer(send, 404, NOT_HERE, page=page)
            return
        try:
            visit, fresh = await self._visit(scope)
        except RecordsError as error:
            await _answer(send, 503, str(error), page=page)
            return
        scope.setdefault("state", {})["visit"] = visit
        if not is_open(scope["path"]) and not self._office.conversations.may_ask(visit.person, open_chat=visit.open_chat):
            await self._turn_away(scope, send, page=page)
            return
        body = b""
        if scope["path"] == UPLOAD_PATH:
            refused = self._refused_upload(scope, visit)
            if refused is not None:
                await _answer(send, *refused, page=page)
                return
        elif scope["method"] not in SAFE_METHODS:
            read = await _body(receive, most=LONGEST_BODY)
            if read is None:
                await _answer(send, 413, TOO_LONG, page=page)
                return
            body = whole(read)
            receive = _again(body, receive)
        tab = tab_of(scope["path"], scope["query_string"], body)
        if tab and not self._tabs.admits(tab, visit.person.key, known=not fresh):
            await _answer(send, 403, NOT_YOUR_TAB, page=page)
            return
        await self._app(scope, receive, _adding(send, _headers(visit, fresh)))

    async def _program(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a program with a token through; cookies count for nothing here, so that no page can use them."""
        headers = scope["headers"]
        if bearer.from_page(headers):
            await _answer(send, 403, NO_PAGES, page=False)
            return
        try:
            person = await asyncio.to_thread(self._office.tokens.person, bearer.token_of(headers))
        except TooOftenError as error:
            await _answer(send, 429, str(error), page=False, more=[(b"retry-after", str(error.seconds).encode())])
            return
        except AccessError as error:
            await _answer(send, 401, str(error), page=False, more=[(b"www-authenticate", b"Bearer")])
            return
        except RecordsError as error:
            await _answer(send, 503, str(error), page=False, more=[(b"retry-after", b"5")])
            return
        body = await _body(receive, most=bearer.LONGEST_BODY)
        if body is None:
            await _answer(send, 413, TOO_LONG, page=False)
            return
        visit = Visit(person, counted_address(scope), local=False, secure=scope["scheme"] == "https", open_chat=False)
        scope.setdefault("state", {})["visit"] = visit
        await self._app(scope, _again(body, receive), _adding(send, [*HEADERS, (b"cache-control", b"no-store")]))

    def _refused_upload(self, scope: Scope, visit: Visit) -> tuple[int, str] | None:
        """Return why files can't be taken, before any of them is read: not an admin, or more than a few files may weigh."""
        if not allowed(visit.person, Action.MANAGE):
            return 403, NOT_FOR_YOU
        length = dict(scope["headers"]).get(b"content-length", b"")
        most = self._office.settings.file_mb * FILES_AT_ONCE
        if not length.isdigit() or int(length) > most * 1_000_000 + LONGEST_BODY:
            return 413, f"Unggahan ini lebih besar dari {most} MB; unggah beberapa kali, masing-masing lebih sedikit berkas."
        return None

    async def _visit(self, scope: Scope) -> tuple[Visit, bool]:
        cookies = cookies_of(scope["headers"])
        login, guest = cookies.get(LOGIN, ""), cookies.get(GUEST, "")
        people = self._office.people
        # Only a login needs the database: the pages of visitors don't wait for it.
        person = await asyncio.to_thread(people.person, login, guest) if login else people.person(None, guest)
        fresh = person is None
        if person is None:
            guest = people.new_guest()
            person = people.person(None, guest)
            assert person is not None
        local, secure = is_local(scope), scope["scheme"] == "https"
        address = counted_address(scope)
        known = login if person.user else ""
        return Visit(person, address, local, secure, local or self._office.settings.open_chat, known, guest), fresh

    async def _turn_away(self, scope: Scope, send: Send, *, page: bool) -> None:
        if scope["method"] == "GET" and page:
            wanted = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            location = f"/masuk?lanjut={quote(wanted, safe='')}".encode()
            await send({"type": "http.response.start", "status": 303, "headers": [(b"location", location), *HEADERS]})
            await send({"type": "http.response.body", "body": b""})
            return
        await _answer(send, 401, LOG_IN, page=page)


def is_open(path: str) -> bool:
    """Tell whether a path is for people who are not known yet: exactly these pages, and nothing that only begins like them."""
    if path in OPEN_PATHS or path.startswith(OPEN_TREE):
        return True
    return any(path.startswith(folder) and "/" not in path.removeprefix(folder) for folder in OPEN_FOLDERS)


def _headers(visit: Visit, fresh: bool) -> list[tuple[bytes, bytes]]:
    if not fresh:
        return list(HEADERS)
    value = cookie_header(GUEST, visit.guest, secure=visit.secure, seconds=GUEST_DAYS * 86_400)
    return [*HEADERS, (b"set-cookie", value.encode("latin-1"))]


def _adding(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            # Gradio lets pages of any site read its answers; nobody outside this app needs to.
            own = [item for item in message.get("headers", ()) if not item[0].lower().startswith(b"access-control-")]
            message["headers"] = [*own, *headers]
        await send(message)

    return send_with


async def _body(receive: Receive, *, most: int) -> bytes | None:
    """Return the whole body, or None when it is longer than anything that is sent here."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what hands out a body that was read already, then goes on with the connection."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


async def _answer(send: Send, status: int, text: str, *, page: bool, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    kind, body = (b"text/plain", text) if page else (b"application/json", json.dumps({"detail": text}, ensure_ascii=False))
    headers = [(b"content-type", kind + b"; charset=utf-8"), *HEADERS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
