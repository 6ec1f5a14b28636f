"""What a person says, changes and takes back: the message and its event, in one transaction.

The event waits in the same file until the desk has taken it, so nothing that a person sees as posted can
be lost on the way. Posting twice under one key is posting once.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.web.store import attachments, messages, pending_events
from adapters.web.store.messages import Message, NewMessage
from adapters.web.translate import inbound
from bot.domain.errors import NotAllowed, Refused
from bot.ports.workspace import WorkspacePerson


class MessageGone(Refused):
    default = "refusals.message_gone"


Sees = Callable[[str], bool]
"""Whether the author sees this channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A message to post. `names` are the ids that count as a mention when named with `@`."""

    author: WorkspacePerson
    channel: str
    thread: str | None
    text: str
    files: Sequence[str]
    client_key: str
    names: frozenset[str]
    at: datetime


@dataclass(slots=True)
class PostedMessage:
    """The message as it is now, what else looks different, and the conversation with news for the desk."""

    message: Message
    changed: list[Message] = field(default_factory=list)
    conversation: str | None = None


def post(database: sqlite3.Connection, saying: NewPost) -> PostedMessage:
    """Raises MessageGone when its thread's first message is, Refused for a file that is not this person's."""
    key = f"person:{saying.author.id}:{saying.client_key}"
    for number in messages.posted_under(database, key):
        return PostedMessage(_must_find(database, number))
    root = _root_of(database, saying)
    number = messages.insert(
        database,
        NewMessage(
            post_key=key,
            channel=saying.channel,
            thread=None if root is None else root.id,
            author=saying.author.id,
            author_name=saying.author.name,
            at=saying.at,
            text=saying.text,
        ),
    )
    files = attachments.post(database, saying.files, owner=saying.author.id, message=number)
    if len(files) < len(set(saying.files)):
        raise Refused("refusals.file_gone")
    if files:
        messages.attach(database, number, [file.as_json() for file in files])
    _follow(database, saying, number, root)
    message = _must_find(database, number)
    event = inbound.posted(
        message, stored=[file.as_stored() for file in files], language=saying.author.language
    )
    return _with_event(database, message, event)


def edit(
    database: sqlite3.Connection, number: int, *, author: WorkspacePerson, text: str, at: datetime, sees: Sees
) -> PostedMessage:
    """Change one's own message; the same text again is nothing. Raises MessageGone and NotAllowed."""
    before = own(database, number, author=author.id, sees=sees)
    if before.text == text:
        return PostedMessage(before)
    messages.revise(database, number, text=text)
    after = _must_find(database, number)
    return _with_event(
        database, after, inbound.edited(after, at=messages.instant(at), language=author.language)
    )


def delete(
    database: sqlite3.Connection, number: int, *, author: WorkspacePerson, at: datetime, sees: Sees
) -> PostedMessage:
    """Take one's own message back. Raises MessageGone and NotAllowed."""
    messages.remove(database, own(database, number, author=author.id, sees=sees))
    after = _must_find(database, number)
    return _with_event(
        database, after, inbound.deleted(after, at=messages.instant(at), language=author.language)
    )


def own(database: sqlite3.Connection, number: int, *, author: str, sees: Sees) -> Message:
    """Raises MessageGone also for one that the author cannot see: nobody learns that it is there."""
    message = messages.find(database, number)
    if message is None or message.is_deleted:
        raise MessageGone
    if message.author != author:
        if not sees(message.channel):
            raise MessageGone
        raise NotAllowed("refusals.not_your_message")
    return message


def _root_of(database: sqlite3.Connection, saying: NewPost) -> Message | None:
    """The message that begins the thread; a reply to a reply goes into the same thread."""
    if saying.thread is None:
        return None
    root = messages.find(database, messages.message_number(saying.thread))
    if root is not None and root.thread is not None:
        root = messages.find(database, root.thread)
    if root is None or root.channel != saying.channel:
        raise MessageGone("refusals.replied_to_elsewhere")
    if root.is_deleted:
        raise MessageGone("refusals.thread_deleted")
    return root


def _follow(database: sqlite3.Connection, saying: NewPost, number: int, root: Message | None) -> None:
    thread = number if root is None else root.id
    named = inbound.mentioned_in(saying.text, known=saying.names)
    messages.follow(database, named, thread=thread, since=number)
    messages.follow(database, [saying.author.id], thread=thread, since=number + 1)
    messages.mention(database, named, channel=saying.channel, number=number)


def _with_event(database: sqlite3.Connection, message: Message, event: dict[str, object]) -> PostedMessage:
    conversation = inbound.conversation_of(message)
    pending_events.add(database, event, conversation=conversation)
    changed = [message]
    if message.thread is not None:
        changed.append(_must_find(database, message.thread))
    return PostedMessage(message, changed, conversation)


def _must_find(database: sqlite3.Connection, number: int) -> Message:
    message = messages.find(database, number)
    if message is None:
        raise MessageGone
    return message
