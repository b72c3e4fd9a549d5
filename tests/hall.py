"""The app in a process of its own, to be killed; over the shipped course, with no index.

Tanya is left out: the pages of a hall are asked for, and Gradio takes as long to start as all the rest.
"""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from typing import Any

from tests.forking import FORKED

START_SECONDS = 60


class Killable:
    """A server that can be killed like a pulled plug and started again at the same address over the same records."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("0.0.0.0", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: Any = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = FORKED.Process(target=serve, args=(self.folder, self.port), daemon=True)
        self._process.start()
        until = time.monotonic() + START_SECONDS
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.is_alive(), "the app did not start"
            assert time.monotonic() < until, "the app did not start in time"
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill it without a warning."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def serve(folder: Path, port: int) -> None:
    """Serve until killed; a trainer called `pelatih` is there."""
    from assistant import web
    from assistant.ledger import Role
    from assistant.records import people as rows
    from tests.browser.stand_in import StandInAssistant
    from tests.factories import add_person, make_office
    from tests.serving import Server

    web._mount_page = lambda app, office: None
    office = make_office(folder, StandInAssistant(), host="0.0.0.0")
    if rows.user_named(office.records, "pelatih") is None:
        add_person(office.people, "pelatih", role=Role.PELATIH, display="Rina Wulandari")
    Server(office, port=port)
    threading.Event().wait()
