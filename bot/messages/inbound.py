"""What people did, in the desk's words. Adapters build these from payloads and decide nothing.

`key` names the thing said, not the notice of it: platform, message and revision for messages, the
interaction's own id for commands, buttons and forms. Two events with one key are one event.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something was said: a channel, and the thread in it if any.

    `thread` is the platform's id of the thread's first message, or of the thread itself where it begins with
    none. `is_direct`: only this person and the desk. `community` is the server or guild that the channel is in,
    `platform:id`, on platforms where one desk may serve several; None where that is not known.
    """

    channel: ChannelRef
    thread: str | None = None
    community: str | None = None

    @property
    def is_direct(self) -> bool:
        return self.channel.is_direct


def message_key(channel: ChannelRef, message_id: str) -> str:
    """The key of a message's own event, by which its later edits and deletions find it."""
    return f"{channel}:{message_id}"


def deletion_key(channel: ChannelRef, message_id: str) -> str:
    """The key of a message's deletion, however it was noticed."""
    return f"{message_key(channel, message_id)}:deleted"


def conversation_key(channel: ChannelRef, *, thread: str | None, message_id: str) -> str:
    """The conversation in whose order an event enters: a thread, or the top-level message that may become one.

    Direct messages outside threads are one conversation. The channel of a thread is left out, since not every
    platform tells it at once; should two threads have one id, they wait for one another, and nothing else.
    """
    if channel.is_direct and thread is None:
        return str(channel)
    return f"{channel.platform}:{thread or message_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file that came with a message. `read` streams its bytes; it is called outside any transaction."""

    name: str
    media_type: str
    size: int
    read: Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEvent:
    """`actor` did it, `at` this instant (UTC, the platform's clock), in this spot."""

    key: str
    actor: Person
    location: Location
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(InboundEvent):
    """A message by a person (or by a bot, `actor.is_bot`). Files arrive as `files`, kept ones as `stored`."""

    message_id: str
    text: str
    files: tuple[IncomingFile, ...] = ()
    stored: tuple[StoredFile, ...] = ()
    mentions_desk: bool = False
    """The desk was addressed (`@deskbell …`); `text` is without that mention."""
    revision: str = ""
    """The mark of the newest edit that `text` holds already, where it was read from a history."""
    quote: str = ""
    """What it answers, where its author referred to an earlier message: `Ana Lima: The blue one`."""
    communities: tuple[str, ...] = ()
    """For a direct message: which of the communities that the desk serves its author is in (`platform:id`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(InboundEvent):
    """`revision` is the platform's mark of this edit, as a string that sorts by age."""

    message_id: str
    text: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(InboundEvent):
    """`actor` is who wrote or deleted it, as far as the platform says."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageMarked(InboundEvent):
    """A reaction was put on a message: `actor` put it, `mark` is its name (`ticket`), `about` is the message."""

    mark: str
    about: MessagePosted


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(InboundEvent):
    """`actor` is no longer in the community `spot.community`; `spot.channel` is their direct messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadArchived(InboundEvent):
    """The platform, or somebody, put the thread `spot.thread` out of the way; `actor` is a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsWanted:
    """Somebody is typing the option `option` of `verb` (`desk tag`), so far `typed`; `ticket` is named already."""

    actor: Person
    location: Location
    verb: str
    option: str
    typed: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(InboundEvent):
    """`actor` looks at their home page; `spot.channel` is `ChannelRef.home` of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(InboundEvent):
    """A slash command or a mention: `group` is `ticket`, `desk` or `desk-admin`, `words` all that follows it."""

    group: str
    words: str
    stored: tuple[StoredFile, ...] = ()
    """Files that came with it, already kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbChosen(InboundEvent):
    """A button, a menu entry, a message shortcut or a submitted form: a command that needs no parsing.

    `verb` is `group verb` (`desk claim`), `ticket` a reference such as `IT-12`, `options` the values by
    option name. `about_message` is the platform's id of the message that a message shortcut was used on,
    `about` what it said and by whom.
    """

    verb: str
    ticket: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    about: MessagePosted | None = None
    files: tuple[IncomingFile, ...] = ()
    stored: tuple[StoredFile, ...] = ()
    """Files that came with a form, or with a command of typed options; kept ones as `stored`."""
    is_form: bool = False
    is_on_private_reply: bool = False
    """It was typed, or the button stood on a reply that its actor alone sees: what it did shows nowhere by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestImported(InboundEvent):
    """A request from elsewhere (a file, a mailbox) that `actor` made; it has no message in the channel yet.

    `location.channel` is the intake channel it is filed under. `fields` are form fields such as `category`.
    `opened_at` is when it was made there; None for now. Unless `is_announced`, nobody is told and no clock starts.
    `subject` is what it was called there; empty where its text says all.
    """

    text: str
    subject: str = ""
    opened_at: datetime | None = None
    is_announced: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)


def conversation_of(event: InboundEvent) -> str:
    """The key of the event's conversation; what is done outside conversations waits for nothing but itself."""
    channel, thread = event.location.channel, event.location.thread
    match event:
        case MessagePosted() | MessageEdited() | MessageDeleted():
            return conversation_key(channel, thread=thread, message_id=event.message_id)
        case MessageMarked(about=about):
            return conversation_key(channel, thread=about.location.thread, message_id=about.message_id)
        case _:
            return conversation_key(channel, thread=thread, message_id=event.key)
