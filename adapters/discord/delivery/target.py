"""Where an outbound message is, or is to be: a channel, a thread that is ready for it, or direct messages."""

from dataclasses import dataclass

from adapters.discord.api.calls import Urgency
from adapters.discord.api.channel_cache import Room, Rooms
from adapters.discord.api.dm_channels import Directs
from adapters.discord.delivery.message_ref import Shown
from adapters.discord.delivery.threads import Threads
from bot.messages.outbound import OutboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to post: `room` is a channel, thread or direct messages; `parent` the channel whose webhook serves it."""

    room: int
    parent: int
    is_thread: bool = False
    marks_room: bool = False
    """Whether marks name the room, because the address does not lead there."""
    answers: int | None = None
    """The message that is referred to, where a conversation has no thread."""
    webhook: int | None = None
    urgency: Urgency = Urgency.NEW


def inside(thread: Room, *, parent: int, urgency: Urgency) -> Place:
    """In a thread that the conversation has only just got, or whose first message it is."""
    return Place(room=thread.id, parent=parent, is_thread=True, marks_room=True, urgency=urgency)


class Places:
    def __init__(self, *, rooms: Rooms, directs: Directs, threads: Threads) -> None:
        self._rooms = rooms
        self._directs = directs
        self._threads = threads

    async def of(self, message: OutboundMessage, *, urgency: Urgency) -> tuple[Place, Room | None]:
        """The place, and the thread if it is one. Raises ThreadIsGone, ThreadIsLocked, and as `Calls.call` does."""
        address = message.address
        if address.channel.is_direct:
            room = await self._directs.channel_id(address.channel)
            answers = int(address.thread) if address.thread is not None else None
            return Place(room=room, parent=room, answers=answers, urgency=urgency), None
        parent = int(address.channel.channel)
        if address.thread is None:
            return await self._of_root(message, parent, urgency)
        thread = await self._threads.enter(parent, int(address.thread), message.topic, urgency=urgency)
        if not message.shown:
            thread = await self._threads.ready(thread, message.topic, urgency=urgency)
        return Place(room=thread.id, parent=parent, is_thread=True, urgency=urgency), thread

    async def _of_root(
        self, message: OutboundMessage, parent: int, urgency: Urgency
    ) -> tuple[Place, Room | None]:
        """The channel itself; for the first message of a forum's post or a private thread, that thread."""
        where = await self._rooms.get(parent, urgency=urgency)
        marks = [Shown.read(mark) for mark in message.shown]
        begins = next((mark.room for mark in marks if mark.room is not None), None)
        if begins is None and where.is_forum and marks:
            begins = marks[0].message
        if begins is None:
            return Place(room=parent, parent=parent, urgency=urgency), None
        thread = await self._threads.enter(parent, begins, None, urgency=urgency)
        return inside(thread, parent=parent, urgency=urgency), thread
