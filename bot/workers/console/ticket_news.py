"""Which tickets changed, told to all consoles that are open: one reading for all, four times a second at the most.

It is woken by what wakes deliveries, also by other replicas' commits, and looks by itself every few seconds. Nothing
runs and nothing is read while no console is open. What somebody may not see they do not hear of.
"""

import asyncio
import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import structlog

from bot.documents.console.console_frame import ConsoleFrame
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.domain.tickets.ticket import Ticket
from bot.ports.console.news import ChangedTickets, ConsoleFeed, ConsoleNewsItem, PresentPeople
from bot.ports.console.replicas import Replicas
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.context.ticket_reference import ticket_named
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.workers.console.present_people import PeopleElsewhere
from bot.workers.console.told_tickets import MOST_NAMED, ConsoleWatcher, ToldTickets

log = structlog.get_logger(__name__)

PAUSE_S: Final = 0.25
"""Between two readings."""
NET_S: Final = 5.0
"""After so long it is looked without being woken."""
NOTED_S: Final = 0.4
"""After so long it is written down that somebody began to write."""
OVERLAP: Final = 100
"""Lines of the audit log that are looked at again: with several connections a lower number may come later."""
MOST_READ: Final = 2_000


class _Subscriber:
    def __init__(self, reader: ConsoleWatcher, *, ticket: str) -> None:
        self.reader = reader
        self.ticket = ticket
        self._changed: list[ChangedTickets] = []
        self._present: tuple[str, ...] | None = None
        self._news = asyncio.Event()

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
    """`bot.ports.console.news.ConsoleNews` of this process, which tells other replicas who looks at its consoles."""

    def __init__(
        self,
        frame: ConsoleFrame,
        *,
        storage: Storage,
        contexts: ContextFactory,
        replicas: Replicas,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._frame = frame
        self._storage = storage
        self._contexts = contexts
        self._pause_s = pause_s
        self._feeds: set[_Subscriber] = set()
        self._elsewhere = PeopleElsewhere(
            replicas, here=self._here, changed=self._show_present, touched=self._show_again_soon
        )
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
        feed = _Subscriber(ConsoleWatcher(person, language=language, columns=columns), ticket=works_on)
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
        return self._told(uow, tickets).of(feed.reader)

    def leave(self, feed: ConsoleFeed) -> None:
        assert isinstance(feed, _Subscriber)
        self._feeds.discard(feed)
        self._tell_present(feed.ticket)
        if not self._feeds and self._task is not None:
            self._task.cancel()
            self._task = None

    def touch(self, ticket: str) -> None:
        """Who writes is noted a moment after it was said."""
        self._elsewhere.touch(ticket)
        self._show_again_soon(ticket)

    def _show_again_soon(self, ticket: str) -> None:
        if any(each.ticket == ticket for each in self._feeds):
            asyncio.get_running_loop().call_later(NOTED_S, self._show_again, ticket)

    def _show_again(self, ticket: str) -> None:
        for feed in self._feeds:
            if feed.ticket == ticket:
                feed.change(ChangedTickets(tickets=(ticket,)))

    def _tell_present(self, ticket: str) -> None:
        if ticket:
            self._show_present(ticket)
            self._elsewhere.tell(ticket)

    def _show_present(self, ticket: str) -> None:
        present = {**self._elsewhere.of(ticket), **self._here(ticket)}
        for feed in self._feeds:
            if feed.ticket == ticket:
                feed.meet(sorted(name for key, name in present.items() if key != feed.reader.person.key))

    def _here(self, ticket: str) -> Mapping[str, str]:
        """Names of those who look at it at this replica's consoles, by their keys."""
        found = (each.reader.person for each in self._feeds if ticket and each.ticket == ticket)
        return {each.key: each.name for each in found}

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
            self._elsewhere.tick(lambda: (each.ticket for each in self._feeds if each.ticket))
            try:
                await self._look()
            except StorageUnavailable:
                log.debug("consoles hear of what changed once the database is back")
            except Exception:
                log.exception("what changed could not be told to consoles")
            await asyncio.sleep(self._pause_s)

    async def _look(self) -> None:
        feeds = tuple(self._feeds)
        self.readings += 1
        heard = await self._storage.read(lambda uow: self._read(uow, feeds))
        for feed, changed in heard.items():
            feed.change(changed)

    def _read(self, uow: UnitOfWork, feeds: Iterable[_Subscriber]) -> Mapping[_Subscriber, ChangedTickets]:
        at = self._at if self._at is not None else uow.audit_log.newest_line()
        lines = uow.audit_log.lines_after(max(at - OVERLAP, 0), limit=MOST_READ)
        fresh = {line: ticket for line, ticket in lines if line not in self._seen}
        is_first, self._at = self._at is None, max([at, *fresh])
        self._seen = frozenset(line for line, _ in lines if line > self._at - OVERLAP)
        changed = {each for each in fresh.values() if each is not None}
        if is_first or not changed:
            return {}
        tickets = uow.tickets.get_many(changed).values()
        told = self._told(uow, tickets)
        return {feed: told.of(feed.reader) for feed in feeds}

    def _told(self, uow: UnitOfWork, tickets: Collection[Ticket]) -> ToldTickets:
        return ToldTickets(uow, tickets, frame=self._frame, contexts=self._contexts)
