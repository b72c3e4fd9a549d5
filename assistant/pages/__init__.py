"""Plain pages, made on the server: all screens but Tanya and Pustaka. They work without scripts."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.errors import AssistantError
from assistant.office import Office
from assistant.pages import (
    account,
    answers,
    attending,
    bank,
    bimtek,
    casework,
    criteria,
    documents,
    door,
    gapmap,
    guides,
    hall,
    history,
    keys,
    managing,
    model,
    operations,
    practice,
    probes,
    results,
    standards,
    unanswered,
    users,
)
from assistant.pages.frame import make_failed, style

PAGES = (
    door,
    account,
    history,
    answers,
    users,
    keys,
    documents,
    criteria,
    results,
    bimtek,
    bank,
    attending,
    hall,
    practice,
    casework,
    managing,
    unanswered,
    standards,
    gapmap,
    model,
    operations,
    probes,
    guides,
)
"""Every module of pages; a test holds a table of all their routes and of who opens each."""


def add_pages(app: FastAPI, office: Office) -> None:
    """Add all pages to `app`; an expected error becomes a page that says what to do."""
    app.add_api_route("/gaya.css", style, methods=["GET"], include_in_schema=False)
    app.add_exception_handler(AssistantError, make_failed(office))
    for module in PAGES:
        app.include_router(module.make_router(office))
