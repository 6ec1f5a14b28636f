"""Events of a ticket → its row, its SLA timers, the audit log and what people are to see: one transaction.

Whatever changes a ticket ends here, so no change goes unrecorded and none is announced but not stored.
"""

from collections.abc import Sequence

from bot.domain import events as happened
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.tickets.conversation import Conversation, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.services.boards.refresh import show_boards
from bot.services.context.context import Work
from bot.services.escalations.escalations import follow_ladders
from bot.services.sla.timers import MOVES_CLOCKS, follow_clocks, move_clocks, policy_of, start_clocks
from bot.services.tickets.announcements import announce, announce_opening

MOVES_LADDERS = (
    *MOVES_CLOCKS,
    happened.PolicyApplied,
    happened.TicketAssigned,
    happened.TicketReleased,
)


def record(work: Work, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Write down a change of a locked ticket. Nothing is written when nothing happened."""
    if not events:
        return
    had_reached_a_stage = ticket.sla_stage > 0
    moved = follow_clocks(work, ticket, events)
    _record(work, ticket, [*events, *moved], had_reached_a_stage=had_reached_a_stage)


def record_policy(work: Work, ticket: Ticket, chosen: PolicyChoice, *, by: str) -> None:
    """Put a locked ticket on this policy from now on, and write it down."""
    had_reached_a_stage = ticket.sla_stage > 0
    events = move_clocks(work, ticket, chosen, by=by)
    _record(work, ticket, events, had_reached_a_stage=had_reached_a_stage)


def _record(
    work: Work, ticket: Ticket, events: Sequence[happened.Event], *, had_reached_a_stage: bool
) -> None:
    """The ticket's clocks have followed already; its ladders follow them."""
    ticket.updated_at = work.now
    may_be_alarming = had_reached_a_stage or ticket.sla_stage > 0
    if may_be_alarming and any(isinstance(event, MOVES_LADDERS) for event in events):
        events = [*events, *_follow_ladders(work, ticket, events)]
    work.uow.tickets.save(ticket)
    work.uow.audit_log.append(ticket.id, events)
    announce(work, ticket, events)
    if may_be_alarming:
        show_boards(work, ticket, events)


def _follow_ladders(work: Work, ticket: Ticket, events: Sequence[happened.Event]) -> Sequence[happened.Event]:
    policy = policy_of(work, ticket)
    return follow_ladders(work, ticket, events, policy=policy) if policy is not None else ()


def record_opening(
    work: Work,
    ticket: Ticket,
    opening: TicketMessage,
    conversations: Sequence[Conversation],
    events: Sequence[happened.Event],
    *,
    is_moved: bool = False,
    more: Sequence[TicketMessage] = (),
) -> None:
    """Write down a new ticket with its first message, its conversations and its clocks.

    `is_moved`: that message belonged to another ticket until now, and so did `more`.
    """
    timers, applied = start_clocks(work, ticket, text=opening.text)
    uow = work.uow
    uow.tickets.add(ticket)
    uow.conversations.add(*conversations)
    if is_moved:
        for message in (opening, *more):
            uow.messages.move(message)
    else:
        uow.messages.add(opening)
    uow.sla_timers.add(timers)
    added = happened.MessageAdded(actor=opening.author, at=work.now, message=opening.id, kind=opening.kind)
    uow.audit_log.append(ticket.id, [*events, *applied, added])
    announce_opening(work, ticket, opening, conversations, more=more)
