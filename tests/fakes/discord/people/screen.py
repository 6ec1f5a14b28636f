"""What a person sees: messages in order, one's own ephemeral ones among them. Snapshots."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.discord.rules.components import widgets
from tests.fakes.discord.rules.limits import embed_texts
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, NotOffered
from tests.fakes.discord.world.records import Message, MessageType, Place, Thread
from tests.fakes.discord.world.world import World

_LINK_BUTTON = 5
_BUTTON = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """One message on the screen."""

    id: int
    channel: int  # or thread
    author: str  # a webhook's post shows the post's name
    picture: str | None
    text: str  # as a person reads it
    words: str  # the text and what the embeds say, a line each
    kind: MessageType
    thread: int | None  # the thread that began with it
    reply_to: int | None
    buttons: tuple[str, ...]
    links: tuple[tuple[str, str], ...]  # buttons that lead to a page, and where
    selects: tuple[str, ...]  # what stands in the menus
    options: tuple[str, ...]
    files: tuple[str, ...]
    pings: tuple[str, ...]  # whom it notified: names, role names, "@everyone"
    reactions: tuple[str, ...]
    is_ephemeral: bool
    is_edited: bool
    is_bot: bool
    embeds: tuple[Json, ...]
    components: tuple[Json, ...]

    def __contains__(self, words: str) -> bool:
        return words in self.words


class Screen:
    def __init__(self, world: World) -> None:
        self._world = world

    def place(self, user_id: int, place: Place) -> list[Seen]:
        """A channel's or thread's messages, oldest first. Raises `NotOffered` for what this person does not see."""
        self.check_sees(user_id, place)
        said = list(self._world.said(place.id).values())
        whispers = [
            w for w in self._world.whispers.values() if w.channel_id == place.id and w.only_for == user_id
        ]
        if Permission.READ_MESSAGE_HISTORY not in in_channel(self._world, user_id, place):
            said = []
        return [self.message(message) for message in sorted([*said, *whispers], key=lambda m: m.id)]

    def check_sees(self, user_id: int, place: Place) -> None:
        if Permission.VIEW_CHANNEL not in in_channel(self._world, user_id, place):
            raise NotOffered(f"{self._world.users[user_id].name} does not see {place.name or 'that'}")

    def message(self, message: Message) -> Seen:
        text = self.read(message.content, message)
        embedded = [self.read(words, message) for embed in message.embeds for words in embed_texts(embed)]
        offered = list(widgets(message.components))
        plain = [widget for widget in offered if widget["type"] == _BUTTON]
        menus = [widget for widget in offered if widget["type"] != _BUTTON]
        thread = self._world.threads.get(message.id)
        reference = message.reference
        return Seen(
            id=message.id,
            channel=message.channel_id,
            author=self._author(message),
            picture=message.webhook_picture or self._picture(message),
            text=text,
            words="\n".join(filter(None, [text, *self._forwarded(message), *embedded])),
            kind=message.type,
            thread=thread.id if thread is not None and thread.parent_id == message.channel_id else None,
            reply_to=reference.message_id if reference is not None and reference.kind == 0 else None,
            buttons=tuple(_label(b) for b in plain if b.get("style") != _LINK_BUTTON),
            links=tuple((_label(b), b["url"]) for b in plain if b.get("style") == _LINK_BUTTON),
            selects=tuple(str(menu.get("placeholder") or menu["custom_id"]) for menu in menus),
            options=tuple(option["label"] for menu in menus for option in menu.get("options", [])),
            files=tuple(attachment.filename for attachment in message.attachments),
            pings=tuple(self._pings(message)),
            reactions=tuple(message.reactions),
            is_ephemeral=message.only_for is not None,
            is_edited=message.edited_at is not None,
            is_bot=message.is_by_webhook or self._world.users[message.author_id].is_bot,
            embeds=tuple(message.embeds),
            components=tuple(message.components),
        )

    def read(self, text: str, message: Message) -> str:
        """Mentions as names: https://discord.com/developers/docs/reference#message-formatting."""
        guild_id = self._guild_of(message)
        roles = self._world.guilds[guild_id].roles if guild_id is not None else {}

        def person(found: re.Match[str]) -> str:
            return f"@{self._world.shown_name(int(found[1]), guild_id)}"

        def role(found: re.Match[str]) -> str:
            return f"@{roles[int(found[1])].name}" if int(found[1]) in roles else "@deleted-role"

        def channel(found: re.Match[str]) -> str:
            there = self._world.threads.get(int(found[1])) or self._world.channels.get(int(found[1]))
            return f"#{there.name}" if there is not None else "#unknown"

        text = re.sub(r"<@!?(\d+)>", person, text)
        text = re.sub(r"<@&(\d+)>", role, text)
        return re.sub(r"<#(\d+)>", channel, text)

    def _author(self, message: Message) -> str:
        if message.webhook_name is not None:
            return message.webhook_name
        return self._world.shown_name(message.author_id, self._guild_of(message))

    def _picture(self, message: Message) -> str | None:
        user = self._world.users.get(message.author_id)
        return user.avatar if user is not None and not message.is_by_webhook else None

    def _pings(self, message: Message) -> Iterator[str]:
        guild_id = self._guild_of(message)
        for user in message.mentions:
            yield self._world.shown_name(user, guild_id)
        for role in message.mentioned_roles:
            yield self._world.guilds[guild_id or 0].roles[role].name
        if message.mentions_everyone:
            yield "@everyone"

    def _forwarded(self, message: Message) -> Iterator[str]:
        for snapshot in message.snapshots:
            yield str(snapshot["message"]["content"])

    def _guild_of(self, message: Message) -> int | None:
        found = self._world.threads.get(message.channel_id) or self._world.channels.get(message.channel_id)
        return found.guild_id if isinstance(found, Thread) or found is not None else None


def _label(button: Json) -> str:
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")
