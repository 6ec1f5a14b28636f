"""Databases for tests: an empty, migrated one for each test, on SQLite and on a real PostgreSQL server.

`storage` runs a test on both, `sqlite_storage` and `postgres_storage` on one; each has its `…_url`.
The server is started once a session, for all workers of pytest-xdist together, when a test first asks.
Of what a test wrote, pytest keeps the folders of those that failed.

What is left to chance is the same in every run, unless `make fuzz` (`tests.fuzz`) asks for something new: examples
of properties by Hypothesis' profile, random stories (`@pytest.mark.seeds(1, 2)`, argument `seed`) by `--first-seed`.
"""

import gc
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage import migrate, open_storage
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import DeskWithoutPlatform
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.storage.engine.postgres_server import PostgresServer

# A busy machine is no failure, so no example has a deadline and none is too slow to make.
_CALMLY = settings(
    deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("same", parent=_CALMLY, derandomize=True)
settings.register_profile("fuzz", parent=_CALMLY)
settings.load_profile("same")


MEMORY = Path("/dev/shm")
ROOMY = 4 * 2**30
"""Bytes that are left in memory before the tests' files are put there."""


def pytest_configure() -> None:
    """Files of tests are in memory where there is room: what a desk flushes at each commit waits for no disk."""
    is_writable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if is_writable and shutil.disk_usage(MEMORY).free >= ROOMY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: it need not be looked through each time for what is left of a test."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--first-seed", type=int, help="random stories begin with this seed, not with their own")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("seeds")
    if marker is not None:
        first: int | None = metafunc.config.getoption("first_seed")
        seeds = marker.args if first is None else range(first, first + len(marker.args))
        metafunc.parametrize("seed", seeds)


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A test that runs a terminal command sets up the log of its process, which is that of all tests."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "deskbell.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """A server with a migrated, empty template database."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid", uuid4().hex)
    with PostgresServer.started(run) as server:
        yield server


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database without any table."""
    with postgres_server.database(template="template0") as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.database() as url:
        yield url


@pytest.fixture
async def sqlite_storage(sqlite_url: str) -> AsyncIterator[DeskStorage]:
    storage = open_storage(sqlite_url)
    yield storage
    await storage.close()


@pytest.fixture
async def postgres_storage(postgres_url: str) -> AsyncIterator[DeskStorage]:
    storage = open_storage(postgres_url)
    yield storage
    await storage.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of each kind."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[DeskStorage]:
    """The desk's storage on each database."""
    opened = open_storage(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def desk_on(storage: DeskStorage, tmp_path: Path) -> DeskWithoutPlatform:
    """A desk without a platform: intake and delivery on a database of each kind, and a clock to move."""
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    return await DeskWithoutPlatform.opened(storage, files)


@pytest.fixture
async def headless(sqlite_storage: DeskStorage) -> HeadlessDesk:
    """The desk's use cases without a platform, on the embedded database; everybody is known."""
    desk = HeadlessDesk(sqlite_storage)
    await desk.meets()
    return desk
