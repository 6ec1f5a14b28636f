"""Which tickets of a channel's teams have a breached target or one about to be, each by the worst of its targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.directory import Team, kept_as
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import Measure
from bot.domain.sla.timer_rules import is_warned
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.boards import RunningTarget
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork

LOOKED_AT = 500
"""Tickets that are looked at, soonest due first; beyond that a board only says that there are more."""
FIRST_LOOKED_AT = 5
"""Tickets that nearly always suffice to say that there is one."""


@dataclass(frozen=True, slots=True)
class WorstTarget:
    """The target of a ticket that stands for it in a list, and the alert about it, if there is one under way.

    `unhandled`: others of that ticket about which there is an alert that nobody handles, where somebody handles this.
    """

    target: RunningTarget
    alert: Escalation | None
    unhandled: tuple[Measure, ...] = ()

    def is_breached(self, now: datetime) -> bool:
        return self.target.due_at <= now


def at_risk(uow: UnitOfWork, teams: Iterable[Team], *, now: datetime) -> tuple[list[WorstTarget], bool]:
    """Each ticket with a target that is breached or that people were warned of, by the worst of these.

    Whether there are more than were looked at is told with them.
    """
    found = _first_of(uow, teams, now=now, limit=LOOKED_AT)
    return worst_of_each(uow, _urgent(uow, found, now=now), now=now), len(found) == LOOKED_AT


def is_any_at_risk(uow: UnitOfWork, teams: Sequence[Team], *, now: datetime) -> bool:
    """Whether `at_risk` finds one, for which hardly ever more than the first few are read."""
    for limit in (FIRST_LOOKED_AT, LOOKED_AT):
        found = _first_of(uow, teams, now=now, limit=limit)
        if _urgent(uow, found, now=now):
            return True
        if len(found) < limit:
            break
    return False


def _first_of(uow: UnitOfWork, teams: Iterable[Team], *, now: datetime, limit: int) -> list[Ticket]:
    """Those that are overdue or that people were warned of, soonest due first."""
    of_teams = TicketFilter(teams=kept_as(teams))
    found = [*uow.tickets.search(replace(of_teams, due_before=now), limit=limit)]
    if len(found) < limit:
        warned = replace(of_teams, is_warned=True, due_after=now)
        found += uow.tickets.search(warned, limit=limit - len(found))
    return found


def _urgent(uow: UnitOfWork, found: Sequence[Ticket], *, now: datetime) -> list[RunningTarget]:
    """The targets for which these tickets are listed."""
    timers = uow.sla_timers.of_tickets(each.id for each in found)
    copies = {each.sla_policy_copy for each in found if each.sla_policy_copy is not None}
    stages = uow.boards.stages(copies) if copies else {}
    notifying = {key: frozenset(_notifying(each)) for key, each in stages.items()}
    return [
        RunningTarget(ticket, timer)
        for ticket in found
        for timer in timers[ticket.id]
        if timer.due_at is not None
        and (
            timer.due_at <= now or is_warned(timer, notifying.get(ticket.sla_policy_copy or "", frozenset()))
        )
    ]


def _notifying(stages: Sequence[Mapping[str, object]]) -> Iterator[int]:
    return (place for place, stage in enumerate(stages) if stage["notify"])


def worst_of_each(uow: UnitOfWork, targets: Sequence[RunningTarget], *, now: datetime) -> list[WorstTarget]:
    """Each ticket once, by its worst target: breached ones come before those at risk.

    Of each, an answer is named before the end, then those that nobody handles, then what is due sooner. A breach that
    somebody acknowledged is one still: no other target of its ticket hides it that is only at risk, nor does it hide
    that one.
    """
    alerts = {each.timer_id: each for each in uow.escalations.under_way(each.ticket.id for each in targets)}
    known = [WorstTarget(each, alerts.get(each.timer.id)) for each in targets]
    worst: dict[int, WorstTarget] = {}
    for each in sorted(known, key=lambda one: (not one.is_breached(now), not _waits(one), one.target.due_at)):
        first = worst.setdefault(each.target.ticket.id, each)
        if first is not each and _is_named_before(each, first, now=now):
            unhandled = (first.target.timer.measure,) if _waits(first) and not _waits(each) else ()
            worst[each.target.ticket.id] = replace(each, unhandled=(*unhandled, *first.unhandled))
        elif _waits(each) and not _waits(first):
            measures = (*first.unhandled, each.target.timer.measure)
            worst[each.target.ticket.id] = replace(first, unhandled=measures)
    return list(worst.values())


def _is_named_before(each: WorstTarget, first: WorstTarget, *, now: datetime) -> bool:
    """Whether it is an answer that is as late as the end that would stand for the ticket, handled or not."""
    is_answer = each.target.timer.measure in (Measure.FIRST_RESPONSE, Measure.NEXT_RESPONSE)
    is_as_late = each.is_breached(now) == first.is_breached(now)
    return is_answer and first.target.timer.measure is Measure.RESOLUTION and is_as_late


def _waits(each: WorstTarget) -> bool:
    return each.alert is not None and each.alert.is_unhandled
