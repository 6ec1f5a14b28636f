"""What many consoles are told of a few tickets that changed: made once for all readers who see the same.

What readers may see is read by ticket, so that another reader costs no reading.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.fresh_rows import FreshRows
from bot.domain.directory import Person
from bot.domain.search.visibility import Visibility, visibility_of
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.console.news import ChangedTickets
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context, ContextFactory

MOST_NAMED: Final = 200
"""Tickets that one piece of news names."""


class ConsoleWatcher:
    """`language` is their page's, `columns` those of the table that it shows; None where it shows none."""

    def __init__(self, person: Person, *, language: str, columns: Sequence[str] | None) -> None:
        self.person = person
        self.language = language
        self.columns = columns
        self._configured: tuple[object, Visibility] | None = None

    def configured(self, context: Context) -> Visibility:
        """What they may see by the configuration, found anew only when that changes."""
        if self._configured is None or self._configured[0] is not context.desk:
            self._configured = context.desk, visibility_of(context.desk, self.person)
        return self._configured[1]


class ToldTickets:
    """Of one moment."""

    def __init__(
        self, uow: UnitOfWork, tickets: Collection[Ticket], *, frame: ConsoleFrame, contexts: ContextFactory
    ) -> None:
        self._uow = uow
        self._contexts = contexts
        self._tickets = [each for each in tickets if each.number is not None]
        uow.read_ahead(tickets=[each.id for each in self._tickets])
        self._following = {
            (each.person, each.side, ticket.id)
            for ticket in self._tickets
            for each in uow.followers.of_ticket(ticket.id)
            if not each.is_removed
        }
        askers = {each.requester for each in self._tickets}
        self._accounts = {each: uow.identities.accounts_of(each) for each in askers}
        self._rows = FreshRows(frame)
        self._made: dict[object, ChangedTickets] = {}

    def of(self, reader: ConsoleWatcher) -> ChangedTickets:
        """One and the same for all readers to whom these tickets look alike."""
        context = self._contexts.context(self._uow, reader.person)
        visibility = self.sight(context, reader)
        seen = [each for each in self._tickets if visibility.covers(each)]
        named = seen[:MOST_NAMED]
        looks = None
        if reader.columns is not None:
            looks = self._rows.looks(
                context, named, chosen=reader.columns, visibility=visibility, language=reader.language
            )
        key = (len(seen), *(each.id for each in named), *(looks.values() if looks is not None else (None,)))
        if key not in self._made:
            rows = {} if looks is None else self._rows.of(context, named, looks=looks, visibility=visibility)
            self._made[key] = ChangedTickets(
                tickets=[each.reference for each in named], is_more=len(seen) > MOST_NAMED, rows=rows
            )
        return self._made[key]

    def sight(self, context: Context, reader: ConsoleWatcher) -> Visibility:
        """As `visibility_in` finds it, of these tickets alone."""
        key = reader.person.key
        return replace(
            reader.configured(context),
            accounts=frozenset(asker for asker, accounts in self._accounts.items() if key in accounts),
            shared=self._followed(key, Side.REQUESTER),
            followed=self._followed(key, Side.TEAM),
        )

    def _followed(self, person: str, side: Side) -> frozenset[int]:
        return frozenset(each.id for each in self._tickets if (person, side, each.id) in self._following)
