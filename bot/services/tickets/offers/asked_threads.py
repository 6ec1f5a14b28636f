"""Threads of messages that the desk asks about: what is said there waits for what becomes of them."""

from bot.domain.directory import ChannelRef
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import message_key
from bot.services.context.context import Context
from bot.services.tickets import questions


def asked_under(context: Context, channel: ChannelRef, *, thread: str) -> str | None:
    """The key of the message that is, or was, asked about at the root of this thread: it is that, or the question."""
    key = message_key(channel, thread)
    if context.uow.outbox.payload_of(questions.question_key(key)) is not None:
        return key
    if not channel.is_direct:
        return None
    shown = context.uow.outbox.key_shown(context.uow.conversations.of_channel(channel).id, post=thread)
    return (
        shown.removeprefix(questions.ASKED)
        if shown is not None and shown.startswith(questions.ASKED)
        else None
    )


def waits_for_words(context: Context, asked: str) -> bool:
    """Whether what is said under it now is to be kept; its question is locked then.

    A question that needs no answer waits from then on: whoever writes on under their own message wants the team.
    """
    if context.uow.open_questions.lock(asked):
        return True
    payload = context.uow.outbox.payload_of(questions.question_key(asked))
    if payload is None or payload.get("is_deleted") or questions.opens_by_itself(payload):
        return False
    if payload["person"] != context.actor.key or ticket_of(context, asked) is not None:
        return False
    questions.wait_for_choice(context, asked)
    return True


def ticket_of(context: Context, asked: str) -> Ticket | None:
    """The ticket, locked, that the message has become part of."""
    payload = context.uow.outbox.payload_of(questions.question_key(asked))
    if payload is None:
        return None
    found = context.uow.messages.find(ChannelRef(*payload["channel"]), str(payload["message"]))
    return context.uow.tickets.lock(found.ticket_id) if found is not None else None
