"""A Chroma server on loopback that tests and proofs start, kill, freeze and start again at the same port."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


class ChromaProcess:
    """`chroma run` over a folder that outlives it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = quiet_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server, wait until it answers, return its address."""
        self._folder.mkdir(parents=True, exist_ok=True)
        command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(self._folder / "data")]
        with (self._folder / "log").open("ab") as log:
            command += ["--host", "127.0.0.1", "--port", str(self._port)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return f"http://127.0.0.1:{self._port}"
            time.sleep(0.02)
        raise AssertionError("Chroma did not start: " + (self._folder / "log").read_text(errors="replace")[-1500:])

    def kill(self) -> None:
        """End the server without warning; its folder stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the server hang: connections are taken and nothing is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.go_on()

    def go_on(self) -> None:
        """Let a server that hangs answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


def quiet_port() -> int:
    """Return a free port that the system gives to no outgoing connection: it has to be free again after a halt."""
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no free port")
