"""What the proofs of many servers start: the app as a process of its own, and nginx before several of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.chroma import quiet_port

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ("sedang tidak dapat dihubungi", "Basis data catatan tidak dapat dipakai")
READY_SECONDS = 120


def notice(text: str) -> str:
    """Return which of the plain notices a text holds."""
    return next((f"pesan: {known}" for known in NOTICES if known in text), "")


class App:
    """`python app.py` as a process of its own, with its own data folder."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        self.port, self._environment, self._log = port, environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start and wait until it answers; returns the seconds."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        while time.monotonic() - began < READY_SECONDS:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2, trust_env=False).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                time.sleep(0.1)
        raise SystemExit(f"the app did not start: {self._log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """Run the shipped nginx.conf before the replicas; yield its address."""
    port = quiet_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").replace("listen 8080", f"listen 127.0.0.1:{port}")
    for number, target in enumerate(ports, 1):
        text = text.replace(f"app{number}:7860", f"127.0.0.1:{target}")
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(text)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
