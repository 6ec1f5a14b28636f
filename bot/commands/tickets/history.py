"""`/desk history`: a ticket’s audit events."""

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.listings import history_view
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply


def history(call: Call, ticket: Ticket) -> PrivateReply:
    return history_view(call.context, ticket, call.context.uow.audit_log.of_ticket(ticket.id))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HISTORY,
        place=170,
        who=Role.AGENT,
        on_ticket=history,
        fitting=of_teams,
        reads=True,
        replies_privately=True,
        lets_followers=True,
        menu_group="ticket",
    ),
)
