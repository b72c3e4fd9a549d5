"""Admin → Kesehatan: what is well, what has to be done, one click to mend it; backups."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from assistant.errors import AssistantError
from assistant.gate import Visit
from assistant.office import Office
from assistant.operations.findings import REPAIR_WORDS, Level, worst
from assistant.pages.frame import AVisit, Text, check_form, go, page, status_of


def make_router(office: Office) -> APIRouter:
    """Return the page of the system's health; each use case checks the role itself."""
    router = APIRouter(prefix="/sehat")
    operations = office.operations

    def shown(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "", again: bool = False) -> Response:
        found = operations.health(visit.person, again=again)
        groups = [(level, [item for item in found if item.level is level]) for level in reversed(Level)]
        values = {"kelompok": groups, "keadaan": worst(found), "perbaikan": REPAIR_WORDS}
        copies = {
            "cadangan": operations.listed(visit.person),
            "pekerjaan": operations.job(visit.person),
            "folder": operations.backups.folder,
            "jam": office.settings.backup_hours,
            "simpan": office.settings.backup_keep,
        }
        return page(office, visit, "sehat.html", status=status, salah=wrong, kabar=done, **values, **copies)

    @router.get("")
    def overview(visit: AVisit) -> Response:
        return shown(visit)

    @router.post("/periksa")
    def check(visit: AVisit, token: Text = "") -> Response:
        check_form(office, visit, token)
        return shown(visit, again=True, done="Semua sudah diperiksa lagi.")

    @router.post("/perbaiki")
    def repair(visit: AVisit, token: Text = "", tindakan: Text = "") -> Response:
        check_form(office, visit, token)
        operations.health(visit.person)  # who may not see it is told so before anything is tried
        try:
            place = operations.repair(visit.person, tindakan)
        except AssistantError as error:
            return shown(visit, status=status_of(error), wrong=str(error))
        return go(place) if place else shown(visit, done="Sudah dikerjakan.", again=True)

    @router.get("/cadangan/{name}")
    def download(visit: AVisit, name: str) -> Response:
        file = operations.file(visit.person, name)
        return FileResponse(file, media_type="application/zip", filename=name, headers={"cache-control": "no-store"})

    return router
