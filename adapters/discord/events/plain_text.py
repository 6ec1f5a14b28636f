"""What people wrote in Discord, as text anybody can read: names for mentions, words for stickers and polls.

https://discord.com/developers/docs/reference#message-formatting
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

import discord

from bot.text.sentences import words

_EMOJI = re.compile(r"<a?(:\w+:)\d+>")
_COMMAND = re.compile(r"</([^:>]+):\d+>")
_MOMENT = re.compile(r"<t:(-?\d{1,15})(?::[a-zA-Z])?>")
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


def text_of(message: discord.Message, *, desk: int, language: str) -> tuple[str, bool]:
    """What the message says, and whether it was said to the desk; a mention of the desk itself is left out.

    `language` is its author's: words stand in for what is no text.
    """
    content, mentions_desk = _without_mention(message, desk)
    parts = [
        _readable(content, message, language),
        *_forwarded(message, language),
        *_extras(message, language),
    ]
    if message.author.bot:
        parts += _embedded(message)
    text = "\n".join(part for part in parts if part.strip())
    # Marks without words between them are all that was said.
    return text or content.strip(), mentions_desk


def mark_of(emoji: discord.PartialEmoji | discord.Emoji | str) -> str:
    """A reaction's name as configurations write it: a custom emoji's own, or `ticket` for 🎫."""
    name = emoji if isinstance(emoji, str) else (emoji.name or "")
    if len(name.rstrip("\ufe0f")) == 1:
        return unicodedata.name(name[0], name).lower().replace(" ", "_")
    return name.lower()


def excerpt(text: str, limit: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _without_mention(message: discord.Message, desk: int) -> tuple[str, bool]:
    """Discord offers the role that came with the desk under the same name: who picks that means the desk, too."""
    role = message.guild.self_role if message.guild is not None else None
    names = rf"@!?{desk}" if role is None else rf"@!?{desk}|@&{role.id}"
    pattern = re.compile(rf"<(?:{names})>[:,]?\s*")
    content = pattern.sub("", message.content)
    return content.strip() if content != message.content else message.content, content != message.content


def _readable(content: str, message: discord.Message, language: str) -> str:
    names = {user.id: user.display_name for user in message.mentions}
    guild = message.guild

    def person(found: re.Match[str]) -> str:
        return f"@{names.get(int(found[1])) or words(language, 'platforms.someone')}"

    def role(found: re.Match[str]) -> str:
        there = guild.get_role(int(found[1])) if guild is not None else None
        return f"@{there.name if there is not None else words(language, 'platforms.a_role')}"

    def channel(found: re.Match[str]) -> str:
        there = guild.get_channel_or_thread(int(found[1])) if guild is not None else None
        return f"#{there.name if there is not None else words(language, 'platforms.a_channel')}"

    content = re.sub(r"<@!?(\d+)>", person, content)
    content = re.sub(r"<@&(\d+)>", role, content)
    content = re.sub(r"<#(\d+)>", channel, content)
    content = _EMOJI.sub(r"\1", content)
    content = _COMMAND.sub(r"/\1", content)
    return _MOMENT.sub(_moment, content)


def _moment(found: re.Match[str]) -> str:
    seconds = int(found[1])
    if abs(seconds) > _LATEST:
        return found[0]
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _forwarded(message: discord.Message, language: str) -> Iterator[str]:
    for snapshot in message.message_snapshots:
        text = _readable(snapshot.content, message, language)
        heading = words(language, "platforms.forwarded")
        yield f"{heading}\n{text}" if text else words(language, "platforms.forwarded_message")


def _extras(message: discord.Message, language: str) -> Iterator[str]:
    for sticker in message.stickers:
        yield words(language, "platforms.sticker", name=sticker.name)
    if message.poll is not None:
        yield words(language, "platforms.poll", text=str(message.poll.question))
        yield from (f"– {answer.text}" for answer in message.poll.answers)


def _embedded(message: discord.Message) -> Iterator[str]:
    """What other bots say they often say in embeds."""
    for embed in message.embeds:
        yield from (text for text in (embed.title, embed.description) if text)
        yield from (f"{each.name}: {each.value}" for each in embed.fields)
