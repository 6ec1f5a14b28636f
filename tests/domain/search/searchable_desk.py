"""A desk that serves two servers, everybody who may look for something there, and a ticket of each kind."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Community, Person, Team
from bot.domain.search.visibility import Visibility
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Ticket
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.storage.sample_rows import HELP, NOW

ANA, EVE = Person(key="web:ana", name="Ana Alves"), Person(key="web:eve", name="Eve Ek")
PIA, OLE = Person(key="web:pia", name="Pia Pine"), Person(key="web:ole", name="Ole Oak")
SAM, ADA = Person(key="web:sam", name="Sam Safe"), Person(key="web:ada", name="Ada Both")
PEOPLE = (ANA, EVE, PIA, OLE, SAM, ADA)
"""Two requesters; an agent of each server; one of the team that serves both; one of two servers' teams."""


def a_desk(*, with_servers: bool = True) -> Desk:
    """`pine` and `oak` are servers with a team each, `safety` serves both; `pine2` is a second team of Pine."""
    everyday = everyday_desk()
    calendar = everyday.teams["it"].calendar

    def team(name: str, community: str | None, *agents: Person) -> Team:
        return Team(
            name=name,
            title=name.title(),
            channel=ChannelRef("web", f"team-{name}"),
            calendar=calendar,
            agents=frozenset(each.key for each in agents),
            community=community if with_servers else None,
        )

    teams = (
        team("pine", "pine", PIA, ADA),
        team("pine2", "pine"),
        team("oak", "oak", OLE, ADA),
        team("safety", None, SAM),
    )
    communities = (
        Community(name="pine", title="Pine", reference="web:P", default_team="pine"),
        Community(name="oak", title="Oak", reference="web:O", default_team="oak"),
    )
    return replace(
        everyday,
        teams={each.name: each for each in teams},
        default_team="safety",
        communities={each.name: each for each in communities} if with_servers else {},
        team_policies={},
        inboxes={},
    )


def tickets() -> Iterator[Ticket]:
    """Of every team and of one that is no more, from every server, an old one and none; private or not."""
    kinds = product(
        ("pine", "pine2", "oak", "safety", "gone"),
        ("pine", "oak", "past", None),
        (False, True),
        (ANA, EVE, PIA),
    )
    for number, (team, community, is_private, requester) in enumerate(kinds, start=1):
        yield Ticket(
            id=number,
            prefix="IT",
            number=number,
            subject=f"elephant {number}",
            team=team,
            requester=requester.key,
            origin=HELP,
            is_private=is_private,
            community=community,
            why_here=sentence("team.why_no_rule"),
            opened_at=NOW,
            updated_at=NOW,
            tags=("giraffe",),
        )


def covered(visibility: Visibility) -> set[int]:
    return {each.id for each in tickets() if visibility.covers(each)}
