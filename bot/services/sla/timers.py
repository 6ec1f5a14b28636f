"""A ticket's SLA clocks: which policy starts them, and how they follow what happens to the ticket.

A policy is copied onto the ticket when it starts to apply, and the audit log says which copy, and what chose it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.caches.policy_snapshots import policy_for
from bot.domain import events as happened
from bot.domain.directory import DESK, Person
from bot.domain.replies.unread_answer import FirstResponseUndone
from bot.domain.routing.request import Request
from bot.domain.sentence import sentence
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.sla.replay import replay
from bot.domain.sla.ticket_history import HistoryTurn, ticket_history
from bot.domain.sla.timer import SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import first_due, follow, show_stage, start_timers
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.lookups.known_facts import known_facts

MOVES_CLOCKS = (
    happened.StatusChanged,
    happened.FirstResponseGiven,
    FirstResponseUndone,
    happened.NextResponseGiven,
    happened.ReplyAwaited,
    happened.PriorityChanged,
    happened.TicketTransferred,
)
_WORK = (happened.StatusChanged, happened.TicketAssigned, happened.MessageAdded, happened.TicketTransferred)
"""What a person does who works on a ticket."""


def start_clocks(
    context: Context, ticket: Ticket, *, text: str
) -> tuple[list[SlaTimer], list[happened.Event]]:
    """The timers of a ticket that is being opened with these words, and the event that says why."""
    chosen = _as_routed(context, ticket, text=text)
    if chosen is None:
        return [], []
    complete, applied = put_on(context, ticket, chosen)
    timers = start_timers(ticket, policy=complete, at=context.now, new_id=context.uow.new_id)
    ticket.become_due(first_due(timers))
    return timers, [applied]


def _as_routed(context: Context, ticket: Ticket, *, text: str | None = None) -> PolicyChoice | None:
    return policy_for(
        context.desk,
        context.team_of(ticket),
        named=ticket.sla_policy,
        why=sentence("sla.why_routing", why=ticket.why_here),
        request=lambda: request_of(context, ticket, text=text),
    )


def follow_clocks(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> list[happened.Event]:
    """Timers go by what the ticket is now; a transfer puts them on the new team's policy and hours.

    Those of an imported ticket begin when somebody first works on it.
    """
    undone = [
        each.message for each in events if isinstance(each, happened.MessageSeparated) and each.is_undone
    ]
    if undone:
        restore_clocks(context, ticket, without=undone)
        return []
    if _is_begun(context, ticket, events) and (routed := _as_routed(context, ticket)):
        return move_clocks(context, ticket, routed)
    if not any(isinstance(event, MOVES_CLOCKS) for event in events):
        return []
    is_moved = any(isinstance(event, happened.TicketTransferred) for event in events)
    chosen = _for_new_team(context, ticket) if is_moved else None
    return move_clocks(context, ticket, chosen)


def _is_begun(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> bool:
    """Whether it was imported without clocks, can be answered, and somebody works on it from now on."""
    is_worked_on = any(isinstance(event, _WORK) and event.actor == context.actor.key for event in events)
    if ticket.sla_policy_copy or not is_worked_on or not ticket.status.is_live:
        return False
    if context.actor.key == DESK or context.is_requester_of(ticket):
        return False
    uow = context.uow
    if not any(each.side is Side.REQUESTER for each in uow.conversations.of_ticket(ticket.id)):
        return False
    entries = uow.audit_log.of_ticket(ticket.id)
    return any(each.event == happened.TicketImported.stored_as for each in entries)


def restore_clocks(context: Context, ticket: Ticket, *, without: Iterable[int]) -> None:
    """Let the timers be what they would be had these messages of the requester's never been said.

    A promise that only such a message began goes; where people were alerted of it, it ends when it began.
    """

    def applied(turn: HistoryTurn) -> SlaPolicy | None:
        return context.policies.of(context.uow, turn.applied.copy) if turn.applied else None

    turns = ticket_history(ticket, context.uow.audit_log.of_ticket(ticket.id), without=without)
    replayed = {
        (each.timer.measure, each.timer.cycle_at): each
        for each in replay(turns, policy_at=applied, until=context.now)
    }
    timers = context.uow.sla_timers
    alerting = {each.timer_id for each in context.uow.escalations.of_ticket(ticket.id)}
    left = []
    for timer in timers.of_ticket(ticket.id):
        then = replayed.get((timer.measure, timer.cycle_at))
        if then is None and timer.id not in alerting:
            timers.remove(timer)
            continue
        left.append(timer)
        if then is None:
            timer.void()
        if then is None or timer.restore(then.timer, then.policy):
            timers.save(timer)
    show_stage(ticket, left, policy=policy_of(context, ticket))
    ticket.become_due(first_due(left))


def move_clocks(
    context: Context, ticket: Ticket, chosen: PolicyChoice | None, *, by: str = DESK
) -> list[happened.Event]:
    """Bring the timers in line with the ticket, from now on by the chosen policy where there is one."""
    timers = list(context.uow.sla_timers.of_ticket(ticket.id))
    policy = policy_of(context, ticket)
    successor, applied = put_on(context, ticket, chosen, by=by) if chosen else (None, None)
    ahead = successor or policy
    if ahead is None:
        return []
    for timer in follow(timers, ticket, policy=policy or ahead, successor=successor, at=context.now):
        context.uow.sla_timers.save(timer)
    new = start_timers(ticket, policy=ahead, at=context.now, new_id=context.uow.new_id, besides=timers)
    context.uow.sla_timers.add(new)
    show_stage(ticket, [*timers, *new], policy=ahead)
    ticket.become_due(first_due([*timers, *new]))
    return [applied] if applied else []


def policy_of(context: Context, ticket: Ticket) -> SlaPolicy | None:
    """The copy that runs the ticket's clocks."""
    return context.policies.of(context.uow, ticket.sla_policy_copy) if ticket.sla_policy_copy else None


def put_on(
    context: Context, ticket: Ticket, chosen: PolicyChoice, *, by: str = DESK
) -> tuple[SlaPolicy, happened.PolicyApplied]:
    """Copy the policy onto the ticket; its timers are another matter."""
    copy, complete = context.policies.copy(context.uow, chosen.policy, context.team_of(ticket))
    applied = ticket.apply_policy(complete.name, copy=copy, why=chosen.why, actor=by, at=context.now)
    return complete, applied


def request_of(context: Context, ticket: Ticket, *, text: str | None = None) -> Request:
    """The request that opened the ticket, as conditions see it; `text` where its message is not stored yet."""
    said = text if text is not None else context.uow.messages.get(ticket.opening or 0).text
    person = context.uow.people.find(ticket.requester)
    return request_from(
        ticket,
        text=said,
        person=person or Person(key=ticket.requester, name=ticket.requester),
        looked_up=known_facts(context.uow, context.desk, ticket.requester),
        language_of=context.language_of,
    )


def request_from(
    ticket: Ticket,
    *,
    text: str,
    person: Person,
    looked_up: Mapping[str, str],
    language_of: Callable[[str], str],
) -> Request:
    """The request that opened a ticket, from its words, who asked and what is known of them now."""
    return Request(
        text=text,
        platform=ticket.origin.platform,
        inbox=ticket.inbox,
        person=person,
        at=ticket.opened_at,
        fields=ticket.fields,
        looked_up=looked_up,
        community=ticket.community,
        is_private=ticket.is_private,
        language=lambda: language_of(text),
    )


def _for_new_team(context: Context, ticket: Ticket) -> PolicyChoice | None:
    """The new team's policy, else the desk's; without either the ticket keeps its own, on the new team's hours."""
    team = context.team_of(ticket)

    def request() -> Request:
        return request_of(context, ticket)

    return policy_for(context.desk, team, request=request) or policy_for(
        context.desk, team, request=request, named=ticket.sla_policy, why=sentence("sla.why_transferred")
    )
