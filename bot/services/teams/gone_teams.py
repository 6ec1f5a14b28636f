"""Teams that `desk.yaml` names no more while tickets are theirs still: who answers for these, and how that ends."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from bot.messages import verbs
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneTeam:
    """`heirs` are the names of the teams that answer for its tickets, as its community says; nearly always one."""

    name: str
    heirs: frozenset[str]
    tickets: int
    """Those that are not finished."""


def gone_teams(uow: UnitOfWork, desk: Desk) -> Iterator[GoneTeam]:
    """Those that have tickets and that no team names under `was`, in the order of their names."""
    named = desk.teams.keys() | {old for team in desk.teams.values() for old in team.was - desk.orphaned}
    heirs: defaultdict[str, set[str]] = defaultdict(set)
    live: Counter[str] = Counter()
    for (team, community, status), many in uow.tickets.count_by_status().items():
        if team not in named:
            place = desk.communities.get(community or "")
            heirs[team].add(place.default_team if place is not None else desk.default_team)
            live[team] += many if status.is_live else 0
    for name in sorted(heirs):
        yield GoneTeam(name=name, heirs=frozenset(heirs[name]), tickets=live[name])


def gone_sentence(desk: Desk, gone: GoneTeam) -> Sentence:
    """What is the matter, and what mends it."""
    heir = min(gone.heirs)
    search = verbs.typed(desk.command_names, verbs.BULK)
    return sentence(
        "team.gone_team",
        count=gone.tickets,
        team=gone.name,
        teams=tuple(sorted(desk.title_of(each) for each in gone.heirs)),
        setting=f"teams.{heir}.was: [{gone.name}]",
        command=f"{search} team:{gone.name}",
    )
