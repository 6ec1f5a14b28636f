"""What there is: guilds, people, channels, threads and messages; and who is told of what happens to them.

Every change is told with `happened`, in order; the gateway listens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.refusals import Json, Refusal
from tests.fakes.discord.world.records import (
    Application,
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Place,
    Thread,
    User,
    Webhook,
)
from tests.fakes.discord.world.snowflakes import Snowflakes


@dataclass(frozen=True, slots=True)
class Happening:
    """A gateway event before it is sent. `channel_id`: only who sees it is told; `only_user`: nobody else is."""

    name: str
    payload: Json
    guild_id: int | None
    channel_id: int | None = None
    only_user: int | None = None


Listener: TypeAlias = Callable[[Happening], None]


@dataclass(slots=True)
class World:
    pace: Pace
    ids: Snowflakes
    application: Application
    guilds: dict[int, Guild] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)
    messages: dict[int, dict[int, Message]] = field(
        default_factory=dict
    )  # by channel or thread, oldest first
    whispers: dict[int, Message] = field(default_factory=dict)  # ephemeral messages, by id
    uploads: dict[int, Attachment] = field(default_factory=dict)  # given to a command or form, in no message
    webhooks: dict[int, Webhook] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)

    @property
    def bot(self) -> User:
        return self.users[self.application.user_id]

    def happened(
        self,
        event_name: str,
        payload: Json,
        *,
        guild_id: int | None,
        channel_id: int | None = None,
        only_user: int | None = None,
    ) -> None:
        """Tell the listeners, at once and in order. Who hears of it is the gateway's to judge."""
        happening = Happening(
            event_name, payload, guild_id=guild_id, channel_id=channel_id, only_user=only_user
        )
        for listener in list(self.listeners):
            listener(happening)

    def guild(self, guild_id: int) -> Guild:
        """Raises 10004 for a guild that is not there."""
        if guild_id not in self.guilds:
            raise Refusal(10004)
        return self.guilds[guild_id]

    def place(self, channel_id: int) -> Place:
        """A channel or thread. Raises 10003."""
        found = self.threads.get(channel_id) or self.channels.get(channel_id)
        if found is None:
            raise Refusal(10003)
        return found

    def parent(self, place: Place) -> Channel:
        """The channel whose permissions and webhooks hold: a thread's parent, a channel itself."""
        return self.channels[place.parent_id] if isinstance(place, Thread) else place

    def said(self, channel_id: int) -> dict[int, Message]:
        return self.messages.setdefault(channel_id, {})

    def message(self, channel_id: int, message_id: int) -> Message:
        """Raises 10008."""
        found = self.said(channel_id).get(message_id)
        if found is None:
            raise Refusal(10008)
        return found

    def member(self, guild_id: int, user_id: int) -> Member:
        """Raises 10013 for nobody, 10007 for who is not in the guild."""
        if user_id not in self.users:
            raise Refusal(10013)
        found = self.guild(guild_id).members.get(user_id)
        if found is None:
            raise Refusal(10007)
        return found

    def channels_of(self, guild_id: int) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.guild_id == guild_id]

    def threads_of(self, guild_id: int) -> list[Thread]:
        return [thread for thread in self.threads.values() if thread.guild_id == guild_id]

    def direct(self, one: int, other: int) -> Channel:
        """The direct messages of two people; begun when first asked for."""
        for channel in self.channels.values():
            if channel.type is ChannelType.DM and set(channel.recipients) == {one, other}:
                return channel
        channel = Channel(self.ids.new(), ChannelType.DM, "", recipients=[one, other])
        self.channels[channel.id] = channel
        return channel

    def shared_guilds(self, one: int, other: int) -> list[Guild]:
        return [guild for guild in self.guilds.values() if one in guild.members and other in guild.members]

    def shown_name(self, user_id: int, guild_id: int | None) -> str:
        """As people read it: nickname, display name, name."""
        user = self.users.get(user_id)
        if user is None:
            return "Deleted User"
        member = self.guilds[guild_id].members.get(user_id) if guild_id in self.guilds else None
        return (member.nick if member is not None else None) or user.global_name or user.name
