"""All rows of the database as lines of text that both databases can be filled from."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Integer, MetaData, Table, create_engine, inspect, select, text
from sqlalchemy.sql.ddl import DropConstraint

from assistant.errors import RecordsError
from assistant.records.database import Records, alone, make_engine, parsed, told, upgrade
from assistant.records.state import revision_of
from assistant.records.tables import Base

FORMAT = 1
BATCH = 500
MADE_AGAIN = frozenset({"snapshots", "snapshot_parts", "pointers", "acts"})
"""Tables that no dump holds: the index is made from the corpus, counted acts live for a minute."""
DAMAGED = "Isi basis data di cadangan ini rusak; pakai cadangan lain."


def dump(records: Records, file: IO[bytes], *, folder: Path) -> dict[str, int]:
    """Write every row as it is at one moment; returns how many of each table.

    The first line names the format and the version of the tables. A SQLite database is first copied into `folder` by its online
    backup, so that nobody who writes meanwhile waits; the copy is deleted again.
    """
    with told(), _still(records.engine, folder) as connection:
        file.write(_line({"format": FORMAT, "revision": revision_of(connection)}))
        counts = {}
        for table in Base.metadata.sorted_tables:
            if table.name in MADE_AGAIN:
                continue
            counts[table.name] = 0
            for row in connection.execution_options(yield_per=BATCH).execute(_ordered(table)).mappings():
                file.write(_line({"t": table.name, "r": {name: _plain(value) for name, value in row.items()}}))
                counts[table.name] += 1
    return counts


def load(url: str, lines: Iterable[bytes], *, keep: bool = True) -> None:
    """Replace all rows of the database `url` by those of `dump`, in one transaction, and bring its tables to the newest version.

    Without `keep` all of it is only tried, and taken back: what one database holds another may refuse.

    Raises RecordsError for damaged lines, a dump of a newer version, and when the database can't be used; then it is as it was.
    """
    place = parsed(url)
    given = iter(lines)
    head = _read(next(given, b""))
    if head.get("format") != FORMAT:
        raise RecordsError("Cadangan basis data ini dibuat oleh versi lain; pasang versi Asisten UEP yang lebih baru.")
    with told():
        engine = make_engine(place)
        try:
            with alone(place), engine.execution_options(writing=True).begin() as connection:
                _drop_all(connection)
                upgrade(connection, str(head["revision"]))
                _insert(connection, given)
                upgrade(connection)
                if not keep:
                    connection.rollback()
        finally:
            engine.dispose()


def digests(lines: Iterable[bytes]) -> dict[str, str]:
    """Return, by table, what stands for all its rows in a dump, in whatever order they come: to compare two databases."""
    found: dict[str, list[bytes]] = {}
    given = iter(lines)
    _read(next(given, b""))
    for line in given:
        found.setdefault(str(_read(line).get("t")), []).append(hashlib.sha256(line.strip()).digest())
    return {name: f"{len(rows)} baris {hashlib.sha256(b''.join(sorted(rows))).hexdigest()}" for name, rows in found.items()}


@contextmanager
def _still(engine: Engine, folder: Path) -> Iterator[Connection]:
    """Give a connection that sees the database as it is now, whatever is written meanwhile."""
    if engine.dialect.name != "sqlite":
        with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
            yield connection
        return
    copy = folder / "catatan.salinan"
    copy.unlink(missing_ok=True)
    try:
        with engine.connect() as connection:
            connection.commit()
            source = connection.connection.driver_connection
            with sqlite3.connect(copy) as target:
                assert isinstance(source, sqlite3.Connection)
                source.backup(target)
            target.close()
        still = create_engine(f"sqlite:///{copy}")
        with still.connect() as connection:
            yield connection
        still.dispose()
    finally:
        copy.unlink(missing_ok=True)


def _ordered(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"waktu": value.astimezone(UTC).isoformat(timespec="microseconds")}
    if isinstance(value, bytes):
        return {"bita": base64.b64encode(value).decode()}
    return {"isi": value} if isinstance(value, dict) else value


def _value(value: Any, *, naive: bool) -> Any:
    if not isinstance(value, dict):
        return value
    if "waktu" in value:
        moment = datetime.fromisoformat(value["waktu"])
        return moment.replace(tzinfo=None) if naive else moment
    return base64.b64decode(value["bita"]) if "bita" in value else value["isi"]


def _line(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except ValueError:
        raise RecordsError(DAMAGED) from None
    if not isinstance(values, dict):
        raise RecordsError(DAMAGED)
    return values


def _drop_all(connection: Connection) -> None:
    """Drop the tables of ours that are there, and the note of their version; tables of other programs stay."""
    here = set(inspect(connection).get_table_names())
    ours = [*(table.name for table in Base.metadata.sorted_tables), "alembic_version"]
    found = MetaData()
    found.reflect(connection, only=[name for name in ours if name in here], resolve_fks=False)
    if connection.dialect.name == "postgresql":
        for table in found.tables.values():
            for constraint in list(table.foreign_key_constraints):
                connection.execute(DropConstraint(constraint))
    names = {table.name: table for table in found.tables.values()}
    for name in reversed(ours):
        if name in names:
            names[name].drop(connection)


def _insert(connection: Connection, lines: Iterator[bytes]) -> None:
    tables = MetaData()
    tables.reflect(connection)
    naive = connection.dialect.name == "sqlite"
    waiting: list[dict[str, Any]] = []
    current = ""
    for line in lines:
        values = _read(line)
        name = str(values.get("t"))
        if name not in tables.tables or not isinstance(values.get("r"), dict):
            raise RecordsError(DAMAGED)
        if waiting and (name != current or len(waiting) >= BATCH):
            connection.execute(tables.tables[current].insert(), waiting)
            waiting = []
        current = name
        waiting.append({column: _value(value, naive=naive) for column, value in values["r"].items()})
    if waiting:
        connection.execute(tables.tables[current].insert(), waiting)
    if not naive:
        for table in tables.tables.values():
            _go_on_counting(connection, table)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the newest one that was put in."""
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and len(table.primary_key.columns) == 1:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if sequence:
                newest = connection.scalar(select(column).order_by(column.desc()).limit(1))
                connection.execute(
                    text("SELECT setval(:name, :value, :used)"),
                    {"name": sequence, "value": newest or 1, "used": newest is not None},
                )
