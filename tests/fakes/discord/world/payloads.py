"""People, guilds and channels as Discord documents them.

https://discord.com/developers/docs/resources/user, …/guild, …/channel, …/webhook
"""

from datetime import datetime

from tests.fakes.discord.rules.permissions import in_channel, in_guild, sees
from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.records import (
    Application,
    Channel,
    ChannelType,
    ForumTag,
    Guild,
    Member,
    Overwrite,
    Role,
    Thread,
    ThreadMember,
    User,
    Webhook,
)
from tests.fakes.discord.world.world import World

LARGE_GUILD = 250


def stamp(at: datetime) -> str:
    """https://discord.com/developers/docs/reference#iso8601-datetime."""
    return at.isoformat()


class Payloads:
    def __init__(self, world: World) -> None:
        self._world = world

    # --- people ---

    def user(self, user: User) -> Json:
        """https://discord.com/developers/docs/resources/user#user-object."""
        body: Json = {
            "id": str(user.id),
            "username": user.name,
            "discriminator": "0" if not user.is_bot else "0001",
            "global_name": user.global_name,
            "avatar": user.avatar,
            "public_flags": 0,
            "avatar_decoration_data": None,
        }
        return body | ({"bot": True} if user.is_bot else {})

    def own_user(self, user: User) -> Json:
        more = {"verified": True, "mfa_enabled": False, "email": None, "flags": 0, "locale": user.locale}
        return self.user(user) | more

    def member(self, member: Member, *, with_user: bool = True) -> Json:
        """https://discord.com/developers/docs/resources/guild#guild-member-object."""
        body: Json = {
            "nick": member.nick,
            "avatar": member.avatar,
            "banner": None,
            "roles": [str(role) for role in member.roles],
            "joined_at": stamp(member.joined_at),
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
            "avatar_decoration_data": None,
        }
        return body | ({"user": self.user(self._world.users[member.user_id])} if with_user else {})

    def interacting_member(self, member: Member, channel_id: int) -> Json:
        """A member within an interaction carries their permissions in the channel."""
        held = in_channel(self._world, member.user_id, self._world.place(channel_id))
        return self.member(member) | {"permissions": str(int(held))}

    def role(self, role: Role) -> Json:
        """https://discord.com/developers/docs/topics/permissions#role-object."""
        body: Json = {
            "id": str(role.id),
            "name": role.name,
            "color": role.color,
            "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": role.position,
            "permissions": str(int(role.permissions)),
            "managed": role.is_managed,
            "mentionable": role.is_mentionable,
            "flags": 0,
        }
        return body | ({"tags": {"bot_id": str(self._world.bot.id)}} if role.is_managed else {})

    def application(self, application: Application) -> Json:
        """https://discord.com/developers/docs/resources/application#application-object."""
        return {
            "id": str(application.id),
            "name": application.name,
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "bot": self.user(self._world.users[application.user_id]),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.user(self._world.users[application.owner_id]),
            "team": None,
            "flags": int(application.flags),
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "approximate_guild_count": len(self._world.guilds),
        }

    # --- guilds ---

    def guild(self, guild: Guild) -> Json:
        """https://discord.com/developers/docs/resources/guild#guild-object."""
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": str(guild.owner_id),
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [self.role(role) for role in guild.roles.values()],
            "emojis": guild.emojis,
            "features": [],
            "mfa_level": 0,
            "nsfw_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "max_presences": None,
            "max_members": 500_000,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": guild.premium_tier,
            "premium_subscription_count": 0,
            "preferred_locale": guild.locale,
            "public_updates_channel_id": None,
            "stickers": guild.stickers,
            "premium_progress_bar_enabled": False,
            "safety_alerts_channel_id": None,
            "incidents_data": None,
        }

    def guild_with_counts(self, guild: Guild) -> Json:
        count = len(guild.members)
        return self.guild(guild) | {"approximate_member_count": count, "approximate_presence_count": count}

    def partial_guild(self, guild: Guild) -> Json:
        """https://discord.com/developers/docs/resources/user#get-current-user-guilds."""
        bot = guild.members[self._world.bot.id]
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(int(in_guild(guild, bot))),
            "features": [],
        }

    def guild_create(self, guild: Guild) -> Json:
        """What the gateway adds: https://discord.com/developers/docs/events/gateway-events#guild-create.

        Of a guild's members only the bot itself: the others are asked for, or named in events.
        """
        world, bot = self._world, self._world.bot.id
        channels = world.channels_of(guild.id)
        visible = [t for t in world.threads_of(guild.id) if not t.is_archived and sees(world, bot, t)]
        return self.guild(guild) | {
            "joined_at": stamp(guild.members[bot].joined_at),
            "large": len(guild.members) > LARGE_GUILD,
            "unavailable": False,
            "member_count": len(guild.members),
            "voice_states": [],
            "members": [self.member(guild.members[bot])],
            "channels": [self.channel(channel) for channel in channels],
            "threads": [self.thread(thread, seen_by=bot) for thread in visible],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    # --- channels ---

    def channel(self, channel: Channel) -> Json:
        """https://discord.com/developers/docs/resources/channel#channel-object."""
        if channel.type is ChannelType.DM:
            return self._direct(channel)
        body: Json = {
            "id": str(channel.id),
            "type": int(channel.type),
            "guild_id": str(channel.guild_id),
            "name": channel.name,
            "position": channel.position,
            "parent_id": snowflake(channel.parent_id),
            "permission_overwrites": [_overwrite(overwrite) for overwrite in channel.overwrites.values()],
            "nsfw": channel.is_nsfw,
            "flags": (1 << 4) if channel.needs_tag else 0,
        }
        if channel.type is ChannelType.CATEGORY:
            return body
        body |= {
            "topic": channel.topic,
            "last_message_id": snowflake(channel.last_message_id),
            "rate_limit_per_user": channel.slow_mode_s,
            "default_auto_archive_duration": channel.auto_archive_min,
        }
        if channel.type is ChannelType.FORUM:
            body |= {
                "available_tags": [_tag(tag) for tag in channel.tags],
                "default_reaction_emoji": None,
                "default_sort_order": None,
                "default_forum_layout": 0,
                "default_thread_rate_limit_per_user": 0,
            }
        if channel.type is ChannelType.VOICE:
            body |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None, "last_message_id": None}
        return body

    def thread(self, thread: Thread, *, seen_by: int | None = None) -> Json:
        """https://discord.com/developers/docs/topics/threads; `member` is the reader's own membership."""
        body: Json = {
            "id": str(thread.id),
            "type": int(thread.type),
            "guild_id": str(thread.guild_id),
            "parent_id": str(thread.parent_id),
            "owner_id": str(thread.owner_id),
            "name": thread.name,
            "last_message_id": snowflake(thread.last_message_id),
            "message_count": thread.message_count,
            "total_message_sent": thread.total_sent,
            # https://discord.com/developers/docs/resources/channel#channel-object: it stops counting at 50.
            "member_count": min(50, len(thread.members)),
            "rate_limit_per_user": thread.slow_mode_s,
            "flags": (1 << 1) if thread.is_pinned else 0,
            "thread_metadata": self._thread_metadata(thread),
        }
        if self._world.channels[thread.parent_id].type is ChannelType.FORUM:
            body["applied_tags"] = [str(tag) for tag in thread.tags]
        if seen_by is not None and seen_by in thread.members:
            body["member"] = self.thread_member(thread, thread.members[seen_by])
        return body

    def thread_member(self, thread: Thread, member: ThreadMember) -> Json:
        return {
            "id": str(thread.id),
            "user_id": str(member.user_id),
            "join_timestamp": stamp(member.joined_at),
            "flags": 0,
        }

    def webhook(self, webhook: Webhook, *, with_token: bool = True) -> Json:
        """https://discord.com/developers/docs/resources/webhook#webhook-object."""
        body: Json = {
            "id": str(webhook.id),
            "type": 1,
            "guild_id": str(webhook.guild_id),
            "channel_id": str(webhook.channel_id),
            "name": webhook.name,
            "avatar": webhook.avatar,
            "application_id": snowflake(webhook.application_id),
            "user": self.user(self._world.users[webhook.creator_id]),
        }
        return body | ({"token": webhook.token} if with_token else {})

    def _direct(self, channel: Channel) -> Json:
        bot = self._world.bot.id
        others = [user for user in channel.recipients if user != bot]
        return {
            "id": str(channel.id),
            "type": int(ChannelType.DM),
            "last_message_id": snowflake(channel.last_message_id),
            "recipients": [self.user(self._world.users[user]) for user in others],
            "flags": 0,
        }

    def _thread_metadata(self, thread: Thread) -> Json:
        body: Json = {
            "archived": thread.is_archived,
            "archive_timestamp": stamp(thread.archive_changed_at),
            "auto_archive_duration": thread.auto_archive_min,
            "locked": thread.is_locked,
            "create_timestamp": stamp(thread.created_at),
        }
        return body | ({"invitable": thread.is_invitable} if thread.is_private else {})


def snowflake(found: int | None) -> str | None:
    return str(found) if found is not None else None


def _overwrite(overwrite: Overwrite) -> Json:
    return {
        "id": str(overwrite.id),
        "type": int(overwrite.is_member),
        "allow": str(int(overwrite.allow)),
        "deny": str(int(overwrite.deny)),
    }


def _tag(tag: ForumTag) -> Json:
    return {
        "id": str(tag.id),
        "name": tag.name,
        "moderated": tag.is_moderated,
        "emoji_id": None,
        "emoji_name": tag.emoji_name,
    }
