"""The real app on real sockets, seen from this machine and from its network; a client that behaves like a browser."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx

from tests.conftest import absent
from tests.factories import PASSWORD

START_SECONDS = 60
HTML = {"accept": "text/html,application/xhtml+xml"}


class Server:
    """An office served on all addresses of this machine, as `python app.py --host 0.0.0.0` does."""

    def __init__(self, office: Any, *, host: str = "0.0.0.0", port: int = 0) -> None:
        import uvicorn

        from assistant.web import make_app, server_options

        self.office = office
        self.app = make_app(office)
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((host, port))
        self.port = self._listener.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(self.app, **server_options(office.settings)))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started:
            assert time.monotonic() < until, "the app did not start"
            time.sleep(0.02)

    @property
    def local(self) -> str:
        """Return its address on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def lan(self) -> str:
        """Return its address on the network."""
        return f"http://{lan_address()}:{self.port}"

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(timeout=20)
        self._listener.close()


def lan_address() -> str:
    """Return the address of this machine that isn't loopback; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.254", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    if not found or found.startswith("127."):
        absent("this machine has no network address")
    return found


PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""No certificates: loading them takes 50 ms for each client, and the tests speak plain HTTP."""


class Client(httpx.Client):
    """Keeps cookies, sends forms with the token of their page, speaks Gradio's queue."""

    def __init__(self, address: str, **headers: str) -> None:
        super().__init__(base_url=address, headers={**HTML, **headers}, timeout=30, trust_env=False, verify=PLAIN)
        self._numbers: dict[str, int] = {}
        self.tab = f"tab{time.monotonic_ns():x}"

    def token(self, path: str = "/masuk") -> str:
        """Return the form token of a page."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.get(path).text)
        return found[1] if found else ""

    def form(self, path: str, page: str = "/masuk", **fields: str) -> httpx.Response:
        """Send a form as its page would."""
        return self.post(path, data={"token": self.token(page), **fields}, headers={"origin": str(self.base_url).rstrip("/")})

    def login(self, name: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
        """Log in by the form."""
        return self.form("/masuk", nama=name, sandi=password, **fields)

    def join(self, function: int | str, *data: Any, tab: str = "", **headers: str) -> httpx.Response:
        """Put an event into Gradio's queue, by its number or by its name."""
        number = function if isinstance(function, int) else self.number(function)
        values = {"data": list(data), "fn_index": number, "session_hash": tab or self.tab}
        return self.post("/gradio_api/queue/join", json=values, headers={"accept": "application/json", **headers})

    def number(self, name: str) -> int:
        """Return the number of the event called `name`."""
        if not self._numbers:
            functions = self.get("/config", headers={"accept": "application/json"}).json()["dependencies"]
            self._numbers = {item["api_name"]: item["id"] for item in functions}
        return self._numbers[name]

    def events(self, tab: str = "") -> list[dict[str, Any]]:
        """Return what Gradio's queue says until it closes."""
        found: list[dict[str, Any]] = []
        with self.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab or self.tab}) as stream:
            if stream.status_code != 200:
                return [{"msg": "refused", "status": stream.status_code}]
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    found.append(json.loads(line[5:]))
                    if found[-1]["msg"] in ("process_completed", "close_stream"):
                        break
        return found

    def call(self, function: int | str, *data: Any) -> str:
        """Run an event; return its last outputs as text."""
        joined = self.join(function, *data)
        assert joined.status_code == 200, joined.text
        last = self.events()[-1]
        return json.dumps(last.get("output"), ensure_ascii=False)

    def ask(self, question: str) -> str:
        """Ask in a new conversation; return the id of the answer, as its link names it."""
        found = re.findall(r"/jawaban/([0-9a-f]{32})", self.call("tanya", question, "semua", None))
        assert found, "no answer"
        return str(found[-1])


def served(office: Any) -> Iterator[Server]:
    """Serve `office` until the test is over."""
    server = Server(office)
    yield server
    server.stop()
