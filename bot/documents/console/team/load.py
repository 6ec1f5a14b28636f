"""What a team has in hand, by state and by person, each number with the search that lists the same tickets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.directory import Person, Team
from bot.domain.search.query import FilterName, SearchOrder, SlaState, TicketState
from bot.domain.tickets.ticket import Status
from bot.ports.storage.figures.figures import LoadPart
from bot.services.reports.report_searches import filter_words

STATUSES: Final = tuple(each for each in Status if each.is_live)
"""In the order of the columns."""
_OPEN: Final = f"{FilterName.IS}:{TicketState.OPEN}"
_DUE_FIRST: Final = f"{FilterName.SORT}:{SearchOrder.DUE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTickets:
    """`search` finds them; empty where a search cannot say which they are."""

    count: int
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """Of one agent, or of all together; `statuses` in the order of `STATUSES`."""

    name: str
    open: CountedTickets
    statuses: tuple[CountedTickets, ...]
    overdue: CountedTickets
    at_risk: CountedTickets


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLoad:
    """`people` is empty for whoever is not to see numbers of single persons."""

    total: LoadLine
    unassigned: LoadLine
    people: tuple[LoadLine, ...] = ()


def team_load(
    team: Team, parts: Iterable[LoadPart], *, people: Sequence[Person], names: Mapping[str, str]
) -> TeamLoad:
    """`people` are listed also without a ticket; `names` are those of everybody who has one, by key.

    A line is a name, as a search has it: several accounts of one person are one.
    """
    theirs = [each for each in parts if each.team in team.names]
    held: dict[str, list[LoadPart]] = {each.name: [] for each in people}
    for each in theirs:
        if each.agent is not None and each.agent in names:
            held.setdefault(names[each.agent], []).append(each)
    lines = (_line(team, name, found) for name, found in held.items())
    return TeamLoad(
        total=_line(team, "", theirs),
        unassigned=_line(
            team,
            "",
            [each for each in theirs if each.agent is None],
            whose=f"{FilterName.IS}:{TicketState.UNASSIGNED}",
        ),
        people=tuple(sorted(lines, key=lambda line: (-line.open.count, line.name.casefold()))),
    )


def _line(team: Team, name: str, parts: Sequence[LoadPart], *, whose: str = "") -> LoadLine:
    whose = filter_words(FilterName.ASSIGNED, name) if name else whose
    is_known = bool(whose) or not name

    def found(words: str, count: int) -> CountedTickets:
        return CountedTickets(count=count, search=_search(team, words, whose) if is_known else "")

    return LoadLine(
        name=name,
        open=found("" if whose and not name else _OPEN, sum(each.many for each in parts)),
        statuses=tuple(
            found(
                f"{FilterName.STATUS}:{status.replace('_', '-')}",
                sum(each.many for each in parts if each.status is status),
            )
            for status in STATUSES
        ),
        overdue=found(f"{FilterName.SLA}:{SlaState.OVERDUE}", sum(each.overdue for each in parts)),
        at_risk=found(f"{FilterName.SLA}:{SlaState.AT_RISK}", sum(each.at_risk for each in parts)),
    )


def _search(team: Team, *words: str) -> str:
    return " ".join(filter(None, (filter_words(FilterName.TEAM, team.name), *words, _DUE_FIRST)))
