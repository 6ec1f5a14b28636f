"""Tickets that nobody could be given at once are given out as agents get free or hours begin; ticked.

Each in a transaction of its own, the ticket locked first and then the turn, so that however many replicas give out,
nobody is given more than their capacity. When nobody fits, the leads are told, gathered and once.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.domain.assignment.choice import ChosenAgent
from bot.domain.tickets.ticket import Status
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.on_call.staffing_findings import StaffingTopic
from bot.services.tickets.assignment.choice import Staff, assign_queued
from bot.services.tickets.assignment.unassigned import releaser, unassigned_requests, unfitted_requests
from bot.services.tickets.change_recorder import record_changes

LOOK_EVERY: Final = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class AssignmentWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._looked_at: dict[str, datetime] = {}
        """When what nobody fits was looked for last, by team; desk time."""

    async def tick(self) -> int:
        """Give out what somebody has room for; returns how many. Teams without a workload cost nothing."""
        given = 0
        for name, team in self._contexts.desk().teams.items():
            if team.workload.is_limited and not (team.workload.in_hours and self._is_closed(name)):
                given += await self._give_out(name)
                await self._tell_of(name)
        if given:
            log.info("waiting tickets were given out", tickets=given)
        return given

    def _is_closed(self, name: str) -> bool:
        team = self._contexts.desk().teams[name]
        return not team.calendar.is_open(self._contexts.clock.now())

    async def _give_out(self, team: str) -> int:
        given, tried = 0, set[int]()
        while (found := await self._storage.read(partial(self._next, team=team, tried=tried))) is not None:
            tried.add(found)
            given += await self._storage.run(partial(self._give, ticket_id=found, team=team))
        return given

    def _next(self, uow: UnitOfWork, *, team: str, tried: set[int]) -> int | None:
        """The first ticket of the queue that somebody would be given, but those tried already."""
        context = self._contexts.context(uow)
        if team not in context.desk.teams:
            return None
        staff = Staff(context, context.desk.teams[team])
        if not staff.may_have_room:
            return None
        for each in unassigned_requests(context, staff):
            if isinstance(each.choice, ChosenAgent) and each.request.ticket.id not in tried:
                return each.request.ticket.id
        return None

    def _give(self, uow: UnitOfWork, *, ticket_id: int, team: str) -> bool:
        context = self._contexts.context(uow)
        ticket = uow.tickets.lock(ticket_id)
        # Somebody may have claimed or moved it since it was found.
        if (
            ticket.status is not Status.NEW
            or ticket.assignee is not None
            or context.team_of(ticket).name != team
        ):
            return False
        had_last = releaser(uow.audit_log.of_ticket(ticket.id))
        events = assign_queued(context, ticket, without=frozenset(filter(None, [had_last])))
        if events:
            record_changes(context, ticket, events)
        return bool(events)

    async def _tell_of(self, team: str) -> None:
        """Leads are told of what has waited for minutes, so that to look once a minute is enough."""
        now = self._contexts.clock.now()
        if abs(now - self._looked_at.get(team, datetime.min.replace(tzinfo=UTC))) < LOOK_EVERY:
            return
        self._looked_at[team] = now
        if await self._storage.read(lambda uow: self._news(self._contexts.context(uow), team)) is not None:
            await self._storage.run(partial(self._tell, team=team))

    def _news(self, context: Context, name: str) -> tuple[str, int] | None:
        """What was told last and how many nobody fits, where that is to be kept: twice as many, or far fewer."""
        team = context.desk.teams.get(name)
        if team is None or not team.calendar.is_open(context.now):
            return None
        was = context.uow.watches.all().get(_watch(name), "")
        before, many = int(was or 0), len(unfitted_requests(context, Staff(context, team)))
        is_news = many >= max(1, 2 * before) or (before > 0 and 2 * many <= before)
        return (was, many) if is_news else None

    def _tell(self, uow: UnitOfWork, *, team: str) -> None:
        context = self._contexts.context(uow)
        news = self._news(context, team)
        if news is None:
            return
        was, many = news
        is_kept = uow.watches.tell(_watch(team), was=was, told=str(many) if many else "")
        if is_kept and many > int(was or 0):
            _tell_leads(context, team, many)


def _watch(team: str) -> str:
    return f"assignment:{team}"


def _tell_leads(context: Context, name: str, many: int) -> None:
    """In the escalation channel, else in the team's own, where the message mentions its leads."""
    team = context.desk.teams[name]
    channel = team.escalation_channel or team.channel
    log.info("nobody fits what waits", team=name, tickets=many)
    context.uow.outbox.put_once(
        RowKind.STAFFING_NOTICE,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=f"assignment:{channel}:{context.now:%Y%m%dT%H%M%S}:{name}/{many}",
        payload={"news": [{"topic": str(StaffingTopic.NOBODY_FITS), "team": name, "people": []}]},
        now=context.now,
        is_urgent=True,
    )
