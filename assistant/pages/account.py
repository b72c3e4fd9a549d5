"""One's own account: password, what is kept, erase it. Visitors have the last two."""

from __future__ import annotations

import json

from fastapi import APIRouter, Response

from assistant.errors import AccessError, InputError
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, page


def make_router(office: Office) -> APIRouter:
    """Return the pages of one's own account."""
    router = APIRouter(prefix="/akun")

    @router.get("")
    def account(visit: AVisit) -> Response:
        return page(office, visit, "akun.html", salah="", kabar="", hari=office.settings.retention_days)

    @router.post("/sandi")
    def password(visit: AVisit, token: Text = "", lama: Text = "", baru: Text = "", ulang: Text = "") -> Response:
        check_form(office, visit, token)
        days = office.settings.retention_days
        try:
            if baru != ulang:
                raise InputError("Kedua kata sandi baru tidak sama; ketik ulang keduanya.")
            office.people.change_password(visit.person, lama, baru, login=visit.login, address=visit.address)
        except (AccessError, InputError) as error:
            return page(office, visit, "akun.html", status=400, salah=str(error), kabar="", hari=days)
        done = "Kata sandi diganti. Perangkat lain yang masuk dengan akun ini sudah dikeluarkan."
        return page(office, visit, "akun.html", salah="", kabar=done, hari=days)

    @router.get("/data.json")
    def export(visit: AVisit) -> Response:
        text = json.dumps(office.people.export(visit.person), ensure_ascii=False, indent=1)
        headers = {"content-disposition": 'attachment; filename="data-saya.json"', "cache-control": "no-store"}
        return Response(text, media_type="application/json", headers=headers)

    @router.post("/hapus")
    def erase(visit: AVisit, token: Text = "", yakin: Text = "") -> Response:
        check_form(office, visit, token)
        days = office.settings.retention_days
        if yakin != "ya":
            wrong = "Centang kotak persetujuan dahulu; belum ada yang dihapus."
            return page(office, visit, "akun.html", status=400, salah=wrong, kabar="", hari=days)
        gone = office.people.erase(visit.person)
        done = f"{gone} percakapan Anda, latihan, dan kasus sudah dihapus."
        return page(office, visit, "akun.html", salah="", kabar=done, hari=days)

    return router
