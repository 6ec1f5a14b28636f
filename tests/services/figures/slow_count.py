"""The slow and obvious count: each figure from the audit logs of tickets, one after the other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.domain.desk import Desk
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.figures.figures import Backlog, Lengths, Load, RequestDimension
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, PeriodFigures, Times

MOST = 40
"""Tickets that a story has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that counts, at its instant, for the team and the agent of then."""

    kind: str
    at: datetime
    team: str
    other: str | None = None
    agent: str | None = None
    repliers: tuple[str, ...] = ()
    worked: timedelta = timedelta()
    is_silent: bool = False
    is_first: bool = False
    place: int = 0


@dataclass(kw_only=True)
class History:
    """A ticket, what happened to it, and for each instant whose it was and whether it was open."""

    ticket: Ticket
    groups: frozenset[str]
    opened_for: str
    happened: list[Happened] = field(default_factory=list)
    states: list[tuple[datetime, str, bool]] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {each.kind for each in self.happened}

    def just_before(self, at: datetime) -> tuple[str, bool]:
        team, is_open = self.opened_for, False
        for since, its_team, was_open in self.states:
            if since < at:
                team, is_open = its_team, was_open
        return team, is_open


def all_tickets(uow: UnitOfWork) -> list[Ticket]:
    found = (uow.tickets.find("IT", number) for number in range(1, MOST + 1))
    return [each for each in found if each is not None]


def histories_of(uow: UnitOfWork, desk: Desk) -> list[History]:
    found = []
    for ticket in all_tickets(uow):
        asker = uow.people.find(ticket.requester)
        assert asker is not None
        found.append(history_of(ticket, asker.groups, uow.audit_log.of_ticket(ticket.id), desk))
    return found


def history_of(ticket: Ticket, groups: Iterable[str], log: Sequence[AuditEntry], desk: Desk) -> History:
    gone: set[int] = set()
    for place, line in enumerate(log):
        if line.event == "ChangeUndone":
            gone |= set(range(line.details["first"], line.details["last"]))
            gone |= set(range(place - line.details["restoring"], place + 1))
    history = History(ticket=ticket, groups=frozenset(groups), opened_for=log[0].details["team"])
    history.states.append((ticket.opened_at, history.opened_for, True))
    holders = [
        each for each in log if each.event in ("TicketAssigned", "TicketReleased", "TicketTransferred")
    ]
    lasting = [(place, line) for place, line in enumerate(log) if place not in gone]
    for place, line in lasting:
        earlier = [each for at, each in lasting if at < place]
        replies = [
            each.actor for each in earlier if each.event in ("FirstResponseGiven", "NextResponseGiven")
        ]
        moves = [each for each in earlier if each.event == "TicketTransferred"]
        team = moves[-1].details["after"] if moves else history.opened_for
        holds = [each for each in earlier if each in holders]
        holder = holds[-1].details["after"] if holds and holds[-1].event == "TicketAssigned" else None
        kind, agent = kind_of(line, replies), holder
        if kind == "lapsed":
            assert holder == line.details["before"]
        if kind == "answered":
            replies, agent = [*replies, line.actor], line.actor
        elif kind in ("resolved", "withdrawn") and holder is None:
            agent = line.actor if line.actor not in (ticket.requester, "desk") else None
        elif kind == "reopened":
            agent = [each.agent for each in history.happened if each.kind in ("resolved", "withdrawn")][-1]
        if kind is None:
            continue
        other = line.details["after"] if kind == "moved" else None
        if kind not in ("answered", "lapsed"):
            history.states.append((line.at, other or team, kind in ("reopened", "moved")))
        history.happened.append(
            Happened(
                kind=kind,
                at=line.at,
                team=team,
                other=other,
                agent=agent,
                repliers=tuple(replies),
                worked=desk.teams[team].calendar.between(ticket.opened_at, line.at),
                is_silent=kind == "resolved" and line.details["cause"] == "no_reply",
                is_first=kind not in history.kinds,
                place=place,
            )
        )
    return history


def kind_of(line: AuditEntry, replies: Sequence[str]) -> str | None:
    if line.event == "FirstResponseGiven":
        return "answered"
    if line.event == "TicketTransferred":
        return "moved"
    if line.event == "TicketReleased" and line.details["cause"] == "no_sign":
        return "lapsed"
    if line.event != "StatusChanged":
        return None
    was_over, is_over = (line.details[each] in ("resolved", "closed") for each in ("before", "after"))
    if was_over is is_over:
        return None
    if was_over:
        return "reopened"
    return "withdrawn" if line.details["after"] == "closed" and not replies else "resolved"


def is_of(team: str | None, teams: frozenset[str] | None) -> bool:
    return teams is None or team in teams


def slow_period(
    histories: Sequence[History], since: datetime, until: datetime, teams: frozenset[str] | None
) -> PeriodFigures:
    return PeriodFigures(
        since=since,
        until=until,
        counts=slow_counts(histories, since, until, teams),
        at_start=slow_backlog(histories, since, teams),
        at_end=slow_backlog(histories, until, teams),
    )


def slow_counts(
    histories: Sequence[History],
    since: datetime,
    until: datetime,
    teams: frozenset[str] | None,
    *,
    agent: str | None = None,
) -> Counts:
    """Of an agent, what counts for them, and no requests."""
    within = [
        (history, each)
        for history in histories
        for each in history.happened
        if since <= each.at < until and (agent is None or each.agent == agent)
    ]
    ours = [(history, each) for history, each in within if is_of(each.team, teams) and each.kind != "moved"]
    resolved = [(history, each) for history, each in ours if each.kind == "resolved"]
    stayed = [
        (history, each)
        for history, each in resolved
        if not any(
            later.kind == "reopened" and later.place > each.place and later.at < until
            for later in history.happened
        )
    ]
    kinds = Counter(each.kind for _, each in ours)
    moves = [] if agent is not None else [each for _, each in within if each.kind == "moved"]
    return Counts(
        opened=sum(
            since <= each.ticket.opened_at < until and is_of(each.opened_for, teams) for each in histories
        )
        if agent is None
        else 0,
        answered=kinds["answered"],
        resolved=kinds["resolved"],
        withdrawn=kinds["withdrawn"],
        reopened=kinds["reopened"],
        arrived=sum(not is_of(each.team, teams) and is_of(each.other, teams) for each in moves),
        left=sum(is_of(each.team, teams) and not is_of(each.other, teams) for each in moves),
        no_reply=sum(each.is_silent for _, each in resolved),
        lapsed=kinds["lapsed"],
        one_touch=sum(each.is_first and len(each.repliers) == 1 for _, each in resolved),
        first_contact=sum(each.is_first and len(set(each.repliers)) == 1 for _, each in stayed),
        response=slow_times([pair for pair in ours if pair[1].kind == "answered"]),
        resolution=slow_times(resolved),
    )


def slow_times(some: Sequence[tuple[History, Happened]]) -> Times | None:
    if not some:
        return None
    took = [each.at - history.ticket.opened_at for history, each in some]
    return Times(took=slow_lengths(took), worked=slow_lengths([each.worked for _, each in some]))


def slow_lengths(lengths: list[timedelta]) -> Lengths:
    ranked = sorted(lengths)
    middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) // 2
    return Lengths(many=len(ranked), median=middle, ninetieth=ranked[ceil(len(ranked) * 9 / 10) - 1])


def slow_backlog(histories: Sequence[History], at: datetime, teams: frozenset[str] | None) -> Backlog:
    opened = []
    for each in histories:
        team, is_open = each.just_before(at)
        if is_open and is_of(team, teams):
            opened.append(each.ticket.opened_at)
    if not opened:
        return Backlog()
    ranked = sorted(opened)
    first, second = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return Backlog(many=len(ranked), median=first + (second - first) // 2, oldest=ranked[0])


def slow_opened(
    histories: Sequence[History], asked: ReportQuery, by: RequestDimension
) -> dict[tuple[bool, str], int]:
    first, last = asked.earlier
    counted: Counter[tuple[bool, str]] = Counter()
    for each in histories:
        at = each.ticket.opened_at
        if (first <= at < last or asked.since <= at < asked.until) and is_of(each.opened_for, asked.teams):
            for value in values_of(each, asked, by):
                counted[at < asked.since, value] += 1
    return dict(counted)


def values_of(history: History, asked: ReportQuery, by: RequestDimension) -> Iterable[str]:
    ticket = history.ticket
    match by:
        case RequestDimension.TEAM:
            return [history.opened_for]
        case RequestDimension.INBOX:
            return [ticket.inbox or ""]
        case RequestDimension.CATEGORY:
            return [ticket.fields.get("category", "")]
        case RequestDimension.TAG:
            return ticket.tags or [""]
        case RequestDimension.FIELD:
            return [f"{name}={value}" for name, value in ticket.fields.items()]
        case RequestDimension.GROUP:
            return history.groups or [""]
        case RequestDimension.LANGUAGE:
            return [ticket.language]
        case RequestDimension.HOUR:
            local = ticket.opened_at.astimezone(asked.zone)
            return [str(local.weekday() * 24 + local.hour)]


def agents(histories: Sequence[History]) -> set[str]:
    return {each.agent for history in histories for each in history.happened if each.agent is not None}


def slow_loads(histories: Sequence[History], teams: frozenset[str] | None) -> list[Load]:
    held: dict[str, list[datetime]] = {}
    for each in histories:
        ticket = each.ticket
        if ticket.assignee is not None and Status(ticket.status).is_live and is_of(ticket.team, teams):
            held.setdefault(ticket.assignee, []).append(ticket.opened_at)
    loads = [Load(agent=agent, many=len(some), oldest=min(some)) for agent, some in held.items()]
    return sorted(loads, key=lambda each: (-each.many, each.agent))
