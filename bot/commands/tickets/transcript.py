"""`/ticket transcript` and `/desk transcript`: everything said on a ticket, sent to whoever asks."""

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams_ever, requested_ever
from bot.domain.tickets.ticket import Ticket
from bot.domain.tickets.transcript import Readers
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets.transcript_requests import send_to_actor


def for_requester(call: Call, ticket: Ticket) -> PrivateReply:
    """What the requester may read, whoever asks for it."""
    return _send(call, ticket, Readers.REQUESTER)


def for_staff(call: Call, ticket: Ticket) -> PrivateReply:
    return _send(call, ticket, Readers.STAFF)


def _send(call: Call, ticket: Ticket, readers: Readers) -> PrivateReply:
    send_to_actor(call.context, ticket, readers=readers)
    has_notes = readers is Readers.STAFF
    key = "answers.transcript_with_notes" if has_notes else "answers.transcript"
    return call.answer(key, reference=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="ticket transcript",
        place=80,
        on_ticket=for_requester,
        fitting=requested_ever,
        example="transcript IT-12",
    ),
    Command(
        name=verbs.TRANSCRIPT,
        place=190,
        who=Role.AGENT,
        replies_privately=True,
        lets_followers=True,
        on_ticket=for_staff,
        fitting=of_teams_ever,
        example="transcript IT-12",
        menu_group="ticket",
    ),
)
