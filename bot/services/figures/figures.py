"""The figures of a period, with or without SLA policies, and those of the one before it; read in one transaction.

What is counted is said in `bot.ports.storage.figures`: facts, for the team and the agent of then.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.events import NO_REPLY
from bot.domain.figures.ticket_facts import FactKind
from bot.ports.storage.figures.figures import (
    Backlog,
    FactTally,
    Lengths,
    LengthsOf,
    RequestDimension,
    Span,
)
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long it was from the opening: on the clock, and in the team's business hours."""

    took: Lengths
    worked: Lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What happened in one period. `arrived` and `left` are moves from and to teams that are not counted here.

    `no_reply` of the resolved ones Deskbell resolved, as the requester didn't reply; `lapsed` are claims.
    """

    opened: int = 0
    answered: int = 0
    resolved: int = 0
    withdrawn: int = 0
    reopened: int = 0
    arrived: int = 0
    left: int = 0
    no_reply: int = 0
    lapsed: int = 0
    one_touch: int = 0
    first_contact: int = 0
    response: Times | None = None
    resolution: Times | None = None

    @property
    def is_empty(self) -> bool:
        return self == Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """What happened in a period, and what was open when it ended and, of the period asked of, when it began."""

    since: datetime
    until: datetime
    counts: Counts
    at_start: Backlog | None = None
    at_end: Backlog


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSet:
    """`is_complete`: older tickets have been read too, so that nothing is missing."""

    asked: ReportQuery
    now: PeriodFigures
    before: PeriodFigures
    by_team: Mapping[str, Counts]
    is_complete: bool


def previous(asked: ReportQuery) -> ReportQuery:
    """The period that this one is compared with."""
    since, until = asked.earlier
    return replace(asked, since=since, until=until, compared=None)


def read_figures(uow: UnitOfWork, asked: ReportQuery, *, team_times: bool = False) -> FigureSet:
    """`team_times`: the times of each team too, for a file that has room for them."""
    since, until = asked.since, asked.until
    first, last = asked.earlier
    tallies = uow.figures.tallies(asked)
    opened = uow.figures.opened(asked, by=RequestDimension.TEAM)
    lengths = _by_group(uow.figures.lengths(asked, by=Span.ALL))
    start, end = (uow.figures.backlog(asked.teams, at=at) for at in (since, until))
    ended = start if last == since else uow.figures.backlog(asked.teams, at=last)
    whole = {
        is_before: _with_times(
            _counts([each for each in tallies if each.is_before is is_before], asked.teams),
            lengths,
            is_before=is_before,
            value="",
        )
        for is_before in (False, True)
    }
    many = {
        is_before: sum(count for (before, _), count in opened.items() if before is is_before)
        for is_before in whole
    }
    return FigureSet(
        asked=asked,
        now=PeriodFigures(
            since=since,
            until=until,
            counts=replace(whole[False], opened=many[False]),
            at_start=start,
            at_end=end,
        ),
        before=PeriodFigures(
            since=first,
            until=last,
            counts=replace(whole[True], opened=many[True]),
            at_end=ended,
        ),
        by_team=_by_team(uow, asked, tallies, opened, has_times=team_times),
        is_complete=uow.figures.is_complete(),
    )


def read_by_agent(uow: UnitOfWork, asked: ReportQuery) -> Mapping[str, Counts]:
    """What counts for each person in the period: answers, resolutions and what of these was reopened."""
    tallies = [each for each in uow.figures.tallies(asked) if not each.is_before and each.agent is not None]
    if asked.teams is not None:
        tallies = [each for each in tallies if each.team in asked.teams]
    lengths = _by_group(uow.figures.lengths(asked, by=Span.AGENT))
    found = {}
    for agent in sorted({each.agent or "" for each in tallies}):
        counts = _counts([each for each in tallies if each.agent == agent], None)
        found[agent] = _with_times(counts, lengths, is_before=False, value=agent)
    return {agent: counts for agent, counts in found.items() if not counts.is_empty}


def _by_team(
    uow: UnitOfWork,
    asked: ReportQuery,
    tallies: Sequence[FactTally],
    opened: Mapping[tuple[bool, str], int],
    *,
    has_times: bool,
) -> Mapping[str, Counts]:
    """Of the period alone; empty where there is but one team, of which all is said already."""
    current = [each for each in tallies if not each.is_before]
    teams = {each.team for each in current}
    teams |= {each.other or each.team for each in current if each.kind == FactKind.MOVED}
    teams |= {team for is_before, team in opened if not is_before}
    if asked.teams is not None:
        teams &= asked.teams
    called: dict[str, set[str]] = {}
    for name in teams:
        called.setdefault(asked.heirs.get(name, name), set()).add(name)
    if len(called) < 2:
        return {}
    lengths = _by_group(uow.figures.lengths(asked, by=Span.TEAM)) if has_times else {}
    found = {}
    for team, names in sorted(called.items()):
        counts = _with_times(_counts(current, frozenset(names)), lengths, is_before=False, value=team)
        found[team] = replace(counts, opened=sum(opened.get((False, name), 0) for name in names))
    return found


_Groups = Mapping[tuple[bool, str, str], LengthsOf]


def _by_group(lengths: Iterable[LengthsOf]) -> _Groups:
    return {(each.is_before, each.kind, each.value): each for each in lengths}


def _with_times(counts: Counts, lengths: _Groups, *, is_before: bool, value: str) -> Counts:
    def times(kind: FactKind) -> Times | None:
        found = lengths.get((is_before, kind.value, value))
        return None if found is None else Times(took=found.took, worked=found.worked)

    return replace(counts, response=times(FactKind.ANSWERED), resolution=times(FactKind.RESOLVED))


def _counts(tallies: Iterable[FactTally], teams: frozenset[str] | None) -> Counts:
    """Of these teams; None means of all."""
    found: Counter[str] = Counter()
    for each in tallies:
        is_ours = teams is None or each.team in teams
        if each.kind == FactKind.MOVED:
            is_kept = teams is None or each.other in teams
            if is_ours is not is_kept:
                found["left" if is_ours else "arrived"] += each.many
        elif is_ours:
            found[each.kind] += each.many
            is_silent = each.kind == FactKind.RESOLVED and each.other == NO_REPLY
            found["no_reply"] += each.many if is_silent else 0
            found["one_touch"] += each.many if each.is_one_touch else 0
            found["first_contact"] += each.many if each.is_first_contact else 0
    return Counts(
        answered=found[FactKind.ANSWERED],
        resolved=found[FactKind.RESOLVED],
        withdrawn=found[FactKind.WITHDRAWN],
        reopened=found[FactKind.REOPENED],
        arrived=found["arrived"],
        left=found["left"],
        no_reply=found["no_reply"],
        lapsed=found[FactKind.LAPSED],
        one_touch=found["one_touch"],
        first_contact=found["first_contact"],
    )
