"""Opening the desk's storage: only a database whose schema this code knows."""

from bot.domain.errors import ConfigurationError
from storage.engine.address import database_at
from storage.schema import state_of
from storage.store import DeskStorage


def open_storage(url: str) -> DeskStorage:
    """Open `sqlite:///folder/desk.db` or `postgresql://user@host/name`; `await storage.close()` closes it.

    Raises ConfigurationError when its schema is older or newer than this code, StorageUnavailable when it
    cannot be reached.
    """
    database = database_at(url)
    state = state_of(database)
    if not state.is_current:
        raise ConfigurationError(state.sentence)
    return DeskStorage(database)
