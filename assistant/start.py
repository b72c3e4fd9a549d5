"""Start of the app: load the encoder once, ingest when there is no usable index, hand out the Assistant."""

from __future__ import annotations

import threading

from assistant.bars import Bars, report_lines
from assistant.encoding import load_encoder
from assistant.errors import IndexBrokenError, IndexMissingError, RecordsError
from assistant.index.reader import SnapshotReader
from assistant.office import Office
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.wiring import make_assistant, make_office, run_ingest

TIDY_SECONDS = 6 * 3600.0


def ready_office(settings: Settings) -> Office:
    """Return an office whose index can be asked and whose records are open; old records are deleted now and four times a day."""
    office = make_office(settings, ready_assistant(settings))
    tidy_for_ever(office)
    return office


def tidy_for_ever(office: Office, *, seconds: float = TIDY_SECONDS) -> None:
    """Delete what has been kept long enough, and again every `seconds`; a database that is away is tried the next time."""

    def again() -> None:
        try:
            office.tidy()
        except RecordsError as error:
            print(error)
        later = threading.Timer(seconds, again)
        later.daemon = True
        later.start()

    again()


def ready_assistant(settings: Settings) -> Assistant:
    """Return an Assistant whose index can be asked; raises AssistantError when none can be made."""
    encoder = load_encoder(settings.encoder)
    reader = SnapshotReader(settings.index_dir, signature=encoder.signature)
    try:
        reader.current()
    except (IndexMissingError, IndexBrokenError) as error:
        print(f"{error} Indeks dibuat sekarang …")
        with Bars() as bars:
            report = run_ingest(settings, encoder=encoder, progress=bars)
        print("\n".join(report_lines(report)))
    finally:
        reader.close()
    return make_assistant(settings, encoder=encoder)
