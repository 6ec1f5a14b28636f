"""Which events an app asked for: https://discord.com/developers/docs/events/gateway#gateway-intents."""

from collections.abc import Mapping
from enum import IntFlag

from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.message_payloads import without_content
from tests.fakes.discord.world.records import ApplicationFlag


class Intent(IntFlag):
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25


KNOWN = Intent(sum(Intent))
# https://discord.com/developers/docs/events/gateway#privileged-intents: each with what the application is granted.
PRIVILEGED: Mapping[Intent, ApplicationFlag] = {
    Intent.GUILD_PRESENCES: ApplicationFlag.GATEWAY_PRESENCE | ApplicationFlag.GATEWAY_PRESENCE_LIMITED,
    Intent.GUILD_MEMBERS: ApplicationFlag.GATEWAY_GUILD_MEMBERS
    | ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED,
    Intent.MESSAGE_CONTENT: ApplicationFlag.GATEWAY_MESSAGE_CONTENT
    | ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED,
}
_BY_PREFIX: tuple[tuple[str, Intent, Intent], ...] = (
    # The event, and its intent in a guild and in a direct message.
    ("MESSAGE_REACTION_", Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    ("MESSAGE_POLL_", Intent.GUILD_MESSAGE_POLLS, Intent.DIRECT_MESSAGE_POLLS),
    ("MESSAGE_", Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    ("TYPING_", Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING),
    ("CHANNEL_PINS_", Intent.GUILDS, Intent.DIRECT_MESSAGES),
    ("GUILD_MEMBER_", Intent.GUILD_MEMBERS, Intent.GUILD_MEMBERS),
    ("WEBHOOKS_", Intent.GUILD_WEBHOOKS, Intent.GUILD_WEBHOOKS),
    ("GUILD_", Intent.GUILDS, Intent.GUILDS),
    ("CHANNEL_", Intent.GUILDS, Intent.GUILDS),
    ("THREAD_", Intent.GUILDS, Intent.GUILDS),
)


def needed_for(event: str, *, is_direct: bool) -> Intent | None:
    """None for events that everybody gets, such as interactions."""
    for prefix, in_guild, direct in _BY_PREFIX:
        if event.startswith(prefix):
            return direct if is_direct else in_guild
    return None


def as_asked(event: str, payload: Json, intents: Intent, *, bot: str, application: str) -> Json | None:
    """The payload with what these intents show of it; None for nothing at all."""
    if event == "GUILD_MEMBER_UPDATE" and payload["user"]["id"] == bot:
        return payload  # https://discord.com/developers/docs/events/gateway#caveats
    needed = needed_for(event, is_direct="guild_id" not in payload and event.startswith(_DIRECTED))
    if needed is not None and needed not in intents:
        return None
    if event == "THREAD_MEMBERS_UPDATE" and Intent.GUILD_MEMBERS not in intents:
        return _own_membership(payload, bot)
    if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and Intent.MESSAGE_CONTENT not in intents:
        is_shown = (
            "guild_id" not in payload
            or payload.get("application_id") == application
            or payload["author"]["id"] == bot
            or any(mention["id"] == bot for mention in payload["mentions"])
        )
        return payload if is_shown else without_content(payload)
    return payload


_DIRECTED = ("MESSAGE_", "TYPING_", "CHANNEL_PINS_")


def _own_membership(payload: Json, bot: str) -> Json | None:
    added = [member for member in payload["added_members"] if member["user_id"] == bot]
    removed = [user for user in payload["removed_member_ids"] if user == bot]
    if not added and not removed:
        return None
    return payload | {"added_members": added, "removed_member_ids": removed}
