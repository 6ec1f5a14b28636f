"""What is typed into the search of tickets to see what a number of a report counted, where filters can say it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.domain.calendars.iso_weeks import start_of
from bot.domain.desk import Desk
from bot.domain.directory import is_group
from bot.domain.search.parsing import LONGEST_QUERY
from bot.domain.search.past_events import hour_words
from bot.domain.search.query import FilterName, TicketState
from bot.domain.search.vocabulary import NONE, WITH_NONE
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import Dimension, ReportQuery
from bot.text.catalogue import languages

_INSTANT: Final = timedelta(microseconds=1)
_PLAIN: Final = re.compile(r"[\w-]+", re.ASCII)
_QUOTABLE: Final = re.compile(r'[^\s"“”„«»]([^"“”„«»\n]*[^\s"“”„«»])?')
_LONGEST: Final = LONGEST_QUERY - 50
"""Characters, with room for a zone behind."""


def filter_words(name: FilterName, *values: str) -> str:
    """`team:network,office` or `category:"VPN access"`; empty for what a search has no way to write."""
    if all(_PLAIN.fullmatch(each) for each in values):
        return f"{name}:{','.join(values)}"
    if len(values) == 1 and _QUOTABLE.fullmatch(values[0]):
        return f'{name}:"{values[0]}"'
    return ""


def _all_of(*parts: str) -> str:
    """One search of several; empty where one of them cannot be written, or all together are too long."""
    search = " ".join(parts)
    return search if all(parts) and len(search) <= _LONGEST else ""


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
    told = "".join(f"{each}," for each in details)
    happened = f"{name}:{told}{_period_words(asked, since, until)}"
    return _of_teams(desk, asked, happened, FilterName.TEAM_THEN, teams)


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
    return _all_of(search, filter_words(by, *sorted(named))) if named <= frozenset(desk.teams) else ""


def _period_words(asked: ReportQuery, since: datetime, until: datetime) -> str:
    """Whole days by the report's clock, up to the one that is not over; else to the microsecond."""
    first, last = since.astimezone(asked.zone), until.astimezone(asked.zone)
    begin, end = (f"{each.date()}" if each.time() == time() else _clock_words(each) for each in (first, last))
    if until >= asked.as_of or last.time() == time():
        end = f"{(until - _INSTANT).astimezone(asked.zone).date()}"
    return f"{begin}..{end}"


def _clock_words(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()


def opened_in(desk: Desk, asked: ReportQuery, *, teams: Iterable[str] | None = None) -> str:
    """What was opened in the period, for the teams that were asked of or these; empty where one of them is gone."""
    return what_happened(desk, asked, FilterName.OPENED, teams=teams)


def opened_in_week(desk: Desk, asked: ReportQuery, team: str, monday: date) -> str:
    """What was opened for one team in a week of its own, where that begins with the report's."""
    if desk.teams[team].calendar.zone != asked.zone:
        return ""
    week = _week_of(monday, asked)
    return what_happened(desk, asked, FilterName.OPENED, teams=[team], period=week)


def opened_at_hour(desk: Desk, asked: ReportQuery, hour: int) -> str:
    """What of it came in this hour of the week, 0 for Monday's first."""
    return _all_of(f"{FilterName.HOUR}:{hour_words(hour)}", opened_in(desk, asked))


def with_value(desk: Desk, by: str, value: str, search: str) -> str:
    """What of a search has this value of a property (`by`); empty where a search knows none such."""
    if by not in list(FilterName):
        return ""
    name = FilterName(by)
    if not value and name in WITH_NONE:
        return _all_of(filter_words(name, NONE), search)
    is_known = {
        FilterName.CATEGORY: value in desk.categories,
        FilterName.INBOX: value in desk.inboxes,
        FilterName.TAG: bool(value),
        FilterName.GROUP: value in desk.groups or is_group(value),
        FilterName.LANGUAGE: value in languages(),
        FilterName.FIELD: desk.custom_fields.definition(value.partition("=")[0]) is not None,
    }.get(name, False)
    is_written = is_known and not (name in WITH_NONE and value.casefold() == NONE)
    return _all_of(filter_words(name, value), search) if is_written else ""


def done_in(
    desk: Desk, asked: ReportQuery, by: Span, values: Iterable[str], name: FilterName, *details: str
) -> Mapping[str, str]:
    """What counts in the period for each of these teams, or agents by their keys."""
    if by is Span.TEAM:
        return {each: what_happened(desk, asked, name, *details, teams=[each]) for each in values}
    happened = what_happened(desk, asked, name, *details)
    return {each: _all_of(filter_words(FilterName.BY, each), happened) for each in values}


def shown_article(desk: Desk, asked: ReportQuery, article: str, *details: str) -> str:
    """Tickets for which this one was shown in the period, by its name."""
    return _all_of(
        filter_words(FilterName.ARTICLE, article), what_happened(desk, asked, FilterName.SHOWN, *details)
    )


def open_now(desk: Desk, asked: ReportQuery) -> str:
    """What these teams have open."""
    return _of_teams(desk, asked, f"{FilterName.IS}:{TicketState.OPEN}", FilterName.TEAM)


def was_open(desk: Desk, asked: ReportQuery, at: datetime) -> str:
    """What these teams had open at an instant: at the end of a day, or within it."""
    then = at.astimezone(asked.zone)
    day = f"{(at - _INSTANT).astimezone(asked.zone).date()}"
    words = day if then.time() == time() else f"{day}..{_clock_words(then)}"
    return _of_teams(desk, asked, f"{FilterName.WAS_OPEN}:{words}", FilterName.TEAM_THEN)


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
            return _all_of(what_happened(desk, asked, name, *details), filter_words(then, value))
        case _:
            return what_happened(desk, asked, name, *details)


def _week(asked: ReportQuery, monday: str) -> tuple[datetime, datetime] | None:
    """The part of it that was asked of."""
    teams = asked.zones if asked.teams is None else asked.teams & asked.zones.keys()
    if any(asked.zones[each] != asked.zone for each in teams):
        return None
    since, until = _week_of(date.fromisoformat(monday), asked)
    return max(since, asked.since), min(until, asked.until)


def _week_of(monday: date, asked: ReportQuery) -> tuple[datetime, datetime]:
    return start_of(monday, asked.zone), start_of(monday + timedelta(weeks=1), asked.zone)


def held_by(desk: Desk, teams: Iterable[str] | None, name: str) -> str:
    """What somebody of this name has in hand now."""
    search = _all_of(filter_words(FilterName.ASSIGNED, name), f"{FilterName.IS}:{TicketState.OPEN}")
    if teams is None:
        return search
    known = sorted(frozenset(teams) & frozenset(desk.teams))
    return _all_of(search, filter_words(FilterName.TEAM, *known)) if known else ""
