"""What the makers of pages of `desk.yaml` share: the file, which says the newest version before it is read."""

from collections.abc import Callable
from typing import TypeVar

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.console_reader import ConsoleReader
from bot.documents.portal.visitor_pages import PageVisitor
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.settings.versions import write_pending

T = TypeVar("T")


class FilePages(ConsoleReader):
    def __init__(
        self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory, file: SettingsFile
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts)
        self._file = file

    async def _read(self, visitor: PageVisitor, work: Callable[[Context], T]) -> T:
        await self._write_pending()
        return await super()._read(visitor, work)

    async def _write_pending(self) -> None:
        """What was saved in chat or by a button, which the worker would write within seconds."""
        await write_pending(self._storage, self._file, now=self._contexts.clock.now())
