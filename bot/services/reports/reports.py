"""Reports: promises kept and missed, by how much, and where the time went; read in one transaction.

What counts as kept and missed is said in `bot.ports.storage.reports`. Who sees which teams is decided
here: agents and leads their own, the desk's admins all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from bot.caches.policy_snapshots import PolicyCopies
from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.iso_weeks import monday_of
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.domain.search.query import EventDetail, FilterName
from bot.domain.sla.time_spent import StatusSpan, TimeSpent, time_spent
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.reports import (
    Dimension,
    Lateness,
    OpenTargets,
    ReportQuery,
    TargetTally,
    TicketMove,
)
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.overdue import overdue_lateness
from bot.services.reports.report_searches import decided
from bot.text import terms
from bot.text.amounts import listed
from bot.text.instants import short_day
from bot.text.sentences import words

MOST_TICKETS = 200
"""Tickets of which is told where their time went: the last ones finished, enough to see where it goes."""
MOST_WEEKS = 60
"""Beyond that, weeks in which nothing was decided are left out."""

_PRIORITIES = [str(each) for each in reversed(Priority)]
_MEASURES = [str(each) for each in Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What became of promises that have something in common; `value` is its name in the data."""

    value: str
    label: str
    kept: int = 0
    missed: int = 0
    unmet: int = 0
    unfulfilled: int = 0
    excluded: int = 0
    late: Lateness | None = None
    """Of the missed ones that were fulfilled in the end."""
    overdue: Lateness | None = None
    """Of those that are not: how late they are now."""
    searches: tuple[str, str, str, str] = ("", "", "", "")
    """What finds the tickets of the met and of all missed ones; of these, of the late and of the open ones."""

    @property
    def decided(self) -> int:
        return self.kept + self.missed

    @property
    def share_kept(self) -> float | None:
        """0 … 1; None where nothing was decided."""
        return self.kept / self.decided if self.decided else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLife:
    """Where one finished ticket's time went. `team` is the one it ended with, by its name."""

    ticket: str
    team: str
    spent: TimeSpent


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`open_now` are the promises that run or pause at this moment.

    `lives` are those of the tickets finished last; `has_more_lives` when there are more of them.
    """

    asked: ReportQuery
    teams: str
    total: ReportLine
    lines: Mapping[Dimension, tuple[ReportLine, ...]]
    open_now: OpenTargets
    lives: tuple[TicketLife, ...] = ()
    has_more_lives: bool = False

    @property
    def spent(self) -> TimeSpent:
        return sum((life.spent for life in self.lives), TimeSpent())


def teams_seen_by(
    desk: Desk, person: Person, *, wanted: Iterable[str] | None = None, as_lead: bool = False
) -> frozenset[str] | None:
    """The names of the teams that are reported to this person, with what these were called; None means all.

    `as_lead`: what only leads of a team read. Raises NotAllowed for a wanted team that is not theirs, or when they
    have none.
    """
    if desk.is_admin(person):
        return None if wanted is None else desk.kept_names(wanted)
    theirs = frozenset(team.name for team in desk.teams_of(person) if not as_lead or team.has_lead(person))
    for name in () if wanted is None else sorted(wanted):
        if name not in theirs:
            key = "figures.leads_of_team" if as_lead else "refusals.report_of_team"
            raise NotAllowed(key, team=desk.title_of(name))
    if not theirs:
        raise NotAllowed("figures.leads_only" if as_lead else "refusals.reports")
    return desk.kept_names(theirs if wanted is None else wanted)


def zone_of(desk: Desk, teams: frozenset[str] | None) -> ZoneInfo:
    """By whose clock a report of these teams is: that of the default team if it is one, else of the first."""
    if teams is None or desk.default_team in teams:
        return desk.teams[desk.default_team].calendar.zone
    first = next((team for team in desk.teams.values() if team.name in teams), None)
    return (first or desk.teams[desk.default_team]).calendar.zone


def asked_of(
    desk: Desk,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    teams: frozenset[str] | None,
    compared: tuple[datetime, datetime] | None = None,
) -> ReportQuery:
    """With the zones of the teams, whose weeks begin at their own midnight."""
    return ReportQuery(
        since=since,
        until=until,
        now=now,
        teams=teams,
        compared=compared,
        zone=zone_of(desk, teams),
        zones={name: team.calendar.zone for team in desk.teams.values() for name in team.names},
        heirs={name: team.name for team in desk.teams.values() for name in team.was - desk.orphaned},
    )


def read_report(uow: UnitOfWork, desk: Desk, asked: ReportQuery, *, language: str) -> Report:
    """Its labels and the teams are named in this language."""
    tallies = uow.reports.tallies(asked)
    late = _Lengths(fulfilled=uow.reports.lateness(asked), overdue=overdue_lateness(uow, asked))
    finished = uow.reports.finished_tickets(asked, limit=MOST_TICKETS + 1)
    return Report(
        asked=asked,
        teams=titles_of(desk, asked.teams, language=language),
        total=_line(desk, asked, tallies, (None, ""), words(language, "reports.total"), late),
        lines={
            dimension: _lines(desk, asked, tallies, dimension, late, language=language)
            for dimension in Dimension
        },
        open_now=uow.reports.open_now(asked.teams, now=asked.as_of),
        lives=lives_of(uow.reports.moves(finished[:MOST_TICKETS]), desk, hours_by=_hours_by(uow)),
        has_more_lives=len(finished) > MOST_TICKETS,
    )


def _hours_by(uow: UnitOfWork) -> Callable[[str], Calendar]:
    copies = PolicyCopies()
    return lambda policy_copy: copies.of(uow, policy_copy).staffed_hours


def lives_of(
    moves: Sequence[TicketMove], desk: Desk, *, hours_by: Callable[[str], Calendar]
) -> tuple[TicketLife, ...]:
    """Of tickets whose moves stand together, each from its opening on.

    `hours_by`: when the team was there by a copy of a policy, so that hours that were changed since change no past.
    """
    return tuple(_life(list(each), desk, hours_by) for _, each in groupby(moves, lambda move: move.ticket_id))


def _life(moves: Sequence[TicketMove], desk: Desk, hours_by: Callable[[str], Calendar]) -> TicketLife:
    turns: list[StatusSpan] = []
    status, team, copy = Status.NEW, "", None
    for move, following in pairwise(moves):
        status, team = Status(move.status or status), move.team or team
        copy = move.policy_copy if move.team else move.policy_copy or copy
        hours = _hours(desk, team) if copy is None else hours_by(copy)
        turns.append(StatusSpan(begins=move.at, ends=following.at, status=status, hours=hours))
    return TicketLife(ticket=moves[-1].ticket, team=moves[-1].team or team, spent=time_spent(turns))


def _hours(desk: Desk, team: str) -> Calendar:
    """Of a team that is no more, the default team's."""
    return (desk.teams.get(team) or desk.teams[desk.default_team]).calendar


def titles_of(desk: Desk, teams: frozenset[str] | None, *, language: str) -> str:
    """`Network and Service Desk`, or `all teams`."""
    if teams is None:
        return words(language, "reports.all_teams")
    return listed((desk.title_of(name) for name in sorted({desk.heir_of(each) for each in teams})), language)


def week_named(monday: date, key: str, *, language: str) -> str:
    """`W06 2 Feb`: the number that ISO 8601 gives the week, and its Monday."""
    number = f"{monday.isocalendar().week:02}"
    return words(language, key, number=number, day=short_day(monday, language=language))


def _lines(
    desk: Desk,
    asked: ReportQuery,
    tallies: Sequence[TargetTally],
    dimension: Dimension,
    late: "_Lengths",
    *,
    language: str,
) -> tuple[ReportLine, ...]:
    by_value: dict[str, list[TargetTally]] = {}
    if dimension is Dimension.WEEK:
        by_value = {monday.isoformat(): [] for monday in _weeks(asked)}
    for tally in tallies:
        value = _value(tally, dimension)
        value = desk.heir_of(value) if dimension is Dimension.TEAM else value
        by_value.setdefault(value, []).append(tally)
    lines = [
        _line(desk, asked, each, (dimension, value), _label(desk, dimension, value, language), late)
        for value, each in by_value.items()
    ]
    return tuple(sorted(lines, key=lambda line: _rank(dimension, line)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lengths:
    """By how much promises were missed, and how late those are that are not fulfilled yet."""

    fulfilled: Mapping[tuple[Dimension | None, str], Lateness]
    overdue: Mapping[tuple[Dimension | None, str], Lateness]


def _line(
    desk: Desk,
    asked: ReportQuery,
    tallies: Iterable[TargetTally],
    group: tuple[Dimension | None, str],
    label: str,
    late: _Lengths,
) -> ReportLine:
    counted = list(tallies)
    missed = FilterName.MISSED
    return ReportLine(
        value=group[1],
        label=label,
        kept=sum(each.kept for each in counted),
        missed=sum(each.missed for each in counted),
        unmet=sum(each.unmet for each in counted),
        unfulfilled=sum(each.unfulfilled for each in counted),
        excluded=sum(each.excluded for each in counted),
        late=late.fulfilled.get(group),
        overdue=late.overdue.get(group),
        searches=(
            decided(desk, asked, FilterName.MET, *group),
            decided(desk, asked, missed, *group),
            decided(desk, asked, missed, *group, EventDetail.LATE),
            decided(desk, asked, missed, *group, EventDetail.STILL_OPEN),
        ),
    )


def _value(tally: TargetTally, dimension: Dimension) -> str:
    match dimension:
        case Dimension.TEAM:
            return tally.team
        case Dimension.POLICY:
            return tally.policy
        case Dimension.PRIORITY:
            return tally.priority
        case Dimension.MEASURE:
            return tally.measure
        case Dimension.WEEK:
            return tally.week.isoformat()


def _label(desk: Desk, dimension: Dimension, value: str, language: str) -> str:
    match dimension:
        case Dimension.TEAM:
            return desk.title_of(value)
        case Dimension.POLICY:
            return value or words(language, "reports.unknown_policy")
        case Dimension.PRIORITY:
            return terms.priority(value, language)
        case Dimension.MEASURE:
            return terms.measure(Measure(value), language)
        case Dimension.WEEK:
            return week_named(date.fromisoformat(value), "reports.week", language=language)


def _rank(dimension: Dimension, line: ReportLine) -> tuple[int, str]:
    """Priorities and promises in the order people name them, all else by name or date."""
    order = {Dimension.PRIORITY: _PRIORITIES, Dimension.MEASURE: _MEASURES}.get(dimension, [])
    place = order.index(line.value) if line.value in order else len(order)
    return place, line.value if dimension is Dimension.WEEK else line.label.casefold()


def _weeks(asked: ReportQuery) -> list[date]:
    """The Mondays of the window, where there are not too many; quiet weeks are told too."""
    first, last = asked.days
    first = monday_of(first)
    count = (last - first).days // 7 + 1
    return [first + timedelta(weeks=number) for number in range(count)] if count <= MOST_WEEKS else []
