"""Whom a ticket can be assigned to, as the desk knows its teams' people."""

from dataclasses import replace

from bot.caches.known_staff import agents_among
from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import ChannelRef, Person, Team

TEAM = Team(
    name="it",
    title="Service Desk",
    channel=ChannelRef("slack", "C1"),
    calendar=Calendar.around_the_clock(),
    agents=frozenset({"bo@example.com", "discord:7"}),
)
BO = Person(key="slack:U1", name="Bo Berg", email="bo@example.com")
BO_ELSEWHERE = replace(BO, key="discord:1")
CLEO = Person(key="discord:7", name="Cleo Chen")
ANA = Person(key="slack:U2", name="Ana Alves", email="ana@example.com")
EVERYBODY = [BO_ELSEWHERE, CLEO, ANA, BO]


def test_somebody_on_two_platforms_is_listed_once_as_on_the_readers_own() -> None:
    assert agents_among(EVERYBODY, [TEAM], actor=ANA) == [BO, CLEO]
    assert agents_among(EVERYBODY, [TEAM], actor=CLEO) == [CLEO, BO_ELSEWHERE]


def test_bots_and_people_who_left_are_not_listed() -> None:
    people = [replace(BO, is_active=False), replace(CLEO, is_bot=True)]
    assert agents_among(people, [TEAM], actor=ANA) == []
