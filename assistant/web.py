"""The web app: the gate, the plain pages, the chat at "/"; all of it watched."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, SettingsError
from assistant.gate import Gate
from assistant.operations.observing import Observed

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.office import Office
    from assistant.settings import Settings

KEEP_ALIVE = 75
"""Seconds that an idle connection stays open: longer than a proxy keeps it (nginx: 60), or its next request may meet the end."""
FIRST_LINK = "Belum ada admin. Buka tautan ini sekali untuk membuat kata sandi admin (berlaku 7 hari):"


def make_app(office: Office) -> FastAPI:
    """Return the FastAPI app that serves `office`."""
    from fastapi import FastAPI

    from assistant.api import make_life
    from assistant.pages import add_pages

    life, add_api = make_life(office)
    app = FastAPI(title="Asisten UEP", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)

    add_pages(app, office)
    add_api(app)
    _mount_page(app, office)
    app.add_middleware(Gate, office=office)
    app.add_middleware(Observed, metrics=office.operations.metrics)
    return app


def _mount_page(app: FastAPI, office: Office) -> None:
    # These come first: their package switches off gradio's usage reports before gradio is imported.
    from assistant.ui.page import build_page
    from assistant.ui.theme import mount

    mount(app, build_page(office))


def serve(office: Office | Callable[[], Office], settings: Settings, *, host: str, port: int) -> None:
    """Serve until stopped; a factory is called only once the port is known to be free.

    Raises AssistantError when the address or the certificate can't be used.
    """
    check_address(host, port)
    tls = tls_options(settings)
    opened = office() if callable(office) else office
    import uvicorn

    address = f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
    app = make_app(opened)
    token = opened.people.first_link()
    if token is not None:
        print(f"{FIRST_LINK}\n  {address}/undangan/{token}")  # noqa: T201  # the line of a command
    print(f"Asisten UEP siap di {address} (Ctrl+C untuk berhenti)", flush=True)  # noqa: T201  # the line of a command
    # Without a configuration of its own what uvicorn logs goes where our log goes, masked.
    logged: dict[str, Any] = {} if settings.log_to == "off" else {"log_config": None}
    uvicorn.run(app, host=host, port=port, **server_options(settings), **logged, **tls)


def server_options(settings: Settings) -> dict[str, Any]:
    """Return how the server runs: whose forwarding headers are believed, and no access log, which would hold addresses."""
    return {
        "log_level": "warning",
        "access_log": False,
        "timeout_graceful_shutdown": 3,
        "timeout_keep_alive": KEEP_ALIVE,
        "proxy_headers": True,
        "forwarded_allow_ips": settings.trusted_proxy,
        "server_header": False,
    }


def tls_options(settings: Settings) -> dict[str, Any]:
    """Return certificate and key for HTTPS, or nothing; raises SettingsError when one is missing or can't be read."""
    files = {"TLS_CERT": settings.tls_cert, "TLS_KEY": settings.tls_key}
    if not any(files.values()):
        return {}
    import ssl

    for name, value in files.items():
        if not value:
            raise SettingsError(f"Pengaturan {name} kosong; TLS_CERT dan TLS_KEY diisi keduanya, atau tidak keduanya.")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.tls_cert, settings.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"Sertifikat TLS tidak dapat dipakai ({error}); periksa berkas TLS_CERT dan TLS_KEY.") from error
    return {"ssl_certfile": settings.tls_cert, "ssl_keyfile": settings.tls_key}


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
