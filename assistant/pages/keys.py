"""The admin's page of tokens, with which programs use the API and MCP."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, page


def make_router(office: Office) -> APIRouter:
    """Return the page; each use case checks the role itself."""
    router = APIRouter()

    def listed(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "", fresh: str = "") -> Response:
        found = office.tokens.listed(visit.person)
        return page(office, visit, "token.html", status=status, tokens=found, salah=wrong, kabar=done, baru=fresh)

    @router.get("/token")
    def keys(visit: AVisit) -> Response:
        return listed(visit)

    @router.post("/token")
    def make(visit: AVisit, token: Text = "", nama: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            made, text = office.tokens.make(visit.person, nama)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return listed(visit, done=f"Token {made.name} dibuat.", fresh=text)

    @router.post("/token/{identity}/cabut")
    def revoke(visit: AVisit, identity: str, token: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            ended = office.tokens.revoke(visit.person, identity)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return listed(visit, done=f"Token {ended.name} dicabut; program yang memakainya ditolak mulai sekarang.")

    return router
