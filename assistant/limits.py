"""How often somebody may ask: a sliding minute for each key, in memory; replicas count in the database (`records.rates`)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Protocol

from assistant.errors import TooOftenError

WINDOW_SECONDS = 60.0
MOST_KEYS = 10_000


class Rates(Protocol):
    """Counts acts by key; in memory or in the database."""

    def take(self, key: str, most: int, *, what: str = "pertanyaan") -> None:
        """Count one act of `key`; raises TooOftenError beyond `most` a minute. `what` names the acts."""


def too_often(what: str, seconds: float) -> TooOftenError:
    """Return the error that says how long to wait; begun seconds count whole."""
    whole = int(seconds) + 1
    return TooOftenError(f"Terlalu banyak {what} dalam satu menit; tunggu {whole} detik, lalu kirim lagi.", seconds=whole)


class Limiter:
    """Counts what each key did in the last minute; forgets the keys that were quiet longest beyond ten thousand."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Count by `clock`, in seconds."""
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, most: int, *, what: str = "pertanyaan") -> None:
        """Count one act of `key`; raises TooOftenError beyond `most` a minute. `what` names the acts."""
        now = self._clock()
        with self._lock:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and now - times[0] >= WINDOW_SECONDS:
                times.popleft()
            if len(times) >= most:
                raise too_often(what, WINDOW_SECONDS - (now - times[0]))
            times.append(now)
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)
