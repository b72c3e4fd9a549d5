"""The HTTP API: `/api/v1/…`, described at `/api/openapi.json`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.answering import OfficeAsking
from assistant.api.schema import Bagian, Cari, Celah, Dokumen, Galat, Jawaban, Label, Pencarian, Tanya
from assistant.api.telling import FAILED, STATUSES, UNANSWERABLE, misfits
from assistant.errors import (
    AccessError,
    AssistantError,
    CorpusError,
    IndexAwayError,
    IndexBrokenError,
    IndexMissingError,
    InputError,
    QuestionError,
    RecordsError,
    TooOftenError,
)
from assistant.gate import Visit
from assistant.lines import document_line, gap_line, label_line, passage_line
from assistant.office import Office

AWAY_SECONDS = 5
"""When to try again what a server or an ingest holds up."""
ABOUT = """Tanya jawab bantuan UEP dengan kutipan. Setiap permintaan membawa header `Authorization: Bearer TOKEN`; token dibuat
admin di halaman `/token`. Token tidak dibaca dari alamat atau kuki. Bila terlalu sering: status 429 dengan `Retry-After`."""
STATUS: dict[type[AssistantError], int] = {
    TooOftenError: 429,
    AccessError: 403,
    QuestionError: 400,
    InputError: 400,
    CorpusError: 404,
    IndexAwayError: 503,
    IndexBrokenError: 503,
    IndexMissingError: 503,
    RecordsError: 503,
}
FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": Galat, "description": "Pertanyaan tidak dapat diterima"},
    401: {"model": Galat, "description": "Token tidak ada, salah, atau dicabut"},
    413: {"model": Galat, "description": "Kiriman terlalu besar"},
    422: {"model": Galat, "description": "Isian tidak sesuai bentuknya"},
    429: {"model": Galat, "description": "Terlalu sering; lihat Retry-After"},
    500: {"model": Galat, "description": "Gangguan di sini; sebutkan x-request-id kepada pengelola"},
    503: {"model": Galat, "description": "Indeks atau basis data sedang tidak dapat dipakai; lihat Retry-After"},
}


def visit_of(request: Request) -> Visit:
    """Return the visit that the gate noted."""
    visit: Visit = request.state.visit
    return visit


AVisit = Annotated[Visit, Depends(visit_of)]


def make_api(office: Office) -> FastAPI:
    """Return the API over `office`, to be mounted at `/api`."""
    api = FastAPI(
        title="Asisten UEP",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=FAILURES,
    )
    api.add_exception_handler(AssistantError, _failed)
    api.add_exception_handler(RequestValidationError, _misshapen)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(Exception, _broken)

    @api.post("/v1/ask", response_model=Jawaban, summary="Jawab satu pertanyaan dengan kutipan", tags=["tanya"])
    def ask(body: Tanya, visit: AVisit) -> JSONResponse:
        return JSONResponse(OfficeAsking(office, visit).ask(body.question, scope=body.scope, conversation=body.conversation))

    @api.post("/v1/search", response_model=Pencarian, summary="Cari bagian dokumen, tanpa jawaban", tags=["tanya"])
    def search(body: Cari, visit: AVisit) -> JSONResponse:
        return JSONResponse(OfficeAsking(office, visit).search(body.question, scope=body.scope))

    @api.get("/v1/documents", response_model=list[Dokumen], summary="Semua dokumen", tags=["pustaka"])
    def documents() -> JSONResponse:
        return JSONResponse([document_line(card) for card in office.assistant.documents()])

    @api.get("/v1/documents/passages", response_model=list[Bagian], summary="Bagian-bagian satu dokumen", tags=["pustaka"])
    def passages(path: Annotated[str, Query(description="`path` dokumen", max_length=500)]) -> JSONResponse:
        return JSONResponse([passage_line(passage) for passage in office.assistant.read(path)[2]])

    @api.get("/v1/labels/{name}", response_model=Label | Celah, summary="Sumber sebuah label B-… atau C-…", tags=["pustaka"])
    def label(name: str) -> JSONResponse:
        found, gap = office.assistant.label(name), office.assistant.gap(name)
        if found is not None:
            return JSONResponse(label_line(found))
        if gap is not None:
            return JSONResponse(gap_line(gap))
        raise CorpusError("Label ini tidak ada; label tertulis pada kutipan jawaban.")

    _describe_token(api)
    return api


def _failed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    seconds = error.seconds if isinstance(error, TooOftenError) else AWAY_SECONDS
    headers = {"retry-after": str(seconds)} if status in (429, 503) else {}
    return JSONResponse({"detail": str(error)}, status_code=status, headers=headers)


def _misshapen(_: Request, error: Exception) -> JSONResponse:
    """Name the fields and repeat nothing of what was sent: it may hold private numbers."""
    assert isinstance(error, RequestValidationError)
    detail = misfits({**item, "loc": item["loc"][1:]} for item in error.errors())
    return JSONResponse({"detail": detail}, status_code=422)


def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = STATUSES.get(error.status_code, UNANSWERABLE)
    return JSONResponse({"detail": detail}, status_code=error.status_code, headers=error.headers)


def _broken(_: Request, __: Exception) -> JSONResponse:
    """Tell a fault without its words; it goes on to the log, beside the `x-request-id` of the answer."""
    return JSONResponse({"detail": f"{FAILED} Sebutkan x-request-id jawaban ini."}, status_code=500)


def _describe_token(api: FastAPI) -> None:
    """Say in the description that each request needs a token; the gate is what asks for it."""
    plain = api.openapi

    def described() -> dict[str, Any]:
        values = plain()
        values.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        values["security"] = [{"token": []}]
        return values

    api.openapi = described  # type: ignore[method-assign]  # how FastAPI says to extend the description
