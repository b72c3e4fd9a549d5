"""MCP: the tools `ask` and `search`, over HTTP at `/mcp` and over standard input and output. The only module that names mcp."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field

from assistant.api.answering import Asking, OfficeAsking, OwnAsking
from assistant.errors import AssistantError
from assistant.office import Office
from assistant.service import Assistant

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

ABOUT = """Menjawab pertanyaan tentang bantuan sosial Usaha Ekonomi Produktif (UEP) di Kalimantan Timur dari dokumen yang
tersimpan. Setiap kalimat jawaban adalah kutipan; sebutkan sumbernya bila Anda memakainya. Status not_found berarti dokumen tidak
memuatnya: jangan isi sendiri."""
ASK = "Jawab satu pertanyaan tentang UEP dengan kutipan persis, nomor sumber, dan status."
SEARCH = "Cari bagian dokumen tentang UEP: kalimat, dokumen, judul bagian, dan nilainya, tanpa menyusun jawaban."
FAILED = "Permintaan ini gagal karena gangguan; coba lagi. Bila terulang, beri tahu pengelola."
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="Pertanyaan dalam bahasa Indonesia", min_length=1, max_length=10_000)]
Scope = Annotated[Literal["semua", "kaltim", "nasional"], Field(description="Dokumen mana yang dipakai")]
Conversation = Annotated[str | None, Field(description="`conversation` dari jawaban sebelumnya", max_length=80)]


def make_server(asking: Callable[[Context], Asking]) -> MCPServer:
    """Return a server whose tools ask through what `asking` gives for each request."""
    level = logging.getLogger().level  # the server's constructor sets up logging of its own; ours stays as it is
    handlers = list(logging.getLogger().handlers)
    server: MCPServer = MCPServer("asisten-uep", title="Asisten UEP", instructions=ABOUT, version="1", log_level="WARNING")
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
        app = self._server.streamable_http_app(
            streamable_http_path="/mcp",
            json_response=True,
            stateless_http=True,
            # The gate refuses every request that a browser's page sends, whatever its Host and Origin say.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        self.routes: Sequence[BaseRoute] = list(app.routes)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take requests while this is open."""
        async with self._server.session_manager.run():
            yield


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
