"""Who may do what where: https://discord.com/developers/docs/topics/permissions.

Base permissions from roles, then the channel's overwrites (everyone, roles, member); a thread has those of its
parent, and a private one is seen by its members and by who manages threads.
"""

from enum import IntFlag

from tests.fakes.discord.rules.refusals import Refusal
from tests.fakes.discord.world.records import Channel, ChannelType, Guild, Member, Overwrite, Place, Thread
from tests.fakes.discord.world.world import Happening, World


class Permission(IntFlag):
    """https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags."""

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = Permission((1 << 53) - 1)
NONE = Permission(0)

# What a new community gives everybody.
EVERYBODY = (
    Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES | Permission.READ_MESSAGE_HISTORY | Permission.ADD_REACTIONS
    | Permission.USE_EXTERNAL_EMOJIS | Permission.USE_APPLICATION_COMMANDS | Permission.SEND_POLLS
)  # fmt: skip

# What a help desk's invite link asks for.
DESK = (
    EVERYBODY | Permission.MANAGE_THREADS | Permission.MANAGE_MESSAGES | Permission.MANAGE_WEBHOOKS
    | Permission.PIN_MESSAGES
)  # fmt: skip

# https://discord.com/developers/docs/topics/permissions#implicit-permissions: gone with the right to write.
_WITH_WRITING = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)
# A direct message has no roles: what its two people may do there.
_DIRECT = EVERYBODY & ~(Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS)


def in_guild(guild: Guild, member: Member) -> Permission:
    if guild.owner_id == member.user_id:
        return ALL
    found = Permission(guild.everyone.permissions)
    for role in member.roles:
        if role in guild.roles:
            found |= Permission(guild.roles[role].permissions)
    return ALL if Permission.ADMINISTRATOR in found else found


def in_channel(world: World, user_id: int, place: Place) -> Permission:
    """What somebody may do there; nothing in a guild they are not in or a channel they do not see."""
    channel = world.parent(place)
    if channel.guild_id is None:
        return _DIRECT if user_id in channel.recipients else NONE
    guild = world.guilds[channel.guild_id]
    member = guild.members.get(user_id)
    if member is None:
        return NONE
    found = _overwritten(in_guild(guild, member), guild, member, channel)
    if isinstance(place, Thread):
        if place.is_private and user_id not in place.members and Permission.MANAGE_THREADS not in found:
            return NONE
        return found if Permission.SEND_MESSAGES_IN_THREADS in found else found & ~_WITH_WRITING
    if Permission.SEND_MESSAGES not in found and channel.type is not ChannelType.FORUM:
        found &= ~_WITH_WRITING
    return found


def sees(world: World, user_id: int, place: Place) -> bool:
    return Permission.VIEW_CHANNEL in in_channel(world, user_id, place)


def is_told(world: World, user_id: int, happening: Happening) -> bool:
    """Who hears of what: members of the guild, of those who see the place, or one person alone."""
    if happening.only_user is not None and happening.only_user != user_id:
        return False
    if happening.guild_id is not None:
        guild = world.guilds.get(happening.guild_id)
        if guild is not None and user_id not in guild.members:
            return False
    if happening.channel_id is None:
        return True
    return sees(world, user_id, world.place(happening.channel_id))


def require(world: World, user_id: int, place: Place, *needed: Permission) -> None:
    """Raises 50001 for who does not see the place, 50013 for who may not do all of this there."""
    held = in_channel(world, user_id, place)
    if Permission.VIEW_CHANNEL not in held:
        raise Refusal(50001)
    if any(permission not in held for permission in needed):
        raise Refusal(50013)


def writing(place: Place) -> Permission:
    return Permission.SEND_MESSAGES_IN_THREADS if isinstance(place, Thread) else Permission.SEND_MESSAGES


def _overwritten(base: Permission, guild: Guild, member: Member, channel: Channel) -> Permission:
    if base == ALL:
        return ALL
    everyone = channel.overwrites.get(guild.id, Overwrite(guild.id, is_member=False))
    roles = [channel.overwrites[role] for role in member.roles if role in channel.overwrites]
    own = channel.overwrites.get(member.user_id, Overwrite(member.user_id, is_member=True))
    deny = allow = NONE
    for overwrite in roles:
        deny |= Permission(overwrite.deny)
        allow |= Permission(overwrite.allow)
    found = (base & ~Permission(everyone.deny)) | Permission(everyone.allow)
    found = (found & ~deny) | allow
    found = (found & ~Permission(own.deny)) | Permission(own.allow)
    return found if Permission.VIEW_CHANNEL in found else NONE
