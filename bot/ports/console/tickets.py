"""Tickets in the console: a table of them, and one of them beside it or on a page of its own."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.tickets.conversation import StoredFile
from bot.ports.console.pages import ConsolePage, ConsoleVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """Which tickets somebody looks at: a view by its name, or what is sought in chat's query language."""

    sought: str = ""
    view: str = ""
    order: str = ""
    page: int = 1
    behind: str = ""
    """The place of the last ticket of the page before, as that page's link has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRows:
    """Rows as they are now, by their references, as HTML; `gone` are those that are not to be seen any more.

    `fresh` are references that the list has now and had not; `announced` says how many. `views` are the views with
    their counts, as HTML, `found` says how many tickets the list has; both are empty where they were not asked for.
    """

    rows: Mapping[str, str] = field(default_factory=dict)
    gone: Sequence[str] = ()
    fresh: Sequence[str] = ()
    announced: str = ""
    views: str = ""
    found: str = ""


class TicketPages(Protocol):
    """All but `read` raise StorageUnavailable. `is_part`: a script puts it into a page."""

    async def table(self, visitor: ConsoleVisitor, choice: TableChoice, *, said: str = "") -> ConsolePage: ...

    async def changed_rows(
        self,
        visitor: ConsoleVisitor,
        choice: TableChoice,
        *,
        shown: Sequence[str],
        others: Sequence[str],
        is_counted: bool = False,
    ) -> ChangedRows:
        """`shown` are changed tickets that the table has, `others` are changed or new ones that it has not."""
        ...

    async def keep_columns(self, visitor: ConsoleVisitor, columns: Sequence[str]) -> None: ...

    async def ticket(
        self, visitor: ConsoleVisitor, reference: str, *, back: str, is_part: bool = False, said: str = ""
    ) -> ConsolePage: ...

    async def missing(self, visitor: ConsoleVisitor) -> ConsolePage:
        """The same of a ticket that there is not and of one that they may not know of."""
        ...

    async def file(self, visitor: ConsoleVisitor, reference: str, digest: str) -> StoredFile | None:
        """A file that the ticket's page shows them."""
        ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Raises FileNotFoundError for what is not kept any more."""
        ...
