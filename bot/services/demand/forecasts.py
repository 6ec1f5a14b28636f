"""How many requests each team will get, by the days of its own time zone and the holidays of its own calendar.

Where agents log time, it also says how long a request takes them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.calendars.calendar import Calendar
from bot.domain.demand.forecast import MOST_WEEKS, Forecast, forecast
from bot.domain.desk import Desk
from bot.ports.storage.demand import SLICE, RequestCount
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.worked_time.time_entries import TimeDimension, WorkedTime
from bot.ports.unit_of_work import UnitOfWork

LOOK_BACK: Final = timedelta(weeks=MOST_WEEKS + 1)
"""Complete weeks begin on a Monday."""
LOGGED_WEEKS: Final = 12
"""Of which logged time counts."""
LEAST_LOGGED: Final = 10
"""Tickets with logged time from which their mean is used."""
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEffort:
    """How long agents worked on a ticket for which time was logged: the mean, since hours are a sum of tickets."""

    mean: timedelta
    tickets: int

    @property
    def is_enough(self) -> bool:
        return self.tickets >= LEAST_LOGGED

    def hours_of(self, requests: float) -> timedelta:
        """Of so many requests, in whole minutes."""
        return round(requests * self.mean / _MINUTE) * _MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamForecast:
    """`team` is its name in `desk.yaml`; `requests` came; `forecast` is None where too few did, and
    `effort` where no time was logged.
    """

    team: str
    requests: int
    forecast: Forecast | None
    effort: TicketEffort | None = None


def team_forecasts(
    uow: UnitOfWork, desk: Desk, *, teams: frozenset[str] | None, now: datetime
) -> tuple[TeamForecast, ...]:
    """Of the teams that the desk has, in its order."""
    since = _slice_of(now - LOOK_BACK)
    counts: dict[str, list[RequestCount]] = defaultdict(list)
    for each in uow.demand.counts(since=since, until=now, teams=teams):
        counts[desk.heir_of(each.team)].append(each)
    asked = [name for name in desk.teams if teams is None or name in teams]
    efforts = _efforts(uow, desk, teams=teams, now=now)
    return tuple(
        _of_team(
            name,
            counts[name],
            desk.teams[name].calendar,
            efforts.get(name),
            since=since,
            now=now,
        )
        for name in asked
    )


def _efforts(
    uow: UnitOfWork, desk: Desk, *, teams: frozenset[str] | None, now: datetime
) -> Mapping[str, TicketEffort]:
    zone = desk.teams[desk.default_team].calendar.zone
    lately = ReportQuery(since=now - timedelta(weeks=LOGGED_WEEKS), until=now, teams=teams, zone=zone)
    found = uow.time_entries.worked_by(lately, by=TimeDimension.TEAM)
    return {team: _effort(worked) for team, worked in found.items()}


def _effort(worked: WorkedTime) -> TicketEffort:
    return TicketEffort(mean=worked.length / worked.tickets, tickets=worked.tickets)


def _of_team(
    name: str,
    counts: list[RequestCount],
    calendar: Calendar,
    effort: TicketEffort | None,
    *,
    since: datetime,
    now: datetime,
) -> TeamForecast:
    """A team is counted from its first request on: the weeks before it were not quiet, it was not there."""
    days: Counter[date] = Counter()
    for each in counts:
        days[each.begins.astimezone(calendar.zone).date()] += each.requests
    first = min(days, default=now.astimezone(calendar.zone).date())
    holidays = holidays_of(calendar)
    return TeamForecast(
        team=name,
        requests=sum(days.values()),
        effort=effort,
        forecast=forecast(
            days,
            since=max(first, since.astimezone(calendar.zone).date()),
            today=now.astimezone(calendar.zone).date(),
            is_holiday=lambda day: day in holidays,
        ),
    )


def holidays_of(calendar: Calendar) -> Mapping[date, None]:
    """Days on which it is closed though it is open on that day of the week; of several calendars in one, none."""
    return {
        day: None for day, spans in calendar.special.items() if not spans and calendar.week.get(day.weekday())
    }


def _slice_of(at: datetime) -> datetime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // SLICE * SLICE
