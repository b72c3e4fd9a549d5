"""How often somebody may ask: a sliding minute for each key, in memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from assistant.errors import AccessError

WINDOW_SECONDS = 60.0
MOST_KEYS = 10_000


class Limiter:
    """Counts what each key did in the last minute; forgets the keys that were quiet longest beyond ten thousand."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Count by `clock`, in seconds."""
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, most: int, *, what: str = "pertanyaan") -> None:
        """Count one act of `key`; raises AccessError, with the seconds to wait, beyond `most` a minute. `what` names the acts."""
        now = self._clock()
        with self._lock:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and now - times[0] >= WINDOW_SECONDS:
                times.popleft()
            if len(times) >= most:
                seconds = int(WINDOW_SECONDS - (now - times[0])) + 1
                raise AccessError(f"Terlalu banyak {what} dalam satu menit; tunggu {seconds} detik, lalu kirim lagi.")
            times.append(now)
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)
