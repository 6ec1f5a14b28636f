"""Who gets a new ticket by itself: the person a rule names, the next in turn, the least busy, or who is on call."""

from collections.abc import Iterable

from bot.domain.directory import Assignment, Team
from bot.domain.routing.router import Verdict
from bot.services.context.context import Context
from bot.services.on_call.roster import on_call, present


def choose_assignee(context: Context, team: Team, verdict: Verdict) -> str | None:
    """A person's key, or None when the ticket waits in the queue.

    Only people the desk has met can be chosen, for an agent configured by e-mail has no key before that; and
    nobody who is away.
    """
    if verdict.assignee:
        return next(iter(_present(context, [verdict.assignee])), None)
    match verdict.assignment or team.assignment:
        case Assignment.NONE:
            return None
        case Assignment.ROUND_ROBIN:
            return _next_in_turn(context, team)
        case Assignment.LEAST_BUSY:
            return _least_busy(context, team)
        case Assignment.ON_CALL:
            person = on_call(context.uow, context.desk, team, now=context.now)
            return person.key if person is not None else None


def _present(context: Context, references: Iterable[str]) -> list[str]:
    return [person.key for person in present(context.uow, context.desk, references, now=context.now)]


def _next_in_turn(context: Context, team: Team) -> str | None:
    agents = _present(context, team.agents)
    if not agents:
        return None
    last = context.uow.tickets.last_assignee(team.name)
    return agents[(agents.index(last) + 1) % len(agents)] if last in agents else agents[0]


def _least_busy(context: Context, team: Team) -> str | None:
    agents = _present(context, team.agents)
    load = context.uow.tickets.count_live_by_assignee(agents)
    return min(agents, key=lambda agent: (load[agent], agent), default=None)
