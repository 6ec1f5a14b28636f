"""Events of a ticket → its row, its SLA timers, the audit log and what people are to see: one transaction.

Whatever changes a ticket ends here, so no change goes unrecorded and none is announced but not stored.
"""

from collections.abc import Sequence

from bot.domain import events as happened
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.tickets.conversation import Conversation, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.services.boards.refresh import show_boards
from bot.services.context.context import Context
from bot.services.escalations.alerts import show_alerts_of
from bot.services.escalations.escalations import follow_escalations
from bot.services.figures.facts import keep_facts, log_before
from bot.services.knowledge.earlier_answers import follow_answers
from bot.services.nudges.plans import begin_plans, follow_plans
from bot.services.sla.timers import MOVES_CLOCKS, follow_clocks, move_clocks, policy_of, start_clocks
from bot.services.sorting.suggestions import follow_suggestions
from bot.services.tickets.announcements.changes import announce, announce_opening
from bot.services.tickets.ratings.surveys import plan_survey

MOVES_ESCALATIONS = (
    *MOVES_CLOCKS,
    happened.PolicyApplied,
    happened.TicketAssigned,
    happened.TicketReleased,
    happened.MessageSeparated,
)


def record_changes(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], *, is_told: bool = False
) -> None:
    """Write down a change of a locked ticket. Nothing is written when nothing happened.

    `is_told`: the requester has just been notified of something said with it.
    """
    if not events:
        return
    had_reached_a_stage = ticket.sla_stage > 0
    moved = follow_clocks(context, ticket, events)
    _record(context, ticket, [*events, *moved], had_reached_a_stage=had_reached_a_stage, is_told=is_told)


def record_put_back(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], *, fields: Sequence[str]
) -> None:
    """Write down that a locked ticket was put back, with its clocks and alerts, to what it was before a change.

    `fields` are the names of the custom fields that it concerns.
    """
    ticket.note_change(at=context.now)
    log = log_before(context, ticket, events)
    context.uow.tickets.save(ticket)
    if fields:
        context.uow.tickets.keep_fields(ticket, fields)
    context.uow.audit_log.append(ticket.id, events)
    keep_facts(context, ticket, events, after=log)
    follow_answers(context, ticket, events)
    announce(context, ticket, events)
    if ticket.sla_stage > 0:
        show_alerts_of(context, ticket, events)
    show_boards(context, ticket, events)


def record_policy(context: Context, ticket: Ticket, chosen: PolicyChoice, *, by: str) -> None:
    """Put a locked ticket on this policy from now on, and write it down."""
    had_reached_a_stage = ticket.sla_stage > 0
    events = move_clocks(context, ticket, chosen, by=by)
    _record(context, ticket, events, had_reached_a_stage=had_reached_a_stage)


def _record(
    context: Context,
    ticket: Ticket,
    events: Sequence[happened.Event],
    *,
    had_reached_a_stage: bool,
    is_told: bool = False,
) -> None:
    """The ticket's clocks have followed already; its step plans follow them."""
    ticket.note_change(at=context.now)
    may_be_alerting = had_reached_a_stage or ticket.sla_stage > 0
    if may_be_alerting and any(isinstance(event, MOVES_ESCALATIONS) for event in events):
        events = [*events, *_follow_step_plans(context, ticket, events)]
    log = log_before(context, ticket, events)
    context.uow.tickets.save(ticket)
    if changed := [event.field for event in events if isinstance(event, happened.FieldChanged)]:
        context.uow.tickets.keep_fields(ticket, changed)
    context.uow.audit_log.append(ticket.id, events)
    plan_survey(context, ticket, events)
    keep_facts(context, ticket, events, after=log)
    follow_plans(context, ticket, events)
    follow_suggestions(context, ticket, events)
    follow_answers(context, ticket, events)
    announce(context, ticket, events, is_told=is_told)
    if may_be_alerting:
        show_alerts_of(context, ticket, events)
        show_boards(context, ticket, events)


def _follow_step_plans(
    context: Context, ticket: Ticket, events: Sequence[happened.Event]
) -> Sequence[happened.Event]:
    policy = policy_of(context, ticket)
    return follow_escalations(context, ticket, events, policy=policy) if policy is not None else ()


def record_opening(
    context: Context,
    ticket: Ticket,
    opening: TicketMessage,
    conversations: Sequence[Conversation],
    events: Sequence[happened.Event],
    *,
    is_moved: bool = False,
    more: Sequence[TicketMessage] = (),
    is_announced: bool = True,
) -> None:
    """Write down a new ticket with its first message, its conversations and its clocks.

    `is_moved`: that message belonged to another ticket until now, and so did `more`. Unless `is_announced`, nobody
    is told and nothing is promised.
    """
    timers, applied = start_clocks(context, ticket, text=opening.text) if is_announced else ([], [])
    uow = context.uow
    uow.tickets.add(ticket)
    uow.conversations.add(*conversations)
    if is_moved:
        for message in (opening, *more):
            uow.messages.move(message)
    else:
        uow.messages.add(opening)
    uow.sla_timers.add(timers)
    added = happened.MessageAdded(actor=opening.author, at=context.now, message=opening.id, kind=opening.kind)
    uow.audit_log.append(ticket.id, [*events, *applied, added])
    if is_announced:
        begin_plans(context, ticket)
        announce_opening(context, ticket, opening, conversations, more=more)
