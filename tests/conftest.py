"""The two databases: tests that take `records` or `database` run on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.records import Records, open_records
from assistant.records.tables import Base
from assistant.settings import ROOT
from tests.chroma import ChromaProcess, quiet_port
from tests.factories import Moving
from tests.training import Training

BACKENDS = ("sqlite", "postgresql")
SERVER = Path(__file__).parents[1] / ".ci" / "postgres"


def absent(reason: str) -> None:
    """Skip a test that lacks something of the machine, with the reason; in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def untouched_corpus() -> Iterator[None]:
    """Fail when a test wrote into the shipped corpus: what tests confirm or upload must not become knowledge."""
    before = _stamps(ROOT / "corpus")
    yield
    changed = set(before.items()) ^ set(_stamps(ROOT / "corpus").items())
    assert not changed, f"tests changed the shipped corpus: {sorted({str(path) for path, _ in changed})}"


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (state.st_mtime_ns, state.st_size) for path in folder.rglob("*") if (state := path.stat())}


@pytest.fixture(scope="session")
def postgres() -> str:
    """Return the address of a PostgreSQL for tests."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        absent("TEST_DATABASE_URL kosong: export TEST_DATABASE_URL=$(.ci/postgres start /tmp/uep-pg)")
    return url


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database of this test alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'catatan.sqlite'}"
        return
    yield from empty_postgres(request.getfixturevalue("postgres"))


def empty_postgres(url: str) -> Iterator[str]:
    """Make a database, return its address, drop it."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    name = f"uji_{uuid.uuid4().hex[:12]}"
    admin = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} STRATEGY file_copy"))
    yield make_url(url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def clock() -> Moving:
    """Return a clock that a test moves."""
    return Moving()


@pytest.fixture(scope="session")
def shared_postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of one migrated database; making one for each test would take most of the time."""
    for url in empty_postgres(request.getfixturevalue("postgres")):
        open_records(url).close()
        yield url


@pytest.fixture(params=BACKENDS)
def records(request: pytest.FixtureRequest, tmp_path: Path, clock: Moving) -> Iterator[Records]:
    """Open a database without rows."""
    if request.param == "sqlite":
        opened = open_records(f"sqlite:///{tmp_path / 'catatan.sqlite'}", now=clock)
    else:
        opened = open_records(request.getfixturevalue("shared_postgres"), now=clock)
        with opened.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shipped() -> Training:
    """Return what the training draws from the shipped corpus, read once."""
    return Training(ROOT / "corpus")


@pytest.fixture
def own_postgres(postgres: str) -> Iterator[Callable[[str], str]]:
    """Return what starts (and says the address of) and halts a PostgreSQL of this test alone, at one port."""
    # Outside pytest's folders: it runs as another user, and each run of pytest shuts those to others.
    base = Path(tempfile.mkdtemp(prefix="uep-pg-"))
    base.chmod(0o755)
    folder = base / "pg"
    environment = {**os.environ, "PORT": str(quiet_port())}

    def server(verb: str) -> str:
        run = subprocess.run([SERVER, verb, folder], env=environment, capture_output=True, text=True, check=False)
        told = [path.read_text(errors="replace")[-1500:] for path in (folder / "server.log",) if path.exists()]
        assert run.returncode == 0, (verb, run.stderr, told)
        return run.stdout.strip()

    yield server
    server("stop")
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a Chroma server for all tests of this process."""
    server = ChromaProcess(tmp_path_factory.mktemp("chroma"))
    yield server.start()
    server.kill()


@pytest.fixture
def own_chroma(tmp_path: Path) -> Iterator[ChromaProcess]:
    """Return a Chroma server of this test alone, not yet started."""
    server = ChromaProcess(tmp_path / "server")
    yield server
    server.kill()
