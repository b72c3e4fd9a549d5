"""Run an iterator that may hang in a thread of its own, and hand out what it yields until the time is over."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


class Stopped(Generic[Item]):
    """Iterates over `source(stop)`; raises TimeoutError after `seconds` whatever the source does.

    `stop` is set when nobody reads any more: the source ends at its next item then. Errors of the source are raised here.
    """

    def __init__(self, source: Callable[[threading.Event], Iterator[Item]], *, seconds: float) -> None:
        """Start the thread at once; the clock runs from here."""
        self._until = time.monotonic() + seconds
        self._items: queue.SimpleQueue[Item | _End] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._source = source
        threading.Thread(target=self._run, daemon=True, name="model").start()

    def __iter__(self) -> Iterator[Item]:
        """Yield the items as they come."""
        try:
            while True:
                try:
                    item = self._items.get(timeout=max(0.0, self._until - time.monotonic()))
                except queue.Empty:
                    raise TimeoutError from None
                if isinstance(item, _End):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
                if time.monotonic() > self._until:
                    raise TimeoutError
        finally:
            self._stop.set()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            for item in self._source(self._stop):
                self._items.put(item)
                if self._stop.is_set():
                    break
        except Exception as raised:  # handed to the reader, who raises it
            error = raised
        self._items.put(_End(error))
