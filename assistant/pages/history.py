"""One's own conversations: open one again, or delete it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, go, page


def make_router(office: Office) -> APIRouter:
    """Return the pages of the history."""
    router = APIRouter(prefix="/riwayat")

    @router.get("")
    def history(visit: AVisit) -> Response:
        found = office.conversations.summaries(visit.person)
        return page(office, visit, "riwayat.html", percakapan=found, hari=office.settings.retention_days)

    @router.post("/hapus")
    def forget(visit: AVisit, token: Text = "", percakapan: Text = "") -> Response:
        check_form(office, visit, token)
        office.conversations.forget(visit.person, percakapan)
        return go("/riwayat")

    return router
