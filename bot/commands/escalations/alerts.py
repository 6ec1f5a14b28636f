"""`/desk acknowledge` and `/desk snooze`: what agents and leads do about an alarm."""

from bot.commands.framework.command import Call, Command, Option, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.when import read_instant, zone_of
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, PrivateReply
from bot.services.tickets import actions

LONGEST_REASON = 200
HOW = "Say until when and, after a comma, why: `snooze IT-12 2h, the vendor calls back`."


def acknowledge(call: Call, ticket: Ticket) -> PrivateReply:
    actions.acknowledge(call.context, ticket)
    return PrivateReply(
        text=("You see to ", Bold(ticket.reference), ": nobody else is called until its next stage.")
    )


def snooze(call: Call, ticket: Ticket) -> PrivateReply:
    """Typed, the reason comes after a comma; the form asks for it by itself."""
    until, _, reason = call.option("until").partition(",")
    reason = (reason.strip() or call.option("reason"))[:LONGEST_REASON]
    if not until or not reason:
        raise Refused(HOW)
    at = read_instant(until, now=call.context.now, zone=zone_of(call.context))
    actions.snooze(call.context, ticket, until=at, reason=reason)
    return PrivateReply(
        text=(
            Bold(ticket.reference),
            " is snoozed until ",
            Moment(at, call.context.actor.time_zone),
            ". A breach is told all the same.",
        )
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ACKNOWLEDGE,
        place=210,
        summary="You see to a ticket’s alarm: nobody else is called until its next stage.",
        who=Role.AGENT,
        on_ticket=acknowledge,
        fitting=of_teams,
        menu_group="alert",
        example="acknowledge IT-12",
    ),
    Command(
        name=verbs.SNOOZE,
        place=220,
        summary="Call nobody for a ticket’s alarm until then, and say why.",
        who=Role.AGENT,
        on_ticket=snooze,
        fitting=of_teams,
        options=(
            Option(name="until", label="Until when", hint="2h; tomorrow 9:00; until Friday"),
            Option(name="reason", label="Why", is_form_only=True),
        ),
        form_title="Snooze the alarm",
        menu_group="alert",
        example="snooze IT-12 2h, the vendor calls back",
    ),
)
