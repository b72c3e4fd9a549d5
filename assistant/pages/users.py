"""What an admin sees: users, their links and data, the audit log."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response

from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, page


def make_router(office: Office) -> APIRouter:
    """Return the admin's pages; each use case checks the role itself."""
    router = APIRouter()

    def listed(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "", link: str = "") -> Response:
        found = office.people.users(visit.person)
        return page(office, visit, "pengguna.html", status=status, orang=found, salah=wrong, kabar=done, tautan=link)

    def linked(request: Request, visit: Visit, done: str, token: str) -> Response:
        return listed(visit, done=done, link=f"{request.url.scheme}://{request.url.netloc}/undangan/{token}")

    @router.get("/pengguna")
    def users(visit: AVisit) -> Response:
        return listed(visit)

    @router.post("/pengguna")
    def invite(
        request: Request,
        visit: AVisit,
        token: Text = "",
        nama: Text = "",
        lengkap: Text = "",
        peran: Text = "petugas",
        wilayah: Text = "",
    ) -> Response:
        check_form(office, visit, token)
        try:
            user, link = office.people.invite(visit.person, name=nama, display=lengkap, role=peran, kabupaten=wilayah)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return linked(request, visit, f"{user.display} ditambahkan. Kirim tautan ini kepadanya:", link)

    @router.post("/pengguna/{identity}")
    def change(
        visit: AVisit,
        identity: str,
        token: Text = "",
        lengkap: Text = "",
        peran: Text = "",
        wilayah: Text = "",
        aktif: Text = "",
    ) -> Response:
        check_form(office, visit, token)
        try:
            user = office.people.change(
                visit.person, identity, display=lengkap, role=peran, kabupaten=wilayah, active=aktif == "ya"
            )
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return listed(visit, done=f"Data {user.display} diubah.")

    @router.post("/pengguna/{identity}/tautan")
    def renew(request: Request, visit: AVisit, identity: str, token: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            user, link = office.people.renew(visit.person, identity)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return linked(request, visit, f"Tautan baru untuk {user.display}:", link)

    @router.post("/pengguna/{identity}/hapus")
    def delete(visit: AVisit, identity: str, token: Text = "", yakin: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            if yakin != "ya":
                raise InputError("Centang kotak persetujuan dahulu; belum ada yang dihapus.")
            gone = office.people.delete(visit.person, identity)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return listed(visit, done=f"Pengguna dan {gone} percakapannya sudah dihapus.")

    @router.get("/pengguna/{identity}/data.json")
    def export(visit: AVisit, identity: str) -> Response:
        text = json.dumps(office.people.export_user(visit.person, identity), ensure_ascii=False, indent=1)
        headers = {"content-disposition": 'attachment; filename="data-pengguna.json"', "cache-control": "no-store"}
        return Response(text, media_type="application/json", headers=headers)

    @router.post("/samarkan")
    def mask_name(visit: AVisit, token: Text = "", nama: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            changed = office.people.mask_name(visit.person, nama)
            office.confirming.rewrite()
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return listed(visit, done=f"Nama itu disamarkan di {changed} catatan.")

    @router.get("/audit")
    def audit(visit: AVisit, tindakan: str = "") -> Response:
        lines = office.people.audit(visit.person, action=tindakan)
        kinds = sorted({line.action for line in office.people.audit(visit.person)})
        return page(office, visit, "audit.html", baris=lines, jenis=kinds, tindakan=tindakan)

    return router
