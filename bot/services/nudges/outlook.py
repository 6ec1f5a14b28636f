"""What is to come of a ticket where somebody is waited for, to be shown; nothing is read for other teams."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.directory import Team
from bot.domain.nudges.plan import NudgePlan, PlanKind, PlanState, lapse_at, pending_step, resolution_at
from bot.domain.nudges.policy import PendingPolicy
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Instants at which it happens unless somebody speaks; `lapsed_from` is the key of who gave no sign."""

    nudges_at: datetime | None = None
    resolves_at: datetime | None = None
    lapses_at: datetime | None = None
    lapsed_from: str | None = None


NOTHING = Outlook()


def outlook_of(uow: UnitOfWork, team: Team, ticket: Ticket) -> Outlook:
    """`team` is the ticket's."""
    if ticket.status is Status.PENDING and team.nudges.pending is not None:
        plan = uow.nudge_plans.get(ticket.id, PlanKind.PENDING)
        return _of_pending(plan, team, team.nudges.pending) if plan is not None else NOTHING
    if team.nudges.claims is None or ticket.status not in (Status.NEW, Status.OPEN):
        return NOTHING
    plan = uow.nudge_plans.get(ticket.id, PlanKind.CLAIM)
    if plan is None:
        return NOTHING
    if ticket.assignee is None:
        return Outlook(lapsed_from=plan.person) if plan.state is PlanState.LAPSED else NOTHING
    if plan.state is not PlanState.RUNNING or plan.person != ticket.assignee:
        return NOTHING
    ahead = plan.after_snooze(ticket.snoozed_until)
    return Outlook(lapses_at=lapse_at(ahead, team.nudges.claims, team.calendar))


def _of_pending(plan: NudgePlan, team: Team, policy: PendingPolicy) -> Outlook:
    step = pending_step(plan, policy, team.calendar)
    if plan.next_at is None or step is None:
        return NOTHING
    at = max(plan.next_at, step.at)
    if step.is_last:
        return Outlook(resolves_at=at)
    resolves_at = resolution_at(plan, policy, team.calendar, nudged_at=at)
    return Outlook(nudges_at=at, resolves_at=resolves_at)
