"""Keep the index up to date while the corpus folder changes: `ingest.py --watch`."""

from __future__ import annotations

import threading
from collections.abc import Callable

from watchfiles import DefaultFilter
from watchfiles import watch as changes_of

from assistant.bars import report_lines
from assistant.encoding import load_encoder
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring import run_ingest

SETTLED_MS = 1_500
"""A folder that somebody copies into is quiet for this long before it is read."""


def watch(settings: Settings, *, stop: threading.Event | None = None, say: Callable[[str], None] = print) -> int:
    """Ingest now, and again after each change, until Ctrl+C or `stop`; a failed ingest is told and the next change tried."""
    encoder = load_encoder(settings.encoder)

    def bring_up_to_date() -> None:
        try:
            say("\n".join(report_lines(run_ingest(settings, encoder=encoder))))
        except AssistantError as error:
            say(str(error))

    bring_up_to_date()
    say(f"Mengamati {settings.corpus_dir}; Ctrl+C untuk berhenti.")
    try:
        for _ in changes_of(
            settings.corpus_dir, debounce=SETTLED_MS, stop_event=stop, watch_filter=Documents(), raise_interrupt=True
        ):
            bring_up_to_date()
    except KeyboardInterrupt:
        say("Berhenti.")
    return 0


class Documents(DefaultFilter):
    """Lets through what an ingest reads: no hidden files, no half-written ones."""

    def __call__(self, change: object, path: str) -> bool:
        """Tell whether a change of `path` matters."""
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        return not name.startswith((".", "~")) and not name.endswith((".baru", ".tmp", ".part", ".crdownload"))
