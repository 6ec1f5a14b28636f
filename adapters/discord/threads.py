"""Threads: made when the first word needs one, opened again before a word, put away when their ticket is closed.

https://discord.com/developers/docs/topics/threads
"""

import asyncio
import time
from collections import OrderedDict, deque

import structlog

from adapters.discord.addresses import Json, user_of
from adapters.discord.calls import Busy, Calls, DiscordRefused, Urgency
from adapters.discord.markdown import cut
from adapters.discord.outcomes import THREAD_EXISTS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from adapters.discord.rooms import PRIVATE_THREAD, Room, Rooms
from bot.messages.outbound import Topic

log = structlog.get_logger(__name__)

TITLE_LIMIT = 100
MOST_TAGS = 5
KEPT_ALIVE_MIN = 10_080
"""A week, the longest that Discord lets a thread be idle before it hides it."""
RENAMES, RENAMES_IN_S = 2, 600.0
"""Discord takes two changes of a name in ten minutes, and says so in no header."""
MOST_MEMBERS = 100


class ThreadIsGone(Exception):
    """The thread, or the message it would begin with, was deleted: nothing of ours is left there."""


class ThreadIsLocked(Exception):
    """A moderator locked it while its ticket is open, and that is respected."""


class Threads:
    """`scale`: real seconds for each second of Discord's."""

    def __init__(self, calls: Calls, *, rooms: Rooms, scale: float = 1.0) -> None:
        self._calls = calls
        self._rooms = rooms
        self._scale = scale
        self._renamed: OrderedDict[int, deque[float]] = OrderedDict()
        self._locks: dict[int, asyncio.Lock] = {}

    async def enter(self, parent: int, root: int, topic: Topic | None, *, urgency: Urgency) -> Room:
        """The thread of this root, made where there is none. Raises ThreadIsGone, and as `Calls.call` does."""
        known = self._rooms.known(root)
        if known is not None and known.is_thread:
            return known
        async with self._locks.setdefault(root, asyncio.Lock()):
            try:
                return await self._find_or_make(parent, root, topic, urgency)
            finally:
                self._locks.pop(root, None)

    async def open_private(self, parent: Room, topic: Topic, *, urgency: Urgency) -> Room:
        """A thread that only its members see; who should be in it is let in.

        https://discord.com/developers/docs/resources/channel#start-thread-without-message
        """
        body = {
            "name": _title(topic),
            "type": PRIVATE_THREAD,
            "auto_archive_duration": KEPT_ALIVE_MIN,
            "invitable": False,
        }
        payload = await self._calls.call(
            "POST",
            "/channels/{channel_id}/threads",
            channel_id=parent.id,
            body=body,
            urgency=urgency,
            once=True,
        )
        thread = self._rooms.note(payload)
        await self.let_in(thread, topic, urgency=urgency)
        return thread

    async def let_in(self, thread: Room, topic: Topic, *, urgency: Urgency = Urgency.REFRESH) -> None:
        """https://discord.com/developers/docs/resources/channel#add-thread-member. Who has left is passed over."""
        for user in [user_of(key) for key in topic.members[:MOST_MEMBERS]]:
            if user is None:
                continue
            try:
                await self._calls.call(
                    "PUT",
                    "/channels/{channel_id}/thread-members/{user_id}",
                    channel_id=thread.id,
                    user_id=user,
                    urgency=urgency,
                )
            except DiscordRefused as refused:
                log.info(
                    "somebody could not be let into a thread",
                    thread=thread.id,
                    user=user,
                    reason=str(refused),
                )

    async def ready(self, thread: Room, topic: Topic | None, *, urgency: Urgency) -> Room:
        """The thread, open for a word of the desk's. Raises ThreadIsLocked."""
        is_finished = topic is not None and topic.is_finished
        if thread.is_put_away:
            return await self._change(thread, {"archived": False, "locked": False}, urgency=urgency)
        if thread.is_locked and not is_finished:
            raise ThreadIsLocked
        return thread

    async def put_back(self, thread: Room, topic: Topic | None) -> None:
        """A thread that was opened for one word, and whose ticket is closed, is put away again."""
        if topic is not None and topic.is_finished and not thread.is_put_away:
            await self._change(thread, {"archived": True, "locked": True}, urgency=Urgency.REFRESH)

    async def reopen(self, thread: Room, *, urgency: Urgency) -> Room:
        """Discord said that it is archived: what was known of it is old."""
        return await self._change(thread, {"archived": False, "locked": False}, urgency=urgency)

    async def show(self, parent: int, root: int, topic: Topic) -> None:
        """Bring name, tags, members and state in line. Raises ThreadIsGone, Busy, and as `Calls.call` does."""
        thread = await self.enter(parent, root, topic, urgency=Urgency.REFRESH)
        if topic.is_private and thread.kind == PRIVATE_THREAD:
            await self.let_in(thread, topic)
        changes: Json = {}
        tags = await self._tags(thread, topic)
        if tags is not None and set(tags) != set(thread.applied):
            changes["applied_tags"] = [str(tag) for tag in tags]
        if topic.is_finished != thread.is_put_away:
            changes |= {"archived": topic.is_finished, "locked": topic.is_finished}
        if not topic.is_finished and thread.is_archived:
            changes["archived"] = False
        is_new_name = thread.name != _title(topic)
        wait = self._rename_in(thread.id) if is_new_name else 0.0
        if is_new_name and not wait:
            changes["name"] = _title(topic)
        if changes:
            await self._show(thread, changes)
        if wait:
            raise Busy(wait)

    async def _show(self, thread: Room, changes: Json) -> None:
        """An archived thread takes no other change than being opened: that goes first."""
        if thread.is_archived and set(changes) != {"archived", "locked"}:
            thread = await self._change(thread, {"archived": False}, urgency=Urgency.REFRESH)
            if changes.get("archived") is None:
                changes["archived"] = True
        if "name" in changes:
            self._note_renaming(thread.id)
        await self._change(thread, changes, urgency=Urgency.REFRESH)

    async def _find_or_make(self, parent: int, root: int, topic: Topic | None, urgency: Urgency) -> Room:
        if self._rooms.was_deleted(root):
            raise ThreadIsGone
        where = await self._rooms.get(parent, urgency=urgency)
        if where.is_forum:
            return await self._find(root, urgency)
        body = {"name": _title(topic), "auto_archive_duration": KEPT_ALIVE_MIN}
        try:
            payload = await self._calls.call(
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
                channel_id=parent,
                message_id=root,
                body=body,
                urgency=urgency,
            )
        except DiscordRefused as refused:
            if refused.code == THREAD_EXISTS:
                return await self._find(root, urgency)
            if refused.code == UNKNOWN_MESSAGE:
                # The first message is gone; the thread may live on without it, or have begun with none.
                return await self._find(root, urgency)
            raise
        return self._rooms.note(payload)

    async def _find(self, root: int, urgency: Urgency) -> Room:
        try:
            room = await self._rooms.get(root, urgency=urgency)
        except DiscordRefused as refused:
            if refused.code == UNKNOWN_CHANNEL:
                raise ThreadIsGone from refused
            raise
        return room

    async def _tags(self, thread: Room, topic: Topic) -> list[int] | None:
        """Those of the topic's that the forum has, and others' that stand there already; None outside forums."""
        forum = await self._rooms.get(thread.parent) if thread.parent is not None else None
        if forum is None or not forum.is_forum or not forum.tags:
            return None
        ours = [forum.tags[tag.lower()] for tag in topic.tags if tag.lower() in forum.tags]
        return list(dict.fromkeys(ours))[:MOST_TAGS] if ours else None

    async def _change(self, thread: Room, changes: Json, *, urgency: Urgency) -> Room:
        """https://discord.com/developers/docs/resources/channel#modify-channel"""
        payload = await self._calls.call(
            "PATCH", "/channels/{channel_id}", channel_id=thread.id, body=changes, urgency=urgency
        )
        return self._rooms.note(payload)

    def _rename_in(self, thread: int) -> float:
        """Real seconds until Discord takes another name; 0 when it does now."""
        lately = self._renamed.get(thread, deque())
        limit = RENAMES_IN_S * self._scale
        while lately and time.monotonic() - lately[0] >= limit:
            lately.popleft()
        return 0.0 if len(lately) < RENAMES else lately[0] + limit - time.monotonic() + 0.01

    def _note_renaming(self, thread: int) -> None:
        self._renamed.setdefault(thread, deque()).append(time.monotonic())
        while len(self._renamed) > 1_000:
            self._renamed.popitem(last=False)


def _title(topic: Topic | None) -> str:
    words = " ".join(topic.title.split()) if topic is not None else ""
    return cut(words or "Ticket", TITLE_LIMIT)
