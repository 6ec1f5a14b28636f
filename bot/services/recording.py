"""Events of a ticket → its row, its SLA timers, the audit log and what people are to see: one transaction.

Whatever changes a ticket ends here, so no change goes unrecorded and none is announced but not stored.
"""

from collections.abc import Sequence

from bot.domain import events as happened
from bot.domain.conversation import Conversation, TicketMessage
from bot.domain.sla import SlaPolicy, SlaTimer
from bot.domain.ticket import Ticket
from bot.domain.timekeeping import follow, furthest_stage, start_timers
from bot.services.announcements import announce, announce_opening
from bot.services.policies import policy_for
from bot.services.work import Work

_MOVES_CLOCKS = (
    happened.StatusChanged,
    happened.FirstResponseGiven,
    happened.PriorityChanged,
    happened.TicketTransferred,
)


def record(work: Work, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Write down a change of a locked ticket. Nothing is written when nothing happened."""
    if not events:
        return
    ticket.updated_at = work.now
    if any(isinstance(event, _MOVES_CLOCKS) for event in events):
        _follow_clocks(work, ticket, events)
    work.uow.tickets.save(ticket)
    work.uow.audit_log.append(ticket.id, events)
    announce(work, ticket, events)


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
    timers = _start_clocks(work, ticket)
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
    uow.audit_log.append(ticket.id, [*events, added])
    announce_opening(work, ticket, opening, conversations, more=more)


def _start_clocks(work: Work, ticket: Ticket) -> list[SlaTimer]:
    policy = policy_for(work.desk, work.team_of(ticket), named=ticket.sla_policy)
    if policy is None:
        return []
    complete = _copy(work, ticket, policy)
    return start_timers(ticket, policy=complete, at=work.now, new_id=work.uow.new_id)


def _follow_clocks(work: Work, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Timers go by what the ticket is now; a transfer puts them on the new team's policy and hours."""
    timers = list(work.uow.sla_timers.of_ticket(ticket.id))
    policy = work.policies.of(work.uow, ticket.sla_policy_copy) if ticket.sla_policy_copy else None
    successor = None
    if any(isinstance(event, happened.TicketTransferred) for event in events):
        chosen = policy_for(work.desk, work.team_of(ticket))
        successor = _copy(work, ticket, chosen) if chosen else None
    ahead = successor or policy
    if ahead is None:
        return
    for timer in follow(timers, ticket, policy=policy or ahead, successor=successor, at=work.now):
        work.uow.sla_timers.save(timer)
    new = start_timers(ticket, policy=ahead, at=work.now, new_id=work.uow.new_id, besides=timers)
    work.uow.sla_timers.add(new)
    ticket.sla_stage = furthest_stage([*timers, *new])


def _copy(work: Work, ticket: Ticket, policy: SlaPolicy) -> SlaPolicy:
    ticket.sla_policy_copy, complete = work.policies.copy(work.uow, policy, work.team_of(ticket))
    ticket.sla_policy = policy.name
    return complete
