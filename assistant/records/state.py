"""How the database stands: its version, how many rows, which questions found no answer."""

from __future__ import annotations

import time
from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from assistant.records.database import MIGRATIONS, Records, alone, migrate, told
from assistant.records.tables import Base, EntryRow


@dataclass(frozen=True, slots=True)
class State:
    """The database: version of its tables and the newest there is, seconds that one read took."""

    revision: str
    head: str
    seconds: float

    @property
    def newest(self) -> bool:
        """Tell whether the tables are of the version that this program knows."""
        return self.revision == self.head


def read_state(records: Records) -> State:
    """Return how the database stands; raises RecordsError when it can't be reached."""
    started = time.perf_counter()
    with told(), records.engine.connect() as connection:
        revision = revision_of(connection)
    return State(revision, head(), time.perf_counter() - started)


def counts(records: Records) -> dict[str, int]:
    """Return how many rows each table has."""
    with records.reading() as session:
        return {
            table.name: int(session.scalar(select(func.count()).select_from(table)) or 0) for table in Base.metadata.sorted_tables
        }


def statuses(records: Records) -> dict[str, int]:
    """Return how many kept questions had each outcome; those without an answer under an empty name."""
    with records.reading() as session:
        rows = session.execute(select(EntryRow.status, func.count()).group_by(EntryRow.status))
        return {status or "": int(count) for status, count in rows}


def bring_to_head(records: Records) -> None:
    """Bring the tables of an open database to the newest version."""
    with told(), alone(records.engine.url):
        migrate(records.engine)


def revision_of(connection: Connection) -> str:
    """Return the version of the tables; empty when there are none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def head() -> str:
    """Return the newest version that this program knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""
