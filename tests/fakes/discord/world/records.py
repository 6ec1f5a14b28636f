"""What the server keeps. Ids are whole numbers here and strings on the wire; instants are aware, in UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import TypeAlias

from tests.fakes.discord.rules.refusals import Json


class ChannelType(IntEnum):
    """https://discord.com/developers/docs/resources/channel#channel-object-channel-types."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class MessageType(IntEnum):
    """https://discord.com/developers/docs/resources/message#message-object-message-types."""

    DEFAULT = 0
    RECIPIENT_ADD = 1
    RECIPIENT_REMOVE = 2
    CHANNEL_NAME_CHANGE = 4
    PINNED = 6
    JOIN = 7
    BOOST = 8
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23
    POLL_RESULT = 46


class MessageFlag(IntFlag):
    """https://discord.com/developers/docs/resources/message#message-object-message-flags."""

    CROSSPOSTED = 1 << 0
    IS_CROSSPOST = 1 << 1
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_VOICE_MESSAGE = 1 << 13
    HAS_SNAPSHOT = 1 << 14
    IS_COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


class ApplicationFlag(IntFlag):
    """Privileged intents granted: https://discord.com/developers/docs/resources/application#application-flags."""

    GATEWAY_PRESENCE = 1 << 12
    GATEWAY_PRESENCE_LIMITED = 1 << 13
    GATEWAY_GUILD_MEMBERS = 1 << 14
    GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15
    GATEWAY_MESSAGE_CONTENT = 1 << 18
    GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19


@dataclass(slots=True)
class Application:
    id: int
    name: str
    token: str
    flags: ApplicationFlag
    user_id: int  # its bot
    owner_id: int

    def may_read_content(self) -> bool:
        return bool(
            self.flags
            & (ApplicationFlag.GATEWAY_MESSAGE_CONTENT | ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED)
        )

    def may_list_members(self) -> bool:
        return bool(
            self.flags
            & (ApplicationFlag.GATEWAY_GUILD_MEMBERS | ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED)
        )


@dataclass(slots=True)
class User:
    id: int
    name: str
    global_name: str | None = None
    is_bot: bool = False
    avatar: str | None = None  # the picture's hash
    locale: str = "en-US"
    takes_dms: bool = True


@dataclass(slots=True)
class Role:
    id: int
    guild_id: int
    name: str
    permissions: int
    position: int = 1
    color: int = 0
    is_managed: bool = False  # belongs to a bot
    is_mentionable: bool = False


@dataclass(slots=True)
class Member:
    user_id: int
    guild_id: int
    joined_at: datetime
    nick: str | None = None
    roles: list[int] = field(default_factory=list)
    avatar: str | None = None


@dataclass(slots=True)
class Guild:
    id: int
    name: str
    owner_id: int
    premium_tier: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    emojis: list[Json] = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    locale: str = "en-US"

    @property
    def everyone(self) -> Role:
        """The role of all has the guild's id."""
        return self.roles[self.id]


@dataclass(slots=True)
class Overwrite:
    id: int
    is_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class ForumTag:
    id: int
    name: str
    is_moderated: bool = False
    emoji_name: str | None = None


@dataclass(slots=True)
class Channel:
    id: int
    type: ChannelType
    name: str
    guild_id: int | None = None  # None: a direct message
    position: int = 0
    parent_id: int | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    topic: str | None = None
    slow_mode_s: int = 0
    is_nsfw: bool = False
    auto_archive_min: int = 1440
    tags: list[ForumTag] = field(default_factory=list)
    needs_tag: bool = False
    recipients: list[int] = field(default_factory=list)
    last_message_id: int | None = None


@dataclass(slots=True)
class ThreadMember:
    user_id: int
    joined_at: datetime


@dataclass(slots=True)
class Thread:
    id: int
    guild_id: int
    parent_id: int
    owner_id: int
    type: ChannelType
    name: str
    created_at: datetime
    archive_changed_at: datetime
    active_at: datetime
    auto_archive_min: int = 1440
    is_archived: bool = False
    is_locked: bool = False
    is_invitable: bool = True
    slow_mode_s: int = 0
    members: dict[int, ThreadMember] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    message_count: int = 0
    total_sent: int = 0
    last_message_id: int | None = None
    is_pinned: bool = False

    @property
    def is_private(self) -> bool:
        return self.type is ChannelType.PRIVATE_THREAD


Place: TypeAlias = Channel | Thread


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    content: bytes
    content_type: str | None = None
    description: str | None = None
    is_ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Kind 0: a reply, or what a system message is about; kind 1: a forward."""

    channel_id: int
    message_id: int | None = None
    guild_id: int | None = None
    kind: int = 0


@dataclass(slots=True)
class Message:
    id: int
    channel_id: int
    author_id: int
    created_at: datetime
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    poll: Json | None = None
    snapshots: list[Json] = field(default_factory=list)
    flags: MessageFlag = NO_FLAGS
    edited_at: datetime | None = None
    mentions: list[int] = field(default_factory=list)  # who is pinged
    mentioned_roles: list[int] = field(default_factory=list)
    mentions_everyone: bool = False
    is_pinned: bool = False
    is_tts: bool = False
    nonce: str | int | None = None
    reference: Reference | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    webhook_id: int | None = None
    webhook_name: str | None = None
    webhook_picture: str | None = None  # the address it was posted with
    application_id: int | None = None
    interaction: Json | None = None  # `interaction_metadata`
    only_for: int | None = None  # an ephemeral message's reader
    position: int | None = None  # within a thread

    @property
    def is_by_webhook(self) -> bool:
        """Under a name of its own; an answer to an interaction has a `webhook_id` too, but is the bot's."""
        return self.webhook_name is not None


@dataclass(slots=True)
class Webhook:
    id: int
    guild_id: int
    channel_id: int
    name: str
    token: str
    creator_id: int
    application_id: int | None
    avatar: str | None = None
