"""One reading of a platform's history: what the desk does not know is offered to it, nothing else.

Posts older than the gap are not offered, for what was decided about them then stands; their edits and
deletions are, on the tickets whose threads are read.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import HistoryUnavailable, StorageUnavailable
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import Conversation, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import (
    InboundEvent,
    Location,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    deletion_key,
)
from bot.messages.outbound import Reply
from bot.ports.platform import History, ThreadRef
from bot.ports.unit_of_work import Storage, UnitOfWork

log = structlog.get_logger(__name__)

Offer = Callable[[InboundEvent], Awaitable[Reply | None]]

SETTLING = timedelta(minutes=1)
"""A message younger than this may not be in the history yet; its absence means nothing."""


@dataclass(slots=True, kw_only=True)
class ReadingTally:
    """What a reading found. `unread` are the channels that could not be read, with the reason."""

    requests: int = 0
    replies: int = 0
    changes: int = 0
    failed: int = 0
    unread: dict[ChannelRef, Sentence] = field(default_factory=dict)

    @property
    def found(self) -> int:
        return self.requests + self.replies + self.changes

    @property
    def sentence(self) -> Sentence:
        """`recovered 5 requests and 9 replies`, to stand in a sentence."""
        found = self._recovered if self.found else sentence("team.nothing_missed")
        if self.failed:
            found = sentence("team.found_and_failed", found=found, count=self.failed)
        if self.unread:
            channels = tuple(str(channel) for channel in self.unread)
            reasons = tuple({str(reason): reason for reason in self.unread.values()}.values())
            found = sentence("team.found_and_unread", found=found, channels=channels, reasons=reasons)
        return found

    @property
    def _recovered(self) -> Sentence:
        parts = [
            sentence("team.recovered_requests", count=self.requests),
            sentence("team.recovered_replies", count=self.replies),
        ]
        if self.changes:
            parts.append(sentence("team.recovered_changes", count=self.changes))
        return sentence("team.recovered", found=tuple(parts))


class _Thread(NamedTuple):
    """A thread of a ticket and what the desk knows to be said in it."""

    conversation: Conversation
    known: Sequence[TicketMessage]


class HistoryReader:
    """`since` is the platform's time from which on posts are offered; `now` its time at the beginning."""

    def __init__(
        self,
        *,
        platform: str,
        history: History,
        storage: Storage,
        offer: Offer,
        since: datetime,
        now: datetime,
    ) -> None:
        self.tally = ReadingTally()
        self._platform = platform
        self._history = history
        self._storage = storage
        self._offer = offer
        self.since = since
        self._now = now

    async def catch_up(self, channel: ChannelRef) -> None:
        """What was said outside threads. A channel that cannot be read is held back by itself, until it can."""
        held = (await self._storage.read(lambda uow: uow.watermarks.all())).get(str(channel))
        since = self.since if held is None else min(self.since, held)
        if not await self._read(channel, since=since):
            await self._storage.run(lambda uow: uow.watermarks.hold(str(channel), at=since))
        elif held is not None:
            await self._storage.run(lambda uow: uow.watermarks.forget(str(channel)))

    async def read_news(self, thread: ThreadRef) -> None:
        """What was said in a thread; its first message is told in any case."""
        await self._read(thread.channel, since=self.since, thread=thread.root)

    async def _read(self, channel: ChannelRef, *, since: datetime, thread: str | None = None) -> bool:
        """False when it could not be read to its end."""
        try:
            async for event in self._history.past_events(channel, since=since, thread=thread):
                await self._take(event, since=since)
        except HistoryUnavailable as error:
            self.tally.unread[channel] = error.sentence
            return False
        return True

    async def read_threads(self, ticket: Ticket) -> None:
        """All that was said in a ticket's threads, so that edits and deletions of old words are found too."""
        for thread in await self._storage.read(lambda uow: self._threads(uow, ticket.id)):
            await self._read_thread(ticket, thread)

    def _threads(self, uow: UnitOfWork, ticket_id: int) -> list[_Thread]:
        messages = uow.messages.of_ticket(ticket_id)
        return [
            _Thread(each, [message for message in messages if message.said_in == each.id])
            for each in uow.conversations.of_ticket(ticket_id)
            if each.root is not None and each.channel.platform == self._platform
        ]

    async def _read_thread(self, ticket: Ticket, thread: _Thread) -> None:
        channel, root = thread.conversation.channel, thread.conversation.root
        oldest = min([ticket.opened_at, *(message.said_at for message in thread.known)])
        seen: set[str] = set()
        try:
            async for event in self._history.past_events(channel, since=oldest, thread=root):
                seen.add(_message_id(event))
                await self._take(event, since=self.since)
        except HistoryUnavailable as error:
            self.tally.unread[channel] = error.sentence
            return
        # An empty answer is more likely a platform's whim than a thread of which every word was deleted.
        if seen:
            await self._take_deletions(thread, seen)

    async def _take_deletions(self, thread: _Thread, seen: set[str]) -> None:
        """What is known and not shown any more was deleted."""
        settled = self._now - SETTLING
        for message in thread.known:
            if message.is_deleted or message.platform_id is None or message.said_at > settled:
                continue
            if message.platform_id not in seen:
                await self._take(await self._deletion(thread.conversation, message), since=self.since)

    async def _deletion(self, conversation: Conversation, message: TicketMessage) -> MessageDeleted:
        message_id = message.platform_id or ""
        return MessageDeleted(
            key=deletion_key(conversation.channel, message_id),
            actor=await self._author(message),
            location=Location(
                channel=conversation.channel,
                thread=None if message_id == conversation.root else conversation.root,
            ),
            at=self._now,
            message_id=message_id,
        )

    async def _author(self, message: TicketMessage) -> Person:
        """Who is taken to have deleted it, with all that is known of them: an actor is brought up to date."""
        known = await self._storage.read(lambda uow: uow.people.find(message.author))
        return known or Person(key=message.author, name=message.author_name)

    async def _take(self, event: InboundEvent, *, since: datetime) -> None:
        """Offer what is news, and count what came of it."""
        known = await self._known(event)
        match event:
            case MessagePosted():
                if known is None and event.at >= since and await self._offered(event):
                    await self._count_new(event)
            case MessageMarked():
                if known is None and await self._offered(event):
                    await self._count_new(event)
            case MessageEdited():
                is_newer = known is not None and known.platform_revision < event.revision
                if known is not None and is_newer and known.text != event.text and not known.is_deleted:
                    self.tally.changes += await self._offered(event)
            case MessageDeleted():
                if known is not None and not known.is_deleted:
                    await self._offered(replace(event, actor=await self._author(known)))
                    # A post that the desk moved away itself is gone, and its ticket is as it was.
                    now = await self._known(event)
                    self.tally.changes += now is not None and now.is_deleted
            case _:
                raise TypeError(f"a history has no {type(event).__name__}")

    async def _count_new(self, event: InboundEvent) -> None:
        """Only what became part of a ticket was recovered; the rest was none of the desk's business."""
        known = await self._known(event)
        if known is None:
            return
        ticket = await self._storage.read(lambda uow: uow.tickets.get(known.ticket_id))
        if ticket.opening == known.id:
            self.tally.requests += 1
        else:
            self.tally.replies += 1

    async def _known(self, event: InboundEvent) -> TicketMessage | None:
        message_id = _message_id(event)
        return await self._storage.read(lambda uow: uow.messages.find(event.location.channel, message_id))

    async def _offered(self, event: InboundEvent) -> bool:
        """One event that fails does not keep the others from being read."""
        try:
            await self._offer(event)
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("what was said while the desk was away could not be taken in", key=event.key)
            self.tally.failed += 1
            return False
        return True


def _message_id(event: InboundEvent) -> str:
    match event:
        case MessagePosted() | MessageEdited() | MessageDeleted():
            return event.message_id
        case MessageMarked():
            return event.about.message_id
        case _:
            raise TypeError(f"a history has no {type(event).__name__}")
