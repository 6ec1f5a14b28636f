"""What is typed into the search of tickets to see what a number of a report counted, where filters can say it."""

import re
from collections.abc import Iterable
from typing import Final

from bot.domain.desk import Desk
from bot.domain.search.query import FilterName, TicketState
from bot.ports.storage.reports import ReportQuery

_PLAIN: Final = re.compile(r"[\w-]+", re.ASCII)


def filter_words(name: FilterName, *values: str) -> str:
    """`team:network,office` or `category:"VPN access"`; empty for what a search has no way to write."""
    if all(_PLAIN.fullmatch(each) for each in values):
        return f"{name}:{','.join(values)}"
    if len(values) == 1 and '"' not in values[0] and values[0].strip():
        return f'{name}:"{values[0]}"'
    return ""


def opened_in(desk: Desk, asked: ReportQuery, *, teams: Iterable[str] | None = None) -> str:
    """What was opened in the period, for the teams that were asked of or these; empty where one of them is gone."""
    named = asked.teams if teams is None else frozenset(teams)
    first, last = asked.days
    opened = f"{FilterName.OPENED}:{first}..{last}"
    if named is None:
        return opened
    of_teams = filter_words(FilterName.TEAM, *sorted(named)) if named <= frozenset(desk.teams) else ""
    return f"{of_teams} {opened}" if of_teams else ""


def opened_with(desk: Desk, asked: ReportQuery, by: str, value: str) -> str:
    """What of it has this category, inbox or tag (`by`); empty where a search knows none such."""
    known = {
        FilterName.CATEGORY: value in desk.categories,
        FilterName.INBOX: value in desk.inboxes,
        FilterName.TAG: bool(value),
    }
    narrowed = next(
        (filter_words(each, value) for each, is_known in known.items() if is_known and each == by), ""
    )
    opened = opened_in(desk, asked)
    return f"{narrowed} {opened}" if narrowed and opened else ""


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
