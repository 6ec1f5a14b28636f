"""What the desk knows of channels and threads: what kind they are, whose, and whether they take words just now.

Asked for once, and kept up by what the gateway tells; an unknown one is asked for again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import discord

from adapters.discord.api.addresses import Json, message_url, thread_url
from adapters.discord.api.calls import Calls
from adapters.discord.capabilities import PLATFORM
from adapters.kit.rate_limits import Urgency
from adapters.kit.recent import Recent
from bot.messages.outbound import MessageLink

TEXT, DM, NEWS, FORUM = 0, 1, 5, 15
NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
"""https://discord.com/developers/docs/resources/channel#channel-object-channel-types"""
THREADS = frozenset({NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})
REMEMBERED = 10_000
SMALLEST_FILE_LIMIT = 10 * 1024 * 1024
"""https://discord.com/developers/docs/reference#uploading-files"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel or a thread. `parent` is a thread's channel; `tags` are a forum's, by their names in lower case.

    `partner` is with whom direct messages are.
    """

    id: int
    kind: int
    guild: int | None = None
    parent: int | None = None
    owner: int | None = None
    """Who began a thread."""
    partner: int | None = None
    name: str = ""
    is_archived: bool = False
    is_locked: bool = False
    applied: tuple[int, ...] = ()
    tags: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        return self.kind in THREADS

    @property
    def is_forum(self) -> bool:
        return self.kind == FORUM

    @property
    def is_put_away(self) -> bool:
        """Locked and archived together: it takes nothing before it is opened."""
        return self.is_archived and self.is_locked


def channel_of(payload: Json) -> Channel:
    """https://discord.com/developers/docs/resources/channel#channel-object"""
    state = payload.get("thread_metadata") or {}
    recipients = payload.get("recipients") or []
    return Channel(
        id=int(payload["id"]),
        kind=int(payload["type"]),
        guild=int(payload["guild_id"]) if payload.get("guild_id") else None,
        parent=int(payload["parent_id"]) if payload.get("parent_id") else None,
        owner=int(payload["owner_id"]) if payload.get("owner_id") else None,
        partner=int(recipients[0]["id"]) if int(payload["type"]) == DM and recipients else None,
        name=str(payload.get("name") or ""),
        is_archived=bool(state.get("archived")),
        is_locked=bool(state.get("locked")),
        applied=tuple(int(tag) for tag in payload.get("applied_tags") or ()),
        tags={str(tag["name"]).lower(): int(tag["id"]) for tag in payload.get("available_tags") or ()},
    )


class ChannelCache:
    def __init__(self, calls: Calls, *, client: discord.Client) -> None:
        self._calls = calls
        self._client = client
        self._channel_cache: Recent[int, Channel] = Recent(most=REMEMBERED)
        self._gone: Recent[int, None] = Recent(most=REMEMBERED)

    async def get(self, room_id: int | str, *, urgency: Urgency = Urgency.NEW) -> Channel:
        """As last heard of, else asked for. Raises as `Calls.call` does: 10003 for one that is not there."""
        known = self.known(room_id)
        if known is not None:
            return known
        return await self.asked(room_id, urgency=urgency)

    async def asked(self, room_id: int | str, *, urgency: Urgency = Urgency.NEW) -> Channel:
        """As it is now; what the gateway told may have been overtaken."""
        payload = await self._calls.call("GET", "/channels/{channel_id}", channel_id=room_id, urgency=urgency)
        return self.note(payload)

    def known(self, room_id: int | str) -> Channel | None:
        """As last heard of, by the gateway or an answer; asks nobody."""
        known = self._channel_cache.get(int(room_id))
        if known is None and (cached := self._client.get_channel(int(room_id))) is not None:
            return self._of_cached(cached)
        return known

    def note(self, payload: Json) -> Channel:
        """As Discord describes it, asked or not."""
        return self.keep(channel_of(payload))

    def keep(self, room: Channel) -> Channel:
        self._channel_cache[room.id] = room
        self._channel_cache.move_to_end(room.id)
        self._gone.pop(room.id, None)
        return room

    def is_ours(self, room: Channel) -> bool:
        """Whether the desk began this thread; a name that a person gave stays."""
        me = self._client.user
        return me is not None and room.owner == me.id

    def forget(self, room_id: int) -> None:
        """What is known may not hold any more."""
        self._channel_cache.pop(room_id, None)

    def is_deleted(self, room_id: int) -> None:
        """Somebody deleted it."""
        self.forget(room_id)
        self._gone[room_id] = None

    def was_deleted(self, room_id: int) -> bool:
        return room_id in self._gone

    def file_limit(self, room: Channel) -> int:
        """The largest file in bytes that its guild takes from the desk; boosts raise it."""
        guild = self._client.get_guild(room.guild) if room.guild is not None else None
        return guild.filesize_limit if guild is not None else SMALLEST_FILE_LIMIT

    def link_of(self, link: MessageLink) -> str:
        """Its address, as far as its guild is known; none for what only two people can open.

        In a forum, and where a thread began with no message, the thread itself stands for what it began with.
        """
        channel, message = link.channel, link.message_id
        if channel.platform != PLATFORM or channel.is_direct or not (channel.channel + message).isdecimal():
            return ""
        room = self.known(channel.channel)
        if room is None or room.guild is None:
            return ""
        if link.thread is not None and link.thread != message:
            return message_url(room.guild, link.thread, message)
        begins_nowhere = room.is_forum or self._is_private_thread(message)
        return (
            thread_url(room.guild, message) if begins_nowhere else message_url(room.guild, room.id, message)
        )

    def _of_cached(self, channel: object) -> Channel | None:
        """What discord.py keeps of what the gateway told. It keeps no archived threads."""
        match channel:
            case discord.Thread():
                return self.keep(
                    Channel(
                        id=channel.id,
                        kind=channel.type.value,
                        guild=channel.guild.id,
                        parent=channel.parent_id,
                        owner=channel.owner_id,
                        name=channel.name,
                        is_archived=channel.archived,
                        is_locked=channel.locked,
                        applied=tuple(tag.id for tag in channel.applied_tags),
                    )
                )
            case discord.abc.GuildChannel():
                tags = channel.available_tags if isinstance(channel, discord.ForumChannel) else ()
                return self.keep(
                    Channel(
                        id=channel.id,
                        kind=channel.type.value,
                        guild=channel.guild.id,
                        name=channel.name,
                        tags={tag.name.lower(): tag.id for tag in tags},
                    )
                )
            case _:
                return None

    def _is_private_thread(self, message: str) -> bool:
        thread = self.known(message)
        return thread is not None and thread.kind == PRIVATE_THREAD
