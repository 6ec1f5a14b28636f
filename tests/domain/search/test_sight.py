"""What somebody may see is said once, and as the rules of tickets and communities say it."""

import pytest

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.search.sight import own_sight, sight_of
from bot.domain.tickets.ticket import Ticket
from tests.domain.search.searchable_desk import ANA, PEOPLE, a_desk, tickets


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.name)
@pytest.mark.parametrize("desk", [a_desk(), a_desk(with_servers=False)], ids=["servers", "one server"])
def test_an_agent_sees_what_the_teams_rules_let_them_see(desk: Desk, person: Person) -> None:
    sight = sight_of(desk, person)
    for ticket in tickets():
        assert sight.covers(ticket) == may_see(desk, person, ticket), ticket
        assert sight.reads_notes(ticket) == is_agent_of(desk, person, ticket), ticket


def may_see(desk: Desk, person: Person, ticket: Ticket) -> bool:
    """In the words of the guide: the requester, the team; and other agents there, unless it is private."""
    if person.key == ticket.requester or desk.team_of(ticket).has_agent(person):
        return True
    return not ticket.is_private and any(desk.serves(team, ticket) for team in desk.teams_of(person))


def is_agent_of(desk: Desk, person: Person, ticket: Ticket) -> bool:
    return person.key != ticket.requester and desk.team_of(ticket).has_agent(person)


def test_a_requester_sees_their_own_and_reads_no_notes() -> None:
    sight = own_sight(ANA)
    for ticket in tickets():
        assert sight.covers(ticket) == (ticket.requester == ANA.key)
        assert not sight.reads_notes(ticket)
