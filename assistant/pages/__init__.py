"""Plain pages, made on the server: login, account, history, one answer, users, audit log. They work without scripts."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.errors import AssistantError
from assistant.office import Office
from assistant.pages import account, answers, casework, documents, door, history, practice, users
from assistant.pages.frame import make_failed, style


def add_pages(app: FastAPI, office: Office) -> None:
    """Add all pages to `app`; an expected error becomes a page that says what to do."""
    app.add_api_route("/gaya.css", style, methods=["GET"], include_in_schema=False)
    app.add_exception_handler(AssistantError, make_failed(office))
    for module in (door, account, history, answers, users, documents, practice, casework):
        app.include_router(module.make_router(office))
