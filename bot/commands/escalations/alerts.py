"""`/desk acknowledge`, `unacknowledge`, `alert snooze`, and the three for all: what is done about alerts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import assert_never

from bot.commands.framework.command import Call, Command, Option, ReadBy, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.when import before_comma, read_instant, zone_of
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Moment, PrivateReply, RichText
from bot.services.escalations.stages_ahead import Ahead, active_again, ahead_of, will_remind
from bot.services.tickets import actions
from bot.text.amounts import listed
from bot.text.sentences import joined
from bot.views.alert_buttons import LAST

LONGEST_REASON = 200
NAMED = 10
"""Tickets that an answer names; of more it says how many."""


def acknowledge(call: Call, ticket: Ticket) -> PrivateReply:
    actions.acknowledge(call.context, ticket)
    key = _acknowledged("answers.acknowledged", ahead_of(call.context, ticket))
    return call.answer(key, reference=ticket.reference)


def unacknowledge(call: Call, ticket: Ticket) -> PrivateReply:
    actions.unacknowledge(call.context, ticket)
    context = call.context
    key = active_again(
        "answers.unacknowledged", ahead_of(context, ticket), reminds=will_remind(context, ticket)
    )
    return call.answer(key, reference=ticket.reference)


def snooze(call: Call, ticket: Ticket) -> PrivateReply:
    """Typed, the reason comes after a comma; the form asks for it by itself."""
    until, reason = _until_and_why(call)
    actions.snooze(call.context, ticket, until=until, reason=reason)
    until_there = Moment(until, call.context.actor.time_zone)
    key = _snoozed("answers.snoozed", ahead_of(call.context, ticket))
    snoozed = call.say(key, reference=ticket.reference, until=until_there)
    return PrivateReply(text=joined(snoozed, call.seen(ReadBy.NOTE, reason)))


def acknowledge_every(call: Call) -> PrivateReply:
    handled = actions.acknowledge_all(call.context, last=_message(call))
    keys = ("answers.acknowledged_all", "answers.acknowledged_many")
    outcomes = [tuple(_acknowledged(key, ahead) for key in keys) for ahead in handled.ahead]
    return _told(call, handled, _said_of_alike(call, handled.done, outcomes))


def snooze_every(call: Call) -> PrivateReply:
    until, reason = _until_and_why(call)
    handled = actions.snooze_all(call.context, last=_message(call), until=until, reason=reason)
    keys = ("answers.snoozed_all", "answers.snoozed_many")
    outcomes = [tuple(_snoozed(key, ahead) for key in keys) for ahead in handled.ahead]
    told = _told(call, handled, _said_of_alike(call, handled.done, outcomes))
    return replace(told, text=joined(told.text, call.seen(ReadBy.NOTE, reason))) if handled.done else told


def unsnooze_every(call: Call) -> PrivateReply:
    handled = actions.end_all_snoozes(call.context, last=_message(call))
    keys = ("answers.unsnoozed_all", "answers.unsnoozed_many")
    outcomes = [
        tuple(active_again(key, ahead, reminds=reminds) for key in keys)
        for ahead, reminds in zip(handled.ahead, handled.reminds, strict=True)
    ]
    done = _said_of_alike(call, handled.done, outcomes)
    return _told(call, handled, done, nothing="answers.snoozes_none")


def _said_of_alike(call: Call, references: Sequence[str], outcomes: Sequence[tuple[str, ...]]) -> RichText:
    """A sentence for all tickets of which the same is true next; each outcome has a naming key and a counting one."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for reference, keys in zip(references, outcomes, strict=True):
        alike.setdefault(keys, []).append(reference)
    return joined(*(_counted(call, of_them, *keys) for keys, of_them in alike.items()))


def _acknowledged(key: str, ahead: Ahead) -> str:
    """The key of the answer that promises a next stage only where there is one."""
    return f"{key}_last" if ahead is Ahead.NOTHING else key


def _snoozed(key: str, ahead: Ahead) -> str:
    """The key of the answer that says what alerts people before or at the end of the snooze."""
    match ahead:
        case Ahead.BREACH:
            return key
        case Ahead.STAGE:
            return f"{key}_stage"
        case Ahead.NOTHING:
            return f"{key}_last"
        case never:
            assert_never(never)


def _message(call: Call) -> str:
    """The alert that the button is under; typed, the newest one of this channel."""
    if call.option(LAST):
        return call.option(LAST)
    channel = call.location.channel
    teams = call.context.desk.teams.values()
    if channel in {team.escalation_channel for team in teams}:
        current = call.context.uow.outbox.current_alerts(
            call.context.uow.conversations.of_channel(channel).id
        )
        if current:
            return current[-1].key
    raise Refused("answers.alerts_not_here")


def _told(
    call: Call, handled: actions.HandledAlerts, done: RichText, *, nothing: str = "answers.alerts_none"
) -> PrivateReply:
    left = _counted(call, handled.left, "answers.alerts_left", "answers.alerts_left_many")
    return PrivateReply(text=joined(done or call.say(nothing), left), is_error=not handled.done)


def _counted(call: Call, references: list[str], naming: str, counting: str) -> RichText:
    """The sentence that names these tickets, or where they are too many the one that counts them."""
    if not references:
        return ()
    if len(references) > NAMED:
        return call.say(counting, count=len(references))
    return call.say(naming, references=listed(references, call.context.language))


def _until_and_why(call: Call) -> tuple[datetime, str]:
    typed = call.option("until")
    first, _, reason = typed.partition(",")
    if not first.strip() or not (reason.strip() or call.option("reason")):
        raise Refused("answers.snooze_needs")
    until, reason = before_comma(
        typed, partial(read_instant, now=call.context.now, zone=zone_of(call.context))
    )
    reason = (reason or call.option("reason"))[:LONGEST_REASON]
    if not reason:
        raise Refused("answers.snooze_needs")
    return until, reason


_UNTIL_AND_WHY = (
    Option(name="until"),
    Option(name="reason", is_form_only=True),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ACKNOWLEDGE,
        place=210,
        who=Role.AGENT,
        on_ticket=acknowledge,
        fitting=of_teams,
        menu_group="alert",
        example="acknowledge IT-12",
    ),
    Command(
        name=verbs.UNACKNOWLEDGE,
        place=212,
        who=Role.AGENT,
        on_ticket=unacknowledge,
        fitting=of_teams,
        menu_group="alert",
        example="unacknowledge IT-12",
    ),
    Command(
        name=verbs.ACKNOWLEDGE_ALL,
        place=214,
        who=Role.AGENT,
        handler=acknowledge_every,
        menu_group="alert",
        replies_privately=True,
    ),
    Command(
        name=verbs.SNOOZE_ALERT,
        place=220,
        who=Role.AGENT,
        on_ticket=snooze,
        fitting=of_teams,
        options=_UNTIL_AND_WHY,
        has_form=True,
        aliases=("snooze-alert",),
        example="alert snooze IT-12 2h, the vendor calls back",
    ),
    Command(
        name=verbs.SNOOZE_ALL,
        place=222,
        who=Role.AGENT,
        handler=snooze_every,
        options=_UNTIL_AND_WHY,
        has_form=True,
        menu_group="alert",
        replies_privately=True,
        example="snooze-all 2h, the network is down",
    ),
    Command(
        name=verbs.UNSNOOZE_ALL,
        place=224,
        who=Role.AGENT,
        handler=unsnooze_every,
        menu_group="alert",
        replies_privately=True,
    ),
)
