"""What is said: posting, editing, deleting and reacting change the state and tell the app in the same breath."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.rules.block_limits import MESSAGE_TEXT
from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.sending.events import Announce, Happenings
from tests.fakes.slack.world.records import File, Message
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import SLACKBOT, Workspace


@dataclass(frozen=True, slots=True)
class Content:
    """What a message holds, whoever says it."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None


class Talk:
    def __init__(
        self, workspace: Workspace, shapes: Shapes, happenings: Happenings, *, announce: Announce
    ) -> None:
        self._workspace = workspace
        self._shapes = shapes
        self._happenings = happenings
        self._announce = announce

    def post(
        self,
        channel: str,
        content: Content,
        *,
        thread: str | None = None,
        broadcast: bool = False,
        **who: Any,
    ) -> Message:
        """`who` names the author: `user`, `bot_id`, `app_id`, `username`, `icons`, `client_msg_id`, `subtype`."""
        message = Message(
            channel=channel,
            ts=self._workspace.pace.ts(),
            # https://docs.slack.dev/reference/methods/chat.postMessage#truncating: cut at 40,000 characters.
            text=content.text[:MESSAGE_TEXT],
            blocks=content.blocks,
            attachments=content.attachments,
            files=list(content.files),
            metadata=content.metadata,
            thread_ts=self._root_of(channel, thread),
            **who,
        )
        if broadcast and message.thread_ts:
            message.is_broadcast, message.subtype = True, "thread_broadcast"
        self._keep(message)
        for happening in self._happenings.said(message):
            self._announce(happening)
        return message

    def whisper(
        self, channel: str, content: Content, *, to: str, thread: str | None = None, **who: Any
    ) -> Message:
        """An ephemeral message: one reader, not kept in history, no event.

        https://docs.slack.dev/reference/methods/chat.postEphemeral
        """
        message = Message(
            channel=channel,
            ts=self._workspace.pace.ts(),
            text=content.text[:MESSAGE_TEXT],
            blocks=content.blocks,
            attachments=content.attachments,
            thread_ts=thread,
            only_for=to,
            **who,
        )
        self._workspace.ephemerals.append(message)
        return message

    def edit(self, message: Message, content: Content, *, by: str) -> None:
        previous = self._shapes.message(message)
        ts = self._workspace.pace.ts()
        message.text = content.text[:MESSAGE_TEXT]
        message.blocks = content.blocks
        message.attachments = content.attachments
        message.edited_by, message.edited_ts = by, f"{ts.split('.', maxsplit=1)[0]}.000000"
        self._announce(self._happenings.changed(message, previous=previous, ts=ts))

    def unfurl(self, message: Message, attachments: list[Json]) -> None:
        """A link's preview arrives: `message_changed` with the same text and no `edited`.

        https://docs.slack.dev/messaging/unfurling-links-in-messages
        """
        previous = self._shapes.message(message)
        message.attachments = attachments
        self._announce(self._happenings.changed(message, previous=previous, ts=self._workspace.pace.ts()))

    def delete(self, message: Message) -> None:
        """A parent with replies leaves a tombstone, as a `message_changed`; anything else is gone."""
        previous = self._shapes.message(message)
        ts = self._workspace.pace.ts()
        if self._workspace.thread(message.channel, message.ts):
            self._entomb(message)
            self._announce(self._happenings.changed(message, previous=previous, ts=ts))
            return
        del self._workspace.messages[message.channel][message.ts]
        self._announce(self._happenings.deleted(message.channel, previous=previous, ts=ts))
        if message.is_reply and message.thread_ts:
            self._leave_thread(message, message.thread_ts)

    def react(self, message: Message, user: str, name: str, *, added: bool = True) -> None:
        users = message.reactions.setdefault(name, [])
        if added:
            users.append(user)
        else:
            users.remove(user)
        if not users:
            del message.reactions[name]
        ts = self._workspace.pace.ts()
        self._announce(self._happenings.reacted(message, user, name, ts=ts, added=added))

    def _root_of(self, channel: str, thread: str | None) -> str | None:
        """A reply to a reply goes into its thread; one to a message that is gone appears at top level."""
        parent = self._workspace.message(channel, thread) if thread else None
        if parent is None:
            return None
        return parent.thread_ts or parent.ts

    def _keep(self, message: Message) -> None:
        self._workspace.messages.setdefault(message.channel, {})[message.ts] = message
        if message.thread_ts:
            self._workspace.replies.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        for file in message.files:
            file.shares.append((message.channel, message.ts))

    def _entomb(self, message: Message) -> None:
        """https://docs.slack.dev/reference/events/message (a deleted parent keeps its thread)."""
        message.subtype, message.text, message.user = "tombstone", "This message was deleted.", SLACKBOT
        message.blocks, message.attachments, message.files = [], [], []
        message.bot_id = message.app_id = message.username = message.icons = message.metadata = None
        message.client_msg_id = message.edited_by = message.edited_ts = None

    def _leave_thread(self, message: Message, root: str) -> None:
        replies = self._workspace.replies[message.channel, root]
        replies.remove(message.ts)
        parent = self._workspace.message(message.channel, root)
        if not replies and parent is not None and parent.is_tombstone:
            del self._workspace.messages[message.channel][root]
