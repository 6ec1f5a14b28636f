"""A ticket's plans follow what happens to it: they begin, rest and end with its events, in the same transaction.

A team that asked for nothing costs nothing here. What events cannot tell is found by `adopt_*`, some time later.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import events as happened
from bot.domain.nudges.plan import (
    NudgePlan,
    NudgeStep,
    PlanKind,
    PlanState,
    claim_step,
    lapse_at,
    pending_step,
)
from bot.domain.nudges.policy import NudgePolicy
from bot.domain.reminders.events import SnoozeEnded, TicketSnoozed
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.context import Context

_MOVES = (
    happened.StatusChanged,
    happened.TicketAssigned,
    happened.TicketReleased,
    happened.TicketTransferred,
    happened.MessageAdded,
    happened.MessageSeparated,
    TicketSnoozed,
    SnoozeEnded,
)
_SIGNS = ("StatusChanged", "ClaimExtended")


def follow_plans(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Bring the plans of a locked ticket in line with what has just happened."""
    if not any(isinstance(event, _MOVES) for event in events):
        return
    policy = context.team_of(ticket).nudges
    before = _policy_left(context, events)
    if policy.pending is not None or before.pending is not None:
        _follow_pending(context, ticket, events, policy)
    if policy.claims is not None or before.claims is not None:
        _follow_claim(context, ticket, events, policy)


def begin_plans(context: Context, ticket: Ticket) -> None:
    """A ticket that somebody got as it was opened."""
    policy = context.team_of(ticket).nudges
    if policy.claims is not None and ticket.assignee is not None:
        put_plan(context, ticket, NudgePlan.of_claim(ticket.id, person=ticket.assignee, at=context.now))


def put_plan(context: Context, ticket: Ticket, plan: NudgePlan) -> None:
    """Keep it, with what is next by the policy in force."""
    if plan.state is PlanState.RUNNING:
        plan.expect(next_step(context, ticket, plan))
    context.uow.nudge_plans.put(plan)


def next_step(context: Context, ticket: Ticket, plan: NudgePlan) -> NudgeStep | None:
    """By the policy in force, none while it is snoozed; None where there is none, or nothing more is to come.

    A claim has its full time once the snooze is over, and a wait goes on then.
    """
    team, wakes_at = context.team_of(ticket), ticket.snoozed_until
    match plan.kind:
        case PlanKind.PENDING if team.nudges.pending is not None:
            step = pending_step(plan, team.nudges.pending, team.calendar)
            if step is None or wakes_at is None or wakes_at <= step.at:
                return step
            return replace(step, at=team.calendar.next_open(wakes_at) or wakes_at)
        case PlanKind.CLAIM if team.nudges.claims is not None:
            return claim_step(plan.after_snooze(wakes_at), team.nudges.claims, team.calendar)
        case _:
            return None


def promised_lapse(context: Context, ticket: Ticket, plan: NudgePlan) -> datetime | None:
    """When a claim goes that is warned of now, or was extended now."""
    team = context.team_of(ticket)
    if team.nudges.claims is None:
        return None
    warned_at = context.now if plan.steps == 0 else None
    ahead = plan.after_snooze(ticket.snoozed_until)
    return lapse_at(ahead, team.nudges.claims, team.calendar, warned_at=warned_at)


def adopt_pending(context: Context, ticket: Ticket) -> bool:
    """Count for a pending ticket that has no plan, or one that rests, from now on; returns whether it does now."""
    if ticket.status is not Status.PENDING or context.team_of(ticket).nudges.pending is None:
        return False
    plan = context.uow.nudge_plans.get(ticket.id, PlanKind.PENDING)
    if plan is not None and plan.state is not PlanState.RESTING:
        return False
    put_plan(context, ticket, _resumed(context, plan) or NudgePlan.of_pending(ticket.id, at=context.now))
    return True


def adopt_claim(context: Context, ticket: Ticket) -> bool:
    """The same for an open ticket of somebody's; False too where they gave a sign since it became theirs."""
    owner = ticket.assignee
    if ticket.status is not Status.OPEN or owner is None or context.team_of(ticket).nudges.claims is None:
        return False
    plan = context.uow.nudge_plans.get(ticket.id, PlanKind.CLAIM)
    if plan is not None and plan.person == owner:
        if plan.state is PlanState.RESTING:
            put_plan(context, ticket, _resumed(context, plan) or plan)
            return True
        if plan.state is not PlanState.LAPSED:
            return False
    is_silent = _is_silent(context, ticket, owner)
    state = PlanState.RUNNING if is_silent else PlanState.DONE
    put_plan(context, ticket, NudgePlan.of_claim(ticket.id, person=owner, at=context.now, state=state))
    return is_silent


def _resumed(context: Context, plan: NudgePlan | None) -> NudgePlan | None:
    """It knows who was told of what, however often its team changed its mind."""
    if plan is not None:
        plan.resume(at=context.now)
    return plan


def _policy_left(context: Context, events: Sequence[happened.Event]) -> NudgePolicy:
    """That of the team that a transfer took the ticket from."""
    left = next((each.before for each in events if isinstance(each, happened.TicketTransferred)), None)
    team = context.desk.teams.get(left or "")
    return team.nudges if team is not None else NudgePolicy()


def _follow_pending(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], policy: NudgePolicy
) -> None:
    """Whatever either side says while it is pending lets the days be counted anew; a note does not."""
    if ticket.status is Status.PENDING and policy.pending is not None:
        if any(map(_begins_wait, events)):
            put_plan(context, ticket, NudgePlan.of_pending(ticket.id, at=context.now))
        elif any(map(_is_snooze, events)):
            plan = context.uow.nudge_plans.get(ticket.id, PlanKind.PENDING)
            if plan is not None and plan.state is PlanState.RUNNING:
                put_plan(context, ticket, plan)
    elif any(map(_ends_wait, events)):
        context.uow.nudge_plans.remove(ticket.id, PlanKind.PENDING)


def _begins_wait(event: happened.Event) -> bool:
    match event:
        case happened.StatusChanged() | happened.TicketTransferred() | happened.MessageSeparated():
            return True
        case happened.MessageAdded(kind=kind):
            return kind != MessageKind.NOTE
        case _:
            return False


def _is_snooze(event: happened.Event) -> bool:
    return isinstance(event, TicketSnoozed | SnoozeEnded)


def _ends_wait(event: happened.Event) -> bool:
    if isinstance(event, happened.StatusChanged):
        return event.before == Status.PENDING
    return isinstance(event, happened.TicketTransferred)


def _follow_claim(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], policy: NudgePolicy
) -> None:
    plans, owner = context.uow.nudge_plans, ticket.assignee
    released = next((each for each in events if isinstance(each, happened.TicketReleased)), None)
    if owner is None or policy.claims is None or not ticket.status.is_live:
        if released is not None and released.cause == happened.NO_SIGN:
            _keep_lapsed(context, ticket)
        elif _may_have_ended(events):
            plans.remove(ticket.id, PlanKind.CLAIM)
        return
    if any(isinstance(event, happened.TicketAssigned) for event in events):
        put_plan(
            context, ticket, _rested(ticket, NudgePlan.of_claim(ticket.id, person=owner, at=context.now))
        )
        return
    plan = plans.get(ticket.id, PlanKind.CLAIM)
    if plan is None or plan.person != owner or plan.state not in (PlanState.RUNNING, PlanState.RESTING):
        return
    accounts = context.uow.identities.accounts_of(owner)
    if any(event.actor in accounts and _is_sign(event) for event in events):
        plan.end()
        put_plan(context, ticket, plan)
    elif (plan.state is PlanState.RESTING) is not ticket.status.is_waiting:
        put_plan(context, ticket, _rested(ticket, plan, at=context.now))
    elif plan.state is PlanState.RUNNING and any(map(_is_snooze, events)):
        for each in events:
            if isinstance(each, SnoozeEnded):
                plan.resume(at=min(each.until, context.now))
        put_plan(context, ticket, plan)


def _may_have_ended(events: Sequence[happened.Event]) -> bool:
    """Nothing else than these takes a ticket from its assignee."""
    ends = (happened.TicketReleased, happened.TicketTransferred, happened.StatusChanged)
    return any(isinstance(event, ends) for event in events)


def _keep_lapsed(context: Context, ticket: Ticket) -> None:
    plan = context.uow.nudge_plans.get(ticket.id, PlanKind.CLAIM)
    if plan is not None:
        plan.end(has_lapsed=True)
        context.uow.nudge_plans.put(plan)


def _rested(ticket: Ticket, plan: NudgePlan, *, at: datetime | None = None) -> NudgePlan:
    """Nothing lapses while somebody else is waited for; then the full time counts again."""
    if ticket.status.is_waiting:
        plan.rest()
    elif at is not None:
        plan.resume(at=at)
    return plan


def _is_sign(event: happened.Event) -> bool:
    match event:
        case happened.StatusChanged():
            return True
        case happened.MessageAdded(kind=kind):
            return kind != MessageKind.REQUEST
        case _:
            return False


def _is_silent(context: Context, ticket: Ticket, owner: str) -> bool:
    """Whether the log says that it became theirs, and nothing of theirs since."""
    accounts = context.uow.identities.accounts_of(owner)
    for entry in reversed(context.uow.audit_log.of_ticket(ticket.id)):
        if entry.event == happened.TicketAssigned.stored_as:
            return bool(entry.details["after"] == owner)
        if entry.actor in accounts and _was_sign(entry):
            return False
    return False


def _was_sign(entry: AuditEntry) -> bool:
    """A claim itself opens a new ticket, which is no sign."""
    if entry.event == happened.MessageAdded.stored_as:
        return bool(entry.details["kind"] != MessageKind.REQUEST)
    return entry.event in _SIGNS and entry.details.get("before") != Status.NEW
