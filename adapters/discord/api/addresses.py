"""Discord's ids and the desk's references, in both directions. Every id is a snowflake, which holds its instant."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.discord.capabilities import PLATFORM
from bot.domain.directory import ChannelRef

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""https://discord.com/developers/docs/reference#snowflakes"""
_INSTANT_BITS = 22

Json = dict[str, Any]
"""An object as Discord sends it and takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the desk is in Discord."""

    application: int
    user: int
    name: str


def person_key(user_id: int | str) -> str:
    return f"{PLATFORM}:{user_id}"


def user_of(key: str) -> int | None:
    """The user's id of a person's key; None for a role and for people of other platforms."""
    platform, _, identity = key.partition(":")
    return int(identity) if platform == PLATFORM and identity.isdecimal() else None


def role_ref(role_id: int | str) -> str:
    """How `desk.yaml` names a role."""
    return f"{PLATFORM}:@{role_id}"


def community_ref(guild_id: int | str) -> str:
    return f"{PLATFORM}:{guild_id}"


def channel_ref(channel_id: int | str) -> ChannelRef:
    return ChannelRef(PLATFORM, str(channel_id))


def direct_partner(channel: ChannelRef) -> int | None:
    """Whose direct messages this channel is."""
    identity = channel.channel.removeprefix("@")
    return int(identity) if channel.is_direct and identity.isdecimal() else None


def instant(snowflake: int | str) -> datetime:
    return EPOCH + timedelta(milliseconds=int(snowflake) >> _INSTANT_BITS)


def snowflake_at(at: datetime) -> int:
    """The least id of this instant: what comes `after` it in a history was said later."""
    return max(0, (at - EPOCH) // timedelta(milliseconds=1)) << _INSTANT_BITS


def message_url(guild: int | str | None, channel: int | str, message: int | str) -> str:
    return f"https://discord.com/channels/{guild or '@me'}/{channel}/{message}"


def thread_url(guild: int | str, thread: int | str) -> str:
    return f"https://discord.com/channels/{guild}/{thread}"
