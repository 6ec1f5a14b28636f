"""Who gets a new ticket by itself: the person a rule names, the next in turn, the least busy, or who is on call.

And who is asked to take one that comes back unassigned, or hears of a new one.
"""

from collections.abc import Iterable
from typing import Final, assert_never

from bot.domain.directory import Assignment, NewPing, Team, is_group
from bot.domain.routing.router import Verdict
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.context import Context
from bot.services.on_call.roster import on_call, present

MOST_PINGED: Final = 20
"""Members of a user group whom a card mentions."""


def choose_assignee(context: Context, team: Team, verdict: Verdict) -> str | None:
    """A person's key, or None when the ticket waits in the queue.

    Only people the desk has met can be chosen, for an agent configured by e-mail has no key before that; and
    nobody who is away.
    """
    if verdict.assignee:
        return next(iter(_present(context, [verdict.assignee])), None)
    return assignee_by_rule(context, team, verdict.assignment or team.assignment)


def assignee_by_rule(context: Context, team: Team, assignment: Assignment) -> str | None:
    """Who of the team gets its next ticket by this way of assigning; None for nobody."""
    match assignment:
        case Assignment.NONE:
            return None
        case Assignment.ROUND_ROBIN:
            return _next_in_turn(context, team)
        case Assignment.LEAST_BUSY:
            return _least_busy(context, team)
        case Assignment.ON_CALL:
            person = on_call(context.uow, context.desk, team, now=context.now)
            return person.key if person is not None else None


def who_is_asked(context: Context, ticket: Ticket) -> str | None:
    """The key of the agent of its team who answered or resolved it last, if there; else of who is on call.

    None where that is whoever acts now.
    """
    team = context.team_of(ticket)
    last = next(
        (each.actor for each in reversed(context.uow.audit_log.of_ticket(ticket.id)) if _is_work(each)), ""
    )
    person = context.uow.people.find(last)
    if person is None or not team.has_agent(person) or not _present(context, [last]):
        person = on_call(context.uow, context.desk, team, now=context.now)
    return None if person is None or person.key == context.actor.key else person.key


def who_is_pinged(context: Context, ticket: Ticket) -> list[str]:
    """Keys of those who are to hear of a request that nobody has yet, as its team chose; nobody who is away.

    None while somebody has the ticket.
    """
    if ticket.assignee is not None:
        return []
    team = context.team_of(ticket)
    match team.ping_new:
        case NewPing.NOBODY:
            return []
        case NewPing.ON_CALL:
            person = on_call(context.uow, context.desk, team, now=context.now)
            return [person.key] if person is not None else []
        case NewPing.GROUP:
            return _present(context, filter(is_group, team.agents))[:MOST_PINGED]
        case NewPing.LEAST_LOADED:
            least = _least_busy(context, team)
            return [least] if least is not None else []
        case never:
            assert_never(never)


def _is_work(entry: AuditEntry) -> bool:
    is_reply = entry.event == "MessageAdded" and entry.details["kind"] == MessageKind.REPLY
    is_outcome = entry.event == "StatusChanged" and entry.details["after"] in (Status.RESOLVED, Status.CLOSED)
    return is_reply or is_outcome


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
