"""What was said while nobody listened, read from the channels, threads, forums and direct messages.

https://discord.com/developers/docs/resources/message#get-channel-messages. Discord shows no trace of what was
deleted, but says of a thread's first message that it is gone; what else is missing is for the desk to notice.
"""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

import aiohttp
import discord
import structlog

from adapters.discord.api.addresses import Identity, Json, community_ref, snowflake_at
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.channel_cache import Channel, ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from adapters.discord.events import inbound
from adapters.discord.events.handler import EventHandler
from adapters.discord.events.plain_text import mark_of
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from bot.domain.directory import ChannelRef
from bot.domain.errors import HistoryUnavailable
from bot.domain.sentence import sentence
from bot.messages.inbound import InboundEvent, Location, MessageDeleted
from bot.ports.intake import Intake
from bot.ports.platform import ThreadRef

log = structlog.get_logger(__name__)

ARCHIVED_PAGE = 100
MESSAGE_PAGE = 100
"""The most that there can be: https://discord.com/developers/docs/resources/message#get-channel-messages"""
NOT_UNDERSTOOD = (TypeError, KeyError, ValueError, AttributeError)
"""What discord.py raises over a payload that is not as it thinks."""
PLAIN = frozenset(
    (
        "id",
        "channel_id",
        "author",
        "content",
        "timestamp",
        "edited_timestamp",
        "tts",
        "mention_everyone",
        "mentions",
        "mention_roles",
        "attachments",
        "pinned",
        "type",
        "flags",
        "webhook_id",
        "application_id",
        "member",
        "guild_id",
    )
)
"""What of a message its words, its files and its author are in."""


class _SentMessage(NamedTuple):
    """A message as Discord sent it, and where it is."""

    channel: discord.PartialMessageable
    payload: Json


class History:
    def __init__(
        self,
        *,
        client: discord.Client,
        calls: Calls,
        channel_cache: ChannelCache,
        dm_channels: DmChannels,
        handler: EventHandler,
        identity: Identity,
    ) -> None:
        self._client = client
        self._calls = calls
        self._channel_cache = channel_cache
        self._dm_channels = dm_channels
        self._handler = handler
        self._identity = identity

    async def read(
        self, channel: ChannelRef, *, since: datetime, thread: str | None, intake: Intake
    ) -> AsyncIterator[InboundEvent]:
        """Raises HistoryUnavailable where Discord does not tell everything, after what it tells."""
        riddles = 0
        try:
            async for said in self._messages(channel, since=since, thread=thread):
                try:
                    events = await self._events(said, intake)
                except NOT_UNDERSTOOD:
                    # Of one message, the others must not go unread.
                    log.exception("a message of a channel was not understood", channel=str(channel))
                    riddles += 1
                    continue
                for event in events:
                    yield event
        except discord.HTTPException as refused:
            why = refused.text or f"HTTP {refused.status}"
            raise _unavailable("deliveries.history_refused", channel, error=why) from refused
        except DiscordRefused as refused:
            raise _unavailable("deliveries.history_refused", channel, error=str(refused)) from refused
        except (Unsure, Busy, discord.RateLimited, aiohttp.ClientError, TimeoutError) as error:
            why = str(error) or type(error).__name__
            raise _unavailable("deliveries.history_unanswered", channel, error=why) from error
        except NOT_UNDERSTOOD as error:
            # Of what one channel holds, the others must not go unread.
            log.exception("what a channel holds was not understood", channel=str(channel))
            raise _unavailable("deliveries.history_unreadable", channel) from error
        if riddles:
            raise _unavailable("deliveries.history_unreadable", channel)

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        """By the last messages of each guild's active threads, in one call a guild.

        https://discord.com/developers/docs/resources/guild#list-active-guild-threads
        """
        last: dict[str, int] = {}
        for guild in await self._guilds_of({each.channel for each in threads}):
            try:
                last |= {
                    str(thread["id"]): int(thread.get("last_message_id") or thread["id"])
                    for thread in await self._active(guild)
                }
            except (DiscordRefused, Unsure, Busy):
                continue  # reading the threads will say why
        least = snowflake_at(since)
        return frozenset(each for each in threads if last.get(each.root, least) < least)

    async def _guilds_of(self, channels: Collection[ChannelRef]) -> set[int]:
        found: set[int] = set()
        for channel in channels:
            if channel.is_direct:
                continue
            try:
                known = await self._channel_cache.get(channel.channel)
            except (DiscordRefused, Unsure, Busy):
                continue
            found |= {known.guild} if known.guild is not None else set()
        return found

    async def _active(self, guild: int) -> list[Json]:
        answer: Json = await self._calls.call(
            "GET", "/guilds/{guild_id}/threads/active", guild_id=guild, urgency=Urgency.REFRESH
        )
        threads: list[Json] = answer["threads"]
        return threads

    async def _messages(
        self, channel: ChannelRef, *, since: datetime, thread: str | None
    ) -> AsyncIterator[_SentMessage | MessageDeleted]:
        """Oldest first. A thread begins with the message that it was made from, which stands in its channel."""
        if channel.is_direct:
            room_id = await self._dm_channels.channel_id(channel)
            async for message in self._said_in(room_id, None, since):
                yield message
            return
        parent = await self._channel_cache.get(channel.channel)
        if thread is None and parent.is_forum:
            for post in await self._posts(parent, since):
                async for message in self._first_of(post):
                    yield message
            return
        if thread is None:
            async for message in self._said_in(parent.id, parent.guild, since):
                yield message
            return
        if not parent.is_forum:
            async for first in self._first_in(parent, int(thread), channel):
                yield first
        async for message in self._thread(parent, int(thread), since):
            yield message

    async def _first_in(
        self, parent: Channel, root: int, channel: ChannelRef
    ) -> AsyncIterator[_SentMessage | MessageDeleted]:
        """What a thread was made from. One that began with no message is not known to the desk by its id."""
        try:
            yield await self._fetch(parent, root)
        except discord.NotFound as missing:
            if missing.code == UNKNOWN_MESSAGE:
                community = None if parent.guild is None else community_ref(parent.guild)
                yield inbound.deleted(root, Location(channel=channel, community=community))

    async def _thread(self, parent: Channel, root: int, since: datetime) -> AsyncIterator[_SentMessage]:
        try:
            async for message in self._said_in(root, parent.guild, since):
                yield message
        except discord.NotFound as missing:
            if missing.code != UNKNOWN_CHANNEL:
                raise

    async def _said_in(self, room: int, guild: int | None, since: datetime) -> AsyncIterator[_SentMessage]:
        """Page by page, newest first within each as Discord lists them.

        discord.py's own `history` ends at the first message that it does not understand.
        """
        channel = self._client.get_partial_messageable(room, guild_id=guild)
        # What was said in this very millisecond may have the least id that one can have then.
        after = max(0, snowflake_at(since) - 1)
        while True:
            page = await self._client.http.logs_from(room, MESSAGE_PAGE, after=after)
            for payload in reversed(page):
                yield _SentMessage(channel, dict(payload))
            if len(page) < MESSAGE_PAGE:
                return
            after = int(page[0]["id"])

    async def _first_of(self, post: Channel) -> AsyncIterator[_SentMessage]:
        try:
            yield await self._fetch(post, post.id)
        except discord.NotFound:
            return

    async def _fetch(self, room: Channel, message_id: int) -> _SentMessage:
        channel = self._client.get_partial_messageable(room.id, guild_id=room.guild)
        return _SentMessage(channel, dict(await self._client.http.get_message(room.id, message_id)))

    async def _posts(self, forum: Channel, since: datetime) -> list[Channel]:
        """The forum's posts since then, oldest first; those that Discord has archived meanwhile too."""
        active = await self._active(forum.guild or 0)
        archived = await self._archived(forum, since)
        least = snowflake_at(since)
        found = {
            int(thread["id"]): self._channel_cache.note({"guild_id": forum.guild, **thread})
            for thread in [*active, *archived]
            if str(thread.get("parent_id")) == str(forum.id) and int(thread["id"]) >= least
        }
        return [found[post] for post in sorted(found)]

    async def _archived(self, forum: Channel, since: datetime) -> list[Json]:
        """Threads archived since then, latest first as Discord lists them; no post is archived before it is written.

        https://discord.com/developers/docs/resources/channel#list-public-archived-threads
        """
        found: list[Json] = []
        query: dict[str, str | int] = {"limit": ARCHIVED_PAGE}
        while True:
            page: Json = await self._calls.call(
                "GET",
                "/channels/{channel_id}/threads/archived/public",
                channel_id=forum.id,
                query=query,
                urgency=Urgency.REFRESH,
            )
            threads: list[Json] = page["threads"]
            found += threads
            if not page["has_more"] or not threads:
                return found
            last = str(threads[-1]["thread_metadata"]["archive_timestamp"])
            if datetime.fromisoformat(last) < since:
                return found
            query["before"] = last

    async def _events(self, said: _SentMessage | MessageDeleted, intake: Intake) -> list[InboundEvent]:
        if isinstance(said, MessageDeleted):
            return [said]
        message = self._message(said)
        if not inbound.is_words(message, identity=self._identity):
            return []
        # An agent whose roles are not known would be taken for a requester.
        await self._handler.know_author(message, intake)
        posted = await self._handler.posted(message, intake)
        if posted is None:
            return []
        edited = inbound.edited(message, posted.location, await self._handler.reading(message, intake))
        marks = [mark_of(reaction.emoji) for reaction in message.reactions]
        return [
            posted,
            *([edited] if edited is not None else []),
            *(
                inbound.marked(posted, mark, posted.actor)
                for mark in marks
                if intake.wants_mark(posted.location.channel, mark)
            ),
        ]

    def _message(self, said: _SentMessage) -> discord.Message:
        """As discord.py reads it, else its words and files alone. Raises what discord.py does where it has none."""
        state: Any = self._client._connection  # noqa: SLF001  discord.py makes its own messages with it
        try:
            return discord.Message(state=state, channel=said.channel, data=cast("Any", said.payload))
        except NOT_UNDERSTOOD as error:
            if not (said.payload.get("content") or said.payload.get("attachments")):
                raise
            log.warning("of a message its words alone were understood", reason=repr(error))
            plain = {name: value for name, value in said.payload.items() if name in PLAIN}
            return discord.Message(
                state=state, channel=said.channel, data=cast("Any", {**plain, "embeds": []})
            )


def _unavailable(key: str, channel: ChannelRef, **facts: str) -> HistoryUnavailable:
    return HistoryUnavailable(sentence(key, platform="Discord", channel=str(channel), **facts))
