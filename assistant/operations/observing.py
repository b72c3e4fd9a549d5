"""Every request, watched from outside: its id, route, status and milliseconds go to the log and the figures. ASGI."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.operations.logs import FIELDS, requests
from assistant.operations.metrics import Metrics

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Callable[[], Awaitable[Message]], Send], Awaitable[None]]

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
GRADIO = re.compile(r"/gradio_api/([a-z_-]+)")
ROUTES = frozenset(
    {
        "api", "app_id", "call", "cancel", "component_server", "config", "custom_component", "deep_link", "file", "heartbeat",
        "info", "login", "login_check", "logout", "monitoring", "openapi", "process_recording", "profiling", "proxy", "queue",
        "reset", "run", "run-history", "runs", "startup-events", "static", "stream", "theme", "token", "upload",
        "upload_progress", "user",
    }
)  # fmt: skip
"""First words of Gradio's own addresses; any other word was made up by whoever asked, and may be a name."""
OTHER = "lain"


class Observed:
    """Wraps the whole app; gives each answer an `x-request-id`."""

    def __init__(self, app: App, *, metrics: Metrics) -> None:
        """Watch `app`, count in `metrics`."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        """Let a request through and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity, started, status, error = uuid.uuid4().hex[:16], time.perf_counter(), 0, ""

        async def send_with(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", identity.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with)
        except BaseException as fault:
            error, status = type(fault).__name__, status or 500
            self._metrics.failed(error)
            raise
        finally:
            seconds = time.perf_counter() - started
            method = scope["method"] if scope["method"] in METHODS else OTHER
            route = route_of(scope)
            self._metrics.requested(method, route, status, seconds)
            fields = {
                "permintaan": identity,
                "metode": method,
                "rute": route,
                "status": status,
                "milidetik": round(seconds * 1000),
            }
            requests.info("", extra={FIELDS: {**fields, "galat": error} if error else fields})


def route_of(scope: MutableMapping[str, Any]) -> str:
    """Return the pattern of the address that was asked for: what stands in it, a name or a number, is nobody's business."""
    path = str(scope["path"])
    found = GRADIO.match(path)
    if found:
        return found[0] if found[1] in ROUTES else OTHER
    pattern = getattr(scope.get("route"), "path", "")
    return pattern if isinstance(pattern, str) and (pattern.startswith("/")) else OTHER
