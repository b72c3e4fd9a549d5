"""What machines ask: alive, ready, figures."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.access import Action, require
from assistant.office import Office
from assistant.operations.metrics import CONTENT_TYPE
from assistant.pages.frame import AVisit


def make_router(office: Office) -> APIRouter:
    """Return the probes; the figures are for this machine itself, admins, and whoever has the token of the settings."""
    router = APIRouter()

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def ready() -> Response:
        reasons = office.operations.not_ready()
        values = {"siap": not reasons, "sebab": list(reasons)}
        return JSONResponse(values, status_code=503 if reasons else 200, headers={"cache-control": "no-store"})

    @router.get("/metrics")
    def metrics(request: Request, visit: AVisit) -> Response:
        token = office.settings.metrics_token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not (visit.local or (token and hmac.compare_digest(given.encode(), token.encode()))):
            if visit.person.user is None:
                headers = {"www-authenticate": "Bearer"}
                return JSONResponse({"detail": "Anda belum masuk; pakai METRICS_TOKEN."}, status_code=401, headers=headers)
            require(visit.person, Action.MANAGE)
        return Response(office.operations.metrics.text(), media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})

    return router
