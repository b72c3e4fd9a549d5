"""Read files in a child process that can be killed: a crash, a hang or a memory hog of a parser is one file's failure."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from assistant.loading.content import Limits, ReadError, Tick

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = (
    "PATH",
    "HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "LANG",
    "LC_ALL",
    "TESSDATA_PREFIX",
    "LD_LIBRARY_PATH",
    "VIRTUAL_ENV",
)
"""What the child sees of the environment: no settings, no secrets."""

FILES_EACH = 200
"""A child is replaced after so many files, so that what a parser leaks does not add up."""

CRASHED = ("pembacanya berhenti mendadak; berkas mungkin rusak", "Buka di aplikasi asalnya, simpan ulang, lalu ulangi.")
STARTING = 30.0


class Workshop:
    """A child process that reads files one after the other; it starts with the first one. A context manager."""

    def __init__(self, limits: Limits) -> None:
        """Start nothing yet."""
        self._limits = limits
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._served = 0
        self._lock = threading.Lock()

    def ask(
        self, path: Path, *, member: str = "", listing: bool = False, tick: Tick = lambda done, total: None
    ) -> dict[str, Any]:
        """Return what the child says of a file (`content` or `members`, and `digest`); raises ReadError for its failure."""
        request = {
            "path": str(path.resolve()),
            "name": path.name,
            "member": member,
            "list": listing,
            "limits": asdict(self._limits),
        }
        with self._lock:
            return self._asked(json.dumps(request), tick)

    def ask_bytes(self, raw: bytes, name: str) -> dict[str, Any]:
        """Return the `cells` and `notes` of a table that stands on no disk; raises ReadError for its failure."""
        request = {"raw": base64.b64encode(raw).decode(), "name": name, "limits": asdict(self._limits)}
        with self._lock:
            return self._asked(json.dumps(request), lambda done, total: None)

    def close(self) -> None:
        """End the child, at once."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()

    def __enter__(self) -> Workshop:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the child."""
        self.close()

    def _asked(self, request: str, tick: Tick) -> dict[str, Any]:
        if self._child is None or self._child.poll() is not None or self._served >= FILES_EACH:
            self.close()
            self._start()
        assert self._child is not None and self._child.stdin is not None
        self._served += 1
        # A long request fills the pipe, and a child that hangs would never empty it: the deadline must hold all the same.
        threading.Thread(target=_feed, args=(self._child.stdin, request), daemon=True).start()
        extra = STARTING if self._served == 1 else 0.0
        deadline = time.monotonic() + self._limits.seconds + extra
        while True:
            answer = self._next(deadline)
            if "pages" in answer:
                tick(int(answer["page"]), int(answer["pages"]))
                deadline = time.monotonic() + self._limits.seconds
                continue
            if answer.get("worn"):
                self.close()
            if "failure" in answer:
                reason, remedy = answer["failure"]
                raise ReadError(str(reason), str(remedy))
            return answer

    def _next(self, deadline: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=max(0.05, deadline - time.monotonic()))
        except queue.Empty:
            self.close()
            seconds = self._limits.seconds
            raise ReadError(
                f"belum selesai dibaca setelah {seconds} detik", "Bagi menjadi beberapa berkas atau naikkan FILE_SECONDS."
            ) from None
        if line is None:
            self.close()
            raise ReadError(*CRASHED)
        try:
            answer = json.loads(line)
        except ValueError:
            self.close()
            raise ReadError(*CRASHED) from None
        return answer if isinstance(answer, dict) else {}

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "assistant.loading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            text=True,
            encoding="utf-8",
            start_new_session=os.name == "posix",
        )
        self._served = 0
        answers: queue.Queue[str | None] = queue.Queue()
        self._answers = answers
        assert self._child.stdout is not None
        threading.Thread(target=_pump, args=(self._child.stdout, answers), daemon=True).start()


def _feed(pipe: TextIO, request: str) -> None:
    """Send a request; when the child is gone, `_pump` tells."""
    with contextlib.suppress(OSError, ValueError):
        pipe.write(request + "\n")
        pipe.flush()


def _pump(pipe: TextIO, answers: queue.Queue[str | None]) -> None:
    """Pass on what the child says; None once it is gone."""
    try:
        for line in pipe:
            answers.put(line)
    except (OSError, ValueError):
        pass
    answers.put(None)
