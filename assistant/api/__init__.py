"""The API for programs: HTTP under `/api/v1/`, MCP at `/mcp`. The gate lets through who has a token, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.office import Office

Life = Callable[["FastAPI"], AbstractAsyncContextManager[None]]


def make_life(office: Office) -> tuple[Life, Callable[[FastAPI], None]]:
    """Return what runs while the app does, and what adds the API's routes to it."""
    from assistant.api.mcp_server import HttpTools
    from assistant.api.routes import make_api

    tools = HttpTools(office)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async with tools.running():
            yield

    def add(app: FastAPI) -> None:
        app.mount("/api", make_api(office))
        app.router.routes.extend(tools.routes)

    return life, add
