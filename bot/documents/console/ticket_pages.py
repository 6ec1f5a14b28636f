"""`bot.ports.console_tickets.TicketPages` of a desk: read in one transaction, rendered after it."""

from collections.abc import Callable
from typing import TypeVar

from bot.documents.console.console_frame import ConsoleFrame
from bot.ports.console_pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.console_tickets import TableChoice
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory

T = TypeVar("T")


class DeskTicketPages:
    def __init__(self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory) -> None:
        self._frame = frame
        self._storage = storage
        self._contexts = contexts

    async def table(self, visitor: ConsoleVisitor, choice: TableChoice) -> ConsolePage:
        return self._frame.page("tickets.html", visitor, section=ConsoleSection.TICKETS, choice=choice)

    async def _read(self, visitor: ConsoleVisitor, work: Callable[[Context], T]) -> T:
        return await self._storage.read(lambda uow: work(self._contexts.context(uow, visitor.person)))
