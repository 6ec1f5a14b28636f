"""What was said while nobody listened: read from a platform's history and offered to the intake.

It runs at start, after a gap, after events failed, and as a cheap periodic sweep: first what was said, then, slowly,
what was changed. A watermark is moved on only as far as everything is known to be committed; the operators are told
in one line what was recovered.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.directory import ChannelRef, Takes
from bot.domain.errors import HistoryUnavailable, StorageUnavailable
from bot.domain.sentence import Sentence, sentence
from bot.intake.missed_events import Gap, MissedEvents, UnheardSpan
from bot.outage import Outage
from bot.ports.platform import Capabilities, History, Receiver
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.announcements.audience import Audience
from bot.workers.history.change_sweep import ChangeSweep
from bot.workers.history.gap_reader import GapReader
from bot.workers.history.reader import HistoryReader, Offer, ReadingTally
from bot.workers.history.unfinished_tickets import UnfinishedTickets, in_groups
from bot.workers.outbox.operator_notice import tell_operators

log = structlog.get_logger(__name__)

OVERLAP = timedelta(minutes=10)
"""Read again before a gap: what a platform delivers late, or repeats. Slack repeats after up to six minutes."""
WORTH_TELLING = timedelta(minutes=5)
"""A shorter absence in which nothing was missed is no news."""
CONNECTION_LOOK_S = 0.25
SWEPT_TICKETS = 20


class Backfill:
    """One platform's, by its name. `run` reads whenever there is something to read; `tick` and `sweep` are ticked."""

    def __init__(
        self,
        *,
        platform: str,
        capabilities: Capabilities,
        receiver: Receiver,
        history: History,
        missed: MissedEvents,
        offer: Offer,
        storage: Storage,
        contexts: ContextFactory,
    ) -> None:
        self._platform = platform
        self._can = capabilities
        self._receiver = receiver
        self._history = history
        self._missed = missed
        self._offer = offer
        self._storage = storage
        self._contexts = contexts
        self._tickets = UnfinishedTickets(storage, platform=platform)
        self._changes = ChangeSweep(
            platform=platform, storage=storage, tickets=self._tickets, reading=self._reading
        )
        self._heard_until: datetime | None = None
        self._has_begun = False
        self._swept_at = contexts.clock.now()
        self._wants_sweep = False
        self._is_reading = False
        self._unread = Outage(f"reading what was missed in {platform}")

    async def expect(self) -> None:
        """Before people are heard: what an earlier process has not heard or looked for, so that it goes first.

        At the very first start there is no watermark: what was said before is not for the desk.
        """
        self._heard_until = (await self._storage.read(lambda uow: uow.watermarks.all())).get(self._platform)
        if self._heard_until is not None:
            self._missed.was_away(since=self._heard_until, until=self._contexts.clock.now())
        await self._changes.remember()

    async def run(self) -> None:
        """Until cancelled. What cannot be read now is tried again at a later tick."""
        self._missed.news.set()
        while True:
            await self._missed.news.wait()
            self._missed.news.clear()
            await self._until_connected()
            self._is_reading = True
            try:
                await self._catch_up()
                await self._look_for_changes()
                self._unread.worked()
            except StorageUnavailable as error:  # the storage tells of it
                log.debug("reading waits for the database", platform=self._platform, error=error.sentence)
            except HistoryUnavailable as error:
                self._unread.failed(error.sentence)
            except Exception as error:  # noqa: BLE001  told once, with its traceback; it is tried again
                self._unread.failed(
                    sentence("operations.reading_fails", error=type(error).__name__), error=error
                )
            finally:
                self._is_reading = False

    async def _until_connected(self) -> None:
        """A platform that is still connecting can show no history; what was missed waits for it."""
        while not self._receiver.is_connected:  # noqa: ASYNC110  the port has no such event
            await asyncio.sleep(CONNECTION_LOOK_S)

    @property
    def is_quiet(self) -> bool:
        """Whether everything missed has been read, for whoever waits for what follows from it."""
        is_owed = self._wants_sweep or self._changes.is_owed
        return self._has_begun and self._missed.is_nothing and not self._is_reading and not is_owed

    async def tick(self) -> None:
        """Move the watermark on, and try again what could not be read."""
        if self._has_begun and self._receiver.is_connected:
            horizon = self._missed.horizon(self._contexts.clock.now())
            await self._storage.run(lambda uow: uow.watermarks.move(self._platform, to=horizon))
        if not self._has_begun or not self._missed.is_nothing or self._changes.is_owed:
            self._missed.news.set()

    def sweep(self) -> None:
        """Look through what was said since the last look."""
        self._wants_sweep = True
        self._missed.news.set()

    async def _catch_up(self) -> None:
        if not self._has_begun:
            await self._begin()
        with self._missed.reading() as unheard:
            if unheard:
                await self._recover(unheard)
        if self._wants_sweep:
            await self._look_through()
            self._wants_sweep = False

    async def _begin(self) -> None:
        """Connected for the first time: until now nothing was heard."""
        name, now = self._platform, self._contexts.clock.now()
        if self._heard_until is None:
            await self._storage.run(lambda uow: uow.watermarks.move(name, to=now))
        else:
            self._missed.was_away(since=self._heard_until, until=now)
        self._has_begun = True

    async def _recover(self, unheard: UnheardSpan) -> None:
        """What was said in a gap; of a channel in which an event failed, that channel and its threads."""
        if unheard.gap is not None:
            tally = await self._read_gap(unheard.gap)
            if tally.found or tally.failed or tally.unread or _is_long(unheard.gap):
                await self._tell_gap(unheard.gap, tally)
        for channel, since in unheard.channels.items():
            reading = self._reading(since)
            await self._gap_reader(reading).read_in(channel)
            await self._tell_sweep(reading.tally)
        await self._changes.owe(since=min(unheard.earliest))

    async def _read_gap(self, gap: Gap) -> ReadingTally:
        reading = self._reading(gap.since)
        await self._gap_reader(reading).read_all(self._inboxes())
        if self._can.has_thread_headers:
            await self._show_thread_headers()
        return reading.tally

    def _gap_reader(self, reading: HistoryReader) -> GapReader:
        return GapReader(
            reader=reading,
            history=self._history,
            capabilities=self._can,
            missed=self._missed,
            tickets=self._tickets,
        )

    async def _show_thread_headers(self) -> None:
        """Threads of unfinished tickets may have been put out of the way while nobody listened."""
        for some in in_groups(await self._tickets.ids()):
            await self._storage.run(partial(self._queue_thread_headers, tickets=some))

    def _queue_thread_headers(self, uow: UnitOfWork, *, tickets: Sequence[int]) -> None:
        context = self._contexts.context(uow)
        for ticket in uow.tickets.get_many(tickets).values():
            audience = Audience(context, ticket, uow.conversations.of_ticket(ticket.id))
            audience.show_thread_headers(on=self._platform)

    async def _look_through(self) -> None:
        now = self._contexts.clock.now()
        reading = self._reading(self._swept_at)
        for channel in self._inboxes():
            await reading.catch_up(channel)
        async for ticket in self._tickets.all(newest=SWEPT_TICKETS):
            await reading.read_threads(ticket)
        self._swept_at = now
        await self._tell_sweep(reading.tally)

    async def _look_for_changes(self) -> None:
        """Slowly; what was missed meanwhile goes first."""
        tally = await self._changes.go_on(is_interrupted=self._has_better_to_do)
        if tally is not None:
            await self._tell_sweep(tally)

    def _has_better_to_do(self) -> bool:
        return self._missed.news.is_set() or not self._receiver.is_connected

    def _reading(self, since: datetime) -> HistoryReader:
        return HistoryReader(
            platform=self._platform,
            history=self._history,
            storage=self._storage,
            offer=self._offer,
            since=since - OVERLAP,
            now=self._contexts.clock.now(),
        )

    def _inboxes(self) -> list[ChannelRef]:
        """Intake channels where a message can be a request."""
        return [
            inbox.channel
            for inbox in self._contexts.desk().inboxes.values()
            if inbox.channel.platform == self._platform and inbox.takes is not Takes.COMMANDS_ONLY
        ]

    async def _tell_gap(self, gap: Gap, tally: ReadingTally) -> None:
        since, until = gap.since.isoformat(), gap.until.isoformat()
        await self._tell(
            "team.was_away", told_of=f"{since}:{until}", since=since, until=until, found=tally.sentence
        )

    async def _tell_sweep(self, tally: ReadingTally) -> None:
        """What a sweep finds should have come by itself, so it is worth a line."""
        if tally.found or tally.failed:
            at = self._contexts.clock.now().isoformat()
            await self._tell("team.looked_through", told_of=at, found=tally.sentence)

    async def _tell(self, key: str, *, told_of: str, **words: str | Sentence) -> None:
        platform = self._platform
        log.info("what was missed has been read", platform=platform, **words)

        def tell(uow: UnitOfWork) -> None:
            tell_operators(
                self._contexts.context(uow),
                key,
                key=f"{key}:{platform}:{told_of}",
                words={"platform": platform.capitalize(), **words},
            )

        await self._storage.run(tell)


class Backfills:
    """Those of all platforms, ticked together."""

    def __init__(self, backfills: Sequence[Backfill]) -> None:
        self._backfills = backfills

    async def tick(self) -> None:
        for backfill in self._backfills:
            await backfill.tick()


def _is_long(gap: Gap) -> bool:
    return gap.until - gap.since >= WORTH_TELLING
