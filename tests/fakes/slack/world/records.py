"""What the server remembers: people, channels, messages, files, views. `shapes` gives it Slack's form."""

from dataclasses import dataclass, field

from tests.fakes.slack.rules.refusals import Json


@dataclass(slots=True)
class User:
    id: str
    name: str
    real_name: str
    email: str | None = None
    time_zone: str = "Europe/Berlin"
    time_zone_offset: int = 3600
    title: str = ""
    is_bot: bool = False
    is_deleted: bool = False
    is_guest: bool = False
    is_single_channel_guest: bool = False
    status_text: str = ""
    bot_id: str | None = None
    is_admin: bool = False
    updated: int = 0


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    is_private: bool = False
    is_direct: bool = False
    is_group_direct: bool = False
    is_shared_with_others: bool = False  # by Slack Connect
    is_archived: bool = False
    topic: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)

    @property
    def type(self) -> str:
        """As message events name it: https://docs.slack.dev/reference/events/message."""
        if self.is_direct:
            return "im"
        if self.is_group_direct:
            return "mpim"
        return "group" if self.is_private else "channel"

    @property
    def scope_family(self) -> str:
        return {"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}[self.type]


@dataclass(slots=True)
class File:
    id: str
    name: str
    title: str
    owner: str
    created: int
    mimetype: str = "application/octet-stream"
    content: bytes | None = None  # None until the upload URL got its bytes
    announced_size: int = 0
    is_completed: bool = False
    is_scanned: bool = True  # an upload is looked at for a while, and has no type until then
    is_deleted: bool = False
    is_put_into_form: bool = False  # a modal's, whose app reads it; it is shared nowhere
    shares: list[tuple[str, str]] = field(default_factory=list)  # (channel, ts)


@dataclass(slots=True)
class Message:
    channel: str
    ts: str
    text: str
    user: str | None = None
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    is_broadcast: bool = False
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icons: Json | None = None
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    edited_by: str | None = None
    edited_ts: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str | None = None
    only_for: str | None = None  # an ephemeral message's only reader

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_tombstone(self) -> bool:
        return self.subtype == "tombstone"


@dataclass(slots=True)
class UserGroup:
    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    is_disabled: bool = False


@dataclass(slots=True)
class View:
    id: str
    user: str
    body: Json  # what the app sent: type, title, blocks, callback_id, private_metadata …
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # block_id → what the app says is wrong
