"""What people say in Slack, as inbound events. Pure: it translates and decides nothing.

The key names the thing said: channel and `ts`, with the edit's own mark for an edit. So `message` and
`app_mention` of one message are one event, as are an event and what history says later.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from adapters.slack.api.addresses import Identity, Json, channel_ref, instant, is_direct_id, person_key
from adapters.slack.events.plain_text import block_text, emoji_in, mentioned, plain, without_mention
from bot.domain.directory import Person
from bot.messages.inbound import (
    InboundEvent,
    IncomingFile,
    Location,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    deletion_key,
    message_key,
)

SAID = frozenset({None, "file_share", "thread_broadcast", "me_message", "bot_message"})
"""Subtypes that are somebody's words: https://docs.slack.dev/reference/events/message. All others are notices."""

CHECK_FILE_INFO = "check_file_info"

Download = Callable[[Json], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContext:
    """What is needed to understand an event besides itself.

    `people` by id, as far as they are known; `partner` is who the direct messages are with, where the event
    does not say; `download` streams a file; `files` are those, by id, of which the event names the id alone.
    """

    identity: Identity
    download: Download
    people: Mapping[str, Person] = field(default_factory=dict)
    files: Mapping[str, Json] = field(default_factory=dict)
    partner: str = ""

    def person(self, user: str) -> Person:
        return self.people.get(user) or Person(key=person_key(user), name=user)


def people_in(event: Json) -> list[str]:
    """Ids of the people to be looked up before an event is read: its author first, then those it names."""
    message = event.get("message") or event.get("previous_message") or event
    named = mentioned(str(message.get("text") or ""))
    author = message.get("user")
    return list(dict.fromkeys([*([str(author)] if author else []), *named]))


def files_to_ask_for(event: Json) -> list[str]:
    """Ids of files from another organisation, of which an event says nothing else.

    https://docs.slack.dev/reference/events/message/file_share ("Slack Connect files")
    """
    message = event.get("message") or event
    return [str(each["id"]) for each in _named_files(message) if each.get("file_access") == CHECK_FILE_INFO]


def event_of(event: Json, reading: MessageContext) -> InboundEvent | None:
    """The inbound event of a `message` or `app_mention` event; None for what is nobody's word."""
    match event.get("subtype"):
        case "message_changed":
            return _changed(event, reading)
        case "message_deleted":
            return _deleted(event, event.get("previous_message") or {}, reading)
        case _:
            return posted(event, str(event["channel"]), reading)


def posted(message: Json, channel: str, reading: MessageContext) -> MessagePosted | None:
    """A message as it reads now, from an event, a history or a shortcut."""
    if message.get("subtype") not in SAID or reading.identity.wrote(message) or message.get("hidden"):
        return None
    author = _author(message, reading)
    if author is None:
        return None
    wire, mentions_desk = without_mention(_wire(message), reading.identity.user)
    location = _location(message, channel, reading)
    ts = str(message["ts"])
    return MessagePosted(
        key=message_key(location.channel, ts),
        actor=author,
        location=location,
        at=instant(ts),
        message_id=ts,
        text=_readable(wire, message, reading),
        files=files_of(message, reading),
        mentions_desk=mentions_desk,
        revision=str((message.get("edited") or {}).get("ts") or ""),
    )


def edit_of(
    message: Json, channel: str, reading: MessageContext, *, seen_at: str = ""
) -> MessageEdited | None:
    """The newest edit of a message; None for one that was never edited.

    Slack marks edits by whole seconds; the event's own `ts` (`seen_at`) tells apart two within one.
    """
    author = _author(message, reading)
    edited_at = str((message.get("edited") or {}).get("ts") or "")
    if author is None or not edited_at:
        return None
    revision = max(edited_at, seen_at)
    wire, _ = without_mention(_wire(message), reading.identity.user)
    location = _location(message, channel, reading)
    return MessageEdited(
        key=f"{message_key(location.channel, str(message['ts']))}:{revision}",
        actor=author,
        location=location,
        at=instant(revision),
        message_id=str(message["ts"]),
        text=_readable(wire, message, reading),
        revision=revision,
    )


def trace_of(message: Json, channel: str, reading: MessageContext) -> MessageDeleted:
    """The deletion of which a history still shows a tombstone."""
    location = _location(message, channel, reading)
    return MessageDeleted(
        key=deletion_key(location.channel, str(message["ts"])),
        actor=reading.person(str(message.get("user") or "")),
        location=location,
        at=instant(str(message["ts"])),
        message_id=str(message["ts"]),
    )


def is_tombstone(message: Json) -> bool:
    return message.get("subtype") == "tombstone"


def is_own_post(payload: str, identity: Identity) -> bool:
    """Whether an event says only that the desk has posted something, which Slack tells of each card and reply.

    Where the bot's id is nowhere in it the payload is not even read.
    """
    if not identity.bot or identity.bot not in payload:
        return False
    try:
        event = json.loads(payload)["event"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    if not isinstance(event, dict) or event.get("type") != "message" or event.get("subtype"):
        return False
    return bool(event.get("bot_id") == identity.bot)


def gone_root(event: Json) -> tuple[str, str] | None:
    """Channel and `ts` of a message that this event says is deleted."""
    if event.get("subtype") == "message_deleted":
        return str(event["channel"]), str(event.get("deleted_ts") or "")
    changed = event.get("message") or {}
    return (str(event["channel"]), str(changed["ts"])) if is_tombstone(changed) else None


def _changed(event: Json, reading: MessageContext) -> InboundEvent | None:
    """Also sent for link previews and the like: without a change of text it is nothing."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if is_tombstone(message):
        return _deleted(event, {**before, "ts": message["ts"]}, reading)
    if message.get("subtype") not in SAID or reading.identity.wrote(message):
        return None
    if before and _wire(message) == _wire(before):
        return None
    return edit_of(message, str(event["channel"]), reading, seen_at=str(event.get("ts") or ""))


def _deleted(event: Json, previous: Json, reading: MessageContext) -> MessageDeleted | None:
    ts = str(event.get("deleted_ts") or previous.get("ts") or "")
    if not ts or reading.identity.wrote(previous):
        return None
    location = _location({**previous, "ts": ts}, str(event["channel"]), reading)
    return MessageDeleted(
        key=deletion_key(location.channel, ts),
        actor=_author(previous, reading) or reading.person(reading.partner),
        location=location,
        at=instant(str(event.get("event_ts") or event.get("ts") or ts)),
        message_id=ts,
    )


def _location(message: Json, channel: str, reading: MessageContext) -> Location:
    """A thread's first message carries its own `ts` as `thread_ts`; it stands at top level all the same."""
    thread = message.get("thread_ts")
    is_reply = thread is not None and thread != message.get("ts")
    partner = str(reading.partner or message.get("user") or "")
    where = channel_ref(channel, user=partner, is_direct=is_direct_id(channel))
    return Location(channel=where, thread=str(thread) if is_reply else None)


def _author(message: Json, reading: MessageContext) -> Person | None:
    """A person, or the bot that wrote it; None where Slack names nobody.

    What an app posts in a person's name carries both; it is the person's when they are known to be one.
    """
    bot, user = message.get("bot_id"), str(message.get("user") or "")
    known = reading.people.get(user)
    if bot and (known is None or known.is_bot):
        profile = message.get("bot_profile") or {}
        name = message.get("username") or profile.get("name") or bot
        return Person(key=person_key(str(bot)), name=str(name), is_bot=True)
    return reading.person(user) if user else None


def _wire(message: Json) -> str:
    """What was said, in wire form: alerts of apps say it in attachments or blocks rather than in the text."""
    text = str(message.get("text") or "")
    if text or not message.get("bot_id"):
        return text
    said = [
        str(part)
        for attachment in message.get("attachments") or ()
        for part in (attachment.get("pretext"), attachment.get("title"), attachment.get("text"))
        if part
    ]
    return "\n".join(said) or block_text(message.get("blocks") or [])


def _readable(wire: str, message: Json, reading: MessageContext) -> str:
    names = {user: person.name for user, person in reading.people.items()}
    names[reading.identity.user] = reading.identity.name
    text = plain(wire, names=names, emoji=emoji_in(message))
    # What is stored elsewhere cannot be copied; its address is all there is.
    elsewhere = [
        f"{each.get('title')}: {each.get('permalink')}"
        for each in _all_files(message, reading)
        if _is_elsewhere(each)
    ]
    return "\n".join([*([text] if text else []), *elsewhere])


def files_of(message: Json, reading: MessageContext) -> tuple[IncomingFile, ...]:
    """The files of a message or a form, without those that are stored elsewhere."""
    return tuple(
        IncomingFile(
            name=str(file.get("name") or file.get("title") or "file"),
            media_type=str(file.get("mimetype") or "application/octet-stream"),
            size=int(file.get("size") or 0),
            read=lambda file=file: reading.download(file),  # type: ignore[misc]
        )
        for file in _all_files(message, reading)
        if file.get("mode") != "tombstone" and not _is_elsewhere(file)
    )


def _all_files(message: Json, reading: MessageContext) -> list[Json]:
    return [reading.files.get(str(each.get("id")), each) for each in _named_files(message)]


def _named_files(message: Json) -> list[Json]:
    return [each for each in message.get("files") or () if isinstance(each, dict)]


def _is_elsewhere(file: Json) -> bool:
    return bool(file.get("is_external")) or file.get("mode") == "external"
