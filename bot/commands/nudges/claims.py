"""`/desk keep`: whoever has a ticket and is still on it keeps it for the full time once more."""

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import assigned
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Moment, PrivateReply
from bot.services.nudges.claims import extend_claim
from bot.services.tickets.change_recorder import record_changes


def keep(call: Call, ticket: Ticket) -> PrivateReply:
    extended = extend_claim(call.context, ticket)
    record_changes(call.context, ticket, [extended])
    until = Moment(extended.lapses_at, call.context.actor.time_zone)
    return call.answer("answers.claim_extended", reference=ticket.reference, until=until)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.KEEP,
        place=45,
        who=Role.AGENT,
        on_ticket=keep,
        fitting=assigned,
        replies_privately=True,
        menu_group="ticket",
        example="keep IT-12",
    ),
)
