"""Whose home page is drawn again: those who may still look at it and are concerned."""

from datetime import timedelta

from bot.caches.home_viewers import LOOKED_AT_FOR, HomeViewer, HomeViewers
from bot.domain.directory import Person
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, MONDAY_9
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE

IT = everyday_desk().teams["it"]


def looking(*people: Person) -> HomeViewers:
    viewers = HomeViewers()
    for number, each in enumerate(people):
        viewers.note(HomeViewer(person=each, conversation=number, opened_at=MONDAY_9))
    return viewers


def concerned(viewers: HomeViewers, *keys: str | None, later: timedelta = timedelta()) -> list[str]:
    return [each.person.name for each in viewers.concerned(keys, team=IT, now=MONDAY_9 + later)]


def test_the_people_named_and_the_teams_agents_and_leads_are_concerned() -> None:
    dan = Person(key="web:dan", name="Dan Dietz")
    viewers = looking(ANA, BO, LEE, dan)
    assert concerned(viewers, ANA.key, None) == ["Ana Alves", "Bo Berg", "Lee Lund"]


def test_who_has_no_page_open_is_not() -> None:
    assert concerned(looking(BO), ANA.key, CLEO.key) == ["Bo Berg"]


def test_a_page_counts_as_open_for_an_hour_since_it_was_opened_last() -> None:
    viewers = looking(BO)
    assert concerned(viewers, later=LOOKED_AT_FOR) == ["Bo Berg"]
    again = MONDAY_9 + LOOKED_AT_FOR
    viewers.note(HomeViewer(person=BO, conversation=0, opened_at=again))
    assert concerned(viewers, later=2 * LOOKED_AT_FOR) == ["Bo Berg"]
    assert concerned(viewers, later=2 * LOOKED_AT_FOR + timedelta(seconds=1)) == []
