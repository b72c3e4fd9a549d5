"""Panduan: the guides of docs/panduan in the app, for officers the one of their work, for trainers and admins all."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from assistant.access import Action, allowed, require
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, page
from assistant.pages.guidebook import guide, guides, picture


def make_router(office: Office) -> APIRouter:
    """Return the pages of the guides."""
    router = APIRouter(prefix="/panduan")

    def may(visit: Visit, action: Action) -> bool:
        return allowed(visit.person, action, open_chat=visit.open_chat)

    @router.get("")
    def listed(visit: AVisit) -> Response:
        found = [one for one in guides() if may(visit, one.action)]
        return page(office, visit, "panduan.html", semua=found)

    @router.get("/gambar/{name}")
    def image(visit: AVisit, name: str) -> Response:
        return FileResponse(picture(name), media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    @router.get("/{name}")
    def one(visit: AVisit, name: str) -> Response:
        found = guide(name)
        require(visit.person, found.action, open_chat=visit.open_chat)
        return page(office, visit, "panduan-satu.html", panduan=found)

    return router
