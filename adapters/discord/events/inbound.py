"""What people say in Discord, as inbound events. Pure: it translates and decides nothing.

The key names the thing said: channel and message, with the edit's own mark for an edit. So what the gateway tells
and what a history shows later are one event.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import discord

from adapters.discord.api.addresses import Identity, channel_ref, community_ref, instant, person_key
from adapters.discord.api.channel_cache import Channel
from adapters.discord.capabilities import PLATFORM
from adapters.discord.events.plain_text import excerpt, text_of
from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import (
    IncomingFile,
    Location,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    deletion_key,
    message_key,
)

SAID = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Types that are somebody's words; all others are notices of Discord's own:
https://discord.com/developers/docs/resources/message#message-object-message-types"""

Download = Callable[[discord.Attachment], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContext:
    """What is needed to understand a message besides itself. `author` is who wrote it, as far as is known."""

    identity: Identity
    author: Person
    download: Download
    communities: tuple[str, ...] = ()
    title: str = ""
    """Of the forum's post that the message begins; it is said, too."""


def location_in(room: Channel, *, forum: bool, message_id: int | None = None) -> Location:
    """Where something is in a guild. A forum post's first message has the post's id: it stands at top level."""
    community = community_ref(room.guild) if room.guild is not None else None
    if not room.is_thread or room.parent is None:
        return Location(channel=channel_ref(room.id), community=community)
    is_first = forum and message_id == room.id
    return Location(
        channel=channel_ref(room.parent), thread=None if is_first else str(room.id), community=community
    )


def location_with(partner: int, *, responder: str | None = None) -> Location:
    """In the direct messages with somebody; `answers` is the message that the meant conversation begins with."""
    return Location(channel=ChannelRef.direct(person_key(partner)), thread=responder)


def conversation_answered(message: discord.Message, *, identity: Identity) -> str | None:
    """In direct messages: the root of the conversation of the desk's message that this one answers."""
    reference = message.reference
    answered = reference.resolved if reference is not None else None
    if not isinstance(answered, discord.Message) or answered.author.id != identity.user:
        return None
    before = answered.reference
    return str(before.message_id) if before is not None and before.message_id else str(answered.id)


def is_words(message: discord.Message, *, identity: Identity) -> bool:
    """Whether it is somebody's words, and not the desk's own or a notice of Discord's."""
    is_ours = message.author.id == identity.user or message.application_id == identity.application
    return message.type in SAID and not is_ours


def posted(message: discord.Message, location: Location, reading: MessageContext) -> MessagePosted:
    """A message as it reads now, from the gateway, a history or a menu."""
    text, mentions_desk = text_of(message, desk=reading.identity.user, language=reading.author.language)
    text = _titled(text, reading)
    return MessagePosted(
        key=message_key(location.channel, str(message.id)),
        actor=reading.author,
        location=location,
        at=instant(message.id),
        message_id=str(message.id),
        text=text,
        files=_files(message, reading.download),
        mentions_desk=mentions_desk,
        revision=_revision(message.edited_at) if message.edited_at is not None else "",
        quote=_quote(message, reading),
        communities=reading.communities,
    )


def edited(message: discord.Message, location: Location, reading: MessageContext) -> MessageEdited | None:
    """Its newest edit; None for a message that was never edited, whose previews alone changed."""
    if message.edited_at is None:
        return None
    text, _ = text_of(message, desk=reading.identity.user, language=reading.author.language)
    text = _titled(text, reading)
    revision = _revision(message.edited_at)
    return MessageEdited(
        key=f"{message_key(location.channel, str(message.id))}:{revision}",
        actor=reading.author,
        location=location,
        at=message.edited_at,
        message_id=str(message.id),
        text=text,
        revision=revision,
    )


def deleted(message_id: int, location: Location, *, by: Person | None = None) -> MessageDeleted:
    """Discord does not say who deleted it, nor whose it was."""
    return MessageDeleted(
        key=deletion_key(location.channel, str(message_id)),
        actor=by or Person(key=f"{PLATFORM}:0", name="somebody"),
        location=location,
        at=datetime.now(UTC),
        message_id=str(message_id),
    )


def marked(about: MessagePosted, mark: str, actor: Person) -> MessageMarked:
    """A reaction put on a message, however it was noticed; two people's same mark is one event."""
    return MessageMarked(
        key=f"{message_key(about.location.channel, about.message_id)}:marked:{mark}",
        actor=actor,
        location=about.location,
        at=datetime.now(UTC),
        mark=mark,
        about=about,
    )


def _titled(text: str, reading: MessageContext) -> str:
    if not reading.title:
        return text
    return f"{reading.title}\n{text}" if text else reading.title


def _revision(at: datetime) -> str:
    """Microseconds since 1970, of equal width, so that later ones sort later."""
    return f"{int(at.timestamp() * 1_000_000):020d}"


def _quote(message: discord.Message, reading: MessageContext) -> str:
    """What a reply answers, in one line."""
    reference = message.reference
    answered = reference.resolved if reference is not None else None
    if message.type is not discord.MessageType.reply or not isinstance(answered, discord.Message):
        return ""
    text, _ = text_of(answered, desk=reading.identity.user, language=reading.author.language)
    words = excerpt(text) or ", ".join(each.filename for each in answered.attachments)
    return f"{answered.author.display_name}: {words}" if words else ""


def _files(message: discord.Message, download: Download) -> tuple[IncomingFile, ...]:
    forwarded = [each for snapshot in message.message_snapshots for each in snapshot.attachments]
    return tuple(
        IncomingFile(
            name=attachment.filename,
            media_type=attachment.content_type or "application/octet-stream",
            size=attachment.size,
            read=lambda attachment=attachment: download(attachment),  # type: ignore[misc]
        )
        for attachment in [*message.attachments, *forwarded]
    )
