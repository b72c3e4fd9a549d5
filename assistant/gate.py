"""The gate that every request passes: who is it, from where, may they; refuses what another site sends. ASGI, no framework."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from assistant.errors import RecordsError
from assistant.people import GUEST, GUEST_DAYS, LOGIN
from assistant.types import Person

if TYPE_CHECKING:
    from assistant.office import Office

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Send], Awaitable[None]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/masuk", "/undangan/", "/healthz", "/gaya.css", "/favicon.ico")
"""What a person sees before they are known."""
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PASSED_ON = (b"x-forwarded-for", b"forwarded", b"via", b"x-real-ip")
"""Headers that a proxy adds: a request that carries one was not made on this machine, whatever its address says."""
LONGEST_COOKIE = 500
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"content-security-policy", b"frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"),
)
FOREIGN = "Permintaan ini datang dari situs lain, jadi ditolak. Buka Asisten UEP langsung, lalu ulangi."
LOG_IN = "Anda belum masuk; muat ulang halaman, masuk, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who, from which address, on this machine itself or not, over HTTPS or not."""

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


class Gate:
    """Wraps the web app; puts the Visit into `scope["state"]["visit"]`."""

    def __init__(self, app: App, *, office: Office) -> None:
        """Guard `app` by the accounts of `office`."""
        self._app = app
        self._office = office

    async def __call__(self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        """Let a request through, turn it away, or send a person to the login page."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        if foreign(scope):
            await _answer(send, 403, FOREIGN)
            return
        try:
            visit, fresh = await self._visit(scope)
        except RecordsError as error:
            await _answer(send, 503, str(error))
            return
        scope.setdefault("state", {})["visit"] = visit
        if not scope["path"].startswith(OPEN_PATHS) and not self._office.conversations.may_ask(
            visit.person, open_chat=visit.open_chat
        ):
            await self._turn_away(scope, send)
            return
        await self._app(scope, receive, _adding(send, _headers(visit, fresh)))

    async def _visit(self, scope: Scope) -> tuple[Visit, bool]:
        cookies = _cookies(scope["headers"])
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
        address = scope["client"][0] if scope.get("client") else ""
        known = login if person.user else ""
        return Visit(person, address, local, secure, local or self._office.settings.open_chat, known, guest), fresh

    async def _turn_away(self, scope: Scope, send: Send) -> None:
        accepts = dict(scope["headers"]).get(b"accept", b"")
        if scope["method"] == "GET" and b"text/html" in accepts:
            wanted = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            location = f"/masuk?lanjut={quote(wanted, safe='')}".encode()
            await send({"type": "http.response.start", "status": 303, "headers": [(b"location", location), *HEADERS]})
            await send({"type": "http.response.body", "body": b""})
            return
        await _answer(send, 401, LOG_IN)


def is_local(scope: Scope) -> bool:
    """Tell whether the request was made on this machine, by address and by name, and through no proxy.

    The name counts too: a page of another site may make its own name point to 127.0.0.1.
    """
    headers = scope["headers"]
    client = scope.get("client")
    if client is None or any(name in PASSED_ON for name, _ in headers):
        return False
    try:
        loopback = ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
    return loopback and _name(_host(headers)) in LOCAL_NAMES


def foreign(scope: Scope) -> bool:
    """Tell whether a request that changes something was sent by a page of another site."""
    if scope["method"] in SAFE_METHODS:
        return False
    headers: dict[bytes, bytes] = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin:
        return urlsplit(origin).netloc.casefold() != _host(scope["headers"]).casefold()
    site: bytes = headers.get(b"sec-fetch-site", b"same-origin")
    return site not in (b"same-origin", b"none")


def safe_next(path: str) -> str:
    """Return where to go after a login: a path of this app, else the start."""
    local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if local and not path.startswith(("/masuk", "/keluar")) else "/"


def cookie_header(name: str, value: str, *, secure: bool, seconds: int) -> str:
    """Return the value of a Set-Cookie header that scripts can't read and other sites don't send."""
    return f"{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def _headers(visit: Visit, fresh: bool) -> list[tuple[bytes, bytes]]:
    if not fresh:
        return list(HEADERS)
    value = cookie_header(GUEST, visit.guest, secure=visit.secure, seconds=GUEST_DAYS * 86_400)
    return [*HEADERS, (b"set-cookie", value.encode("latin-1"))]


def _adding(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    async def send_with(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_with


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"detail": text}, ensure_ascii=False).encode()})


def _cookies(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            try:
                jar = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                continue
            found.update({key: item.value for key, item in jar.items() if len(item.value) <= LONGEST_COOKIE})
    return found


def _host(headers: Iterable[tuple[bytes, bytes]]) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == b"host"), "")


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""
