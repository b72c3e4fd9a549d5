"""Start of the app: load the encoder once, ingest when there is no usable index, hand out the Office."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from assistant.bars import Bars, report_lines
from assistant.encoding import Encoder, load_encoder
from assistant.errors import AssistantError
from assistant.index.places import Place
from assistant.office import Office
from assistant.operations.logs import start_log
from assistant.operations.running import hold_running
from assistant.operations.startup import complete
from assistant.settings import Settings
from assistant.wiring import in_turn, make_office, run_ingest

TIDY_SECONDS = 6 * 3600.0
BACKUP_SECONDS, FIRST_BACKUP_SECONDS = 3600.0, 60.0


def ready_office(settings: Settings) -> Office:
    """Return an office whose index can be asked and whose records are open.

    Whatever a crash left undone (a document on its way into the corpus, an ingest) is done in the background; old records are
    deleted now and four times a day.
    """
    lock = hold_running(settings)  # first of all: no restore begins under an app that starts
    complete(settings)
    start_log(settings)
    office = indexed_office(settings)
    office.operations.serve(lock)
    office.documents.refresh(by_system=True)
    tidy_for_ever(office)
    back_up_for_ever(office)
    return office


def indexed_office(settings: Settings) -> Office:
    """Return an office whose index can be asked, after an ingest when there is none; raises AssistantError."""
    encoder = load_encoder(settings.encoder)
    return make_office(settings, encoder, first=partial(first_ingest, settings, encoder))


def tidy_for_ever(office: Office, *, seconds: float = TIDY_SECONDS) -> None:
    """Delete what has been kept long enough, and again every `seconds`; a database that is away is tried the next time."""
    _again(office.tidy, seconds)


def back_up_for_ever(office: Office, *, seconds: float = BACKUP_SECONDS) -> None:
    """Make the backup that is due, and look again every `seconds`; a database that is away is tried the next time."""
    _later(lambda: _again(office.operations.back_up_when_due, seconds), FIRST_BACKUP_SECONDS)  # not while the app starts


def _again(work: Callable[[], object], seconds: float) -> None:
    """Do `work` now and every `seconds`; whatever one time ends with, the next one comes."""
    try:
        work()
    except AssistantError as error:
        print(error)
    finally:
        _later(lambda: _again(work, seconds), seconds)


def _later(work: Callable[[], None], seconds: float) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


def first_ingest(settings: Settings, encoder: Encoder, trouble: str, place: Place) -> None:
    """Make the index with bars in the terminal; raises AssistantError when none can be made."""
    print(f"{trouble} Indeks dibuat sekarang …")
    with Bars() as bars:
        report = in_turn(
            lambda: run_ingest(settings, encoder=encoder, place=place, progress=bars),
            lambda: None,
            shared=bool(settings.chroma_url),
        )
    print("\n".join(report_lines(report)))
