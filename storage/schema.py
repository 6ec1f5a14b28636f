"""Which schema a database has, and bringing it to the one this code needs.

The state is read without Alembic, which a running desk need not load; only `migrate` loads it.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence, sentence
from storage.engine.address import database_at
from storage.engine.database import Database

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def known_revisions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """Every revision this code knows, oldest first; the last is the one it needs.

    Read from the migrations' file names, `0011_inboxes.py`: a running desk need not load Alembic for it.
    """
    return tuple(
        sorted(path.stem.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*_*.py"))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaState:
    """`revision` is what the database has: None when it has no tables of ours."""

    location: str
    revision: str | None
    known: tuple[str, ...]
    """The revisions this code knows, oldest first."""

    @property
    def needed(self) -> str:
        return self.known[-1]

    @property
    def is_current(self) -> bool:
        return self.revision == self.needed

    @property
    def is_newer(self) -> bool:
        """Made by a later version of the desk."""
        return self.revision is not None and self.revision not in self.known

    @property
    def sentence(self) -> Sentence:
        """What to tell the operator, and what to do about it."""
        if self.revision is None:
            return sentence("operations.schema_missing", database=self.location)
        if self.is_current:
            return sentence("operations.schema_current", database=self.location, version=self.revision)
        key = "operations.schema_newer" if self.is_newer else "operations.schema_older"
        return sentence(key, database=self.location, version=self.revision, needed=self.needed)


def schema_state(url: str) -> SchemaState:
    """Raises StorageUnavailable when the database cannot be asked."""
    return state_of(database_at(url))


def state_of(database: Database) -> SchemaState:
    with in_words(database):
        return SchemaState(location=database.location, revision=database.revision(), known=known_revisions())


def migrate(url: str) -> SchemaState:
    """Bring the schema up to date; a SQLite file is made when there is none. Nobody else migrates meanwhile.

    Raises ConfigurationError when the database is newer than this code or its tables are not those of the schema
    it names, StorageUnavailable when it cannot be reached or written.
    """
    database = database_at(url)
    before = state_of(database)
    if before.is_newer:
        raise ConfigurationError(before.sentence)
    if before.is_current:
        return before
    with in_words(database):
        _upgrade(database, before)
    return state_of(database)


@contextlib.contextmanager
def in_words(database: Database) -> Iterator[None]:
    """The database's own errors leave this block as StorageUnavailable."""
    try:
        yield
    except Exception as error:
        told = database.translate(_cause(error))
        if told is None:
            raise
        raise told from error


def _cause(error: Exception) -> Exception:
    """The driver's own error, where SQLAlchemy raised it in another."""
    from sqlalchemy.exc import DBAPIError

    return error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error


def _upgrade(database: Database, before: SchemaState) -> None:
    """In one transaction, so that a database whose tables the migrations do not fit stays as it is."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    engine = create_engine(poolclass=NullPool, **database.engine_arguments())
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        connection.exec_driver_sql(database.lock_for_migration())
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except DBAPIError as error:
            if before.revision is None or database.translate(_cause(error)) is not None:
                raise
            raise ConfigurationError(_not_migrated(before, _cause(error))) from error


def _not_migrated(before: SchemaState, cause: Exception) -> Sentence:
    return sentence(
        "operations.schema_not_migrated",
        database=before.location,
        version=before.revision or "",
        needed=before.needed,
        reason=str(cause).strip().partition("\n")[0],
    )
