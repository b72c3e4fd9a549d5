"""The app in a process of its own, to be killed: `python -m tests.hall FOLDER PORT`; over the shipped course, with no index.

Tanya is left out: the pages of a hall are asked for, and Gradio takes as long to start as all the rest.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from assistant.settings import ROOT

START_SECONDS = 60


class Killable:
    """A server that can be killed like a pulled plug and started again at the same address over the same records."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("0.0.0.0", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "tests.hall", str(self.folder), str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, "the app did not start"
            assert time.monotonic() < until, "the app did not start in time"
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it without a warning."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def main() -> None:
    """Serve until killed; a trainer called `pelatih` is there."""
    from assistant import web
    from assistant.ledger import Role
    from assistant.records import people as rows
    from tests.browser.stand_in import StandInAssistant
    from tests.factories import add_person, make_office
    from tests.serving import Server

    web._mount_page = lambda app, office: None
    office = make_office(Path(sys.argv[1]), StandInAssistant(), host="0.0.0.0")
    if rows.user_named(office.records, "pelatih") is None:
        add_person(office.people, "pelatih", role=Role.PELATIH, display="Rina Wulandari")
    Server(office, port=int(sys.argv[2]))
    threading.Event().wait()


if __name__ == "__main__":
    main()
