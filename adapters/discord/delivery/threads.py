"""Threads: made when the first word needs one, opened again before a word, put away when their ticket is closed.

https://discord.com/developers/docs/topics/threads
"""

import time
from collections import deque
from contextlib import AbstractAsyncContextManager, suppress

import structlog

from adapters.discord.api.addresses import Json, user_of
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.channel_cache import PRIVATE_THREAD, Channel, ChannelCache
from adapters.discord.api.errors import IS_ARCHIVED, THREAD_EXISTS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from adapters.kit.rate_limits import Busy, Urgency
from adapters.kit.recent import Recent
from adapters.kit.text import cut
from bot.domain.tickets.ticket import Priority, Status
from bot.keyed_lock import KeyedLock
from bot.messages.outbound import ThreadHeader

log = structlog.get_logger(__name__)

TITLE_LIMIT = 100
MOST_TAGS = 5
KEPT_ALIVE_MIN = 10_080
"""A week, the longest that Discord lets a thread be idle before it hides it."""
RENAMES, RENAMES_IN_S = 2, 600.0
"""Discord takes two changes of a name in ten minutes, and says so in no header."""
MOST_MEMBERS = 100
REMEMBERED = 1_000
STATES = frozenset(each.lower() for each in (*(status.label for status in Status), *Priority))
"""Tags that say how a ticket stands: when another one does, they are old."""


class ThreadIsGone(Exception):
    """The thread, or the message it would begin with, was deleted: nothing of ours is left there."""


class ThreadIsLocked(Exception):
    """A moderator locked it while its ticket is open, and that is respected."""


class Threads:
    """`scale`: real seconds for each second of Discord's."""

    def __init__(self, calls: Calls, *, channel_cache: ChannelCache, scale: float = 1.0) -> None:
        self._calls = calls
        self._channel_cache = channel_cache
        self._scale = scale
        self._renamed: Recent[int, deque[float]] = Recent(most=REMEMBERED)
        self._tagged: Recent[int, frozenset[int]] = Recent(most=REMEMBERED)
        self._inside: Recent[int, set[int]] = Recent(most=REMEMBERED)
        self._outside: Recent[int, set[int]] = Recent(most=REMEMBERED)
        self._entering = KeyedLock()
        self._lanes = KeyedLock()

    async def enter(
        self, parent: int, root: int, header: ThreadHeader | None, *, urgency: Urgency
    ) -> Channel:
        """The thread of this root, made where there is none. Raises ThreadIsGone, and as `Calls.call` does."""
        known = self._channel_cache.known(root)
        if known is not None and known.is_thread:
            return known
        async with self._entering.enter(str(root)):
            return await self._find_or_make(parent, root, header, urgency)

    def held(self, thread: int) -> AbstractAsyncContextManager[None]:
        """While it is opened or put away, nobody else does either."""
        return self._lanes.enter(str(thread))

    async def open_private(self, parent: Channel, header: ThreadHeader, *, urgency: Urgency) -> Channel:
        """A thread that only its members see, of which the desk is the first.

        https://discord.com/developers/docs/resources/channel#start-thread-without-message
        """
        body = {
            "name": title_of(header),
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
        return self._channel_cache.note(payload)

    async def let_in(
        self, thread: Channel, header: ThreadHeader, *, urgency: Urgency = Urgency.REFRESH
    ) -> None:
        """https://discord.com/developers/docs/resources/channel#add-thread-member. Who has left is passed over.

        Nobody is let in twice: whoever went out of it wanted to.
        """
        inside = self._inside.setdefault(thread.id, set())
        for user in [user_of(key) for key in header.members[:MOST_MEMBERS]]:
            if user is None or user in inside:
                continue
            try:
                await self._calls.call(
                    "PUT",
                    "/channels/{channel_id}/thread-members/{user_id}",
                    channel_id=thread.id,
                    user_id=user,
                    urgency=urgency,
                )
                inside.add(user)
                self._outside.setdefault(thread.id, set()).discard(user)
            except DiscordRefused as refused:
                log.info(
                    "somebody could not be let into a thread",
                    thread=thread.id,
                    user=user,
                    reason=str(refused),
                )

    async def _put_out(self, thread: Channel, header: ThreadHeader) -> Channel:
        """Whoever is not to see it any more; an archived thread lets nobody go, so it is opened for that.

        Who is not in it is passed over. https://discord.com/developers/docs/resources/channel#remove-thread-member
        """
        inside, outside = (known.setdefault(thread.id, set()) for known in (self._inside, self._outside))
        users = {user for key in header.former if (user := user_of(key)) is not None} - outside
        if users and thread.is_archived:
            thread = await self.reopen(thread, urgency=Urgency.REFRESH)
        for user in sorted(users):
            with suppress(DiscordRefused):
                await self._calls.call(
                    "DELETE",
                    "/channels/{channel_id}/thread-members/{user_id}",
                    channel_id=thread.id,
                    user_id=user,
                    urgency=Urgency.REFRESH,
                )
            inside.discard(user)
            outside.add(user)
        return thread

    async def ready(self, thread: Channel, header: ThreadHeader | None, *, urgency: Urgency) -> Channel:
        """The thread, open for a word of the desk's. Raises ThreadIsLocked.

        One that is only archived opens by itself when something is said in it.
        """
        if not thread.is_locked:
            return thread
        is_finished = header is not None and header.is_finished
        if not thread.is_archived and not is_finished:
            raise ThreadIsLocked
        return await self.reopen(thread, urgency=urgency)

    async def put_back(self, thread: Channel, header: ThreadHeader | None) -> None:
        """A thread that was opened for one word, and whose ticket is closed, is put away again.

        It may have been put away since that word was said; an archived thread takes no such change. One that is not
        locked is woken by the word itself, so Discord is asked how it is.
        """
        if header is None or not header.is_finished:
            return
        if header.is_locked:
            now = self._channel_cache.known(thread.id) or thread
        else:
            now = await self._channel_cache.asked(thread.id)
        if not _is_as_left(now, header):
            await self._show(now, {"archived": True, "locked": header.is_locked})

    async def reopen(self, thread: Channel, *, urgency: Urgency) -> Channel:
        return await self._change(thread, {"archived": False, "locked": False}, urgency=urgency)

    async def show(self, parent: int, root: int, header: ThreadHeader) -> None:
        """Bring name, tags, members and state in line. Raises ThreadIsGone, Busy, and as `Calls.call` does."""
        async with self.held(root):
            await self._bring_in_line(parent, root, header)

    async def _bring_in_line(self, parent: int, root: int, header: ThreadHeader) -> None:
        # It may have been archived since it was heard of last, for nobody wrote in it.
        self._channel_cache.forget(root)
        thread = await self.enter(parent, root, header, urgency=Urgency.REFRESH)
        if header.is_private and thread.kind == PRIVATE_THREAD:
            thread = await self._put_out(thread, header)
        changes = await self._changes(thread, header)
        is_new_name = thread.name != title_of(header) and self._channel_cache.is_ours(thread)
        wait = self._rename_in(thread.id) if is_new_name else 0.0
        if is_new_name and not wait:
            changes["name"] = title_of(header)
            self._note_renaming(thread.id)
        if changes:
            await self._show(thread, changes)
        if header.is_private and thread.kind == PRIVATE_THREAD and not header.is_finished:
            await self.let_in(thread, header)
        if wait:
            raise Busy(wait, platform="Discord")

    async def _changes(self, thread: Channel, header: ThreadHeader) -> Json:
        """What is to become of its state and its tags."""
        changes: Json = {}
        if header.is_finished and not _is_as_left(thread, header):
            changes = {"archived": True, "locked": header.is_locked}
        elif not header.is_finished and thread.is_archived:
            changes = {"archived": False, "locked": False} if thread.is_locked else {"archived": False}
        tags = await self._tags(thread, header)
        if tags is not None and tags != thread.applied:
            changes["applied_tags"] = [str(tag) for tag in tags]
        return changes

    async def _show(self, thread: Channel, changes: Json) -> None:
        """An archived thread takes no change but being opened: that goes first where it is to stay archived."""
        if thread.is_archived and changes.get("archived") is not False:
            await self._change(thread, {"archived": False}, urgency=Urgency.REFRESH)
            changes["archived"] = True
        try:
            await self._change(thread, changes, urgency=Urgency.REFRESH)
        except DiscordRefused as refused:
            # It was put away since it was heard of last; the word that it was opened for is said.
            if refused.code != IS_ARCHIVED:
                raise
            await self.reopen(thread, urgency=Urgency.REFRESH)
            await self._change(thread, {"archived": True} | changes, urgency=Urgency.REFRESH)

    async def _find_or_make(
        self, parent: int, root: int, header: ThreadHeader | None, urgency: Urgency
    ) -> Channel:
        if self._channel_cache.was_deleted(root):
            raise ThreadIsGone
        where = await self._channel_cache.get(parent, urgency=urgency)
        if where.is_forum:
            return await self._find(root, urgency)
        body = {"name": title_of(header), "auto_archive_duration": KEPT_ALIVE_MIN}
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
        return self._channel_cache.note(payload)

    async def _find(self, root: int, urgency: Urgency) -> Channel:
        try:
            room = await self._channel_cache.get(root, urgency=urgency)
        except DiscordRefused as refused:
            if refused.code == UNKNOWN_CHANNEL:
                raise ThreadIsGone from refused
            raise
        return room

    async def _tags(self, thread: Channel, header: ThreadHeader) -> tuple[int, ...] | None:
        """The header's and those that people chose, as many as fit; None outside forums."""
        forum = await self._channel_cache.get(thread.parent) if thread.parent is not None else None
        if forum is None or not forum.is_forum or not forum.tags:
            return None
        ours = tags_of(header, forum)
        former = self._tagged.get(thread.id, frozenset()) | {forum.tags.get(name) for name in STATES}
        others = [tag for tag in thread.applied if tag not in former]
        self._tagged[thread.id] = frozenset(ours)
        return tuple(dict.fromkeys([*ours, *others]))[:MOST_TAGS]

    async def _change(self, thread: Channel, changes: Json, *, urgency: Urgency) -> Channel:
        """https://discord.com/developers/docs/resources/channel#modify-channel"""
        payload = await self._calls.call(
            "PATCH", "/channels/{channel_id}", channel_id=thread.id, body=changes, urgency=urgency
        )
        return self._channel_cache.note(payload)

    def _rename_in(self, thread: int) -> float:
        """Real seconds until Discord takes another name; 0 when it does now."""
        lately = self._renamed.get(thread, deque())
        limit = RENAMES_IN_S * self._scale
        while lately and time.monotonic() - lately[0] >= limit:
            lately.popleft()
        return 0.0 if len(lately) < RENAMES else lately[0] + limit - time.monotonic() + 0.01

    def _note_renaming(self, thread: int) -> None:
        self._renamed.setdefault(thread, deque()).append(time.monotonic())


def tags_of(header: ThreadHeader | None, forum: Channel) -> list[int]:
    """Those of the header's tags that the forum has."""
    named = [tag.lower() for tag in header.tags] if header is not None else []
    return [forum.tags[name] for name in dict.fromkeys(named) if name in forum.tags][:MOST_TAGS]


def title_of(header: ThreadHeader | None) -> str:
    words = " ".join(header.title.split()) if header is not None else ""
    return cut(words or "Ticket", TITLE_LIMIT)


def _is_as_left(thread: Channel, header: ThreadHeader) -> bool:
    """Whether it is as the desk leaves the thread of a closed ticket."""
    return thread.is_archived and thread.is_locked == header.is_locked
