"""A database's address, as the settings give it, and the database behind it."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from storage.engine.database import Database
from storage.engine.sqlite import SqliteDatabase

SQLITE: Final = "sqlite:///"


def database_at(url: str, *, is_durable: bool = True) -> Database:
    """`sqlite:///folder/desk.db` (four slashes for an absolute path) or `postgresql://user@host/name`."""
    file = sqlite_file(url)
    if file is not None:
        return SqliteDatabase(_not_a_folder(file), is_durable=is_durable)
    if urlsplit(url).scheme in ("postgresql", "postgres"):
        from storage.engine.postgres import PostgresDatabase  # psycopg is loaded only where it is used

        return PostgresDatabase(url)
    raise ConfigurationError(sentence("operations.database_url_unknown", start=f"{url.partition(':')[0]}:"))


def sqlite_file(url: str) -> Path | None:
    """The database's file; None where it is not in one."""
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) and len(url) > len(SQLITE) else None


def _not_a_folder(path: Path) -> Path:
    if path.is_dir():
        raise ConfigurationError(sentence("operations.database_url_folder", folder=str(path)))
    return path
