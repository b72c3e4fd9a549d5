"""What the headers of a request say: from where it comes, through what, with which cookies. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Headers = Iterable[tuple[bytes, bytes]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PASSED_ON = (b"x-forwarded-", b"forwarded", b"via", b"x-real-ip")
"""Beginnings of headers that a proxy adds: a request that carries one was not made on this machine, whatever its address says."""
LONGEST_COOKIE = 500


def is_local(scope: Scope) -> bool:
    """Tell whether the request was made on this machine, by address and by name, and through no proxy.

    The name counts too: a page of another site may make its own name point to 127.0.0.1. HTTP/1.0 is spoken by proxies that
    name nobody (nginx as it comes), never by a browser.
    """
    headers = scope["headers"]
    client = scope.get("client")
    if client is None or scope.get("http_version") == "1.0" or any(name.startswith(PASSED_ON) for name, _ in headers):
        return False
    try:
        loopback = ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
    return loopback and _name(host_of(headers)) in LOCAL_NAMES


def counted_address(scope: Scope) -> str:
    """Return what the acts of an address are counted by: of IPv6 its /64, for who has one address has all of those."""
    host = str(scope["client"][0]) if scope.get("client") else ""
    try:
        return host if "." in host else str(ipaddress.IPv6Network((host.partition("%")[0], 64), strict=False))
    except ValueError:
        return host


def foreign(scope: Scope) -> bool:
    """Tell whether a request that changes something was sent by a page of another site."""
    if scope["method"] in SAFE_METHODS:
        return False
    headers: dict[bytes, bytes] = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin:
        return _place(origin) != host_of(scope["headers"]).casefold()
    site: bytes = headers.get(b"sec-fetch-site", b"same-origin")
    return site not in (b"same-origin", b"none")


def cookies_of(headers: Headers) -> dict[str, str]:
    """Return the cookies by name, the first of each; one that another app of this host wrote oddly spoils no other."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name != b"cookie":
            continue
        for part in value.decode("latin-1").split(";"):
            key, _, text = part.strip().partition("=")
            if len(text) <= LONGEST_COOKIE:
                found.setdefault(key, text)
    return found


def host_of(headers: Headers) -> str:
    """Return the name and port that the browser asked for."""
    return next((value.decode("latin-1") for name, value in headers if name == b"host"), "")


def wants_page(headers: Headers) -> bool:
    """Tell whether a browser opens a page, rather than a script asking for data."""
    return b"text/html" in dict(headers).get(b"accept", b"")


def safe_next(path: str) -> str:
    """Return where to go after a login: a path of this app, else the start."""
    local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if local and not path.startswith(("/masuk", "/keluar")) else "/"


def cookie_header(name: str, value: str, *, secure: bool, seconds: int) -> str:
    """Return the value of a Set-Cookie header that scripts can't read and other sites don't send."""
    return f"{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.casefold() or "?"
    except ValueError:
        return "?"


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""
