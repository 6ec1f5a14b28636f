"""What an agent may know of a person: for everybody, on every server, what they could find themselves and no more."""

from functools import partial

import pytest

from bot.domain.directory import Person
from bot.domain.people.identity import Link, LinkWay
from bot.domain.people.person_note import PersonNote, scope_of
from bot.domain.search.visibility import visibility_of
from bot.ports.unit_of_work import UnitOfWork
from bot.services.people.profile import profile_of
from tests.domain.search.searchable_desk import ADA, ANA, EVE, OLE, PEOPLE, PIA, SAM, a_desk, tickets
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.storage.sample_rows import NOW

AGENTS = (PIA, OLE, SAM, ADA)
STRANGER = Person(key="web:stranger", name="Stranger")


@pytest.fixture(params=[True, False], ids=["servers", "one server"])
async def desk(headless: HeadlessDesk, request: pytest.FixtureRequest) -> HeadlessDesk:
    headless.desk = a_desk(with_servers=request.param)
    await headless.meets(*PEOPLE, STRANGER)
    await headless.storage.run(partial(_fill, headless))
    return headless


def _fill(desk: HeadlessDesk, uow: UnitOfWork) -> None:
    """A ticket of each kind, and a note on Ana by each agent."""
    for ticket in tickets():
        uow.tickets.add(ticket)
    for number, author in enumerate(AGENTS, start=1):
        scope = scope_of(visibility_of(desk.desk, author))
        uow.person_notes.add(
            PersonNote(
                id=number, account=ANA.key, author=author.key, text=author.name, at=NOW, communities=scope
            )
        )


@pytest.mark.parametrize("about", [ANA, EVE, PIA], ids=lambda each: each.name)
@pytest.mark.parametrize("agent", AGENTS, ids=lambda each: each.name)
async def test_tickets_are_shown_and_counted_as_far_as_the_agent_may_see_them(
    desk: HeadlessDesk, agent: Person, about: Person
) -> None:
    visibility = visibility_of(desk.desk, agent)
    seen = {each.id for each in tickets() if each.requester == about.key and visibility.covers(each)}
    profile = await desk.works(agent, lambda context: profile_of(context, about))
    assert profile is not None
    assert profile.open.count == len(seen)
    assert {each.id for each in profile.open.tickets} <= seen
    assert profile.earlier.count == 0
    read = {each.author for each in profile.notes}
    assert read == {
        each.key
        for each in AGENTS
        if about is ANA
        and PersonNote(
            id=0,
            account=ANA.key,
            author=each.key,
            text="",
            at=NOW,
            communities=scope_of(visibility_of(desk.desk, each)),
        ).is_read_by(visibility)
    }


@pytest.mark.parametrize("agent", AGENTS, ids=lambda each: each.name)
async def test_whom_an_agents_servers_never_met_is_unknown_there(desk: HeadlessDesk, agent: Person) -> None:
    profile = await desk.works(agent, lambda context: profile_of(context, STRANGER))
    assert (profile is not None) == visibility_of(desk.desk, agent).sees_everywhere


@pytest.mark.parametrize("agent", AGENTS, ids=lambda each: each.name)
async def test_an_account_of_elsewhere_is_shown_to_those_alone_who_may_know_of_it(
    desk: HeadlessDesk, agent: Person
) -> None:
    link = Link(account=ANA.key, other=STRANGER.key, way=LinkWay.CODE, by=ANA.key, at=NOW)
    await desk.storage.run(lambda uow: uow.identities.put(link))
    profile = await desk.works(agent, lambda context: profile_of(context, ANA))
    assert profile is not None
    is_known = visibility_of(desk.desk, agent).sees_everywhere
    assert (STRANGER in profile.accounts) == (len(profile.links) == 1) == is_known


async def test_an_agent_who_is_the_person_with_another_account_reads_no_notes(desk: HeadlessDesk) -> None:
    link = Link(account=ANA.key, other=SAM.key, way=LinkWay.CODE, by=SAM.key, at=NOW)
    await desk.storage.run(lambda uow: uow.identities.put(link))
    profile = await desk.works(SAM, lambda context: profile_of(context, ANA))
    assert profile is not None
    assert (list(profile.notes), profile.takes_notes) == ([], False)
