"""What a person sees: messages in order, one's own whispers among them, modals and the Home tab. Snapshots."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.slack.people.widgets import fields, plain, widgets
from tests.fakes.slack.rules.blocks import texts
from tests.fakes.slack.rules.refusals import Json, NotOffered
from tests.fakes.slack.world.markup import read
from tests.fakes.slack.world.records import Channel, Message, User, View
from tests.fakes.slack.world.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Seen:
    """One message on the screen."""

    channel: str
    ts: str
    author: str
    text: str  # as a person reads it
    words: str  # what the blocks say, a line each, without buttons and menus; else the text
    thread: str | None
    replies: int
    files: tuple[str, ...]
    buttons: tuple[str, ...]
    options: tuple[str, ...]
    reactions: tuple[str, ...]
    is_ephemeral: bool
    is_edited: bool
    is_tombstone: bool
    blocks: tuple[Json, ...]

    def __contains__(self, words: str) -> bool:
        return words in self.words or words in self.text


@dataclass(frozen=True, slots=True)
class SeenView:
    """A modal or the Home tab."""

    id: str
    title: str
    words: str
    fields: tuple[str, ...]
    buttons: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]  # the field's label, and what is wrong with it
    blocks: tuple[Json, ...]

    def __contains__(self, words: str) -> bool:
        return words in self.words


class Screen:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def channel(self, user: User, channel: Channel) -> list[Seen]:
        """A channel's messages, oldest first, without replies."""
        self._check_inside(user, channel)
        said = self._workspace.messages.get(channel.id, {}).values()
        top = [message for message in said if not message.is_reply or message.is_broadcast]
        whispers = [w for w in self._whispers(user, channel) if w.thread_ts is None]
        return self._in_order([*top, *whispers])

    def thread(self, user: User, channel: Channel, ts: str) -> list[Seen]:
        """A thread: its parent, if that is still there, and the replies."""
        self._check_inside(user, channel)
        parent = self._workspace.message(channel.id, ts)
        whispers = [w for w in self._whispers(user, channel) if w.thread_ts == ts]
        replies = self._workspace.thread(channel.id, ts)
        return self._in_order([*([parent] if parent is not None else []), *replies, *whispers])

    def message(self, message: Message) -> Seen:
        blocks = message.blocks if message.user is None or message.bot_id else []
        parts = [read(text, self._workspace) for text in _reading(blocks)]
        text = read(message.text, self._workspace)
        offered = list(widgets(message.blocks))
        return Seen(
            channel=message.channel,
            ts=message.ts,
            author=self._author(message),
            text=text,
            words="\n".join(parts) or text,
            thread=message.thread_ts,
            replies=len(self._workspace.thread(message.channel, message.ts)),
            files=tuple(file.name for file in message.files if not file.is_deleted),
            buttons=tuple(widget.label for widget in offered if widget.kind == "button"),
            options=tuple(plain(o["text"]["text"]) for widget in offered for o in widget.options()),
            reactions=tuple(message.reactions),
            is_ephemeral=message.only_for is not None,
            is_edited=message.edited_ts is not None,
            is_tombstone=message.is_tombstone,
            blocks=tuple(message.blocks),
        )

    def view(self, view: View) -> SeenView:
        blocks = view.body["blocks"]
        labels = {widget.block_id: widget.label for widget in fields(blocks)}
        return SeenView(
            id=view.id,
            title=(view.body.get("title") or {}).get("text", ""),
            words="\n".join(read(text, self._workspace) for text in _reading(blocks)),
            fields=tuple(labels.values()),
            buttons=tuple(widget.label for widget in widgets(blocks) if widget.kind == "button"),
            problems=tuple((labels.get(block, block), text) for block, text in view.problems.items()),
            blocks=tuple(blocks),
        )

    def _whispers(self, user: User, channel: Channel) -> list[Message]:
        return [w for w in self._workspace.ephemerals if w.channel == channel.id and w.only_for == user.id]

    def _in_order(self, messages: list[Message]) -> list[Seen]:
        return [self.message(message) for message in sorted(messages, key=lambda message: message.ts)]

    def _author(self, message: Message) -> str:
        if message.username:
            return message.username
        user = self._workspace.users.get(message.user or "")
        return user.name if user is not None else "unknown"

    def _check_inside(self, user: User, channel: Channel) -> None:
        if channel.type != "channel" and user.id not in channel.members:
            raise NotOffered(f"{user.name} is not in #{channel.name}")


def _reading(blocks: list[Json]) -> Iterator[str]:
    """The text of blocks in reading order; what is on buttons and in menus is listed apart."""
    for block in blocks:
        parts: Json = {
            key: block[key] for key in ("text", "fields", "label", "hint", "title") if key in block
        }
        if block["type"] not in ("actions", "section", "input"):
            parts["elements"] = block.get("elements", [])
        yield from texts(parts)
