"""Where an outbound message is, or is to be: a channel, a thread that is ready for it, or direct messages."""

from dataclasses import dataclass

from adapters.discord.api.channel_cache import Channel, ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.delivery.message_ref import MessageRef
from adapters.discord.delivery.threads import Threads
from adapters.kit.rate_limits import Urgency
from bot.messages.outbound import OutboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to post: `room` is a channel, thread or direct messages; `parent` the channel whose webhook serves it."""

    room: int
    parent: int
    is_thread: bool = False
    marks_room: bool = False
    """Whether marks name the room, because the address does not lead there."""
    responder: int | None = None
    """The message that is referred to, where a conversation has no thread."""
    webhook: int | None = None
    urgency: Urgency = Urgency.NEW


def inside(thread: Channel, *, parent: int, urgency: Urgency) -> Target:
    """In a thread that the conversation has only just got, or whose first message it is."""
    return Target(room=thread.id, parent=parent, is_thread=True, marks_room=True, urgency=urgency)


class Targets:
    def __init__(self, *, channel_cache: ChannelCache, dm_channels: DmChannels, threads: Threads) -> None:
        self._channel_cache = channel_cache
        self._dm_channels = dm_channels
        self._threads = threads

    async def of(self, message: OutboundMessage, *, urgency: Urgency) -> tuple[Target, Channel | None]:
        """The place, and the thread if it is one. Raises ThreadIsGone, ThreadIsLocked, and as `Calls.call` does."""
        address = message.address
        if address.channel.is_direct:
            room = await self._dm_channels.channel_id(address.channel)
            responder = int(address.thread) if address.thread is not None else None
            return Target(room=room, parent=room, responder=responder, urgency=urgency), None
        parent = int(address.channel.channel)
        if address.thread is None:
            return await self._of_root(message, parent, urgency)
        thread = await self._threads.enter(
            parent, int(address.thread), message.thread_header, urgency=urgency
        )
        if not message.shown:
            thread = await self._threads.ready(thread, message.thread_header, urgency=urgency)
        return Target(room=thread.id, parent=parent, is_thread=True, urgency=urgency), thread

    async def _of_root(
        self, message: OutboundMessage, parent: int, urgency: Urgency
    ) -> tuple[Target, Channel | None]:
        """The channel itself; for the first message of a forum's post or a private thread, that thread."""
        where = await self._channel_cache.get(parent, urgency=urgency)
        marks = [MessageRef.read(mark) for mark in message.shown]
        begins = next((mark.room for mark in marks if mark.room is not None), None)
        if begins is None and where.is_forum and marks:
            begins = marks[0].message
        if begins is None:
            return Target(room=parent, parent=parent, urgency=urgency), None
        thread = await self._threads.enter(parent, begins, None, urgency=urgency)
        return inside(thread, parent=parent, urgency=urgency), thread
