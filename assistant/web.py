"""The web app: the page at "/", its state at "/healthz"."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.service import Assistant


def make_app(assistant: Assistant) -> FastAPI:
    """Return the FastAPI app that serves `assistant`."""
    from fastapi import FastAPI

    app = FastAPI(title="Asisten UEP", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    _mount_page(app, assistant)
    return app


def _mount_page(app: FastAPI, assistant: Assistant) -> None:
    # These come first: their package switches off gradio's usage reports before gradio is imported.
    from assistant.ui.page import build_page
    from assistant.ui.theme import mount

    mount(app, build_page(assistant))


def serve(assistant: Assistant | Callable[[], Assistant], *, host: str, port: int) -> None:
    """Serve until stopped; a factory is called only once the port is known to be free.

    Raises AssistantError when the address can't be used.
    """
    check_address(host, port)
    app = make_app(assistant() if callable(assistant) else assistant)
    import uvicorn

    print(f"Asisten UEP siap di http://{host}:{port} (Ctrl+C untuk berhenti)")  # noqa: T201  # the line of a command
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


def check_address(host: str, port: int) -> None:
    """Raise AssistantError, with the way out, when `port` of `host` can't be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AssistantError(
                f"Port {port} di {host} tidak dapat dipakai ({error.strerror or error}); hentikan program yang "
                f"memakainya atau pilih port lain, misalnya `--port {port + 1 if port < 65535 else 7861}`."
            ) from error
