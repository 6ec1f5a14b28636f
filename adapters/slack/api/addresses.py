"""Slack's names for people, channels and instants, and the desk's names for the same."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from adapters.slack.capabilities import PLATFORM
from bot.domain.directory import ChannelRef

SLACKBOT = "USLACKBOT"

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the desk is in this workspace. `url` is the workspace's address, which links to messages begin with.

    `scopes` is None where Slack did not say what was granted.
    """

    user: str
    bot: str
    team: str
    name: str
    url: str
    scopes: frozenset[str] | None = None

    def wrote(self, message: Json) -> bool:
        """Whether a message is the desk's own."""
        return message.get("bot_id") == self.bot or message.get("user") == self.user


def person_key(user: str) -> str:
    return f"{PLATFORM}:{user}"


def user_of(key: str) -> str | None:
    """The Slack id in a person's key; None for a person of another platform."""
    platform, _, identity = key.partition(":")
    return identity if platform == PLATFORM else None


def channel_ref(channel: str, *, user: str, is_direct: bool) -> ChannelRef:
    """A direct message is named by its person, since its own id says nothing to anybody."""
    return ChannelRef.direct(person_key(user)) if is_direct else ChannelRef(PLATFORM, channel)


def is_direct_id(channel: str) -> bool:
    """Whether a conversation's id is that of direct messages with one person."""
    return channel.startswith("D")


def instant(ts: str) -> datetime:
    """A message's `ts`, exactly: a float would round its last digits."""
    seconds, _, fraction = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int((fraction + "000000")[:6]))


def stamp(at: datetime) -> str:
    """An instant as Slack writes it, for asking what was said since then."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


def message_url(identity: Identity, channel: str, ts: str) -> str:
    """Built, not fetched: https://docs.slack.dev/reference/methods/chat.getPermalink shows the form."""
    return f"{identity.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
