"""The desk's database for the time of a command, and the lock that keeps a SQLite file to one desk.

Whoever holds the lock is known to the operating system, which takes it back when that process ends, however it ends.
"""

import contextlib
import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.sentence import Sentence, sentence
from bot.settings import Settings
from storage.engine.address import sqlite_file
from storage.opening import open_storage
from storage.schema import SchemaState, schema_state
from storage.schema import migrate as bring_up_to_date
from storage.store import DeskStorage


def migrate_database(settings: Settings) -> SchemaState:
    """Make its tables, or bring them to this version. Raises ConfigurationError while a desk uses the file."""
    settings.make_data_dir()
    url = settings.database_url.get_secret_value()
    state = schema_state(url)
    if not state.is_current:
        with only_desk(settings):  # one that runs knows the tables as they were
            state = bring_up_to_date(url)
    return state


@contextlib.asynccontextmanager
async def opened_storage(settings: Settings) -> AsyncIterator[DeskStorage]:
    storage = open_storage(settings.database_url.get_secret_value())
    try:
        yield storage
    finally:
        await storage.close()


@contextlib.contextmanager
def only_desk(settings: Settings) -> Iterator[None]:
    """Raises ConfigurationError while another process is in here with the same SQLite file, and names it."""
    file = sqlite_file(settings.database_url.get_secret_value())
    if file is None:
        yield
        return
    settings.make_data_dir()
    with _opened(file.with_name(f"{file.name}.lock")) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(_taken(file, by=lock.read().decode())) from None
        _sign(lock)
        yield


def is_in_use(settings: Settings) -> bool:
    """Whether another process has this SQLite file; nothing is made. False for a server, where nobody can tell."""
    file = sqlite_file(settings.database_url.get_secret_value())
    if file is None:
        return False
    try:
        with file.with_name(f"{file.name}.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _opened(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+", buffering=0)
    except OSError as error:
        raise ConfigurationError(
            sentence("operations.lock_not_made", file=str(path), reason=reason_of(error))
        ) from None


def _sign(lock: IO[bytes]) -> None:
    """Whoever is refused is told by whom; not so where the disk is full."""
    with contextlib.suppress(OSError):
        lock.truncate(0)
        lock.write(str(os.getpid()).encode())


def _taken(file: Path, *, by: str) -> Sentence:
    if by:
        return sentence("operations.database_taken_by", process=by, file=str(file))
    return sentence("operations.database_taken", file=str(file))
