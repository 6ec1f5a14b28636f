"""conversations.* and reactions.*: https://docs.slack.dev/reference/methods?family=conversations."""

from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.sending.events import Announce, Happenings
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.world.records import Channel, Message
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import Workspace

KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


class Conversations(Desk):
    def __init__(
        self, workspace: Workspace, shapes: Shapes, talk: Talk, happenings: Happenings, *, announce: Announce
    ) -> None:
        super().__init__(workspace)
        self._shapes = shapes
        self._talk = talk
        self._happenings = happenings
        self._announce = announce

    def methods(self) -> dict[str, Method]:
        return {
            "conversations.list": Method(self._list, 2),
            "conversations.info": Method(self._info, 3),
            "conversations.join": Method(self._join, 3, ("channels:join",)),
            "conversations.members": Method(self._members, 4),
            "conversations.history": Method(self._history, 3),
            "conversations.replies": Method(self._replies, 3),
            "conversations.open": Method(self._open, 3),
            "reactions.add": Method(self._react, 3, ("reactions:write",)),
            "reactions.get": Method(self._reactions, 3, ("reactions:read",)),
        }

    def _list(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.list."""
        kinds = arguments.names("types") or ["public_channel"]
        if any(kind not in KINDS for kind in kinds):
            raise Refusal("invalid_types")
        self.needs(*(f"{KINDS[kind]}:read" for kind in kinds))
        families = {KINDS[kind] for kind in kinds}
        found = [
            channel
            for channel in self.workspace.channels.values()
            if channel.scope_family in families
            and (channel.type == "channel" or self.workspace.is_bot_in(channel))
            and not (channel.is_archived and arguments.flag("exclude_archived"))
        ]
        channels, paging = self.page(found, arguments)
        return {"channels": [self._shapes.channel(channel) for channel in channels], **paging}

    def _info(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.info."""
        channel = self.known(arguments.required("channel"))
        self.needs(f"{channel.scope_family}:read")
        return {"channel": self._shapes.channel(channel)}

    def _join(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.join: public channels only."""
        channel = self.known(arguments.required("channel"))
        if channel.type != "channel":
            raise Refusal("method_not_supported_for_channel_type")
        if channel.is_archived:
            raise Refusal("is_archived")
        if self.workspace.is_bot_in(channel):
            warnings = {
                "warning": "already_in_channel",
                "response_metadata": {"warnings": ["already_in_channel"]},
            }
            return {"channel": self._shapes.channel(channel), **warnings}
        self.enter(channel, self.app.user)
        return {"channel": self._shapes.channel(channel)}

    def enter(self, channel: Channel, user: str) -> None:
        """Somebody comes in: an event, and a notice everybody reads."""
        channel.members.append(user)
        person = self.workspace.users[user]
        self._announce(self._happenings.joined(channel, person, ts=self.workspace.pace.ts()))
        notice = Content(text=f"<@{user}> has joined the channel")
        self._talk.post(channel.id, notice, user=user, subtype="channel_join")

    def _members(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.members."""
        channel = self.known(arguments.required("channel"))
        self.needs(f"{channel.scope_family}:read")
        members, paging = self.page(channel.members, arguments)
        return {"members": members, **paging}

    def _history(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.history: newest first, replies left out."""
        channel = self._readable(arguments)
        said = [
            message
            for message in reversed(self.workspace.messages.get(channel.id, {}).values())
            if not message.is_reply or message.is_broadcast
        ]
        found = [message for message in said if _is_between(message.ts, arguments)]
        messages, paging = self.page(found, arguments, most=999)
        return self._told(messages, paging, arguments) | {"pin_count": 0}

    def _replies(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.replies: oldest first, the parent on every page."""
        channel = self._readable(arguments)
        parent = self.workspace.message(channel.id, arguments.required("ts"))
        if parent is None:
            raise Refusal("thread_not_found")
        thread = self.workspace.thread(channel.id, parent.ts)
        found = [message for message in thread if _is_between(message.ts, arguments)]
        messages, paging = self.page(found, arguments)
        return self._told([parent, *messages], paging, arguments)

    def _open(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/conversations.open."""
        if arguments.text("channel"):
            channel = self.known(arguments.required("channel"))
        else:
            users = arguments.names("users")
            if not users:
                raise Refusal("users_list_not_supplied")
            self.needs("im:write" if len(users) == 1 else "mpim:write")
            if any(user not in self.workspace.users for user in users):
                raise Refusal("user_not_found")
            if any(self.workspace.users[user].is_bot for user in users):
                raise Refusal("cannot_dm_bot")
            if any(self.workspace.users[user].is_deleted for user in users):
                raise Refusal("user_disabled")
            channel = self.workspace.direct(*users, self.app.user)
        is_full = arguments.flag("return_im")
        return {"channel": self._shapes.channel(channel) if is_full else {"id": channel.id}}

    def _react(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/reactions.add."""
        channel = self.inside(arguments.required("channel"))
        message = self._reacted_to(channel, arguments)
        name = arguments.required("name").strip(":")
        if self.app.user in message.reactions.get(name, []):
            raise Refusal("already_reacted")
        if channel.is_archived:
            raise Refusal("is_archived")
        self._talk.react(message, self.app.user, name)
        return {}

    def _reactions(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/reactions.get."""
        channel = self.inside(arguments.required("channel"))
        message = self._reacted_to(channel, arguments)
        return {"type": "message", "channel": channel.id, "message": self._shapes.message(message)}

    def _reacted_to(self, channel: Channel, arguments: Arguments) -> Message:
        message = self.workspace.message(channel.id, arguments.required("timestamp"))
        if message is None or message.is_tombstone:
            raise Refusal("message_not_found")
        return message

    def _readable(self, arguments: Arguments) -> Channel:
        channel = self.known(arguments.required("channel"))
        self.needs(f"{channel.scope_family}:history")
        return self.inside(channel.id)

    def _told(self, messages: list[Message], paging: Json, arguments: Arguments) -> Json:
        is_whole = arguments.flag("include_all_metadata")
        told = [self._shapes.message(message) | _metadata(message, is_whole=is_whole) for message in messages]
        has_more = bool(paging["response_metadata"]["next_cursor"])
        return {"messages": told, "has_more": has_more} | (paging if has_more else {})


def _metadata(message: Message, *, is_whole: bool) -> Json:
    """https://docs.slack.dev/messaging/message-metadata: the payload only for who asks for it."""
    if message.metadata is None:
        return {}
    return {"metadata": message.metadata if is_whole else {"event_type": message.metadata["event_type"]}}


def _is_between(ts: str, arguments: Arguments) -> bool:
    """`oldest` and `latest` themselves are left out unless `inclusive`."""
    oldest, latest = _stamp(arguments, "oldest"), _stamp(arguments, "latest")
    at = _parsed(ts)
    if arguments.flag("inclusive"):
        return (oldest is None or at >= oldest) and (latest is None or at <= latest)
    return (oldest is None or at > oldest) and (latest is None or at < latest)


def _stamp(arguments: Arguments, name: str) -> tuple[int, str] | None:
    value = arguments.text(name)
    if not value or value in ("0", "now"):
        return None
    try:
        return _parsed(value)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _parsed(ts: str) -> tuple[int, str]:
    """Exact: a float would lose the last digits."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds), fraction.ljust(6, "0")
