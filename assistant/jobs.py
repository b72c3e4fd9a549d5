"""One piece of work in the background: how far it is, how long it still takes, stop it, what came out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from assistant.errors import AssistantError, IngestBusyError

Result = TypeVar("Result")


class State(StrEnum):
    """How a job stands."""

    RUNNING = "berjalan"
    DONE = "selesai"
    FAILED = "gagal"
    CANCELLED = "dibatalkan"


class Cancelled(Exception):  # no error: somebody asked for it
    """Raised inside a job at its next report after somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Job(Generic[Result]):
    """A job: `done` of `total` in `stage`; seconds since it started; its result, or why there is none."""

    title: str
    state: State = State.RUNNING
    stage: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    stage_seconds: float = 0.0
    result: Result | None = None
    reason: str = ""

    @property
    def left(self) -> float | None:
        """Return the seconds that this stage still takes at its pace so far; None before that can be told."""
        if self.state is not State.RUNNING or not self.done or self.stage_seconds < 1:
            return None
        return self.stage_seconds / self.done * (self.total - self.done)


class Reporter:
    """What a job is handed: it reports here, and is stopped here."""

    def __init__(self, told: Callable[[str, int, int], None], stopped: threading.Event) -> None:
        """Pass reports on to `told` until `stopped` is set."""
        self._told = told
        self._stopped = stopped

    def progress(self, stage: str, done: int, total: int) -> None:
        """Note how far a stage is; raises Cancelled when somebody stopped the job."""
        self.check()
        self._told(stage, done, total)

    def step(self, name: str) -> None:
        """Note that a step begins; raises Cancelled when somebody stopped the job."""
        self.check()

    def check(self) -> None:
        """Raise Cancelled when somebody stopped the job."""
        if self._stopped.is_set():
            raise Cancelled


class Jobs(Generic[Result]):
    """Runs one job at a time in a thread; the last one stays to be looked at."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Measure by `clock`, in seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._job: Job[Result] | None = None
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._started = self._stage_started = 0.0

    def current(self) -> Job[Result] | None:
        """Return the job that runs or ran last."""
        with self._lock:
            job = self._job
            if job is None or job.state is not State.RUNNING:
                return job
            now = self._clock()
            return replace(job, seconds=now - self._started, stage_seconds=now - self._stage_started)

    def start(self, title: str, work: Callable[[Reporter], Result]) -> None:
        """Run `work` in the background; raises IngestBusyError while another job runs."""
        with self._lock:
            if self._job is not None and self._job.state is State.RUNNING:
                raise IngestBusyError(f"Masih berjalan: {self._job.title}. Tunggu sampai selesai atau batalkan, lalu ulangi.")
            self._job, self._stopped = Job(title), threading.Event()
            self._started = self._stage_started = self._clock()
            self._thread = threading.Thread(target=self._run, args=(work, self._stopped), name="pekerjaan", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Ask the job to stop at its next report; what was published before stays."""
        self._stopped.set()

    def wait(self, seconds: float | None = None) -> Job[Result] | None:
        """Wait until the job has ended, or for `seconds`; return it."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self.current()

    def _run(self, work: Callable[[Reporter], Result], stopped: threading.Event) -> None:
        try:
            result = work(Reporter(self._told, stopped))
        except Cancelled:
            self._end(State.CANCELLED, reason="Dibatalkan; yang sudah terbit tetap seperti semula.")
        except AssistantError as error:
            self._end(State.FAILED, reason=str(error))
        except BaseException:
            # The edge of a thread: nobody above would say that the job is over. The traceback goes to the log.
            self._end(State.FAILED, reason="Gagal karena gangguan; yang sudah terbit tetap. Coba lagi; bila terulang lihat log.")
            raise
        else:
            self._end(State.DONE, result=result)

    def _told(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            if self._job is None:
                return
            if stage != self._job.stage:
                self._stage_started = self._clock()
            self._job = replace(self._job, stage=stage, done=done, total=total)

    def _end(self, state: State, *, result: Result | None = None, reason: str = "") -> None:
        with self._lock:
            if self._job is not None:
                self._job = replace(self._job, state=state, result=result, reason=reason, seconds=self._clock() - self._started)
