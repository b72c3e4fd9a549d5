"""A circuit breaker: after failures in a row the model is left alone for a while, then tried once. Knows no network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES, REST_SECONDS = 3, 60.0


class Breaker:
    """Closed while all is well; open after FAILURES in a row; half open, for one trial, after REST_SECONDS."""

    def __init__(
        self, *, failures: int = FAILURES, rest_seconds: float = REST_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open after `failures` in a row, for `rest_seconds`."""
        self._most, self._rest, self._clock = failures, rest_seconds, clock
        self._failed = 0
        self._since = 0.0
        self._trying = False
        self._lock = threading.Lock()

    @property
    def state(self) -> str:
        """Return `tertutup`, `terbuka` or `setengah terbuka`."""
        with self._lock:
            if self._failed < self._most:
                return "tertutup"
            return "terbuka" if self._clock() - self._since < self._rest else "setengah terbuka"

    def allows(self) -> bool:
        """Tell whether a call may be made; each one that may is to be followed by `succeeded`, `failed` or `unused`."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._trying or self._clock() - self._since < self._rest:
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        """Close."""
        with self._lock:
            self._failed, self._trying = 0, False

    def failed(self) -> None:
        """Count a failure; from the last one allowed on, or after a trial, rest."""
        with self._lock:
            self._failed += 1
            self._trying = False
            if self._failed >= self._most:
                self._since = self._clock()

    def unused(self) -> None:
        """Take back a call that said nothing about the model, such as one that found no free place."""
        with self._lock:
            self._trying = False
