"""Settings -> parts; the only place that chooses implementations."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.contents import Progress
from assistant.encoding import Encoder, load_encoder
from assistant.errors import AssistantError, IndexBrokenError, IndexMissingError, IngestBusyError
from assistant.foreseeing import add_foreseen, foresee
from assistant.index.chosen import make_place
from assistant.index.places import Place
from assistant.index.reader import SnapshotReader
from assistant.index.snapshot import Step
from assistant.ingestion import IngestReport, ingest
from assistant.jobs import Reporter
from assistant.loading import Loader
from assistant.loading.allowance import file_limits
from assistant.modelling import make_writer
from assistant.office import Office, open_office
from assistant.operations.ingests import note_ingest
from assistant.operations.startup import complete
from assistant.records import Records, open_records
from assistant.records.rates import SharedLimiter
from assistant.records.withdrawals import KeptWithdrawals
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.vectors import CachedEncoder
from assistant.withdrawals import OwnWithdrawals, Withdrawals, followed

TURN_SECONDS = 1.0
"""How often a job asks whether the ingest of another replica is over."""

FirstIngest = Callable[[str, Place], None]
"""Makes the first index; told why there is none, and where it goes."""


def no_ingest(trouble: str, place: Place) -> None:
    """Leave things as they are: the pages say what is missing."""


def make_assistant(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    place: Place | None = None,
    withdrawals: Withdrawals | None = None,
) -> Assistant:
    """Return the Assistant of `settings`, with its model where one is set; a given `encoder` is not loaded again."""
    complete(settings)
    writer = make_writer(settings)
    encoder = encoder or load_encoder(settings.encoder)
    reader = SnapshotReader(place or make_place(settings), signature=encoder.signature, as_of=settings.as_of)
    if withdrawals is None and (records := _records_of(settings)):
        withdrawals = KeptWithdrawals(records)
    return Assistant(settings, encoder, reader, writer, withdrawals=withdrawals)


def make_office(settings: Settings, encoder: Encoder, *, first: FirstIngest = no_ingest) -> Office:
    """Return the office of `settings`; its records are opened, and migrated where needed.

    When no index can be asked, `first` is called to make one.
    """
    records = open_records(settings.records_url)
    place, withdrawals = make_place(settings, records=records), KeptWithdrawals(records)

    def bring_up_to_date(reporter: Reporter) -> IngestReport:
        told: dict[str, Any] = {"progress": reporter.progress, "step": reporter.step}
        return in_turn(
            lambda: run_ingest(settings, encoder=encoder, place=place, withdrawals=withdrawals, **told),
            reporter.check,
            shared=bool(settings.chroma_url),
        )

    assistant = make_assistant(settings, encoder=encoder, place=place, withdrawals=withdrawals)
    try:
        assistant.snapshot()
    except (IndexMissingError, IndexBrokenError) as error:
        first(str(error), place)
    limiter = SharedLimiter(records) if settings.chroma_url else None
    office = open_office(assistant, records, settings, ingest=bring_up_to_date, index=place, limiter=limiter)
    assistant.listen(office.operations.metrics.answered)
    return office


def in_turn(
    work: Callable[[], IngestReport], check: Callable[[], None], *, shared: bool, seconds: float = TURN_SECONDS
) -> IngestReport:
    """Return what `work` returns; with replicas it waits for the ingest of another to end, so that no file stays out.

    `check` raises when somebody stopped the job.
    """
    while True:
        try:
            return work()
        except IngestBusyError:
            if not shared:
                raise
        check()
        time.sleep(seconds)


def run_ingest(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    place: Place | None = None,
    withdrawals: Withdrawals | None = None,
    progress: Progress = lambda stage, done, total: None,
    step: Step = lambda name: None,
) -> IngestReport:
    """Bring the index of `settings` up to date, and forget the `withdrawals` (default: of its records) from before."""
    complete(settings)
    started = time.monotonic()
    where = place or make_place(settings)
    records = None if withdrawals else _records_of(settings)
    withdrawn = withdrawals or (KeptWithdrawals(records) if records else OwnWithdrawals())
    cached = CachedEncoder(encoder or load_encoder(settings.encoder), settings.data_dir / "vectors.sqlite")
    loader = Loader(file_limits(settings), cache=settings.data_dir / "bacaan")

    def once(loader: Loader) -> IngestReport:
        return ingest(
            settings.corpus_dir,
            where,
            cached,
            keep=settings.keep_snapshots,
            loader=loader,
            progress=progress,
            step=step,
        )

    try:
        report = followed(withdrawn, lambda: once(loader))
        if report.published and settings.model_questions and _foresee(settings, cached, where):
            report = replace(report, published=once(Loader(file_limits(settings), cache=settings.data_dir / "bacaan")).published)
    except IngestBusyError:
        raise
    except AssistantError as error:
        note_ingest(settings.data_dir, time.monotonic() - started, error=str(error))
        raise
    else:
        note_ingest(settings.data_dir, time.monotonic() - started, report=report)
        return report
    finally:
        cached.close()
        if records is not None:
            records.close()


def _records_of(settings: Settings) -> Records | None:
    """Return the records of `settings`, opened; None where nobody has kept anything yet, so nothing can have been withdrawn."""
    if not settings.database_url and not (settings.data_dir / "catatan.sqlite").is_file():
        return None
    return open_records(settings.records_url)


def _foresee(settings: Settings, encoder: CachedEncoder, place: Place) -> bool:
    """Have the model write questions for statements of the published snapshot that have none; tell whether it wrote any."""
    writer = make_writer(settings)
    if writer is None:
        return False
    reader = SnapshotReader(place, signature=encoder.signature)
    try:
        snapshot = reader.current()
        found = foresee(tuple(snapshot.passages.values()), snapshot.knowledge.questions.keys(), writer)
    finally:
        reader.close()
    if found:
        add_foreseen(Shelf(settings.corpus_dir, settings.data_dir), found, model=writer.name)
    return bool(found)
