"""What begins a thread of the desk's own: a post in a forum, or a private thread. Neither knows a nonce, so before a
retry it is looked for among the guild's threads.
"""

from collections.abc import Sequence
from datetime import timedelta

from adapters.discord.api.addresses import Identity, Json, snowflake_at
from adapters.discord.api.calls import Calls, Upload
from adapters.discord.api.channel_cache import Channel, ChannelCache
from adapters.discord.delivery.threads import KEPT_ALIVE_MIN, Threads, tags_of, title_of
from adapters.discord.render.messages import Post
from adapters.kit.rate_limits import Urgency
from bot.messages.outbound import OutboundMessage, ThreadHeader

BEFORE_WANTED = timedelta(minutes=1)


class ThreadCreation:
    def __init__(self, calls: Calls, *, channel_cache: ChannelCache, threads: Threads) -> None:
        self._calls = calls
        self._channel_cache = channel_cache
        self._threads = threads

    async def in_forum(
        self,
        message: OutboundMessage,
        forum: Channel,
        post: Post,
        uploads: Sequence[Upload],
        identity: Identity,
        *,
        title: str,
        urgency: Urgency,
    ) -> tuple[Channel, bool]:
        """The post, and whether it was there already.

        https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
        """
        found = await self._left_behind(message, forum, title, identity)
        if found is not None:
            return found, True
        body: Json = {
            "name": title,
            "auto_archive_duration": KEPT_ALIVE_MIN,
            "message": post.body,
            "applied_tags": [str(tag) for tag in tags_of(message.thread_header, forum)],
        }
        payload = await self._calls.call(
            "POST",
            "/channels/{channel_id}/threads",
            channel_id=forum.id,
            body=body,
            uploads=uploads,
            urgency=urgency,
            once=True,
        )
        return self._channel_cache.note(payload), False

    async def private(
        self,
        message: OutboundMessage,
        parent: Channel,
        header: ThreadHeader,
        identity: Identity,
        *,
        urgency: Urgency,
    ) -> Channel:
        found = await self._left_behind(message, parent, title_of(header), identity)
        return found or await self._threads.open_private(parent, header, urgency=urgency)

    async def _left_behind(
        self, message: OutboundMessage, parent: Channel, title: str, identity: Identity
    ) -> Channel | None:
        """The thread that an earlier attempt opened. https://discord.com/developers/docs/resources/guild#list-active-guild-threads"""
        if not message.is_retry or parent.guild is None or message.wanted_at is None:
            return None
        active = await self._calls.call("GET", "/guilds/{guild_id}/threads/active", guild_id=parent.guild)
        since = snowflake_at(message.wanted_at - BEFORE_WANTED)
        for payload in active["threads"]:
            is_ours = str(payload.get("owner_id")) == str(identity.user)
            is_here = str(payload.get("parent_id")) == str(parent.id)
            if is_ours and is_here and payload.get("name") == title and int(payload["id"]) >= since:
                return self._channel_cache.note(payload)
        return None
