"""chat.*: https://docs.slack.dev/reference/methods?family=chat."""

import json
from typing import Any

from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.rules.block_limits import ATTACHMENTS, METADATA_BYTES, UPDATED_TEXT
from tests.fakes.slack.rules.blocks import accept_message_blocks
from tests.fakes.slack.rules.rates import POSTING, UNLIMITED_TIER
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.rules.slack_files import check_slack_files
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.world.records import Channel, Message
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import TEAM_DOMAIN, Workspace


class Chat(Desk):
    def __init__(self, workspace: Workspace, shapes: Shapes, talk: Talk) -> None:
        super().__init__(workspace)
        self._shapes = shapes
        self._talk = talk

    def methods(self) -> dict[str, Method]:
        write = ("chat:write",)
        return {
            "chat.postMessage": Method(self._post, POSTING, write),
            "chat.update": Method(self._update, 3, write),
            "chat.delete": Method(self._delete, 3, write),
            "chat.postEphemeral": Method(self._post_ephemeral, 4, write),
            "chat.getPermalink": Method(self._permalink, UNLIMITED_TIER),
        }

    def _post(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/chat.postMessage."""
        channel = self._postable(arguments.required("channel"))
        content = self._content(arguments)
        message = self._talk.post(
            channel.id,
            content,
            thread=arguments.text("thread_ts"),
            broadcast=arguments.flag("reply_broadcast"),
            **self._author(arguments),
        )
        return {"channel": channel.id, "ts": message.ts, "message": self._shapes.message(message)}

    def _update(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/chat.update: what is not given stays, blocks and metadata too."""
        channel = self._open_channel(arguments.required("channel"))
        message = self._own(channel, arguments.required("ts"), error="cant_update_message")
        given = self._content(arguments, required=not message.files)
        if len(given.text) > UPDATED_TEXT:
            raise Refusal("msg_too_long")
        if arguments.values.get("metadata") is not None:
            message.metadata = given.metadata
        self._talk.edit(message, _kept(message, given, arguments), by=self.app.bot)
        shown = self._shapes.message(message)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}

    def _delete(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/chat.delete."""
        channel = self._open_channel(arguments.required("channel"))
        message = self._own(channel, arguments.required("ts"), error="cant_delete_message")
        self._talk.delete(message)
        return {"channel": channel.id, "ts": message.ts}

    def _post_ephemeral(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/chat.postEphemeral."""
        channel = self._open_channel(arguments.required("channel"))
        user = arguments.required("user")
        content = self._content(arguments)
        if user not in channel.members:
            raise Refusal("user_not_in_channel")
        author = {key: value for key, value in self._author(arguments).items() if key != "subtype"}
        whispered = self._talk.whisper(
            channel.id, content, to=user, thread=arguments.text("thread_ts"), **author
        )
        return {"message_ts": whispered.ts}

    def _permalink(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/chat.getPermalink."""
        channel = self.known(arguments.required("channel"))
        message = self.workspace.message(channel.id, arguments.required("message_ts"))
        if message is None:
            raise Refusal("message_not_found")
        link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
        if message.is_reply:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}

    def _postable(self, reference: str) -> Channel:
        """`channel` may be a channel, or a person: that is a direct message."""
        person = self.workspace.users.get(reference)
        if person is not None and person.id != self.app.user:
            return self.workspace.direct(person.id, self.app.user)
        channel = self.known(reference)
        if channel.is_archived:
            raise Refusal("is_archived")
        # https://docs.slack.dev/reference/scopes/chat.write.public
        if not self.workspace.is_bot_in(channel) and "chat:write.public" not in self.app.scopes:
            raise Refusal("not_in_channel")
        return channel

    def _open_channel(self, reference: str) -> Channel:
        channel = self.inside(reference)
        if channel.is_archived:
            raise Refusal("is_archived")
        return channel

    def _own(self, channel: Channel, ts: str, *, error: str) -> Message:
        message = self.workspace.message(channel.id, ts)
        if message is None or message.is_tombstone:
            raise Refusal("message_not_found")
        if message.bot_id != self.app.bot:
            raise Refusal(error)
        return message

    def _content(self, arguments: Arguments, *, required: bool = True) -> Content:
        blocks = arguments.structure("blocks", error="invalid_blocks_format")
        attachments = arguments.structure("attachments", error="invalid_attachments") or []
        text = arguments.text("text") or ""
        if len(attachments) > ATTACHMENTS:
            raise Refusal("too_many_attachments")
        accepted = accept_message_blocks(blocks) if blocks else []
        check_slack_files(accepted, self.workspace)
        if required and not (text.strip() or accepted or attachments):
            raise Refusal("no_text")
        metadata = _metadata(arguments.structure("metadata", error="invalid_metadata_format"))
        return Content(text=text, blocks=accepted, attachments=attachments, metadata=metadata)

    def _author(self, arguments: Arguments) -> Json:
        """The bot, or under another name: https://docs.slack.dev/reference/methods/chat.postMessage#authorship.

        Without chat:write.customize the name and picture are passed over in silence.
        """
        author: Json = {"bot_id": self.app.bot, "app_id": self.app.id}
        username, icons = arguments.text("username"), _icons(arguments)
        if "chat:write.customize" in self.app.scopes and (username or icons):
            return author | {"subtype": "bot_message", "username": username or self.app.name, "icons": icons}
        return author | {"user": self.app.user}


def _kept(message: Message, given: Content, arguments: Arguments) -> Content:
    """ "If you don't include this field, the message's previous blocks will be retained." """
    names = {name for name in ("text", "blocks", "attachments") if arguments.values.get(name) is not None}
    return Content(
        text=given.text if "text" in names else message.text,
        blocks=given.blocks if "blocks" in names else message.blocks,
        attachments=given.attachments if "attachments" in names else message.attachments,
    )


def _icons(arguments: Arguments) -> Json | None:
    if arguments.text("icon_emoji"):
        return {"emoji": arguments.text("icon_emoji")}
    if arguments.text("icon_url"):
        return {"image_48": arguments.text("icon_url")}
    return None


def _metadata(metadata: Any) -> Json | None:
    """https://docs.slack.dev/messaging/message-metadata; an empty object takes it away."""
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Refusal("metadata_too_large")
    return metadata
