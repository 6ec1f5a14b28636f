"""`/desk snooze` and `unsnooze`: a ticket rests until a time, and comes back by itself.

SLA alerts have a snooze of their own, on the alert and as `/desk alert snooze`: a ticket's rest moves no promise.
"""

from functools import partial

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.when import before_comma, read_instant, zone_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, PrivateReply, RichText
from bot.services.escalations.stages_ahead import Ahead, active_again, ahead_of, will_remind
from bot.services.tickets import actions
from bot.services.tickets.snoozes import snooze_ticket, unsnooze_ticket
from bot.text.sentences import joined, words

LONGEST_REASON = 200
"""Characters of why a ticket rests."""


def snooze(call: Call, ticket: Ticket) -> PrivateReply:
    """Typed, a reason may come after a comma; the form asks for it by itself."""
    context = call.context
    until, reason = before_comma(
        call.option("until"), partial(read_instant, now=context.now, zone=zone_of(context))
    )
    reason = (reason or call.option("reason"))[:LONGEST_REASON]
    snooze_ticket(context, ticket, until=until, reason=reason)
    there = Moment(until, context.actor.time_zone)
    text = call.say("answers.ticket_snoozed", reference=ticket.reference, until=there)
    text = joined(text, _promises(call, ticket))
    if reason:
        text = joined(text, call.seen(ReadBy.NOTE, reason))
    button = Button(
        label=words(context.language, "team.button_unsnooze"), verb=verbs.UNSNOOZE, ticket=ticket.reference
    )
    return PrivateReply(text=text, buttons=(button,))


def _promises(call: Call, ticket: Ticket) -> RichText:
    """What falls due before the end; whether that alerts people is said only where it does."""
    context, until = call.context, ticket.snoozed_until
    if any(context.uow.escalations.under_way([ticket.id])):
        typed = verbs.typed(context.desk.command_names, verbs.SNOOZE_ALERT)
        command = f"{typed} {ticket.reference}"
        return call.say("answers.snooze_leaves_alert", command=command)
    if ticket.due_at is None or until is None or ticket.due_at >= until:
        return ()
    at = Moment(ticket.due_at, context.actor.time_zone)
    if ahead_of(context, ticket) is Ahead.NOTHING:
        return call.say("answers.snooze_due", at=at)
    return call.say("answers.snooze_due_alerted", at=at)


def unsnooze(call: Call, ticket: Ticket) -> PrivateReply:
    """Where its alert alone is snoozed, that is meant."""
    escalations = call.context.uow.escalations.under_way([ticket.id])
    if ticket.snoozed_until is None and any(each.is_snoozed for each in escalations):
        actions.unacknowledge(call.context, ticket)
        ahead, reminds = ahead_of(call.context, ticket), will_remind(call.context, ticket)
        key = active_again("answers.unacknowledged", ahead, reminds=reminds)
        return call.answer(key, reference=ticket.reference)
    unsnooze_ticket(call.context, ticket)
    return call.answer("answers.ticket_unsnoozed", reference=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SNOOZE,
        place=150,
        who=Role.AGENT,
        on_ticket=snooze,
        fitting=of_teams,
        options=(
            Option(name="until"),
            Option(name="reason", kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        has_form=True,
        replies_privately=True,
        menu_group="ticket",
        example="snooze IT-12 until Monday",
    ),
    Command(
        name=verbs.UNSNOOZE,
        place=151,
        who=Role.AGENT,
        on_ticket=unsnooze,
        fitting=of_teams,
        menu_group="ticket",
        example="unsnooze IT-12",
    ),
)
