"""Which tickets changed, told to all consoles that are open: one reading for all, four times a second at the most.

It is woken by what wakes deliveries, also by other replicas' commits, and looks by itself every few seconds. Nothing
runs and nothing is read while no console is open. What somebody may not see they do not hear of.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import structlog

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.fresh_rows import FreshRows
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.domain.tickets.ticket import Ticket
from bot.ports.console.news import ChangedTickets, ConsoleFeed, ConsoleNewsItem, PresentPeople
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.context.ticket_reference import ticket_named
from bot.services.search.ticket_search import SearchScope, visibility_in

log = structlog.get_logger(__name__)

PAUSE_S: Final = 0.25
"""Between two readings."""
NET_S: Final = 5.0
"""After so long it is looked without being woken."""
NOTED_S: Final = 0.4
"""After so long it is written down that somebody began to write."""
MOST_NAMED: Final = 200
"""Tickets that one piece of news names."""
OVERLAP: Final = 100
"""Lines of the audit log that are looked at again: with several connections a lower number may come later."""
MOST_READ: Final = 2_000


Look = tuple[str, str, tuple[str, ...] | None]


class _Subscriber:
    """`columns`: those that its reader has chosen for the table that it shows; None where it shows none."""

    def __init__(self, person: Person, *, language: str, ticket: str, columns: Sequence[str] | None) -> None:
        self.person = person
        self.language = language
        self.ticket = ticket
        self.columns = columns
        self._changed: list[ChangedTickets] = []
        self._present: tuple[str, ...] | None = None
        self._news = asyncio.Event()

    @property
    def look(self) -> Look:
        """Consoles of the same look are told the same."""
        return self.person.key, self.language, None if self.columns is None else tuple(self.columns)

    async def next(self, *, within_s: float) -> ConsoleNewsItem | None:
        try:
            await asyncio.wait_for(self._news.wait(), within_s)
        except TimeoutError:
            return None
        if self._present is not None:
            present, self._present = self._present, None
            self._settle()
            return PresentPeople(names=present)
        changed, self._changed = self._changed, []
        self._settle()
        return changed[0] if len(changed) == 1 else _together(changed)

    def change(self, changed: ChangedTickets) -> None:
        if changed.tickets:
            self._changed.append(changed)
        self._settle()

    def meet(self, names: Sequence[str]) -> None:
        self._present = tuple(names)
        self._settle()

    def _settle(self) -> None:
        if self._changed or self._present is not None:
            self._news.set()
        else:
            self._news.clear()


def _together(changed: Sequence[ChangedTickets]) -> ChangedTickets:
    """For a console that could not keep up: what is newest of each ticket."""
    tickets = dict.fromkeys(reference for each in changed for reference in each.tickets)
    rows = {reference: row for each in changed for reference, row in each.rows.items()}
    return ChangedTickets(
        tickets=tuple(tickets)[:MOST_NAMED],
        is_more=len(tickets) > MOST_NAMED or any(each.is_more for each in changed),
        rows=rows,
    )


class TicketNews:
    """`bot.ports.console.news.ConsoleNews` of this process. Who looks at a ticket is known of its own consoles."""

    def __init__(
        self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory, pause_s: float = PAUSE_S
    ) -> None:
        self._frame = frame
        self._storage = storage
        self._contexts = contexts
        self._pause_s = pause_s
        self._feeds: set[_Subscriber] = set()
        self._woken = asyncio.Event()
        self._beginning = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._at: int | None = None
        self._seen: frozenset[int] = frozenset()
        self.readings = 0
        """How often it was looked what changed."""

    def wake(self) -> None:
        """Something was committed. Costs nothing while no console is open."""
        if self._feeds:
            self._woken.set()

    async def follow(
        self,
        person: Person,
        *,
        language: str,
        ticket: str = "",
        has_table: bool = False,
        since: int | None = None,
    ) -> ConsoleFeed:
        works_on = ticket if ticket and await self._works_on(person, ticket) else ""
        columns = None
        if has_table:
            columns = await self._storage.read(lambda uow: uow.table_choices.of(person.key))
        feed = _Subscriber(person, language=language, ticket=works_on, columns=columns)
        self._feeds.add(feed)
        try:
            await self._begin()
            if since is not None:
                feed.change(await self._storage.read(lambda uow: self._missed(uow, feed, since)))
        except BaseException:
            self.leave(feed)
            raise
        self._tell_present(works_on)
        return feed

    async def _begin(self) -> None:
        """What changes from here on is heard by all that are open."""
        async with self._beginning:
            if self._task is None:
                self._at, self._seen = None, frozenset()
                await self._look()
                self._task = asyncio.create_task(self._run(), name="console news")

    def _missed(self, uow: UnitOfWork, feed: _Subscriber, since: int) -> ChangedTickets:
        """What changed after its page was read and before it began to hear."""
        lines = uow.audit_log.lines_after(since, limit=MOST_READ)
        changed = {each for _, each in lines if each is not None}
        tickets = uow.tickets.get_many(changed).values() if changed else ()
        return self._told(uow, feed, tickets, FreshRows(self._frame))

    def leave(self, feed: ConsoleFeed) -> None:
        assert isinstance(feed, _Subscriber)
        self._feeds.discard(feed)
        self._tell_present(feed.ticket)
        if not self._feeds and self._task is not None:
            self._task.cancel()
            self._task = None

    def touch(self, ticket: str) -> None:
        """Who writes is noted a moment after it was said."""
        if any(each.ticket == ticket for each in self._feeds):
            asyncio.get_running_loop().call_later(NOTED_S, self._show_again, ticket)

    def _show_again(self, ticket: str) -> None:
        for feed in self._feeds:
            if feed.ticket == ticket:
                feed.change(ChangedTickets(tickets=(ticket,)))

    def _tell_present(self, ticket: str) -> None:
        here = [each for each in self._feeds if ticket and each.ticket == ticket]
        for feed in here:
            others = {each.person.key: each.person.name for each in here if each.person != feed.person}
            feed.meet(sorted(others.values()))

    async def _works_on(self, person: Person, reference: str) -> bool:
        def read(uow: UnitOfWork) -> bool:
            ticket = ticket_named(uow, reference)
            seen = visibility_in(self._contexts.context(uow, person), SearchScope.SEEN)
            return ticket is not None and seen.reads_notes(ticket)

        return await self._storage.read(read)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), NET_S)
            self._woken.clear()
            try:
                await self._look()
            except StorageUnavailable:
                log.debug("consoles hear of what changed once the database is back")
            except Exception:
                log.exception("what changed could not be told to consoles")
            await asyncio.sleep(self._pause_s)

    async def _look(self) -> None:
        feeds = {feed.look: feed for feed in self._feeds}
        self.readings += 1
        heard = await self._storage.read(lambda uow: self._read(uow, feeds.values()))
        for feed in self._feeds:
            if changed := heard.get(feed.look):
                feed.change(changed)

    def _read(self, uow: UnitOfWork, feeds: Iterable[_Subscriber]) -> Mapping[Look, ChangedTickets]:
        at = self._at if self._at is not None else uow.audit_log.newest_line()
        lines = uow.audit_log.lines_after(max(at - OVERLAP, 0), limit=MOST_READ)
        fresh = {line: ticket for line, ticket in lines if line not in self._seen}
        is_first, self._at = self._at is None, max([at, *fresh])
        self._seen = frozenset(line for line, _ in lines if line > self._at - OVERLAP)
        changed = {each for each in fresh.values() if each is not None}
        if is_first or not changed:
            return {}
        tickets = uow.tickets.get_many(changed).values()
        rows = FreshRows(self._frame)
        return {feed.look: self._told(uow, feed, tickets, rows) for feed in feeds}

    def _told(
        self, uow: UnitOfWork, feed: _Subscriber, tickets: Iterable[Ticket], rows: FreshRows
    ) -> ChangedTickets:
        context = self._contexts.context(uow, feed.person)
        visibility = visibility_in(context, SearchScope.SEEN)
        seen = [each for each in tickets if each.number is not None and visibility.covers(each)]
        named = seen[:MOST_NAMED]
        return ChangedTickets(
            tickets=[each.reference for each in named],
            is_more=len(seen) > MOST_NAMED,
            rows={}
            if feed.columns is None
            else rows.of(context, named, chosen=feed.columns, visibility=visibility, language=feed.language),
        )
