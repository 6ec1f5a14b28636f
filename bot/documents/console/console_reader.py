"""What all makers of the console's pages share."""

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.portal.visitor_pages import VisitorPages
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory


class ConsoleReader(VisitorPages):
    def __init__(self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory) -> None:
        super().__init__(storage=storage, contexts=contexts)
        self._frame = frame
