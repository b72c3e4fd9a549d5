"""MCP: the tools `ask` and `search`, over HTTP at `/mcp` and over standard input and output. The only module that names mcp."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from assistant.api.answering import Asking, OfficeAsking, OwnAsking
from assistant.api.telling import FAILED, STATUSES, misfits, protocol_error
from assistant.errors import AssistantError
from assistant.office import Office
from assistant.service import Assistant

if TYPE_CHECKING:
    from assistant.gate import App, Message, Receive, Send
    from assistant.headers import Scope as RequestScope

ABOUT = """Menjawab pertanyaan tentang bantuan sosial Usaha Ekonomi Produktif (UEP) di Kalimantan Timur dari dokumen yang
tersimpan. Setiap kalimat jawaban adalah kutipan; sebutkan sumbernya bila Anda memakainya. Status not_found berarti dokumen tidak
memuatnya: jangan isi sendiri."""
ASK = "Jawab satu pertanyaan tentang UEP dengan kutipan persis, nomor sumber, dan status."
SEARCH = "Cari bagian dokumen tentang UEP: kalimat, dokumen, judul bagian, dan nilainya, tanpa menyusun jawaban."
PATH = "/mcp"
NO_TOOL = "Alat ini tidak ada; yang ada: ask dan search."
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="Pertanyaan dalam bahasa Indonesia", min_length=1, max_length=10_000)]
Scope = Annotated[Literal["semua", "kaltim", "nasional"], Field(description="Dokumen mana yang dipakai")]
Conversation = Annotated[str | None, Field(description="`conversation` dari jawaban sebelumnya", max_length=80)]


class OurServer(MCPServer):
    """The library's server, whose tools tell what went wrong in our words alone: it would repeat what was sent."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; an error is a result that tells it."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            return CallToolResult(content=[TextContent(type="text", text=_words(error))], is_error=True)


def make_server(asking: Callable[[Context], Asking]) -> MCPServer:
    """Return a server whose tools ask through what `asking` gives for each request."""
    level = logging.getLogger().level  # the server's constructor sets up logging of its own; ours stays as it is
    handlers = list(logging.getLogger().handlers)
    about: dict[str, Any] = {"title": "Asisten UEP", "instructions": ABOUT, "version": "1"}
    server = OurServer("asisten-uep", **about, log_level="WARNING", subscriptions=False)
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)

    @server.tool(name="ask", title="Tanya", description=ASK, annotations=READS)
    def ask(ctx: Context, question: Question, scope: Scope = "semua", conversation: Conversation = None) -> dict[str, Any]:
        return _told(lambda: asking(ctx).ask(question, scope=scope, conversation=conversation))

    @server.tool(name="search", title="Cari", description=SEARCH, annotations=READS)
    def search(ctx: Context, question: Question, scope: Scope = "semua") -> dict[str, Any]:
        return _told(lambda: asking(ctx).search(question, scope=scope))

    return server


class HttpTools:
    """The tools over HTTP, for who passed the gate with a token. Without sessions: nothing to steal, any replica answers."""

    def __init__(self, office: Office) -> None:
        """Ask in `office` as the program that the gate noted."""
        self._server = make_server(lambda ctx: OfficeAsking(office, ctx.request_context.request.state.visit))  # type: ignore[union-attr]
        self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            # The gate refuses every request that a browser's page sends, whatever its Host and Origin say.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        told = Told(self._server.session_manager.handle_request)
        self.routes: Sequence[BaseRoute] = [Route(PATH, endpoint=told), Route(f"{PATH}/{{rest:path}}", endpoint=told)]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take requests while this is open."""
        async with self._server.session_manager.run():
            yield


class Told:
    """Wraps what answers MCP over HTTP: the library's errors leave in our words. Answers are short and come whole."""

    def __init__(self, app: App) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: RequestScope, receive: Receive, send: Send) -> None:
        """Pass a POST on, and its answer back when it is whole; a GET would open a stream that never ends."""
        if scope["path"] != PATH or scope["method"] != "POST":
            status = 404 if scope["path"] != PATH else 405
            await JSONResponse({"detail": STATUSES[status]}, status, {"allow": "POST"})(scope, receive, send)
            return
        start: Message = {}
        content = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            content.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            body = protocol_error(bytes(content), start["status"])
            kept = [header for header in start["headers"] if header[0].lower() not in (b"content-length", b"content-type")]
            kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await send({**start, "headers": [*kept, *kind]})
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, hold)


def serve_here(assistant: Assistant) -> None:
    """Serve the tools over standard input and output until they close; nothing that is asked is kept."""
    own = OwnAsking(assistant)
    make_server(lambda ctx: own).run("stdio")


def _told(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what `act` returns; an error is told in our words alone, never in those of a library."""
    try:
        return act()
    except AssistantError as error:
        raise ToolError(str(error)) from error
    except Exception as error:
        logging.getLogger(__name__).exception("MCP")
        raise ToolError(FAILED) from error


def _words(error: ToolError) -> str:
    """Return what to say of an error that the library wrapped: a tool's own, arguments that do not fit, or no such tool."""
    cause = error.__cause__
    if isinstance(error, UnexpectedToolError):
        logging.getLogger(__name__).error("MCP", exc_info=error)
        return FAILED
    if isinstance(cause, ValidationError):
        return misfits(cause.errors(include_input=False))
    return str(cause) if isinstance(cause, ToolError) else NO_TOOL
