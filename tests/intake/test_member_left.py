"""Somebody left the server that their request came from: the team is told, once, of each ticket that is open."""

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.intake.member_left import note_departure
from bot.intake.thread_messages import NotForTheDesk
from bot.messages.inbound import Location, PersonLeft
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from tests.fakes.desk.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO


async def leaves(desk: DeskAtWork, who: Person, *, platform: str = "web") -> None:
    event = PersonLeft(
        key=f"left:{who.key}:{desk.clock.now()}",
        actor=who,
        location=Location(channel=ChannelRef(platform, "@ana")),
        at=desk.clock.now(),
    )
    await desk.works(who, lambda context: note_departure(context, event))


async def told(desk: DeskAtWork) -> list[tuple[str, str]]:
    found = await desk.sent(RowKind.NOTICE)
    return [(each.channel, each.words) for each in found if each.row.payload["sentence"] == "requester_left"]


async def test_the_team_of_each_open_ticket_is_told_once(at_work: DeskAtWork) -> None:
    await at_work.opens()
    await at_work.opens("The wifi is gone")
    await at_work.opens("My screen is dark")
    await at_work.does(BO, actions.close_ticket, number=3)
    await at_work.sent()
    await leaves(at_work, ANA)
    await leaves(at_work, ANA)
    notices = await told(at_work)
    assert [channel for channel, _ in notices] == ["web:team-it", "web:team-network"]
    assert all("Ana Alves" in words for _, words in notices)


async def test_who_left_another_platform_than_they_asked_from_is_no_news(at_work: DeskAtWork) -> None:
    await at_work.opens()
    await at_work.sent()
    await leaves(at_work, ANA, platform="discord")
    assert await told(at_work) == []


async def test_nobody_is_remembered_for_having_left_who_asked_for_nothing(at_work: DeskAtWork) -> None:
    await at_work.opens()
    with pytest.raises(NotForTheDesk):
        await leaves(at_work, CLEO)
