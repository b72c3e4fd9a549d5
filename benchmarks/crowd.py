"""Clients that ask one question all the time, and what came of each asking."""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field

import httpx

from benchmarks.processes import notice
from tests.serving import Client

QUESTION = "Tanggal berapa pendamping mengunjungi setiap penerima UEP?"
SAID = "tanggal 17"


@dataclass
class Asked:
    """One question: when it was sent, when it ended, what came: `benar17`, `tanpa17`, a notice, or how the line broke."""

    began: float
    ended: float
    kind: str
    identity: str = ""


@dataclass
class Crowd:
    """Clients that ask all the time, each with the cookie of its own browser."""

    address: str
    count: int
    asked: list[Asked] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> list[threading.Thread]:
        """Start asking."""
        self.clients = [Client(self.address) for _ in range(self.count)]
        threads = [threading.Thread(target=self._ask, args=(client,), daemon=True) for client in self.clients]
        for thread in threads:
            thread.start()
        return threads

    def _ask(self, client: Client) -> None:
        while not self.stop.is_set():
            began = time.monotonic()
            kind, identity = ask_once(client)
            self.asked.append(Asked(began, time.monotonic(), kind, identity))
            if kind not in ("benar17", "tanpa17"):
                time.sleep(0.2)


def ask_once(client: Client) -> tuple[str, str]:
    """Ask the question; return what came and the id of the kept answer."""
    try:
        client.tab = f"tab{random.getrandbits(60):x}"
        joined = client.join("tanya", QUESTION, "semua", None)
        if joined.status_code != 200:
            return (notice(joined.text) or f"status {joined.status_code}"), ""
        told = str(client.events()[-1])
        found = re.findall(r"/jawaban/([0-9a-f]{32})", told)
        if not found:
            return notice(told) or f"tanpa jawaban: {told[:80]}", ""
        page = client.get(f"/jawaban/{found[-1]}")
        if page.status_code != 200:
            return notice(page.text) or f"status {page.status_code}", found[-1]
        return ("benar17" if SAID in page.text else "tanpa17"), found[-1]
    except (httpx.HTTPError, KeyError, IndexError, ValueError) as error:
        return f"putus ({type(error).__name__})", ""
