"""What is written under a message that is asked about or held back: it belongs to whatever that message becomes.

It waits in the order in which it was said, is edited and deleted as it was there, and is said on the ticket in the
transaction that opens or finds it, by whoever wrote it.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import Conversation, Side, StoredFile
from bot.domain.tickets.note_mark import is_marked_note
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.inbound import MessagePosted
from bot.ports.storage.questions.question_words import WordsBeneath
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.actions import SaidIn
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.copy_rules import is_moved, remove_post
from bot.services.tickets.courtesy import is_courtesy_on
from bot.services.tickets.merges.merges import live_original, write_to_original


def keep_words(context: Context, event: MessagePosted, *, asked: str) -> None:
    """Keep what was said there until it is known what the message of this key becomes."""
    channel = event.location.channel
    context.uow.people.remember(event.actor)
    context.uow.question_words.add(
        WordsBeneath(
            id=context.uow.new_id(),
            key=event.key,
            asked=asked,
            person=event.actor.key,
            said={
                "channel": [channel.platform, channel.channel],
                "thread": event.location.thread,
                "message": event.message_id,
                "at": event.at.isoformat(),
                "text": event.text,
                "files": [asdict(file) for file in event.stored],
                "revision": event.revision,
                "quote": event.quote,
            },
        )
    )


def follow_edit(context: Context, key: str, *, text: str, revision: str) -> bool:
    """One of them was edited. False where none of this key waits."""
    found = context.uow.question_words.find(key)
    if found is None:
        return False
    if str(found.said["revision"]) < revision:
        context.uow.question_words.revise(key, {**found.said, "text": text, "revision": revision})
    return True


def follow_deletion(context: Context, key: str) -> bool:
    """One of them was deleted, and was never said. False where none of this key waits."""
    if context.uow.question_words.find(key) is None:
        return False
    context.uow.question_words.forget(key)
    return True


def drop_words(context: Context, asked: str) -> None:
    """Nothing became of the message, nor of what was said under it."""
    context.uow.question_words.take(asked)


def place_words(context: Context, asked: str, ticket: Ticket) -> None:
    """Say on this ticket, which is locked or new, what was said under the message."""
    for each in context.uow.question_words.take(asked):
        person = context.uow.people.find(each.person) or Person(key=each.person, name=each.person)
        _say(replace(context, actor=person), ticket, each.said)


def thread_beneath(context: Context, ticket: Ticket, channel: ChannelRef, *, thread: str) -> Conversation:
    """Where such words stand: the ticket's own thread, or one that leads to it."""
    found = context.uow.conversations.find(channel, thread)
    if found is not None and found.ticket_id == ticket.id:
        return found
    beside = Conversation(
        id=context.uow.new_id(),
        ticket_id=ticket.id,
        side=Side.REQUESTER,
        channel=channel,
        root=thread,
        is_retired=True,
    )
    context.uow.conversations.add(beside)
    return beside


def _say(context: Context, ticket: Ticket, kept: Mapping[str, Any]) -> None:
    """A note that an agent marked as one has no place where the requester reads."""
    text, files = str(kept["text"]), tuple(StoredFile(**file) for file in kept["files"])
    said = SaidIn(
        conversation=thread_beneath(
            context, ticket, ChannelRef(*kept["channel"]), thread=str(kept["thread"])
        ),
        platform_id=str(kept["message"]),
        at=datetime.fromisoformat(kept["at"]),
        platform_revision=str(kept["revision"]),
        quote=str(kept["quote"]),
    )
    if context.is_agent_of(ticket):
        if is_marked_note(text):
            return
        message = actions.reply_as_agent(context, ticket, text=text, said=said, files=files)
    elif ticket.status is Status.CLOSED and (original := live_original(context, ticket)) is not None:
        message = write_to_original(context, ticket, original, text=text, said=said, files=files)
    else:
        courtesy = is_courtesy_on(context, ticket, text) and not files
        message = actions.write_as_requester(
            context, ticket, text=text, said=said, files=files, is_courtesy=courtesy
        )
    if is_moved(context, ticket, said.conversation):
        audience = Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id))
        remove_post(context, ticket, message, said.conversation)
        audience.show_to_requester(message)
