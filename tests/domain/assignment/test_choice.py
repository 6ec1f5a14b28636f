"""Who gets a ticket: ways in order, those with room, and those who know what it needs."""

import pytest

from bot.domain.assignment.choice import Candidate, Choice, ChosenAgent, Obstacle, Turn, choose
from bot.domain.assignment.workload import Skill, TicketNeeds, Workload
from bot.domain.directory import Assignment, Person

ADA, BEN, CY = (Person(key=f"web:{name}", name=name.title()) for name in ("ada", "ben", "cy"))
EVERYBODY = (Candidate(person=ADA, load=3), Candidate(person=BEN, load=1), Candidate(person=CY, load=2))
ENGLISH = TicketNeeds(language="en")
GERMAN = TicketNeeds(language="de", category="network", tags=frozenset({"vpn"}))
SKILLS = (
    Skill(agents=frozenset({"web:ada", "web:cy"}), languages=frozenset({"de"})),
    Skill(agents=frozenset({"web:ada", "web:cy"}), categories=frozenset({"Network"})),
    Skill(agents=frozenset({"web:cy"}), tags=frozenset({"printer"})),
)
LAST, SKILL, LEAST, TURNS, ON_CALL, NONE = (
    Assignment.LAST_AGENT,
    Assignment.SKILL,
    Assignment.LEAST_BUSY,
    Assignment.ROUND_ROBIN,
    Assignment.ON_CALL,
    Assignment.NONE,
)


def who(choice: Choice) -> str:
    assert isinstance(choice, ChosenAgent), choice
    return f"{choice.person.name}: {choice.why}"


def test_the_last_agent_comes_first_and_else_the_next_way_says() -> None:
    ways = (LAST, LEAST)
    helped = choose(ways, EVERYBODY, needs=ENGLISH, turn=Turn(last_agent="web:ada"))
    assert who(helped) == "Ada: history.why_last_agent"
    assert who(choose(ways, EVERYBODY, needs=ENGLISH, turn=Turn())) == "Ben: history.why_least_busy(load=1)"
    gone = choose(ways, EVERYBODY, needs=ENGLISH, turn=Turn(last_agent="web:dee"))
    assert who(gone) == "Ben: history.why_least_busy(load=1)"


def test_skill_leaves_those_who_know_all_that_somebody_is_named_for() -> None:
    found = choose((SKILL, LEAST), EVERYBODY, skills=SKILLS, needs=GERMAN, turn=Turn())
    assert who(found) == "Cy: history.why_skilled(why=history.why_least_busy(load=2))"
    plain = choose((SKILL,), EVERYBODY, skills=SKILLS, needs=ENGLISH, turn=Turn())
    assert who(plain) == "Ben: history.why_least_busy(load=1)"


def test_the_last_agent_is_asked_before_or_after_skill_as_the_ways_say() -> None:
    ben = Turn(last_agent="web:ben")
    first = choose((LAST, SKILL, LEAST), EVERYBODY, skills=SKILLS, needs=GERMAN, turn=ben)
    assert who(first) == "Ben: history.why_last_agent"
    then = choose((SKILL, LAST, LEAST), EVERYBODY, skills=SKILLS, needs=GERMAN, turn=ben)
    assert who(then).startswith("Cy")


def test_nobody_who_is_free_knows_it() -> None:
    only_ben = [each for each in EVERYBODY if each.person is BEN]
    found = choose((SKILL, LEAST), only_ben, skills=SKILLS, needs=GERMAN, turn=Turn())
    assert found is Obstacle.NOBODY_SKILLED


def test_turns_pass_over_those_who_are_full() -> None:
    full = (EVERYBODY[0], Candidate(person=BEN, load=5, capacity=5), EVERYBODY[2])
    assert who(choose((TURNS,), full, needs=ENGLISH, turn=Turn(last_given="web:ada"))).startswith("Cy")
    assert who(choose((TURNS,), full, needs=ENGLISH, turn=Turn(last_given="web:cy"))).startswith("Ada")


@pytest.mark.parametrize(
    ("load", "weight", "is_given"), [(9, 1, True), (10, 1, False), (8, 3, False), (10, 0, True)]
)
def test_a_ticket_that_weighs_more_than_what_is_left_is_not_given(
    load: int, weight: int, is_given: bool
) -> None:
    found = choose(
        (LEAST,), [Candidate(person=BEN, load=load, capacity=10)], needs=ENGLISH, turn=Turn(), weight=weight
    )
    assert isinstance(found, ChosenAgent) is is_given
    assert is_given or found is Obstacle.ALL_FULL


def test_who_is_on_call_need_not_be_an_agent_and_gets_nothing_by_another_way() -> None:
    dee = Candidate(person=Person(key="web:dee", name="Dee"))
    assert who(choose((ON_CALL,), (), needs=ENGLISH, turn=Turn(on_call=dee))) == "Dee: history.why_on_call"
    found = choose((LEAST, ON_CALL), EVERYBODY, needs=ENGLISH, turn=Turn(on_call=dee))
    assert who(found).startswith("Ben")


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ((NONE,), None),
        ((LAST,), None),
        ((LAST, NONE), None),
        ((ON_CALL,), Obstacle.NOBODY_THERE),
    ],
)
def test_ways_that_find_nobody_say_whether_that_is_wanted(
    ways: tuple[Assignment, ...], expected: Choice
) -> None:
    assert choose(ways, EVERYBODY, needs=ENGLISH, turn=Turn()) is expected


def test_nobody_there_is_an_obstacle_for_every_way_but_none() -> None:
    assert choose((LEAST,), (), needs=ENGLISH, turn=Turn()) is Obstacle.NOBODY_THERE
    assert choose((NONE,), (), needs=ENGLISH, turn=Turn()) is None


def test_a_workload_weighs_by_priority_and_knows_its_own_numbers() -> None:
    workload = Workload(capacity=10, per_agent={"web:bo": 5}, weights={"urgent": 3, "low": 0})
    assert workload.load({"urgent": 2, "normal": 1, "low": 7}) == 7
    assert (workload.capacity_of(ADA), workload.capacity_of(Person(key="web:bo", name="Bo"))) == (10, 5)
