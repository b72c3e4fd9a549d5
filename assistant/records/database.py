"""The database: opened, brought to the newest version, read and written in transactions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

import assistant.records.guidance  # its tables belong to the same Base
import assistant.records.shared  # so do these
import assistant.records.trained
import assistant.records.worded  # noqa: F401  # and these
from assistant.errors import InputError, RecordsError

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_WAIT_MS = 15_000
MIGRATION_LOCK = 7_241_001
"""Number of PostgreSQL's advisory lock that lets one replica migrate at a time."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return an id that nobody can guess."""
    return uuid.uuid4().hex


class Records:
    """An open database; `now` is the clock that its rows are stamped with."""

    def __init__(self, engine: Engine, *, now: Clock = utc_now) -> None:
        """Use an engine whose tables are up to date; `open_records` makes one."""
        self.engine = engine
        self.now = now
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writing=True), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read in one transaction; raises RecordsError when the database can't be used."""
        with told(), self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write in one transaction that is on the disk when the block ends; raises RecordsError, and then nothing was written."""
        with told(), self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Release all connections."""
        self.engine.dispose()


def open_records(url: str, *, now: Clock = utc_now) -> Records:
    """Open `url` (`sqlite:///FILE` or `postgresql://…`), make or migrate its tables; raises RecordsError."""
    place = parsed(url)
    with told():
        engine = make_engine(place)
        try:
            with alone(place):
                migrate(engine)
        except OSError as error:
            raise RecordsError(f"Folder {place.database} tidak dapat ditulisi: {error.strerror or error}.") from error
    return Records(engine, now=now)


def parsed(url: str) -> URL:
    """Return the address of a database with its driver; raises RecordsError for one that is not supported."""
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise RecordsError("DATABASE_URL tidak dapat dibaca; contoh: postgresql://nama:sandi@127.0.0.1/asisten.") from error
    backend = place.drivername.split("+")[0]
    if backend in ("postgresql", "postgres"):
        return place.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and place.database:
        return place
    raise RecordsError(f"DATABASE_URL memakai {backend}; yang didukung: sqlite:///BERKAS dan postgresql://…")


@contextmanager
def told() -> Iterator[None]:
    """Turn the library's errors into one message without the statement's values.

    Raises InputError for a text that the database can't keep (the sign NUL, half a sign), RecordsError for all else.
    """
    try:
        yield
    except (DataError, UnicodeEncodeError) as error:
        raise InputError("Isian memuat tanda yang tidak dapat disimpan; ketik ulang tanpa tanda itu.") from error
    except DBAPIError as error:
        first = (
            str(error.orig).strip().splitlines()[0] if error.orig is not None and str(error.orig).strip() else "tidak terhubung"
        )
        raise RecordsError(
            f"Basis data catatan tidak dapat dipakai ({first}); periksa DATABASE_URL, izin, dan ruang cakram."
        ) from error
    except SQLAlchemyError as error:
        raise RecordsError(f"Basis data catatan gagal ({type(error).__name__}); beri tahu pengelola.") from error


def make_engine(place: URL) -> Engine:
    """Return an engine for a place of `parsed`; raises RecordsError when the folder of a SQLite file can't be made."""
    if place.drivername.startswith("postgresql"):
        return create_engine(place, pool_pre_ping=True, pool_size=10, max_overflow=10, connect_args={"connect_timeout": 5})
    try:
        Path(str(place.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordsError(f"Folder untuk {place.database} tidak dapat dibuat: {error.strerror}.") from error
    engine = create_engine(place, connect_args={"timeout": SQLITE_WAIT_MS / 1000}, pool_size=10, max_overflow=10)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={SQLITE_WAIT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its turn at once: a read lock that has to grow fails when another writer was faster.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def alone(place: URL) -> Any:
    """Return what keeps other processes from migrating a SQLite file meanwhile; PostgreSQL has a lock of its own."""
    if place.drivername.startswith("postgresql"):
        return nullcontext()
    return FileLock(f"{place.database}.migrasi")


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version; one process at a time."""
    with engine.execution_options(writing=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
        upgrade(connection)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to `revision` in the transaction of `connection`; raises RecordsError for a version that is not known."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise RecordsError(
            "Basis data catatan dibuat oleh versi Asisten UEP yang lebih baru atau lain; pasang versi itu, atau pulihkan "
            f"cadangan. ({error})"
        ) from error
