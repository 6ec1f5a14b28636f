"""Which promises of a channel's teams are breached or about to be, soonest first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.domain.directory import Team
from bot.domain.sla.timer import SlaTimer
from bot.messages.outbound import Tone
from bot.ports.storage.boards import RunningTarget
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.stage_tone import stage_tone

LOOKED_AT = 500
"""Promises past a stage that are looked at, soonest due first; beyond that a board only says that there are more."""
_LATE = (Tone.WARNING, Tone.ALERT)


def at_risk(uow: UnitOfWork, teams: Iterable[Team], *, now: datetime) -> tuple[list[RunningTarget], bool]:
    """Each ticket with the promise that is due first of those that are breached or that people were warned of.

    Whether there are more than were looked at is told with them.
    """
    found = uow.boards.at_stage([team.name for team in teams], limit=LOOKED_AT)
    copies = {each.ticket.sla_policy_copy for each in found if each.ticket.sla_policy_copy is not None}
    stages = uow.boards.stages(copies) if copies else {}
    nearest: dict[int, RunningTarget] = {}
    for each in found:
        of_policy = stages.get(each.ticket.sla_policy_copy or "", ())
        if each.due_at <= now or is_warned_of(each.timer, of_policy):
            nearest.setdefault(each.ticket.id, each)
    return list(nearest.values()), len(found) == LOOKED_AT


def is_warned_of(timer: SlaTimer, stages: Sequence[Mapping[str, object]]) -> bool:
    """Whether it is near enough to its end that people were told or its card warns: half of its time is not."""
    is_told = any(index < len(stages) and stages[index]["notify"] for index in timer.reached)
    return is_told or stage_tone(timer) in _LATE
