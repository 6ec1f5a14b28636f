"""Opening the desk's storage: only a database whose schema this code knows."""

from bot.domain.errors import ConfigurationError
from storage.engine.address import database_at
from storage.schema import state_of
from storage.store import DeskStorage


def open_storage(url: str, *, is_durable: bool = True) -> DeskStorage:
    """Open `sqlite:///folder/desk.db` or `postgresql://user@host/name`; `await storage.close()` closes it.

    `is_durable=False` lets a power cut take the last seconds from SQLite, and spares a disk flush a commit; it is
    for a desk that is only tried. What ends the process takes nothing either way.

    Raises ConfigurationError when its schema is older or newer than this code, StorageUnavailable when it
    cannot be reached.
    """
    database = database_at(url, is_durable=is_durable)
    state = state_of(database)
    if not state.is_current:
        raise ConfigurationError(state.sentence)
    return DeskStorage(database)
