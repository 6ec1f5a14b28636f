"""Who gets a new ticket: the person a rule names, the next in turn, or who has the least to do."""

from dataclasses import replace

import pytest

from bot.domain.directory import Assignment, Person, Team
from bot.domain.events import TicketAssigned
from bot.domain.routing.router import Verdict
from bot.domain.sentence import sentence
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.tickets.assignment.choice import assign_new
from tests.services.tickets.one_desk import DESK, context, with_team
from tests.storage.sample_rows import a_numbered_ticket, a_ticket

PEOPLE = tuple(Person(key=f"web:{name}", name=name.title()) for name in ("ada", "ben", "cy"))
AGENTS = frozenset(person.key for person in PEOPLE)
ROUTED = Verdict(team="it", why=sentence("team.why_no_rule"))


def team(assignment: Assignment) -> Team:
    return replace(DESK.teams["it"], agents=AGENTS, assignment=(assignment,))


async def chosen(
    storage: Storage,
    assignment: Assignment,
    *,
    held: tuple[str, ...] = (),
    verdict: Verdict = ROUTED,
    text: str = "",
) -> str | None:
    """Who gets the next ticket when those in `held` have got one each, in this order."""

    def work(uow: UnitOfWork) -> str | None:
        for person in PEOPLE:
            uow.people.remember(person)
        for key in held:
            a_numbered_ticket(uow, assignee=key)
        its = team(assignment)
        events = assign_new(context(uow, PEOPLE[0], desk=with_team(its)), a_ticket(uow), verdict, text=text)
        return next((each.after for each in events if isinstance(each, TicketAssigned)), None)

    return await storage.run(work)


async def test_without_a_way_to_assign_it_waits_in_the_queue(storage: Storage) -> None:
    assert await chosen(storage, Assignment.NONE) is None


@pytest.mark.parametrize(
    ("held", "following"),
    [
        ((), "web:ada"),
        (("web:ada",), "web:ben"),
        (("web:ben", "web:cy"), "web:ada"),
        (("web:bo",), "web:ada"),
    ],
)
async def test_in_turn_it_goes_to_the_one_after_the_last(
    storage: Storage, held: tuple[str, ...], following: str
) -> None:
    assert await chosen(storage, Assignment.ROUND_ROBIN, held=held) == following


async def test_it_goes_to_whoever_has_the_least_to_do(storage: Storage) -> None:
    held = ("web:ada", "web:ada", "web:ben", "web:cy", "web:cy")
    assert await chosen(storage, Assignment.LEAST_BUSY, held=held) == "web:ben"


async def test_the_person_a_rule_names_comes_before_the_teams_own_way(storage: Storage) -> None:
    verdict = replace(ROUTED, assignee="web:cy")
    assert await chosen(storage, Assignment.ROUND_ROBIN, verdict=verdict) == "web:cy"


async def test_somebody_the_desk_has_not_met_gets_nothing(storage: Storage) -> None:
    verdict = replace(ROUTED, assignee="web:nobody")
    assert await chosen(storage, Assignment.ROUND_ROBIN, verdict=verdict) is None


async def test_a_rules_way_to_assign_comes_before_the_teams(storage: Storage) -> None:
    verdict = replace(ROUTED, assignment=(Assignment.LEAST_BUSY,))
    assert await chosen(storage, Assignment.NONE, held=("web:ada",), verdict=verdict) == "web:ben"


async def test_who_is_named_in_it_does_not_get_it(storage: Storage) -> None:
    """By turn it goes to the next one; nobody gets what a rule gives to the person it is about."""
    rude = "ada and Ben were rude to me"
    assert await chosen(storage, Assignment.ROUND_ROBIN, text=rude) == "web:cy"
    assert await chosen(storage, Assignment.ROUND_ROBIN, text=f"{rude}, so was Cy") is None
    verdict = replace(ROUTED, assignee="web:ada")
    assert await chosen(storage, Assignment.NONE, verdict=verdict, text=rude) is None
