"""`/desk acknowledge`, `unacknowledge`, `snooze`, and the three for all: what agents and leads do about alerts."""

from dataclasses import replace
from datetime import datetime

from bot.commands.framework.command import Call, Command, Option, ReadBy, Role, seen
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.when import read_instant, zone_of
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Moment, PrivateReply
from bot.services.tickets import actions
from bot.text.english import listing
from bot.views.alert_buttons import LAST

LONGEST_REASON = 200
HOW = "Say until when and, after a comma, why: `snooze IT-12 2h, the vendor calls back`."


def acknowledge(call: Call, ticket: Ticket) -> PrivateReply:
    actions.acknowledge(call.context, ticket)
    return PrivateReply(
        text=(
            "You’ve acknowledged ",
            Bold(ticket.reference),
            "; no one else is notified until the next stage.",
        )
    )


def unacknowledge(call: Call, ticket: Ticket) -> PrivateReply:
    actions.unacknowledge(call.context, ticket)
    return PrivateReply(text=(Bold(ticket.reference), "’s alert is unacknowledged again."))


def snooze(call: Call, ticket: Ticket) -> PrivateReply:
    """Typed, the reason comes after a comma; the form asks for it by itself."""
    until, reason = _until_and_why(call)
    actions.snooze(call.context, ticket, until=until, reason=reason)
    return PrivateReply(
        text=(
            Bold(ticket.reference),
            " is snoozed until ",
            Moment(until, call.context.actor.time_zone),
            ". You’ll still be alerted if it breaches.",
            " ",
            *seen(ReadBy.NOTE, reason, call.context.language),
        )
    )


def acknowledge_every(call: Call) -> PrivateReply:
    handled = actions.acknowledge_all(call.context, last=_message(call))
    return _told(handled, "acknowledged", "; no one else is notified until the next stage.")


def snooze_every(call: Call) -> PrivateReply:
    until, reason = _until_and_why(call)
    handled = actions.snooze_all(call.context, last=_message(call), until=until, reason=reason)
    told = _told(handled, "snoozed", ". You’ll still be alerted if they breach.")
    return (
        replace(told, text=(*told.text, " ", *seen(ReadBy.NOTE, reason, call.context.language)))
        if handled.done
        else told
    )


def unsnooze_every(call: Call) -> PrivateReply:
    handled = actions.end_all_snoozes(call.context, last=_message(call))
    return _told(
        handled, "ended the snooze of", "; people are notified again.", nothing="No alert there is snoozed."
    )


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
    raise Refused("There are no alerts in this channel. Use this in an escalation channel, or name a ticket.")


def _told(
    handled: actions.HandledAlerts,
    verb: str,
    ending: str,
    *,
    nothing: str = "No alert there is waiting for you.",
) -> PrivateReply:
    left = f" Left for their own teams: {_listed(handled.left)}." if handled.left else ""
    if not handled.done:
        return PrivateReply(text=(f"{nothing}{left}",), is_error=True)
    return PrivateReply(text=(f"You’ve {verb} ", Bold(_listed(handled.done)), f"{ending}{left}"))


def _listed(references: list[str]) -> str:
    return listing(references, many="tickets")


def _until_and_why(call: Call) -> tuple[datetime, str]:
    until, _, reason = call.option("until").partition(",")
    reason = (reason.strip() or call.option("reason"))[:LONGEST_REASON]
    if not until or not reason:
        raise Refused(HOW)
    return read_instant(until, now=call.context.now, zone=zone_of(call.context)), reason


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
        name=verbs.SNOOZE,
        place=220,
        who=Role.AGENT,
        on_ticket=snooze,
        fitting=of_teams,
        options=_UNTIL_AND_WHY,
        has_form=True,
        menu_group="alert",
        example="snooze IT-12 2h, the vendor calls back",
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
