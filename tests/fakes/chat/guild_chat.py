"""A small chat service with servers: threads have heads, some are for a few, direct messages have none."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.directory import ChannelRef, Person
from bot.messages.delivery import Delivered, Delivery, RootGone
from bot.messages.inbound import InboundEvent, Location, MessagePosted, PersonLeft, ThreadArchived
from bot.messages.outbound import MessageContent, OutboundMessage, ThreadHeader
from tests.fakes.chat.chat import NAME, Chat
from tests.fakes.chat.message import Message
from tests.said import because


class GuildChat(Chat):
    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.capabilities = replace(Chat.capabilities, has_threads_in_directs=False, has_thread_headers=True)
        self.heads: dict[str, ThreadHeader] = {}
        """What the threads' heads show, by the threads' ids."""
        self.private_threads: set[str] = set()
        self.servers: dict[str, str] = {}
        """Which server a channel is in."""
        self.is_in: dict[str, tuple[str, ...]] = {}
        """Which servers people are in."""
        self.hides_directs = False
        """Whether it does not tell which direct messages there are."""

    # What people do.

    async def leaves(self, who: str, server: str, *, time: int = 1) -> None:
        location = Location(channel=ChannelRef.direct(f"{NAME}:{who}"), community=server)
        await self._pass_on(
            PersonLeft(
                key=f"{server}:{who}:left:{time}", actor=self.person(who), location=location, at=self.now()
            )
        )

    async def archives(self, channel: str, thread: str, *, time: int = 1) -> None:
        """Nobody wrote in the thread for long: the service puts it out of the way."""
        self.heads[thread] = replace(self.heads[thread], is_finished=True)
        await self._pass_on(
            ThreadArchived(
                key=f"{channel}:{thread}:archived:{time}",
                actor=Person(key=f"{NAME}:service", name="The service", is_bot=True),
                location=self._place(channel, thread),
                at=self.now(),
            )
        )

    # What the desk does.

    async def deliver(self, message: OutboundMessage) -> Delivery:
        if isinstance(message.content, ThreadHeader):
            return self._show_head(message.address.thread, message.content)
        if message.content is None:
            message = replace(message, shown=self._without_threads(message.shown))
        return await super().deliver(message)

    async def past_events(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        in_thread = None if channel.is_direct else thread
        async for event in super().past_events(channel, since=since, thread=in_thread):
            yield event

    async def direct_channels(self) -> Sequence[ChannelRef]:
        return [] if self.hides_directs else await super().direct_channels()

    def _show_head(self, thread: str | None, head: ThreadHeader) -> Delivery:
        if thread is None or self._is_gone(thread):
            return RootGone(because("The thread is gone."))
        self.heads[thread] = head
        return Delivered(())

    def _post(self, message: OutboundMessage, content: MessageContent) -> Delivery:
        """A thread for a few begins with no message; its id comes before those of what is posted in it."""
        address, topic = message.address, message.thread_header
        begun = None
        if address.thread is None and topic is not None and topic.is_private:
            begun = f"t{len(self.messages) + 1}"
            self.private_threads.add(begun)
        thread = None if address.channel.is_direct else begun or address.thread
        delivery = super()._post(replace(message, address=replace(address, thread=thread)), content)
        if not isinstance(delivery, Delivered):
            return delivery
        if topic is not None:
            self.heads.setdefault(thread or delivery.parts[0], topic)
        self._posted[message.key] = (*([begun] if begun else []), *delivery.parts)
        return Delivered(self._posted[message.key])

    def _change(self, content: MessageContent, shown: tuple[str, ...], *, language: str) -> Delivery:
        delivery = super()._change(content, self._without_threads(shown), language=language)
        if not isinstance(delivery, Delivered):
            return delivery
        return Delivered((*(each for each in shown if each in self.private_threads), *delivery.parts))

    def _without_threads(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in parts if each not in self.private_threads)

    def _is_gone(self, thread: str | None) -> bool:
        return thread not in self.private_threads and super()._is_gone(thread)

    # As events.

    def _place(self, channel: str, thread: str | None) -> Location:
        return replace(super()._place(channel, thread), community=self.servers.get(channel))

    def _posted_event(self, message: Message) -> MessagePosted:
        known = self.is_in.get(message.author, ()) if message.channel.startswith("@") else ()
        return replace(super()._posted_event(message), communities=known)
