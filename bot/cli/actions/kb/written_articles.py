"""The names of articles that were written in chat, from the desk's database."""

import asyncio

from bot.domain.errors import ConfigurationError, StorageUnavailable
from bot.settings import Settings
from storage.opening import open_storage
from storage.schema import schema_state


def written_articles(settings: Settings) -> list[str] | None:
    """None where there is no database yet, or it cannot be read now."""
    url = settings.database_url.get_secret_value()
    try:
        if not schema_state(url).is_current:
            return None
        return asyncio.run(_read(url))
    except (ConfigurationError, StorageUnavailable):
        return None


async def _read(url: str) -> list[str]:
    storage = open_storage(url)
    try:
        return [each.name for each in await storage.read(lambda uow: uow.articles.outlines())]
    finally:
        await storage.close()
