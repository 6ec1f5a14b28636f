"""`/desk away`: who is away until when."""

from bot.commands.framework.command import Call, Command, Option, Role
from bot.commands.framework.when import from_until, read_span, zone_of
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.on_call.absences import go_away, named
from bot.services.on_call.roster import Roster

BACK = frozenset({"back", "here", "no", "off"})
MOST_BUTTONS = 5
"""Tickets that can be given back by a button."""
LONGEST_REASON = 200


def away(call: Call) -> PrivateReply:
    """Until when, or from when until when, and after a comma why; `back` ends it."""
    context, words = call.context, call.option("until")
    if words.lower() in BACK:
        context.uow.absences.end(context.actor.key)
        return _welcome_back(context)
    until, _, reason = words.partition(",")
    since, at = read_span(until, now=context.now, zone=zone_of(context))
    absence = Absence(person=context.actor.key, since=since, until=at, reason=reason.strip()[:LONGEST_REASON])
    tickets = go_away(context, absence)
    typed = verbs.typed(context.desk.command_names, call.command.name)
    text: RichText = (
        "You are away ",
        *from_until(context, since, at),
        ". Meanwhile nothing is given to you by itself, and others of your team are pinged. ",
        Code(f"{typed} back"),
        " ends it.",
    )
    if tickets:
        have = "this ticket" if len(tickets) == 1 else f"these {len(tickets)} tickets"
        text += (f"\nYou still have {have}: {named(tickets)}. Give back what cannot wait, or ",)
        text += (Code(verbs.typed(context.desk.command_names, verbs.ASSIGN)), " it to somebody.")
    return PrivateReply(text=text, buttons=tuple(map(_give_back, tickets[:MOST_BUTTONS])))


def _welcome_back(context: Context) -> PrivateReply:
    """The desk's configuration may know better."""
    told = Roster(context.uow, context.desk, now=context.now).absence_of(context.actor, at=context.now)
    if told is None:
        return PrivateReply(text=("Welcome back: tickets and pings reach you again.",))
    until = Moment(told.until, context.actor.time_zone)
    return PrivateReply(
        text=(
            "The desk’s calendar of absences still says that you are away until ",
            until,
            ". Have it corrected there.",
        )
    )


def _give_back(ticket: Ticket) -> Button:
    return Button(label=f"Give back {ticket.reference}", verb=verbs.RELEASE, ticket=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk away",
        place=230,
        who=Role.AGENT,
        handler=away,
        options=(Option(name="until"),),
        has_form=True,
        menu_group="team",
        example="away until Tuesday, dentist",
    ),
)
