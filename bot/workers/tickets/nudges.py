"""Where somebody is waited for and nothing comes, the next step is taken when it is due; ticked.

Each ticket is handled in a transaction of its own, and its plan is read once the ticket is locked: another replica
may have been faster, and somebody may have spoken.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.errors import StorageUnavailable
from bot.domain.nudges.events import ClaimWarned, RequesterNudged
from bot.domain.nudges.plan import NudgePlan, NudgeStep, PlanKind, resolution_at
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.nudges.plans import next_step, promised_lapse, put_plan
from bot.services.nudges.reach import RequesterReach, record_left, requester_reach
from bot.services.tickets.change_recorder import record_changes

log = structlog.get_logger(__name__)

BATCH: Final = 100
SET_ASIDE: Final = timedelta(hours=1)
"""How long a ticket rests whose step could not be taken."""

_WAITED_ON: Final = {PlanKind.PENDING: Status.PENDING, PlanKind.CLAIM: Status.OPEN}


class Nudges:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Take every step that has come; returns how many tickets had one."""
        handled = 0
        while due := await self._storage.read(self._look):
            for ticket, kind in due:
                await self._take(ticket, kind)
            handled += len(due)
            if len(due) < BATCH:
                break
        return handled

    def _look(self, uow: UnitOfWork) -> Sequence[tuple[int, PlanKind]]:
        return uow.nudge_plans.due(self._contexts.clock.now(), limit=BATCH)

    async def _take(self, ticket: int, kind: PlanKind) -> None:
        """One ticket that cannot be handled must not hold up all others."""
        try:
            await self._storage.run(lambda uow: self._do(uow, ticket, kind))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a ticket's next nudge failed; it is tried again later", ticket=ticket)
            await self._storage.run(lambda uow: self._set_aside(uow, ticket, kind))

    def _do(self, uow: UnitOfWork, ticket_id: int, kind: PlanKind) -> None:
        context = self._contexts.context(uow)
        ticket = uow.tickets.lock(ticket_id)
        plan = uow.nudge_plans.get(ticket_id, kind)
        if plan is not None and plan.next_at is not None and plan.next_at <= context.now:
            take_step(context, ticket, plan)

    def _set_aside(self, uow: UnitOfWork, ticket_id: int, kind: PlanKind) -> None:
        uow.tickets.lock(ticket_id)
        plan = uow.nudge_plans.get(ticket_id, kind)
        if plan is not None and plan.next_at is not None:
            plan.postpone(until=self._contexts.clock.now() + SET_ASIDE)
            uow.nudge_plans.put(plan)


def take_step(context: Context, ticket: Ticket, plan: NudgePlan) -> None:
    """What is due of a locked ticket by the policy in force now; nothing that is too soon by it."""
    is_owner = plan.kind is PlanKind.PENDING or ticket.assignee == plan.person
    if ticket.status is not _WAITED_ON[plan.kind] or not is_owner:
        context.uow.nudge_plans.remove(ticket.id, plan.kind)
        return
    step = next_step(context, ticket, plan)
    if step is None:
        plan.rest()
        context.uow.nudge_plans.put(plan)
        return
    at = _allowed_at(context, ticket, step)
    if at is None or at > context.now:
        plan.expect(None if at is None else NudgeStep(at=at, is_last=step.is_last))
        context.uow.nudge_plans.put(plan)
    elif plan.kind is PlanKind.PENDING:
        _go_on_waiting(context, ticket, plan, step)
    elif step.is_last:
        events = ticket.release(actor=DESK, at=context.now, cause=happened.NO_SIGN)
        record_changes(context, ticket, events)
    else:
        _warn(context, ticket, plan)


def _allowed_at(context: Context, ticket: Ticket, step: NudgeStep) -> datetime | None:
    """When it may be taken: not while the ticket or an alert of it is snoozed, and when the team is there."""
    at = max([step.at, context.now, *([ticket.snoozed_until] if ticket.snoozed_until is not None else [])])
    if ticket.sla_stage > 0:
        under_way = context.uow.escalations.under_way([ticket.id])
        at = max([at, *(each.snoozed_until for each in under_way if each.snoozed_until is not None)])
    return context.team_of(ticket).calendar.next_open(at)


def _go_on_waiting(context: Context, ticket: Ticket, plan: NudgePlan, step: NudgeStep) -> None:
    reach = requester_reach(context, ticket)
    if reach is RequesterReach.NOWHERE:
        plan.end()
        context.uow.nudge_plans.put(plan)
    elif step.is_last:
        events = ticket.resolve(actor=DESK, at=context.now, cause=happened.NO_REPLY)
        record_changes(context, ticket, events)
    else:
        _nudge(context, ticket, plan, is_there=reach is RequesterReach.THREAD)


def _nudge(context: Context, ticket: Ticket, plan: NudgePlan, *, is_there: bool) -> None:
    """Nobody is asked who has left; the days go on all the same."""
    team = context.team_of(ticket)
    assert team.nudges.pending is not None, "else there is no step"
    resolves_at = resolution_at(plan, team.nudges.pending, team.calendar, nudged_at=context.now)
    plan.note_told(at=context.now, promised=resolves_at if is_there else None)
    put_plan(context, ticket, plan)
    if is_there:
        nudged = RequesterNudged(actor=DESK, at=context.now, number=plan.steps, resolves_at=resolves_at)
        record_changes(context, ticket, [nudged])
    else:
        record_left(context, ticket)


def _warn(context: Context, ticket: Ticket, plan: NudgePlan) -> None:
    lapses_at = promised_lapse(context, ticket, plan)
    assert lapses_at is not None, "else there is no step"
    plan.note_told(at=context.now, promised=lapses_at)
    put_plan(context, ticket, plan)
    warned = ClaimWarned(actor=DESK, at=context.now, owner=plan.person, lapses_at=lapses_at)
    record_changes(context, ticket, [warned])
