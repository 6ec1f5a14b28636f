"""What people did in the workspace, as inbound events. Pure: it translates and decides nothing.

The key names the thing said: channel and message, with the revision for an edit; the page's own key,
made unique by its person, for commands, buttons and forms.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.web.capabilities import PLATFORM
from adapters.web.store.messages import Message
from adapters.web.workspace import DESK_ID
from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import StoredFile
from bot.messages.inbound import (
    CommandGiven,
    HomeOpened,
    InboundEvent,
    Location,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    VerbChosen,
)

DESK_MENTION = re.compile(rf"\s*@{DESK_ID}\b[,:]?\s*", re.IGNORECASE)
MENTION = re.compile(r"(?<![\w@.])@([\w][\w.-]*)")
COMMAND = re.compile(r"/(?!/)(\S*)\s*(.*)", re.DOTALL)
REVISION_DIGITS = 6
"""Revisions are compared as strings, so they have equal width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One use of a command, button or form: who, where, when, and the page's key for it."""

    person: Person
    channel: str
    thread: str | None
    client_key: str
    at: datetime

    def key(self, kind: str) -> str:
        return f"{self.person.key}:{kind}:{self.client_key}"

    @property
    def location(self) -> Location:
        return Location(channel=ChannelRef(PLATFORM, self.channel), thread=self.thread)


def posted(message: Message, *, language: str, stored: Collection[StoredFile] = ()) -> dict[str, Any]:
    """The event of a new message, as kept until the intake has taken it. `language` is its author's, if known."""
    files = [
        {"name": file.name, "media_type": file.media_type, "size": file.size, "digest": file.digest}
        for file in stored
    ]
    return _kept(message, kind="posted", at=message.at, language=language) | {
        "text": message.text,
        "files": files,
    }


def edited(message: Message, *, at: str, language: str) -> dict[str, Any]:
    return _kept(message, kind="edited", at=at, language=language) | {
        "text": message.text,
        "revision": message.revision,
    }


def deleted(message: Message, *, at: str, language: str) -> dict[str, Any]:
    return _kept(message, kind="deleted", at=at, language=language)


def conversation_of(message: Message) -> str:
    """Events of one conversation enter in order: a thread, or a message that begins one."""
    return str(message.thread if message.thread is not None else message.id)


def event_of(kept: Mapping[str, Any], actor: Person) -> InboundEvent:
    """The inbound event of a kept one."""
    key = f"{PLATFORM}:{kept['channel']}:{kept['message']}"
    location = Location(channel=ChannelRef(PLATFORM, kept["channel"]), thread=kept["thread"])
    at = datetime.fromisoformat(kept["at"])
    match kept["kind"]:
        case "posted":
            text, mentions_desk = without_desk_mention(kept["text"])
            return MessagePosted(
                key=key,
                actor=actor,
                location=location,
                at=at,
                message_id=kept["message"],
                text=text,
                stored=tuple(StoredFile(**file) for file in kept["files"]),
                mentions_desk=mentions_desk,
            )
        case "edited":
            revision = str(kept["revision"]).zfill(REVISION_DIGITS)
            return MessageEdited(
                key=f"{key}:{revision}",
                actor=actor,
                location=location,
                at=at,
                message_id=kept["message"],
                text=without_desk_mention(kept["text"])[0],
                revision=revision,
            )
        case "deleted":
            return MessageDeleted(
                key=f"{key}:deleted", actor=actor, location=location, at=at, message_id=kept["message"]
            )
        case other:
            raise ValueError(f"no kind of event is called `{other}`")


def without_desk_mention(text: str) -> tuple[str, bool]:
    """The text without a leading `@deskbell`, and whether it had one."""
    found = DESK_MENTION.match(text)
    return (text[found.end() :], True) if found else (text, False)


def mentioned_in(text: str, *, known: Collection[str]) -> list[str]:
    """The ids of the people a text names with `@`, each once."""
    return list(dict.fromkeys(name for name in MENTION.findall(text) if name in known))


def command_in(text: str) -> tuple[str, str] | None:
    """Command name (lower case) and the words after it; None for a text that is none, such as `// thanks`."""
    found = COMMAND.fullmatch(text)
    return (found[1].lower(), found[2].strip()) if found else None


def command_given(
    interaction: Interaction, *, group: str, words: str, stored: tuple[StoredFile, ...] = ()
) -> CommandGiven:
    return CommandGiven(
        key=interaction.key("command"),
        actor=interaction.person,
        location=interaction.location,
        at=interaction.at,
        group=group,
        words=words,
        stored=stored,
    )


def home_opened(person: Person, *, client_key: str, at: datetime) -> HomeOpened:
    location = Location(channel=ChannelRef.home(person.key))
    return HomeOpened(key=f"{person.key}:home:{client_key}", actor=person, location=location, at=at)


def verb_chosen(
    interaction: Interaction,
    *,
    verb: str,
    ticket: str | None,
    options: Mapping[str, str],
    about: MessagePosted | None = None,
    stored: tuple[StoredFile, ...] = (),
    is_form: bool = False,
    is_on_private_reply: bool = False,
) -> VerbChosen:
    return VerbChosen(
        key=interaction.key("form" if is_form else "button"),
        actor=interaction.person,
        location=interaction.location,
        at=interaction.at,
        verb=verb,
        ticket=ticket,
        options=options,
        about=about,
        stored=stored,
        is_form=is_form,
        is_on_private_reply=is_on_private_reply,
    )


def _kept(message: Message, *, kind: str, at: str, language: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "channel": message.channel,
        "thread": None if message.thread is None else str(message.thread),
        "message": str(message.id),
        "actor": message.author,
        "actor_name": message.author_name,
        "language": language,
        "at": at,
    }
