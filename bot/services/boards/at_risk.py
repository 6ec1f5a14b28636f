"""Which tickets of a channel's teams have a breached target or one about to be, each by the worst of its targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.directory import Team
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import Measure, SlaTimer
from bot.messages.outbound import Tone
from bot.ports.storage.boards import RunningTarget
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.stage_tone import stage_tone

LOOKED_AT = 500
"""Targets past a stage that are looked at, soonest due first; beyond that a board only says that there are more."""
_LATE = (Tone.WARNING, Tone.ALERT)


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


def at_risk(
    uow: UnitOfWork, teams: Iterable[Team], *, now: datetime, after: datetime | None = None
) -> tuple[list[WorstTarget], bool]:
    """Each ticket with a target that is breached or that people were warned of, by the worst of these.

    With `after`, only tickets of which nothing was due by that instant. Whether there are more than were looked at
    is told with them.
    """
    found = uow.boards.at_stage([team.name for team in teams], after=after, limit=LOOKED_AT)
    copies = {each.ticket.sla_policy_copy for each in found if each.ticket.sla_policy_copy is not None}
    stages = uow.boards.stages(copies) if copies else {}
    urgent = [
        each
        for each in found
        if each.due_at <= now or is_warned_of(each.timer, stages.get(each.ticket.sla_policy_copy or "", ()))
    ]
    return worst_of_each(uow, urgent, now=now), len(found) == LOOKED_AT


def worst_of_each(uow: UnitOfWork, targets: Sequence[RunningTarget], *, now: datetime) -> list[WorstTarget]:
    """Each ticket once, by its worst target: breached ones come before those at risk.

    Of each, those that nobody handles come first, then what is due sooner. A breach that somebody acknowledged is
    one still: no other target of its ticket hides it that is only at risk, nor does it hide that one.
    """
    alerts = {each.timer_id: each for each in uow.escalations.under_way(each.ticket.id for each in targets)}
    known = [WorstTarget(each, alerts.get(each.timer.id)) for each in targets]
    worst: dict[int, WorstTarget] = {}
    for each in sorted(known, key=lambda one: (not one.is_breached(now), not _waits(one), one.target.due_at)):
        first = worst.setdefault(each.target.ticket.id, each)
        if _waits(each) and not _waits(first):
            measures = (*first.unhandled, each.target.timer.measure)
            worst[each.target.ticket.id] = replace(first, unhandled=measures)
    return list(worst.values())


def _waits(each: WorstTarget) -> bool:
    return each.alert is not None and each.alert.is_unhandled


def is_warned_of(timer: SlaTimer, stages: Sequence[Mapping[str, object]]) -> bool:
    """Whether it is near enough to its end that people were told or its card warns: half of its time is not."""
    is_told = any(index < len(stages) and stages[index]["notify"] for index in timer.reached)
    return is_told or stage_tone(timer) in _LATE
