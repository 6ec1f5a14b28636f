"""One outbound message made so, in one transaction: posted, changed or removed.

Posting under a key that is known changes what was posted then, so a repeated delivery shows the newest
content once. A thread whose root is gone takes no more posts.
"""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from adapters.web.store import attachments, messages
from adapters.web.store.messages import Message, NewMessage
from adapters.web.translate.render import content_json, file_id, id_in_workspace, with_past
from adapters.web.workspace import DESK_ID, DESK_NAME
from bot.domain.sentence import sentence
from bot.messages import parts
from bot.messages.delivery import Delivered, Delivery, RefusedByPlatform, RootGone
from bot.messages.outbound import Card, Copy, MessageContent, Notice, OutboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPosts:
    """What to make so, when, and the limits to keep. `shortened` is said where an edit had to be."""

    message: OutboundMessage
    content: MessageContent | None
    at: datetime
    text_limit: int
    shortened: str

    @property
    def key(self) -> str:
        return f"desk:{self.message.key}"

    @property
    def channel(self) -> str:
        return self.message.address.channel.channel


@dataclass(slots=True)
class PostOutcome:
    """The answer for the desk, and the messages that look different now."""

    delivery: Delivery
    changed: list[Message] = field(default_factory=list)


def make_so(database: sqlite3.Connection, posting: DeskPosts) -> PostOutcome:
    shown = [messages.message_number(part) for part in posting.message.shown]
    known = shown or messages.posted_under(database, posting.key)
    found = [messages.find(database, number) for number in known]
    there = [each for each in found if each is not None and each.channel == posting.channel]
    content = posting.content
    if content is None:
        return _remove(database, there)
    if known:
        return _change(database, posting, content, there)
    return _post(database, posting, content)


def _remove(database: sqlite3.Connection, there: list[Message]) -> PostOutcome:
    present = [each for each in there if not each.is_deleted]
    for message in present:
        messages.remove(database, message)
    return PostOutcome(Delivered(()), _fresh(database, present))


def _change(
    database: sqlite3.Connection, posting: DeskPosts, content: MessageContent, there: list[Message]
) -> PostOutcome:
    """Edit the parts there are; those the shorter text no longer needs are removed."""
    there = [each for each in there if not each.is_deleted]
    if not there:
        return PostOutcome(_why_gone(posting))
    contents = parts.fit(content, limit=posting.text_limit, count=len(there), ending=posting.shortened)
    for message, part in zip(there, contents, strict=False):
        _write(database, posting, message, part)
    surplus = there[len(contents) :]
    for message in surplus:
        messages.remove(database, message)
    kept = there[: len(contents)]
    return PostOutcome(Delivered(tuple(str(each.id) for each in kept)), _fresh(database, there))


def _post(database: sqlite3.Connection, posting: DeskPosts, content: MessageContent) -> PostOutcome:
    thread = posting.message.address.thread
    root: Message | None = None
    if thread is not None:
        root = messages.find(database, messages.message_number(thread))
        if root is None or root.is_deleted or root.channel != posting.channel:
            return PostOutcome(RootGone(sentence("deliveries.root_gone", channel=posting.channel)))
    numbers = [
        _insert(database, posting, part, number=number, root=root)
        for number, part in enumerate(parts.split(content, limit=posting.text_limit))
    ]
    changed = [each for each in (messages.find(database, number) for number in numbers) if each is not None]
    if root is not None:
        changed += _fresh(database, [root])
    return PostOutcome(Delivered(tuple(str(number) for number in numbers)), changed)


def _insert(
    database: sqlite3.Connection,
    posting: DeskPosts,
    part: MessageContent,
    *,
    number: int,
    root: Message | None,
) -> int:
    new = messages.insert(
        database,
        NewMessage(
            post_key=posting.key,
            part=number,
            channel=posting.channel,
            thread=None if root is None else root.thread or root.id,
            author=DESK_ID,
            author_name=DESK_NAME,
            at=posting.at,
            content=content_json(part, key=posting.key, language=posting.message.language),
        ),
    )
    if isinstance(part, Copy | Notice):
        people = [*part.followers, *(each.key for each in part.mentions)]
        messages.follow(
            database,
            [id_in_workspace(each) for each in people],
            thread=new if root is None else root.thread or root.id,
            since=new,
        )
    _note_mentions(database, posting, new, part)
    _keep_files(database, posting, new, part)
    return new


def _write(database: sqlite3.Connection, posting: DeskPosts, message: Message, part: MessageContent) -> None:
    content = content_json(part, key=posting.key, language=posting.message.language)
    messages.revise(database, message.id, content=with_past(content, message.content))
    _note_mentions(database, posting, message.id, part)
    if isinstance(part, Copy | Notice):
        attachments.drop_of(database, message.id)
        _keep_files(database, posting, message.id, part)


def _note_mentions(
    database: sqlite3.Connection, posting: DeskPosts, number: int, part: MessageContent
) -> None:
    """Also whom an edit names: they may have been mentioned by a message that this one took the place of."""
    if isinstance(part, Notice | Copy | Card) and part.mentions:
        people = [id_in_workspace(each.key) for each in part.mentions]
        messages.mention(database, people, channel=posting.channel, number=number)


def _keep_files(database: sqlite3.Connection, posting: DeskPosts, number: int, part: MessageContent) -> None:
    if not isinstance(part, Copy | Notice):
        return
    for position, file in enumerate(part.files):
        if file.digest is not None:
            attachments.add(
                database,
                file,
                file_id=file_id(posting.key, position, file),
                owner=DESK_ID,
                message=number,
            )


def _why_gone(posting: DeskPosts) -> Delivery:
    if posting.message.address.thread is None:
        return RootGone(sentence("deliveries.message_gone", channel=posting.channel))
    return RefusedByPlatform(sentence("deliveries.web_no_message", channel=posting.channel))


def _fresh(database: sqlite3.Connection, changed: list[Message]) -> list[Message]:
    """These messages and the roots of their threads, as they are now."""
    numbers = dict.fromkeys(
        number for each in changed for number in (each.id, each.thread) if number is not None
    )
    return [each for each in (messages.find(database, number) for number in numbers) if each is not None]
