"""Standing in for one another, taking it back, and going away with tickets in hand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.test_on_call import BY_ROTA, ROTA, assignee, written
from tests.stories.escalations.test_staffing_notices import QUIET
from tests.stories.office import Office, open_office, shown


@pytest.fixture
async def by_rota(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, BY_ROTA)) as office:
        yield office


async def test_whoever_stands_in_and_whoever_is_relieved_are_told_by_direct_message(by_rota: Office) -> None:
    answer = await by_rota.types("lee", "/desk cover @cleo until tomorrow 9:00")
    assert "in place of Bo Berg. /desk cover @cleo off takes it back." in answer
    (asked,) = await by_rota.reads("cleo", "@cleo")
    shift = {"since": "2026-03-02T09:00:00.000Z", "until": "2026-03-03T08:00:00.000Z"}
    assert asked == said("team.you_cover", name="Lee Lund", rota="service", **shift)
    (relieved,) = await by_rota.reads("bo", "@bo")
    assert relieved == said(
        "team.you_are_covered", person="Cleo Chen", name="Lee Lund", rota="service", **shift
    )


async def test_a_cover_that_was_a_mistake_is_taken_back_and_those_concerned_hear_of_it(
    by_rota: Office,
) -> None:
    await by_rota.types("lee", "/desk cover @cleo until Friday")
    answer = await by_rota.types("bo", "/desk cover @cleo off")
    assert answer.startswith("Cleo Chen does not stand in for service until")
    assert "Bo Berg is on call then" in answer
    assert (await by_rota.reads("cleo", "@cleo"))[-1] == said(
        "team.cover_is_over",
        name="Bo Berg",
        person="Cleo Chen",
        rota="service",
        since="2026-03-02T09:00:00.000Z",
        until="2026-03-06T08:00:00.000Z",
    )
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Bo Berg"
    again = await by_rota.types("bo", "/desk cover @cleo off")
    assert "stands in for nobody" in again


async def test_who_is_on_call_shows_who_stands_in_who_said_so_and_a_button_to_take_it_back(
    by_rota: Office,
) -> None:
    await by_rota.types("lee", "/desk cover @cleo until tomorrow 9:00")
    reply = (await by_rota.types_for_reply("bo", "/desk on-call"))["reply"]
    assert "Service Desk: Cleo Chen is on call until 2026-03-03T08:00:00.000Z, then Bo Berg" in shown(reply)
    assert (
        "Cleo Chen stands in, 2026-03-02T09:00:00.000Z – 2026-03-03T08:00:00.000Z; Lee Lund said so"
        in shown(reply)
    )
    assert [button["label"] for button in reply["buttons"]] == ["Take back: Cleo Chen"]
    await by_rota.presses_private("bo", reply, 0, channel="help-it")
    assert "Service Desk: Bo Berg is on call" in await by_rota.types("bo", "/desk on-call")


async def test_the_way_back_that_is_offered_can_be_typed(by_rota: Office) -> None:
    answer = await by_rota.types("lee", '/desk cover "Cleo Chen" until tomorrow 9:00')
    assert '/desk cover "Cleo Chen" off takes it back.' in answer
    assert "does not stand in" in await by_rota.types("lee", '/desk cover "Cleo Chen" off')


async def test_one_can_offer_oneself(by_rota: Office) -> None:
    await by_rota.types("cleo", "/desk cover me until tomorrow 9:00")
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Cleo Chen"
    assert await by_rota.reads("cleo", "@cleo") == []


async def test_whoever_stands_in_but_is_away_is_named(by_rota: Office) -> None:
    await by_rota.types("cleo", "/desk away 2 days")
    assert "They are away until" in await by_rota.types("lee", "/desk cover @cleo until Friday")


async def test_whoever_goes_away_for_long_sees_what_they_have_and_their_team_hears_of_it(
    by_rota: Office,
) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.passes(minutes=1)
    reply = (await by_rota.types_for_reply("bo", "/desk away 3 days"))["reply"]
    assert "You still have this ticket: IT-1." in shown(reply)
    await by_rota.passes(minutes=2)
    (told,) = [each for each in await by_rota.reads("lee", "escalations-it") if "is away" in each]
    away = said(
        "team.away_with_tickets",
        team="Service Desk",
        person="Bo Berg",
        until="2026-03-05T09:01:00.000Z",
        count=1,
        references="IT-1",
        command="/desk assign",
    )
    assert told.splitlines()[-1] == f"{away} Lee Lund"
    assert [button["label"] for button in reply["buttons"]] == ["Give back IT-1"]
    await by_rota.presses_private("bo", reply, 0, channel="help-it")
    assert await assignee(by_rota, "IT-1") is None


async def test_what_somebody_has_is_told_when_an_absence_of_the_configuration_begins(folder: Path) -> None:
    away = "\nabsences: {people: [{person: web:bo, from: 2026-03-02 12:00, back: 2026-03-05}]}\n"
    async with open_office(folder, config=written(folder, BY_ROTA, QUIET, more=ROTA + away)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "My screen is black")
        await office.passes(hours=2)
        assert await office.reads("lee", "escalations-it") == []
        await office.passes(hours=2)
        (told,) = await office.reads("lee", "escalations-it")
        away = said(
            "team.away_with_tickets",
            team="Service Desk",
            person="Bo Berg",
            until="2026-03-05T00:00:00.000Z",
            count=2,
            references="IT-1, IT-2",
            command="/desk assign",
        )
        assert away in told
        await office.passes(hours=5)
        assert len(await office.reads("lee", "escalations-it")) == 1


async def test_who_is_on_call_shows_what_those_who_are_away_still_have(by_rota: Office) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.types("bo", "/desk away 3 days, skiing")
    assert (
        "Bo Berg is away until 2026-03-05T09:00:00.000Z (skiing), with 1 open ticket"
        in await by_rota.types("lee", "/desk on-call")
    )


async def test_one_can_say_to_be_away_beforehand(by_rota: Office) -> None:
    told = await by_rota.types("bo", "/desk away from tomorrow until Thursday, skiing")
    assert told.startswith("You are away from 2026-03-03T08:00:00.000Z until 2026-03-05T08:00:00.000Z.")
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Bo Berg"
    await by_rota.passes(days=1)
    await by_rota.says("dan", "help-it", "My screen is black")
    assert await assignee(by_rota, "IT-2") == "Cleo Chen"


async def test_the_channel_is_not_bothered_with_an_hour_at_the_dentist(by_rota: Office) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.types("bo", "/desk away 2h, dentist")
    await by_rota.passes(minutes=5)
    assert not any("is away" in each for each in await by_rota.reads("lee", "escalations-it"))


async def test_assigning_to_somebody_who_is_away_is_done_and_said(by_rota: Office) -> None:
    await by_rota.types("cleo", "/desk away until Friday")
    await by_rota.says("ana", "help-it", "My mouse is dead")
    answer = await by_rota.types("lee", "/desk assign IT-1 @cleo")
    assert answer.startswith("IT-1 is with Cleo Chen now. But Cleo Chen is away until 2026-03-06T08:00")


async def test_an_absence_of_the_configuration_is_heeded_and_named_when_one_says_to_be_back(
    folder: Path,
) -> None:
    away = "\nabsences: {people: [{person: bo@example.com, from: 2026-03-01, back: 2026-03-05, reason: skiing}]}\n"
    async with open_office(folder, config=written(folder, BY_ROTA, more=ROTA + away)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        assert await assignee(office, "IT-1") == "Cleo Chen"
        assert "Bo Berg is away until 2026-03-05T00:00:00.000Z (skiing)" in await office.types(
            "lee", "/desk on-call"
        )
        assert "still says that you are away until" in await office.types("bo", "/desk away back")
