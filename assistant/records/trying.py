"""Does the database still take rows and read its own pages? Tried, and taken back."""

from __future__ import annotations

from sqlalchemy import insert

from assistant.records.database import Records, new_id, told
from assistant.records.tables import SecretRow

MOST = 3
"""Faults of a SQLite file that are named."""


def try_writing(records: Records) -> None:
    """Write a row and take it back; raises RecordsError when the database can only be read."""
    with told(), records.engine.execution_options(writing=True).connect() as connection:
        connection.execute(insert(SecretRow).values(name=f"coba-{new_id()}", value=""))
        connection.rollback()


def faults(records: Records) -> tuple[str, ...]:
    """Return what a look at every page of a SQLite file finds wrong; nothing for a server, which looks after its own.

    Raises RecordsError when the file can't be read.
    """
    if records.engine.dialect.name != "sqlite":
        return ()
    with told(), records.engine.connect() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA quick_check({MOST})")]
    return () if found == ["ok"] else tuple(line.splitlines()[-1] for line in found)
