"""What somebody does about all alerts of a channel at once: those that their message showed, ticket by ticket."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import AlreadySo
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.escalations.alerts import conversation_of, told_in, was_told_by
from bot.services.tickets import actions

MOST = 200
"""Escalations that are handled at once."""


@dataclass(slots=True)
class HandledAlerts:
    """References of the tickets whose alerts were handled, and of those that are another team's to handle."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def acknowledge_all(context: Context, *, last: str) -> HandledAlerts:
    """All that nobody had acknowledged or snoozed when the alert of this outbox key was the newest."""
    return _handle_all(context, last, lambda ticket: actions.acknowledge(context, ticket))


def snooze_all(context: Context, *, last: str, until: datetime, reason: str) -> HandledAlerts:
    """The same alerts as `acknowledge_all`."""
    return _handle_all(
        context, last, lambda ticket: actions.snooze(context, ticket, until=until, reason=reason)
    )


def _handle_all(context: Context, last: str, handle: Callable[[Ticket], None]) -> HandledAlerts:
    """Tickets are locked in one order, so that two people who press at once never wait for one another."""
    conversation = conversation_of(last)
    found = context.uow.escalations.told_in(told_in(conversation), limit=MOST)
    waiting = {
        each.ticket_id
        for each in found
        if each.is_unacknowledged
        and not each.is_snoozed
        and was_told_by(each, conversation=conversation, last=last)
    }
    handled = HandledAlerts()
    for ticket_id in sorted(waiting):
        ticket = context.uow.tickets.lock(ticket_id)
        if not context.is_agent_of(ticket):
            if not ticket.is_private:
                handled.left.append(ticket.reference)
            continue
        with suppress(AlreadySo):
            handle(ticket)
            handled.done.append(ticket.reference)
    return handled
