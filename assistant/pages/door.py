"""In and out: the login page, one-time links, logout."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.errors import AccessError, InputError
from assistant.gate import Visit
from assistant.headers import cookie_header, safe_next
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, go, page
from assistant.people import LOGIN


def make_router(office: Office) -> APIRouter:
    """Return the pages of the door."""
    router = APIRouter()

    @router.get("/masuk")
    def login_page(visit: AVisit, lanjut: str = "/") -> Response:
        return page(office, visit, "masuk.html", lanjut=safe_next(lanjut), nama="", salah="")

    @router.post("/masuk")
    def login(visit: AVisit, token: Text = "", nama: Text = "", sandi: Text = "", lanjut: Text = "/") -> Response:
        after = safe_next(lanjut)
        check_form(office, visit, token)
        try:
            value = office.people.login(nama, sandi, address=visit.address)
        except AccessError as error:
            return page(office, visit, "masuk.html", status=403, lanjut=after, nama=nama[:80], salah=str(error))
        if visit.login:
            office.people.logout(visit.login)
        return _entered(office, visit, value, after)

    @router.post("/keluar")
    def logout(visit: AVisit, token: Text = "") -> Response:
        check_form(office, visit, token)
        office.people.logout(visit.login)
        answer = go("/masuk")
        answer.headers.append("set-cookie", cookie_header(LOGIN, "", secure=visit.secure, seconds=0))
        return answer

    @router.get("/undangan/{link}")
    def link_page(visit: AVisit, link: str) -> Response:
        return page(office, visit, "undangan.html", orang=office.people.invited(link), salah="")

    @router.post("/undangan/{link}")
    def accept(visit: AVisit, link: str, token: Text = "", sandi: Text = "", ulang: Text = "") -> Response:
        check_form(office, visit, token)
        person = office.people.invited(link)
        try:
            if sandi != ulang:
                raise InputError("Kedua kata sandi tidak sama; ketik ulang keduanya.")
            value = office.people.accept(link, sandi)
        except InputError as error:
            return page(office, visit, "undangan.html", status=400, orang=person, salah=str(error))
        return _entered(office, visit, value, "/")

    return router


def _entered(office: Office, visit: Visit, value: str, after: str) -> Response:
    answer = go(after)
    seconds = office.settings.session_hours * 3600
    answer.headers.append("set-cookie", cookie_header(LOGIN, value, secure=visit.secure, seconds=seconds))
    return answer
