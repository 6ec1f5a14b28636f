"""What somebody may see is said once, and as the rules of tickets and communities say it."""

import pytest

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.search.visibility import own_visibility, visibility_of
from bot.domain.tickets.ticket import Ticket
from tests.domain.search.searchable_desk import ANA, PEOPLE, a_desk, tickets


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.name)
@pytest.mark.parametrize("desk", [a_desk(), a_desk(with_servers=False)], ids=["servers", "one server"])
def test_an_agent_sees_what_the_teams_rules_let_them_see(desk: Desk, person: Person) -> None:
    visibility = visibility_of(desk, person)
    for ticket in tickets():
        assert visibility.covers(ticket) == may_see(desk, person, ticket), ticket
        assert visibility.reads_notes(ticket) == is_agent_of(desk, person, ticket), ticket


def may_see(desk: Desk, person: Person, ticket: Ticket) -> bool:
    """In the words of the guide: the requester, the team; and other agents there, unless it is private."""
    if person.key == ticket.requester or desk.team_of(ticket).has_agent(person):
        return True
    return not ticket.is_private and any(desk.serves(team, ticket) for team in desk.teams_of(person))


def is_agent_of(desk: Desk, person: Person, ticket: Ticket) -> bool:
    return person.key != ticket.requester and desk.team_of(ticket).has_agent(person)


def test_a_requester_sees_their_own_and_reads_no_notes() -> None:
    visibility = own_visibility(ANA)
    for ticket in tickets():
        assert visibility.covers(ticket) == (ticket.requester == ANA.key)
        assert not visibility.reads_notes(ticket)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.name)
def test_a_follower_sees_the_side_they_follow_and_agents_lose_it_with_their_server(person: Person) -> None:
    desk = a_desk()
    every = [each.id for each in tickets()]
    on_teams_side = visibility_of(desk, person, followed=every)
    on_requesters_side = visibility_of(desk, person, shared=every)
    for ticket in tickets():
        is_agent_there = any(desk.serves(team, ticket) for team in desk.teams_of(person))
        is_own = ticket.requester == person.key
        assert on_requesters_side.covers(ticket)
        assert on_requesters_side.reads_notes(ticket) == is_agent_of(desk, person, ticket)
        sees_all = is_agent_there or desk.team_of(ticket).has_agent(person)
        assert on_teams_side.covers(ticket) == (is_own or sees_all), ticket
        assert on_teams_side.reads_notes(ticket) == (sees_all and not is_own), ticket


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.name)
def test_another_account_adds_what_was_asked_with_it_and_takes_its_notes_away(person: Person) -> None:
    desk = a_desk()
    alone, linked = visibility_of(desk, person), visibility_of(desk, person, accounts=[ANA.key])
    for ticket in tickets():
        is_theirs = ticket.requester == ANA.key
        assert linked.covers(ticket) == (is_theirs or alone.covers(ticket)), ticket
        assert linked.reads_notes(ticket) == (alone.reads_notes(ticket) and not is_theirs), ticket
        assert own_visibility(person, accounts=[ANA.key]).covers(ticket) == (
            is_theirs or ticket.requester == person.key
        )
