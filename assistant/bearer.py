"""What a program's request says: its token, and whether a browser's page sent it. Pure."""

from __future__ import annotations

from assistant.headers import Headers

TREES = ("/api/v1/", "/mcp/")
PATHS = frozenset({"/api/v1", "/mcp"})
LONGEST_BODY = 65_536
"""Most bytes that a program may send: a question is 2,000 letters."""


def for_programs(path: str) -> bool:
    """Tell whether a path is for programs with a token, whoever else is logged in."""
    return path in PATHS or path.startswith(TREES)


def token_of(headers: Headers) -> str:
    """Return the token of the one `Authorization: Bearer …` header; empty for none, several or another scheme."""
    found = [value.decode("latin-1") for name, value in headers if name == b"authorization"]
    if len(found) != 1:
        return ""
    scheme, _, text = found[0].partition(" ")
    return text.strip() if scheme.casefold() == "bearer" and text.isascii() else ""


def from_page(headers: Headers) -> bool:
    """Tell whether a browser's page sent a request: those name their origin or their site, programs don't.

    Host is not asked: a page whose name was pointed at this machine (DNS rebinding) has a fitting one.
    """
    named = dict(headers)
    return b"origin" in named or named.get(b"sec-fetch-site", b"none") != b"none"
