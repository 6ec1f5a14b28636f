"""The workspace: who and what there is, under names people say and ids the wire carries.

An id has Slack's form (`^[CGDZ][A-Z0-9]{8,}$`), because methods refuse what does not look like one.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.refusals import Refusal
from tests.fakes.slack.world.records import Channel, File, Message, User, UserGroup

TEAM = "T0DESKBELL"
TEAM_DOMAIN = "deskbell-test"
SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class App:
    """The one app that is installed, and what its manifest asked for."""

    id: str = "A0DESKBELL"
    name: str = "deskbell"
    user: str = "U0DESKBELL"
    bot: str = "B0DESKBELL"
    bot_token: str = "xoxb-1111-2222-bot-token-of-the-desk"
    app_token: str = "xapp-1-A0DESKBELL-3333-app-token-of-the-desk"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] | None = None  # subscribed bot events; None: whatever the scopes allow
    commands: frozenset[str] | None = None  # None: any
    shortcuts: dict[str, str] | None = None  # name → callback_id; None: any
    has_home: bool = True
    out_of_use: str | None = None  # "token_revoked", "account_inactive"


@dataclass(slots=True)
class Workspace:
    pace: Pace
    app: App
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    replies: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)
    _count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        app = self.app
        self.users[app.user] = User(app.user, app.name, app.name, is_bot=True, bot_id=app.bot)
        self.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", is_bot=True)

    def new_id(self, letter: str) -> str:
        return f"{letter}{next(self._count):09d}"

    def add_user(self, user: User) -> User:
        user.updated = int(self.pace.wall())
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, *, members: Iterable[str] = (), is_private: bool = False) -> Channel:
        channel = Channel(
            id=self.new_id("C"),
            name=name,
            is_private=is_private,
            created=int(self.pace.wall()),
            members=list(members),
        )
        self.channels[channel.id] = channel
        return channel

    def direct(self, *users: str) -> Channel:
        """The direct message of exactly these, opened when there is none yet."""
        wanted = sorted(set(users))
        for channel in self.channels.values():
            if (channel.is_direct or channel.is_group_direct) and sorted(channel.members) == wanted:
                return channel
        is_group = len(wanted) > 2
        channel = Channel(
            id=self.new_id("C" if is_group else "D"),
            name="mpdm-" + "--".join(self.users[user].name for user in wanted)
            if is_group
            else "directmessage",
            is_private=is_group,
            is_direct=not is_group,
            is_group_direct=is_group,
            created=int(self.pace.wall()),
            members=wanted,
        )
        self.channels[channel.id] = channel
        return channel

    def channel(self, reference: str) -> Channel:
        """By id, or by name as people say it. Raises `Refusal("channel_not_found")`."""
        if reference in self.channels:
            return self.channels[reference]
        name = reference.removeprefix("#")
        for channel in self.channels.values():
            if channel.name == name and not channel.is_direct:
                return channel
        raise Refusal("channel_not_found")

    def is_bot_in(self, channel: Channel) -> bool:
        return self.app.user in channel.members

    def message(self, channel: str, ts: str) -> Message | None:
        return self.messages.get(channel, {}).get(ts)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The replies under a message, oldest first."""
        said = self.messages.get(channel, {})
        return [said[reply] for reply in self.replies.get((channel, ts), [])]

    def user_named(self, name: str) -> User | None:
        plain = name.removeprefix("@")
        return next((user for user in self.users.values() if plain in (user.id, user.name)), None)
