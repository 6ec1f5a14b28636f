"""`/ticket transcript` and `/desk transcript`: everything said on a ticket, sent to whoever asks."""

from bot.commands.framework.command import Call, Command, Role
from bot.domain.tickets.ticket import Status, Ticket
from bot.domain.tickets.transcript import Readers
from bot.messages.outbound import Bold, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.transcript_requests import send_to_actor


def for_requester(call: Call, ticket: Ticket) -> PrivateReply:
    """What the requester may read, whoever asks for it."""
    return _send(call, ticket, Readers.REQUESTER)


def for_staff(call: Call, ticket: Ticket) -> PrivateReply:
    return _send(call, ticket, Readers.STAFF)


def _send(call: Call, ticket: Ticket, readers: Readers) -> PrivateReply:
    send_to_actor(call.context, ticket, readers=readers)
    notes = ", internal notes included" if readers is Readers.STAFF else ""
    return PrivateReply(
        text=("The transcript of ", Bold(ticket.reference), f" comes in your direct messages{notes}.")
    )


def _mine_any(context: Context) -> TicketFilter:
    return TicketFilter(requester=context.actor.key, statuses=frozenset(Status))


def _my_teams(context: Context) -> TicketFilter:
    teams = frozenset(team.name for team in context.desk.teams_of(context.actor))
    return TicketFilter(teams=teams, statuses=frozenset(Status))


TRANSCRIPT_COMMANDS: tuple[Command, ...] = (
    Command(
        group="ticket",
        verb="transcript",
        summary="Everything said on your ticket, as a file to keep.",
        on_ticket=for_requester,
        fitting=_mine_any,
        example="transcript IT-12",
    ),
    Command(
        group="desk",
        verb="transcript",
        summary="Everything on a ticket as a file, notes and history included.",
        who=Role.AGENT,
        on_ticket=for_staff,
        fitting=_my_teams,
        example="transcript IT-12",
    ),
)
