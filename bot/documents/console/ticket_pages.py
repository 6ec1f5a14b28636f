"""`bot.ports.console.tickets.TicketPages` of a desk: read in one transaction, rendered after it."""

from collections.abc import AsyncIterator, Sequence

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.console_reader import ConsoleReader
from bot.documents.console.table_columns import columns_of
from bot.documents.console.ticket_table import (
    TableRow,
    address_of,
    query_of,
    rows_of,
    table_head,
    ticket_table,
)
from bot.documents.console.ticket_view import CardOf, MayDo, file_of, ticket_view
from bot.domain.errors import Refused
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Ticket
from bot.ports.console.deeds import DeedPlace
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.console.tickets import ChangedRows, TableChoice
from bot.ports.file_store import FileStore
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.context.ticket_reference import ticket_named
from bot.services.search.ticket_search import SearchScope, find_tickets, visibility_in
from bot.text.sentences import words

MOST_FRESH = 200
"""Tickets that one look for new ones is about."""


class DeskTicketPages(ConsoleReader):
    """`card_of` makes the ticket's card as the team's channel has it; `may_do` says what of it is for its reader."""

    def __init__(
        self,
        frame: ConsoleFrame,
        *,
        storage: Storage,
        contexts: ContextFactory,
        files: FileStore,
        card_of: CardOf,
        may_do: MayDo,
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts)
        self._files = files
        self._card_of = card_of
        self._may_do = may_do

    async def table(self, visitor: ConsoleVisitor, choice: TableChoice, *, said: str = "") -> ConsolePage:
        at, table = await self._read(
            visitor, lambda context: (_line(context), ticket_table(context, choice, chosen=_chosen(context)))
        )
        here = address_of(choice)
        return self._frame.page(
            "tickets.html", visitor, section=ConsoleSection.TICKETS, table=table, here=here, at=at, said=said
        )

    async def changed_rows(
        self,
        visitor: ConsoleVisitor,
        choice: TableChoice,
        *,
        shown: Sequence[str],
        others: Sequence[str],
        is_counted: bool = False,
    ) -> ChangedRows:
        (rows, fresh), head = await self._read(
            visitor,
            lambda context: (
                _changed(context, choice, shown=shown, others=others),
                table_head(context, choice) if is_counted else None,
            ),
        )
        there = {each.reference for each in rows}
        announced = words(visitor.language, "console.fresh", count=len(fresh)) if fresh else ""
        return ChangedRows(
            rows={each.reference: self._frame.part("table_rows.html", visitor, rows=[each]) for each in rows},
            gone=[each for each in shown if each not in there],
            fresh=fresh,
            announced=announced,
            views=self._frame.part("table_tabs.html", visitor, tabs=head.tabs) if head is not None else "",
            found=words(visitor.language, "console.found", total=head.range)
            if head is not None and head.range
            else "",
        )

    async def keep_columns(self, visitor: ConsoleVisitor, columns: Sequence[str]) -> None:
        def keep(context: Context) -> None:
            known = columns_of(context.desk, columns, language=context.language)
            chosen = [each.name for each in known if each.is_shown] if columns else []
            context.uow.table_choices.put(context.actor.key, chosen)

        await self._storage.run(lambda uow: keep(self._contexts.context(uow, visitor.person)))

    async def ticket(
        self, visitor: ConsoleVisitor, reference: str, *, back: str, is_part: bool = False, said: str = ""
    ) -> ConsolePage:
        at, ticket = await self._read(
            visitor,
            lambda context: (
                _line(context),
                ticket_view(context, reference, card_of=self._card_of, may_do=self._may_do),
            ),
        )
        if ticket is None:
            return await self.missing(visitor)
        place = DeedPlace(ticket=ticket.reference, back=back or ticket.at)
        if is_part:
            return ConsolePage(html=self._frame.part("ticket_part.html", visitor, ticket=ticket, place=place))
        return self._frame.page(
            "ticket.html",
            visitor,
            section=ConsoleSection.TICKETS,
            ticket=ticket,
            place=place,
            said=said,
            at=at,
        )

    async def missing(self, visitor: ConsoleVisitor) -> ConsolePage:
        return self._frame.missing(visitor)

    async def file(self, visitor: ConsoleVisitor, reference: str, digest: str) -> StoredFile | None:
        return await self._read(visitor, lambda context: file_of(context, reference, digest))

    def read(self, digest: str) -> AsyncIterator[bytes]:
        return self._files.read(digest)


def _line(context: Context) -> int:
    """Up to where a page is read: asked first, so that nothing is missed that changes meanwhile."""
    return context.uow.audit_log.newest_line()


def _chosen(context: Context) -> Sequence[str]:
    return context.uow.table_choices.of(context.actor.key)


def _changed(
    context: Context, choice: TableChoice, *, shown: Sequence[str], others: Sequence[str]
) -> tuple[tuple[TableRow, ...], list[str]]:
    """The rows of those that may still be seen, and which of the others the list has."""
    visibility = visibility_in(context, SearchScope.SEEN)
    columns = columns_of(context.desk, _chosen(context), language=context.language)
    try:
        query = query_of(context, choice)
    except Refused:
        return (), []
    rows = rows_of(context, query, _seen(context, shown, visibility), columns, visibility)
    asked = _seen(context, others[:MOST_FRESH], visibility)
    if not asked:
        return rows, []
    among = frozenset(each.id for each in asked)
    found = find_tickets(context, query, visibility=visibility, limit=MOST_FRESH, among=among)
    return rows, [each.reference for each in found.tickets]


def _seen(context: Context, references: Sequence[str], visibility: Visibility) -> list[Ticket]:
    """Those that there are and that they may see."""
    found = (ticket_named(context.uow, each) for each in references)
    return [each for each in found if each is not None and visibility.covers(each)]
