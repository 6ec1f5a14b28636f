"""Who may see a ticket: everybody, in every relation to it, public or private, and nobody more."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.directory import Community, Person
from bot.domain.notices.follower import Follower
from bot.domain.people.identity import Link, LinkWay
from bot.domain.tickets.conversation import Side
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.sight import Sight, sight_of
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, person
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk

DAN = person("Dan Dietz")
NOTHING, ASKS, TEAM = Sight.NOTHING, Sight.REQUESTERS_SIDE, Sight.TEAMS_SIDE

MATRIX: list[tuple[str, Person, Side | None, Sight, Sight]] = [
    ("the requester", ANA, None, ASKS, ASKS),
    ("an agent of its team", CLEO, None, TEAM, TEAM),
    ("its lead", LEE, None, TEAM, TEAM),
    ("an agent of another team", BO, None, ASKS, NOTHING),
    ("somebody else", DAN, None, NOTHING, NOTHING),
    ("an agent of another team who follows", BO, Side.TEAM, TEAM, TEAM),
    ("an agent of another team beside the requester", BO, Side.REQUESTER, ASKS, ASKS),
    ("a colleague of the requester", DAN, Side.REQUESTER, ASKS, ASKS),
    ("who follows and is no agent any more", DAN, Side.TEAM, NOTHING, NOTHING),
    ("an agent of its team beside the requester", CLEO, Side.REQUESTER, TEAM, TEAM),
    ("a requester whom somebody made a follower", ANA, Side.TEAM, ASKS, ASKS),
]


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """IT-1 is with Network: Cleo and Lee; so is IT-2."""
    await headless.meets(ANA, BO, CLEO, LEE, DAN)
    for _ in range(2):
        await headless.opens("The wifi is down")
    return headless


async def sees(
    desk: HeadlessDesk, who: Person, *, follows: Side | None, is_private: bool, number: int = 1
) -> Sight:
    """What they see of a ticket where they follow IT-1 on this side."""
    followed, ticket = await desk.ticket(), await desk.ticket(number)

    def look(uow: UnitOfWork) -> Sight:
        if follows is not None:
            at = desk.clock.now()
            follower = Follower(ticket=followed.id, person=who.key, side=follows, added_by=LEE.key, at=at)
            uow.followers.put(follower)
        return sight_of(uow, desk.desk, replace(ticket, is_private=is_private), who)

    return await desk.storage.run(look)


@pytest.mark.parametrize(
    ("who", "follows", "public", "private"), [row[1:] for row in MATRIX], ids=[row[0] for row in MATRIX]
)
async def test_what_somebody_sees_of_a_ticket(
    desk: HeadlessDesk, who: Person, follows: Side | None, public: Sight, private: Sight
) -> None:
    assert await sees(desk, who, follows=follows, is_private=False) is public
    assert await sees(desk, who, follows=follows, is_private=True) is private


@pytest.mark.parametrize("side", list(Side)[:2])
async def test_following_one_ticket_shows_no_other(desk: HeadlessDesk, side: Side) -> None:
    for who in (DAN, BO):
        alone = await sees(desk, who, follows=None, is_private=True, number=2)
        assert await sees(desk, who, follows=side, is_private=True, number=2) is alone is NOTHING


async def test_who_was_removed_sees_what_anybody_does(desk: HeadlessDesk) -> None:
    ticket, at = await desk.ticket(), desk.clock.now()
    await sees(desk, DAN, follows=Side.REQUESTER, is_private=False)
    gone = Follower(
        ticket=ticket.id,
        person=DAN.key,
        side=Side.REQUESTER,
        added_by=ANA.key,
        at=at + timedelta(hours=1),
        is_removed=True,
    )
    await desk.storage.run(lambda uow: uow.followers.put(gone))
    assert await sees(desk, DAN, follows=None, is_private=False) is NOTHING


async def test_an_agent_of_another_server_is_let_in_by_nobody(desk: HeadlessDesk) -> None:
    names = ("pine", "oak")
    communities = {
        each: Community(name=each, title=each.title(), reference=f"web:{each}", default_team="it")
        for each in names
    }
    teams = {
        **desk.desk.teams,
        "network": replace(desk.desk.teams["network"], community="pine"),
        "it": replace(desk.desk.teams["it"], community="oak"),
        "people": replace(desk.desk.teams["people"], community="oak"),
    }
    desk.desk = replace(desk.desk, communities=communities, teams=teams)
    assert await sees(desk, BO, follows=Side.TEAM, is_private=False) is NOTHING


@pytest.mark.parametrize("is_private", [True, False], ids=["private", "public"])
async def test_a_linked_account_is_the_requester_even_where_it_is_an_agents(
    desk: HeadlessDesk, *, is_private: bool
) -> None:
    for who in (CLEO, DAN):
        link = Link(account=ANA.key, other=who.key, way=LinkWay.CODE, by=who.key, at=desk.clock.now())
        await desk.storage.run(partial(_put, link))
        assert await sees(desk, who, follows=None, is_private=is_private) is ASKS
        assert await sees(desk, who, follows=Side.TEAM, is_private=is_private) is ASKS
        assert await sees(desk, LEE, follows=None, is_private=is_private) is TEAM
        await desk.storage.run(partial(_put, replace(link, is_removed=True)))
    assert await sees(desk, CLEO, follows=None, is_private=is_private) is TEAM


def _put(link: Link, uow: UnitOfWork) -> None:
    uow.identities.put(link)
