"""Run a question in a thread of its own, so that a handler shows the answer as it grows; it is kept though nobody waits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.answering.rewording import Show
from assistant.types import Answer

Result = TypeVar("Result")
EVERY = 0.3
"""Seconds between two steps that are shown: each sends the whole message."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """The end of the work: what it returned, or what it raised."""

    result: Result | None = None
    error: BaseException | None = None


def growing(work: Callable[[Show], Result], *, every: float = EVERY) -> Iterator[Answer | Result]:
    """Yield the newest answer that `work` has shown, at most one in `every` seconds, and at the end what it returns.

    Raises what `work` raises.
    """
    steps: queue.SimpleQueue[Answer | Done[Result]] = queue.SimpleQueue()

    def run() -> None:
        try:
            steps.put(Done(work(steps.put)))
        except BaseException as error:  # noqa: BLE001  # raised again below, where the handler waits
            steps.put(Done(error=error))

    threading.Thread(target=run, daemon=True, name="tanya").start()
    pause = threading.Event()
    while True:
        step = steps.get()
        while not isinstance(step, Done) and not steps.empty():
            step = steps.get()  # an older step is of no use any more
        if isinstance(step, Done):
            if step.error is not None:
                raise step.error
            assert step.result is not None
            yield step.result
            return
        yield step
        pause.wait(every)
