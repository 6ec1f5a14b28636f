"""Who gets a new ticket by itself: the person a rule names, the next in turn, the least busy, or who is on call."""

from collections.abc import Iterable

from bot.domain.directory import Assignment, Team
from bot.domain.routing.router import Verdict
from bot.services.context.context import Work
from bot.services.on_call.roster import on_call, present


def choose_assignee(work: Work, team: Team, verdict: Verdict) -> str | None:
    """A person's key, or None when the ticket waits in the queue.

    Only people the desk has met can be chosen, for an agent configured by e-mail has no key before that; and
    nobody who is away.
    """
    if verdict.assignee:
        return next(iter(_present(work, [verdict.assignee])), None)
    match verdict.assignment or team.assignment:
        case Assignment.NONE:
            return None
        case Assignment.ROUND_ROBIN:
            return _next_in_turn(work, team)
        case Assignment.LEAST_BUSY:
            return _least_busy(work, team)
        case Assignment.ON_CALL:
            person = on_call(work.uow, work.desk, team, now=work.now)
            return person.key if person is not None else None


def _present(work: Work, references: Iterable[str]) -> list[str]:
    return [person.key for person in present(work.uow, work.desk, references, now=work.now)]


def _next_in_turn(work: Work, team: Team) -> str | None:
    agents = _present(work, team.agents)
    if not agents:
        return None
    last = work.uow.tickets.last_assignee(team.name)
    return agents[(agents.index(last) + 1) % len(agents)] if last in agents else agents[0]


def _least_busy(work: Work, team: Team) -> str | None:
    agents = _present(work, team.agents)
    load = work.uow.tickets.count_live_by_assignee(agents)
    return min(agents, key=lambda agent: (load[agent], agent), default=None)
