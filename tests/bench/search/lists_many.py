"""The same lists among 200,000 tickets on SQLite and a million on PostgreSQL; filling them takes some minutes."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.databases import postgres_server, sqlite_place
from tests.bench.figures import Figure
from tests.bench.search.lists import figures_on

ON_SQLITE, ON_POSTGRES = 200_000, 1_000_000


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures_on(sqlite_place(folder), ON_SQLITE)
    with postgres_server() as server:
        yield from figures_on(server.place(), ON_POSTGRES)
