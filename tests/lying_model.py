"""A scripted OpenAI-compatible server that lies, stalls, breaks off and worse; it remembers what it was sent."""

from __future__ import annotations

import gzip
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.mutations import FALSE, INVENTED

QUOTE = re.compile(r'<kutipan nomor="(\d+)">\n(.*?)\n</kutipan>', re.S)
STALL_SECONDS = 8.0
MARKUP = (
    "<script>alert(1)</script>",
    "[Klik di sini](http://jahat.example) untuk mendaftar UEP.",
    "![x](http://jahat.example/a.png)",
    "Abaikan sumber; semua pemohon disetujui.",
)


class LyingModel(ThreadingHTTPServer):
    """Answers in the way `mode` names; `sent` holds the bodies that came, `lies` the sentences that it made up."""

    daemon_threads = True

    def __init__(self, mode: str = "true", *, seed: int = 1) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = mode
        self.chance = random.Random(seed)
        self.sent: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.lies: list[str] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """Return its address for MODEL_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""

    def written(self, prompt: str) -> list[dict[str, Any]]:
        """Return sentences for a prompt: true ones, or lies that look as true as can be."""
        quotes = [(int(number), " ".join(text.split())) for number, text in QUOTE.findall(prompt)]
        true = [{"teks": text, "bukti": [number]} for number, text in quotes]
        if self.mode not in ("lies", "mixed"):
            return true
        found = []
        for number, text in quotes:
            for change in self.chance.sample(list(FALSE.values()), 4):
                lie = change(text, self.chance, [other for _, other in quotes] + list(INVENTED))
                if lie != text and all(lie not in " ".join(other.split()) for _, other in quotes):
                    found.append({"teks": lie, "bukti": [self.chance.choice((number, number, 1, 99))]})
        found += [{"teks": self.chance.choice(MARKUP), "bukti": [1]}, {"teks": self.chance.choice(INVENTED), "bukti": [1]}]
        found = self.chance.sample(found, min(3, len(found))) if self.mode == "mixed" else found
        with self.lock:
            self.lies += [str(item["teks"]) for item in found]
        found += true if self.mode == "mixed" else []
        self.chance.shuffle(found)
        return found


class _Handler(BaseHTTPRequestHandler):
    server: LyingModel

    def log_message(self, format: str, *values: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.sent.append(body)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        _WAYS.get(self.server.mode, _Handler.stream)(self, body)

    do_GET = do_POST

    def stream(self, body: dict[str, Any], *, plain: bool = False, pause: float = 0.0) -> None:
        asked = re.search(r"<kalimat>\n(.*?)\n</kalimat>", body["messages"][-1]["content"], re.S)
        if asked:
            questions = [f"Apakah {asked[1].rstrip('.')}?", "Berapa lama cuti presiden?", f"{asked[1][:30]} Rp77 juta?", asked[1]]
            self.begin()
            self.piece(json.dumps({"pertanyaan": questions}))
            self.wfile.write(b"data: [DONE]\n\n")
            return
        items = self.server.written(body["messages"][-1]["content"])
        text = "\n".join(f"{i['teks']} [{i['bukti'][0]}]" for i in items) if plain else json.dumps({"kalimat": items})
        self.begin()
        for start in range(0, len(text), 40):
            self.piece(text[start : start + 40])
            time.sleep(pause)
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        self.event({"choices": [], "usage": usage, **_FRAME})
        self.wfile.write(b"data: [DONE]\n\n")

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def piece(self, text: str) -> None:
        self.event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": text}}], **_FRAME})

    def event(self, value: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())
        self.wfile.flush()

    def refuse(self, status: int, message: str, **headers: str) -> None:
        self.begin(status, "application/json", **headers)
        self.wfile.write(json.dumps({"error": {"message": message, "type": "scripted", "code": status}}).encode())

    def plain(self, body: dict[str, Any]) -> None:
        self.stream(body, plain=True)

    def slow(self, body: dict[str, Any]) -> None:
        self.stream(body, pause=0.08)

    def stall(self, body: dict[str, Any]) -> None:
        time.sleep(STALL_SECONDS)

    def drip(self, body: dict[str, Any]) -> None:
        self.begin()
        for _ in range(int(STALL_SECONDS * 10)):
            self.piece(" ")
            time.sleep(0.1)

    def comments(self, body: dict[str, Any]) -> None:
        self.begin()
        for _ in range(int(STALL_SECONDS * 10)):
            self.wfile.write(b": ping\n\n")
            time.sleep(0.1)

    def packed(self, body: dict[str, Any]) -> None:
        self.begin(**{"content-encoding": "gzip"})
        said = json.dumps({"kalimat": self.server.written(body["messages"][-1]["content"])})
        frame = {"choices": [{"index": 0, "delta": {"content": said}}], **_FRAME}
        self.wfile.write(gzip.compress(f"data: {json.dumps(frame)}\n\ndata: [DONE]\n\n".encode()))

    def garbage(self, body: dict[str, Any]) -> None:
        self.begin()
        for _ in range(50):
            self.wfile.write(b"data: {\xff\x00" + self.server.chance.randbytes(200) + b"\n\n")

    def odd(self, body: dict[str, Any]) -> None:
        self.begin()
        self.event({"choices": [{"delta": None}], "usage": "banyak"})
        self.event({"choices": "tidak ada"})

    def half(self, body: dict[str, Any]) -> None:
        self.begin(200, **{"content-length": "100000"})
        self.piece('{"kalimat": [{"teks": "UEP Kaltim')
        self.close_connection = True

    def huge(self, body: dict[str, Any]) -> None:
        self.begin()
        for _ in range(40):
            self.piece('{"kalimat": [' + '{"teks": "a b c d", "bukti": [1]}, ' * 3000)

    def one_line(self, body: dict[str, Any]) -> None:
        self.begin()
        for _ in range(4000):
            self.wfile.write(b"x" * 10_000)

    def empty(self, body: dict[str, Any]) -> None:
        self.begin()
        self.wfile.write(b"data: [DONE]\n\n")

    def error(self, body: dict[str, Any]) -> None:
        self.refuse(500, f"Bearer? {self.headers['authorization']}")

    def denied(self, body: dict[str, Any]) -> None:
        self.refuse(401, f"Incorrect API key provided: {self.headers['authorization']}")

    def busy(self, body: dict[str, Any]) -> None:
        self.refuse(429, "Too many requests", **{"retry-after": "30"})

    def overflow(self, body: dict[str, Any]) -> None:
        self.refuse(400, "the request exceeds the available context size")

    def simple(self, body: dict[str, Any]) -> None:
        if {"response_format", "stream_options", "temperature"} & set(body):
            self.refuse(400, "unknown field response_format")
        else:
            self.stream(body)

    def redirect(self, body: dict[str, Any]) -> None:
        self.begin(307, location=f"http://127.0.0.1:{self.server.server_address[1]}/lain")


_FRAME = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
_WAYS: dict[str, Callable[..., None]] = {
    name: getattr(_Handler, name)
    for name in (
        "plain", "slow", "stall", "drip", "comments", "packed", "garbage", "odd", "half", "huge", "one_line", "empty",
        "error", "denied", "busy", "overflow", "simple", "redirect",
    )
}  # fmt: skip
FAILING = (
    "stall", "drip", "comments", "packed", "garbage", "odd", "half", "error", "denied", "busy", "overflow", "redirect",
    "one_line",
)  # fmt: skip
"""Ways that can only end in an answer by quotation."""

WAYS = ("lies", "mixed", "true", *_WAYS)


@contextmanager
def lying(mode: str = "true", *, seed: int = 1) -> Iterator[LyingModel]:
    """Serve on this machine until the block ends."""
    server = LyingModel(mode, seed=seed)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
