"""The model that tells which language a text is in, loaded before somebody waits for it.

Where articles are written in chat, or a language model rephrases what agents write, the first text would take longer
than a platform waits for the answer to a command. Elsewhere it is loaded by whoever first needs it, or never.
"""

import asyncio

from bot.domain.knowledge.article import ArticleOrigin
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory


class LanguageDetection:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._is_ready = False

    async def tick(self) -> None:
        """Once; never on the event loop, nor in a transaction."""
        if self._is_ready:
            return
        if self._contexts.desk().language_model is not None or await self._storage.read(
            _has_written_articles
        ):
            await asyncio.to_thread(self._contexts.prepare_for_text)
            self._is_ready = True


def _has_written_articles(uow: UnitOfWork) -> bool:
    return any(each.origin is ArticleOrigin.DESK for each in uow.articles.outlines())
