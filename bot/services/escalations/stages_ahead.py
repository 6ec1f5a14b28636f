"""What still alerts people of a ticket once what is active now was acknowledged or snoozed."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.sla.timer import SlaTimer, Stage
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


class Ahead(StrEnum):
    """The next thing that alerts people: the breach of a target, a stage of any kind, or nothing."""

    BREACH = "breach"
    STAGE = "stage"
    NOTHING = "nothing"


def ahead_of(context: Context, ticket: Ticket) -> Ahead:
    """BREACH only where every target that is alerted now still can breach, and people are alerted then."""
    if ticket.sla_policy_copy is None:
        return Ahead.NOTHING
    stages = context.policies.of(context.uow, ticket.sla_policy_copy).stages
    alerted = {each.timer_id for each in context.uow.escalations.under_way([ticket.id])}
    timers = context.uow.sla_timers.of_ticket(ticket.id)
    ahead = {timer.id: stages_ahead(timer, stages) for timer in timers}
    can_breach = [
        timer.breached_at is None and any(stage.is_breach for stage in ahead[timer.id])
        for timer in timers
        if timer.id in alerted
    ]
    if can_breach and all(can_breach):
        return Ahead.BREACH
    return Ahead.STAGE if any(ahead.values()) else Ahead.NOTHING


def will_remind(context: Context, ticket: Ticket) -> bool:
    """Whether a step of an alert that is active now is still to come."""
    return any(each.next_at is not None for each in context.uow.escalations.under_way([ticket.id]))


def active_again(key: str, ahead: Ahead, *, reminds: bool) -> str:
    """The key of the answer that says when people are notified again, if they are at all."""
    if reminds:
        return key
    return f"{key}_last" if ahead is Ahead.NOTHING else f"{key}_stage"


def stages_ahead(timer: SlaTimer, stages: Sequence[Stage]) -> list[Stage]:
    """Those that this timer may still reach and that alert people."""
    if timer.stopped_at is not None:
        return []
    return [
        stage
        for index, stage in enumerate(stages)
        if index not in timer.reached
        and stage.raises_alert
        and (stage.is_breach or timer.breached_at is None)
    ]
