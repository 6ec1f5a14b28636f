"""Tickets in the console: a table of them, and one of them beside it or on a page of its own."""

from dataclasses import dataclass
from typing import Protocol

from bot.ports.console_pages import ConsolePage, ConsoleVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """Which tickets somebody looks at: a view by its name, or what is sought in chat's query language."""

    sought: str = ""
    view: str = ""
    order: str = ""
    page: int = 1


class TicketPages(Protocol):
    """All of them raise StorageUnavailable."""

    async def table(self, visitor: ConsoleVisitor, choice: TableChoice) -> ConsolePage: ...
