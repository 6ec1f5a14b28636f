"""What is typed into the search of tickets to see what a number of a report counted, where filters can say it."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.domain.calendars.iso_weeks import start_of
from bot.domain.desk import Desk
from bot.domain.search.past_events import hour_words
from bot.domain.search.query import FilterName, TicketState
from bot.ports.storage.reports import Dimension, ReportQuery

_INSTANT: Final = timedelta(microseconds=1)
_PLAIN: Final = re.compile(r"[\w-]+", re.ASCII)


def filter_words(name: FilterName, *values: str) -> str:
    """`team:network,office` or `category:"VPN access"`; empty for what a search has no way to write."""
    if all(_PLAIN.fullmatch(each) for each in values):
        return f"{name}:{','.join(values)}"
    if len(values) == 1 and '"' not in values[0] and values[0].strip():
        return f'{name}:"{values[0]}"'
    return ""


def what_happened(
    desk: Desk,
    asked: ReportQuery,
    name: FilterName,
    *details: str,
    teams: Iterable[str] | None = None,
    period: tuple[datetime, datetime] | None = None,
) -> str:
    """Tickets to which this happened in the period, or in this one, with these teams or those that were asked of.

    Each is found once, however often it happened. Empty where one of the teams is gone.
    """
    since, until = period or (asked.since, asked.until)
    told = ",".join((*details, _period_words(asked, since, until)))
    return _of_teams(desk, asked, f"{name}:{told}", FilterName.TEAM_THEN, teams)


def now_and_before(desk: Desk, asked: ReportQuery, name: FilterName, *details: str) -> tuple[str, str]:
    """The same of the period and of the one before it."""
    return (
        what_happened(desk, asked, name, *details),
        what_happened(desk, asked, name, *details, period=asked.earlier),
    )


def _of_teams(
    desk: Desk, asked: ReportQuery, search: str, by: FilterName, teams: Iterable[str] | None = None
) -> str:
    given = asked.teams if teams is None else teams
    if given is None:
        return search
    named = {asked.heirs.get(each, each) for each in given}
    of_teams = filter_words(by, *sorted(named)) if named <= frozenset(desk.teams) else ""
    return f"{search} {of_teams}" if of_teams else ""


def _period_words(asked: ReportQuery, since: datetime, until: datetime) -> str:
    """Whole days by the report's clock, up to the one that is not over; else to the microsecond."""
    first, last = since.astimezone(asked.zone), until.astimezone(asked.zone)
    begin = f"{first:%Y-%m-%d}" if not _is_within_day(first) else f"{first.replace(tzinfo=None).isoformat()}"
    if until >= asked.as_of or not _is_within_day(last):
        return f"{begin}..{(until - _INSTANT).astimezone(asked.zone):%Y-%m-%d}"
    return f"{begin}..{last.replace(tzinfo=None).isoformat()}"


def _is_within_day(at: datetime) -> bool:
    return at.time() != time()


def opened_in(desk: Desk, asked: ReportQuery, *, teams: Iterable[str] | None = None) -> str:
    """What was opened in the period, for the teams that were asked of or these; empty where one of them is gone."""
    return what_happened(desk, asked, FilterName.OPENED, teams=teams)


def opened_at_hour(desk: Desk, asked: ReportQuery, hour: int) -> str:
    """What of it came in this hour of the week, 0 for Monday's first."""
    opened = opened_in(desk, asked)
    return f"{FilterName.HOUR}:{hour_words(hour)} {opened}" if opened else ""


def with_value(desk: Desk, by: str, value: str, search: str) -> str:
    """What of a search has this category, inbox or tag (`by`); empty where a search knows none such."""
    known = {
        FilterName.CATEGORY: value in desk.categories,
        FilterName.INBOX: value in desk.inboxes,
        FilterName.TAG: bool(value),
    }
    narrowed = next(
        (filter_words(each, value) for each, is_known in known.items() if is_known and each == by), ""
    )
    return f"{narrowed} {search}" if narrowed and search else ""


def opened_with(desk: Desk, asked: ReportQuery, by: str, value: str) -> str:
    """What was opened in the period with this category, inbox or tag."""
    return with_value(desk, by, value, opened_in(desk, asked))


def done_by(desk: Desk, asked: ReportQuery, name: FilterName, agent: str) -> str:
    """What counts in the period for this person, by their key."""
    theirs, happened = filter_words(FilterName.BY, agent), what_happened(desk, asked, name)
    return f"{theirs} {happened}" if theirs and happened else ""


def open_now(desk: Desk, asked: ReportQuery) -> str:
    """What these teams have open."""
    return _of_teams(desk, asked, f"{FilterName.IS}:{TicketState.OPEN}", FilterName.TEAM)


def decided(
    desk: Desk, asked: ReportQuery, name: FilterName, dimension: Dimension | None, value: str, *details: str
) -> str:
    """Tickets with missed or met targets that have this in common; weeks only where all teams' begin at once.

    `details` tell missed ones apart.
    """
    match dimension:
        case Dimension.TEAM:
            return what_happened(desk, asked, name, *details, teams=[value])
        case Dimension.MEASURE:
            return what_happened(desk, asked, name, value.replace("_", "-"), *details)
        case Dimension.WEEK:
            week = _week(asked, value)
            return what_happened(desk, asked, name, *details, period=week) if week is not None else ""
        case Dimension.POLICY | Dimension.PRIORITY:
            then = FilterName.POLICY_THEN if dimension is Dimension.POLICY else FilterName.PRIORITY_THEN
            narrowed, happened = filter_words(then, value), what_happened(desk, asked, name, *details)
            return f"{happened} {narrowed}" if narrowed and happened and value else ""
        case _:
            return what_happened(desk, asked, name, *details)


def _week(asked: ReportQuery, monday: str) -> tuple[datetime, datetime] | None:
    """The part of it that was asked of."""
    teams = asked.zones if asked.teams is None else asked.teams & asked.zones.keys()
    if any(asked.zones[each] != asked.zone for each in teams):
        return None
    first = date.fromisoformat(monday)
    since, until = (start_of(first + timedelta(days=days), asked.zone) for days in (0, 7))
    return max(since, asked.since), min(until, asked.until)


def held_by(desk: Desk, teams: Iterable[str] | None, name: str) -> str:
    """What somebody of this name has in hand now."""
    theirs = filter_words(FilterName.ASSIGNED, name)
    if not theirs:
        return ""
    words = f"{theirs} {FilterName.IS}:{TicketState.OPEN}"
    if teams is None:
        return words
    known = sorted(frozenset(teams) & frozenset(desk.teams))
    return f"{words} {filter_words(FilterName.TEAM, *known)}" if known else ""
