"""The frame of every plain page: who visits, the tokens of forms, templates, messages. Jinja2 is named here alone."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import AfterValidator

from assistant.access import KABUPATEN, ROLE_WORDS, Action, allowed
from assistant.errors import AccessError, AssistantError, InputError, RecordsError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.questions import remark
from assistant.wording import EXPOSED, day, moment

FOLDER = Path(__file__).parent
FILE_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STALE = "Halaman ini sudah lama terbuka atau masuk Anda berganti. Muat ulang halaman, lalu ulangi; isiannya belum disimpan."

TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

TEMPLATES.filters.update(waktu=moment, ulasan=remark, hari=day)
TEMPLATES.globals.update(peran=ROLE_WORDS, kabupaten=KABUPATEN, terbuka=EXPOSED)


def visit_of(request: Request) -> Visit:
    """Return the visit that the gate noted."""
    visit: Visit = request.state.visit
    return visit


def storable(text: str) -> str:
    """Return `text` without what no database keeps: the sign NUL and halves of signs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


Fields = Mapping[str, str]


async def fields_of(request: Request) -> Fields:
    """Return the fields of a form whose names depend on what was asked; what is ticked several times is joined by commas."""
    form = await request.form()
    return {name: storable(",".join(value for value in form.getlist(name) if isinstance(value, str))) for name in form}


def query_of(request: Request) -> Fields:
    """Return the fields of an address whose names depend on what was asked."""
    return request.query_params


AVisit = Annotated[Visit, Depends(visit_of)]
AForm = Annotated[Fields, Depends(fields_of)]
AQuery = Annotated[Fields, Depends(query_of)]
Text = Annotated[str, Form(), AfterValidator(storable)]


def page(office: Office, visit: Visit, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; nothing of it is kept by browsers or proxies."""
    text = TEMPLATES.get_template(template).render(
        visit=visit,
        user=visit.person.user,
        token=office.people.signer.form_token(visit.basis),
        kelola=allowed(visit.person, Action.MANAGE),
        latih=allowed(visit.person, Action.TRAIN),
        **values,
    )
    return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})


def attached(content: bytes, name: str) -> Response:
    """Return a file to keep; `name` is of letters, digits, dashes and dots alone."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def check_form(office: Office, visit: Visit, token: str) -> None:
    """Raise AccessError when a form was not made for this browser and login."""
    if not office.people.signer.form_matches(visit.basis, token):
        raise AccessError(STALE)


def go(path: str) -> RedirectResponse:
    """Return an answer that opens `path`, so that reloading sends no form again."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})


def download(content: bytes, name: str) -> Response:
    """Return a file that the browser saves as `name`; nothing of it is kept by proxies."""
    kind = FILE_KINDS[name.rpartition(".")[2]]
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def status_of(error: AssistantError) -> int:
    """Return the HTTP status of an expected error."""
    return {AccessError: 403, InputError: 400, RecordsError: 503}.get(type(error), 400)


def make_failed(office: Office) -> Callable[[Request, Exception], Response]:
    """Return what makes the page of an expected error."""

    def failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, AssistantError)
        status = status_of(error)
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"detail": str(error)}, status_code=status)
        return page(office, visit_of(request), "pesan.html", status=status, pesan=str(error))

    return failed


def style() -> PlainTextResponse:
    """Return the style sheet of the plain pages."""
    return PlainTextResponse((FOLDER / "gaya.css").read_text(encoding="utf-8"), media_type="text/css")
