"""Somebody left the server that their request came from: the team is told, once, of each ticket that is open."""

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.intake.member_left import note_departure
from bot.intake.thread_messages import NotForTheDesk
from bot.messages.inbound import Location, PersonLeft
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import HeadlessDesk


async def leaves(desk: HeadlessDesk, who: Person, *, platform: str = "web") -> None:
    event = PersonLeft(
        key=f"left:{who.key}:{desk.clock.now()}",
        actor=who,
        location=Location(channel=ChannelRef(platform, "@ana")),
        at=desk.clock.now(),
    )
    await desk.works(who, lambda context: note_departure(context, event))


async def told(desk: HeadlessDesk) -> list[tuple[str, str]]:
    found = await desk.sent(RowKind.NOTICE)
    return [
        (each.channel, each.words) for each in found if each.row.payload["sentence"] == "team.requester_left"
    ]


async def test_the_team_of_each_open_ticket_is_told_once(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.opens("The wifi is gone")
    await headless.opens("My screen is dark")
    await headless.does(BO, actions.close_ticket, number=3)
    await headless.sent()
    await leaves(headless, ANA)
    await leaves(headless, ANA)
    notices = await told(headless)
    assert [channel for channel, _ in notices] == ["web:team-it", "web:team-network"]
    assert all("Ana Alves" in words for _, words in notices)


async def test_who_left_another_platform_than_they_asked_from_is_no_news(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.sent()
    await leaves(headless, ANA, platform="discord")
    assert await told(headless) == []


async def test_nobody_is_remembered_for_having_left_who_asked_for_nothing(headless: HeadlessDesk) -> None:
    await headless.opens()
    with pytest.raises(NotForTheDesk):
        await leaves(headless, CLEO)
