"""The desk's database for the time of a command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from storage.opening import open_storage
from storage.store import DeskStorage


@asynccontextmanager
async def opened_storage(settings: Settings) -> AsyncIterator[DeskStorage]:
    storage = open_storage(settings.database_url.get_secret_value())
    try:
        yield storage
    finally:
        await storage.close()
