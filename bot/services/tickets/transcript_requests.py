"""Who is to get a transcript, as rows of the outbox; it is made when its turn comes.

A requester is sent the requester's transcript and nothing else, whoever asks for it.
"""

from collections.abc import Sequence
from typing import Any

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Ticket
from bot.domain.tickets.transcript import Readers
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context


def send_when_closed(
    context: Context, ticket: Ticket, *, requesters: Sequence[Conversation], teams: Sequence[Conversation]
) -> None:
    """To everybody whom the configuration names. One row for each closing, so a second one sends a new one."""
    wanted = context.desk.transcripts
    # What is taken back before anybody answered was nothing but the request, which may be deleted with its thread.
    is_taken_back = ticket.first_replied_at is None and context.is_requester_of(ticket)
    if wanted.to_requester and not is_taken_back:
        for conversation in requesters:
            _tell(context, ticket, conversation, sentence="requester.transcript", readers=Readers.REQUESTER)
    if wanted.to_team:
        for conversation in teams:
            _tell(context, ticket, conversation, sentence="team.transcript", readers=Readers.STAFF)
    if wanted.channel is not None:
        conversation = context.uow.conversations.of_channel(wanted.channel)
        _tell(context, ticket, conversation, sentence="team.transcript_channel", readers=Readers.STAFF)


def send_to_actor(context: Context, ticket: Ticket, *, readers: Readers) -> None:
    """To whoever asked, in their direct messages, as it is now."""
    conversation = context.uow.conversations.of_channel(ChannelRef.direct(context.actor.key))
    context.uow.outbox.put_once(
        RowKind.TRANSCRIPT,
        conversation=conversation.id,
        key=f"transcript:{context.uow.new_id()}",
        payload={"sentence": "team.transcript_asked", "readers": str(readers), "person": context.actor.key},
        subject=ticket.id,
        now=context.now,
    )


def _tell(
    context: Context, ticket: Ticket, conversation: Conversation, *, sentence: str, readers: Readers
) -> None:
    closed_at = ticket.closed_at or context.now
    payload: dict[str, Any] = {
        "sentence": sentence,
        "readers": str(readers),
        "closed_at": closed_at.isoformat(),
    }
    context.uow.outbox.put_once(
        RowKind.TRANSCRIPT,
        conversation=conversation.id,
        key=f"transcript:{ticket.id}:{ticket.version}:{conversation.id}",
        payload=payload,
        subject=ticket.id,
        now=context.now,
    )
