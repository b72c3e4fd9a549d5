"""The frame of every plain page: who visits, the tokens of forms, templates, messages. Jinja2 is named here alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Form, Request, Response
from fastapi.datastructures import FormData
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import AfterValidator

from assistant.access import KABUPATEN, ROLE_WORDS, Action, allowed
from assistant.errors import AccessError, AssistantError, InputError, RecordsError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.questions import remark
from assistant.wording import EXPOSED, moment

FOLDER = Path(__file__).parent
STALE = "Halaman ini sudah lama terbuka atau masuk Anda berganti. Muat ulang halaman, lalu ulangi; isiannya belum disimpan."

TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

TEMPLATES.filters.update(waktu=moment, ulasan=remark)
TEMPLATES.globals.update(peran=ROLE_WORDS, kabupaten=KABUPATEN, terbuka=EXPOSED)


def visit_of(request: Request) -> Visit:
    """Return the visit that the gate noted."""
    visit: Visit = request.state.visit
    return visit


def storable(text: str) -> str:
    """Return `text` without what no database keeps: the sign NUL and halves of signs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


async def fields_of(request: Request) -> FormData:
    """Return the fields of a form that has as many as its question needs."""
    form = await request.form()
    return FormData([(name, storable(value)) for name, value in form.multi_items() if isinstance(value, str)])


def query_of(request: Request) -> Mapping[str, str]:
    """Return the fields of an address that has as many as its question needs."""
    return request.query_params


AVisit = Annotated[Visit, Depends(visit_of)]
AForm = Annotated[FormData, Depends(fields_of)]
AQuery = Annotated[Mapping[str, str], Depends(query_of)]
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


def check_form(office: Office, visit: Visit, token: str) -> None:
    """Raise AccessError when a form was not made for this browser and login."""
    if not office.people.signer.form_matches(visit.basis, token):
        raise AccessError(STALE)


def go(path: str) -> RedirectResponse:
    """Return an answer that opens `path`, so that reloading sends no form again."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})


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
