"""An assignee who is still on it keeps the ticket for the full time once more."""

from datetime import datetime

from bot.domain.errors import AlreadySo, Refused
from bot.domain.nudges.events import ClaimExtended
from bot.domain.nudges.plan import NudgePlan, PlanKind, PlanState
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.nudges.plans import promised_lapse, put_plan


def extend_claim(context: Context, ticket: Ticket) -> ClaimExtended:
    """Raises Refused for anybody else's ticket, AlreadySo where it was extended before or does not lapse."""
    if ticket.assignee not in context.accounts:
        raise Refused("refusals.not_your_ticket", reference=ticket.reference)
    plan = context.uow.nudge_plans.get(ticket.id, PlanKind.CLAIM)
    if plan is None or plan.state is not PlanState.RUNNING or plan.person != ticket.assignee:
        raise AlreadySo("refusals.claim_stays", reference=ticket.reference)
    if plan.is_extended:
        ends = plan.promised_at or context.now
        raise AlreadySo("refusals.claim_extended_before", reference=ticket.reference, until=ends)
    lapses_at = _extend(context, ticket, plan)
    return ClaimExtended(actor=context.actor.key, at=context.now, lapses_at=lapses_at)


def _extend(context: Context, ticket: Ticket, plan: NudgePlan) -> datetime:
    """The warning has had its say, even where they were faster than it."""
    plan.extend(at=context.now)
    lapses_at = promised_lapse(context, ticket, plan)
    if lapses_at is None:
        raise AlreadySo("refusals.claim_stays", reference=ticket.reference)
    plan.note_told(at=context.now, promised=lapses_at)
    put_plan(context, ticket, plan)
    return lapses_at
