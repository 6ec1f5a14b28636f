"""Guilds and what is in them, as their owners make and change them; each change is told as Discord tells it.

https://discord.com/developers/docs/events/gateway-events#guilds, …#channels
"""

from collections.abc import Iterable
from typing import Any

from tests.fakes.discord.rules.limits import GUILD_CHANNELS
from tests.fakes.discord.rules.permissions import DESK, EVERYBODY, Permission, sees
from tests.fakes.discord.rules.refusals import Json, NotOffered
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import (
    Channel,
    ChannelType,
    ForumTag,
    Guild,
    Member,
    Overwrite,
    Role,
    Thread,
)
from tests.fakes.discord.world.threads import Threads
from tests.fakes.discord.world.world import World


class Communities:
    def __init__(self, world: World, payloads: Payloads, threads: Threads) -> None:
        self._world = world
        self._payloads = payloads
        self._threads = threads

    def found(self, name: str, *, owner_id: int, premium_tier: int = 0) -> Guild:
        guild = Guild(self._world.ids.new(), name, owner_id, premium_tier)
        guild.roles[guild.id] = Role(guild.id, guild.id, "@everyone", int(EVERYBODY), position=0)
        self._world.guilds[guild.id] = guild
        self.join(guild, owner_id)
        return guild

    def invite_bot(self, guild: Guild, *, permissions: Permission = DESK) -> None:
        """Add the app with a role of its own: https://discord.com/developers/docs/topics/oauth2#bot-users."""
        bot = self._world.bot
        role = self.add_role(guild, self._world.application.name, permissions=permissions, is_managed=True)
        guild.members[bot.id] = Member(bot.id, guild.id, self._world.pace.now(), roles=[role.id])
        self._tell("GUILD_CREATE", guild, self._payloads.guild_create(guild))

    def kick_bot(self, guild: Guild) -> None:
        """https://discord.com/developers/docs/events/gateway-events#guild-delete."""
        self._tell("GUILD_DELETE", guild, {"id": str(guild.id), "unavailable": False})
        del guild.members[self._world.bot.id]

    def bot_role(self, guild: Guild) -> Role:
        return next(role for role in guild.roles.values() if role.is_managed)

    # --- people ---

    def join(self, guild: Guild, user_id: int) -> Member:
        if user_id in guild.members:
            return guild.members[user_id]
        member = Member(user_id, guild.id, self._world.pace.now())
        guild.members[user_id] = member
        self._tell_member("GUILD_MEMBER_ADD", guild, self._payloads.member(member))
        return member

    def leave(self, guild: Guild, user_id: int) -> None:
        """Out of the guild, and out of its threads."""
        del guild.members[user_id]
        for thread in self._world.threads_of(guild.id):
            if user_id in thread.members:
                self._threads.remove(thread, user_id)
        self._tell_member(
            "GUILD_MEMBER_REMOVE", guild, {"user": self._payloads.user(self._world.users[user_id])}
        )

    def give(self, guild: Guild, user_id: int, role: Role) -> None:
        member = guild.members[user_id]
        if role.id not in member.roles:
            member.roles.append(role.id)
            self._tell_member("GUILD_MEMBER_UPDATE", guild, self._payloads.member(member))

    def take(self, guild: Guild, user_id: int, role: Role) -> None:
        member = guild.members[user_id]
        member.roles.remove(role.id)
        self._tell_member("GUILD_MEMBER_UPDATE", guild, self._payloads.member(member))

    def rename_member(self, guild: Guild, user_id: int, nick: str | None) -> None:
        member = guild.members[user_id]
        member.nick = nick
        self._tell_member("GUILD_MEMBER_UPDATE", guild, self._payloads.member(member))

    # --- roles ---

    def add_role(self, guild: Guild, name: str, *, permissions: int = 0, **more: Any) -> Role:
        role = Role(
            self._world.ids.new(), guild.id, name, int(permissions), position=len(guild.roles), **more
        )
        guild.roles[role.id] = role
        self._tell("GUILD_ROLE_CREATE", guild, {"guild_id": str(guild.id), "role": self._payloads.role(role)})
        return role

    def change_role(self, role: Role, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(role, name, value)
        guild = self._world.guilds[role.guild_id]
        self._tell("GUILD_ROLE_UPDATE", guild, {"guild_id": str(guild.id), "role": self._payloads.role(role)})

    def delete_role(self, role: Role) -> None:
        guild = self._world.guilds[role.guild_id]
        del guild.roles[role.id]
        for member in guild.members.values():
            member.roles = [held for held in member.roles if held != role.id]
        self._tell("GUILD_ROLE_DELETE", guild, {"guild_id": str(guild.id), "role_id": str(role.id)})

    # --- channels ---

    def add_channel(
        self,
        guild: Guild,
        kind: ChannelType,
        name: str,
        *,
        tags: Iterable[str] = (),
        private_to: Iterable[Overwrite] | None = None,
        **more: Any,
    ) -> Channel:
        """`private_to`: seen by these alone. Raises `NotOffered` for the 501st channel."""
        if len(self._world.channels_of(guild.id)) >= GUILD_CHANNELS:
            raise NotOffered(f"a server has at most {GUILD_CHANNELS} channels")
        channel = Channel(
            self._world.ids.new(),
            kind,
            name,
            guild_id=guild.id,
            position=len(self._world.channels_of(guild.id)),
            tags=[ForumTag(self._world.ids.new(), tag) for tag in tags],
            **more,
        )
        if private_to is not None:
            hidden = Overwrite(guild.id, is_member=False, deny=int(Permission.VIEW_CHANNEL))
            channel.overwrites = {overwrite.id: overwrite for overwrite in (hidden, *private_to)}
        self._world.channels[channel.id] = channel
        self._tell("CHANNEL_CREATE", guild, self._payloads.channel(channel))
        return channel

    def change_channel(self, channel: Channel, **fields: Any) -> None:
        """Set fields of the record; who thereby comes to see it is told of its threads."""
        assert channel.guild_id is not None
        guild, bot = self._world.guilds[channel.guild_id], self._world.bot.id
        saw = sees(self._world, bot, channel)
        for name, value in fields.items():
            setattr(channel, name, value)
        self._tell("CHANNEL_UPDATE", guild, self._payloads.channel(channel))
        if not saw and sees(self._world, bot, channel):
            self._tell("THREAD_LIST_SYNC", guild, self._threads_of(channel, guild))

    def overwrite(self, channel: Channel, overwrite: Overwrite) -> None:
        self.change_channel(channel, overwrites=channel.overwrites | {overwrite.id: overwrite})

    def delete_channel(self, channel: Channel) -> None:
        """Its threads, messages and webhooks go with it."""
        assert channel.guild_id is not None
        guild = self._world.guilds[channel.guild_id]
        payload = self._payloads.channel(channel)
        for thread in [t for t in self._world.threads_of(guild.id) if t.parent_id == channel.id]:
            del self._world.threads[thread.id]
            self._world.messages.pop(thread.id, None)
        for webhook in [w for w in self._world.webhooks.values() if w.channel_id == channel.id]:
            del self._world.webhooks[webhook.id]
        del self._world.channels[channel.id]
        self._world.messages.pop(channel.id, None)
        self._tell("CHANNEL_DELETE", guild, payload)

    def _threads_of(self, channel: Channel, guild: Guild) -> Json:
        """https://discord.com/developers/docs/events/gateway-events#thread-list-sync."""
        bot = self._world.bot.id
        active = [t for t in self._threads.active_in(guild.id) if t.parent_id == channel.id]
        visible: list[Thread] = [thread for thread in active if sees(self._world, bot, thread)]
        mine = [thread for thread in visible if bot in thread.members]
        return {
            "guild_id": str(guild.id),
            "channel_ids": [str(channel.id)],
            "threads": [self._payloads.thread(thread) for thread in visible],
            "members": [self._payloads.thread_member(thread, thread.members[bot]) for thread in mine],
        }

    def _tell_member(self, name: str, guild: Guild, payload: Json) -> None:
        self._tell(name, guild, {"guild_id": str(guild.id), **payload})

    def _tell(self, name: str, guild: Guild, payload: Json) -> None:
        self._world.happened(name, payload, guild_id=guild.id)
