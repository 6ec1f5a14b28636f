"""Standing in for one another, taking it back, and going away with tickets in hand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.test_on_call import BY_ROTA, ROTA, assignee, written
from tests.stories.escalations.test_staffing_notices import QUIET
from tests.stories.office import Office, open_office, shown

TOMORROW_9 = "2026-03-03T08:00:00.000Z"
"""In Lisbon nine o'clock; in Berlin, where the rota is."""
COVERED = {"person": "Cleo Chen", "rota": "Service Desk", "until": TOMORROW_9, "names": "Bo Berg"}


@pytest.fixture
async def by_rota(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, BY_ROTA)) as office:
        yield office


async def test_whoever_stands_in_and_whoever_is_relieved_are_told_by_direct_message(by_rota: Office) -> None:
    answer = await by_rota.types("lee", "/desk cover @cleo until tomorrow 9:00")
    undo = said("answers.cover_undo", command="/desk cover @cleo off")
    assert answer == f"{said('answers.cover_for', **COVERED)} {undo}"
    (asked,) = await by_rota.reads("cleo", "@cleo")
    shift = {"since": "2026-03-02T09:00:00.000Z", "until": "2026-03-03T08:00:00.000Z"}
    assert asked == said("team.you_cover", name="Lee Lund", rota="Service Desk", **shift)
    (relieved,) = await by_rota.reads("bo", "@bo")
    assert relieved == said(
        "team.you_are_covered", person="Cleo Chen", name="Lee Lund", rota="Service Desk", **shift
    )


async def test_a_cover_that_was_a_mistake_is_taken_back_and_those_concerned_hear_of_it(
    by_rota: Office,
) -> None:
    await by_rota.types("lee", "/desk cover @cleo until Friday")
    answer = await by_rota.types("bo", "/desk cover @cleo off")
    until_friday = COVERED | {"until": "2026-03-06T08:00:00.000Z"}
    assert answer == said("answers.cover_ended", **until_friday)
    assert (await by_rota.reads("cleo", "@cleo"))[-1] == said(
        "team.cover_is_over",
        name="Bo Berg",
        person="Cleo Chen",
        rota="Service Desk",
        since="2026-03-02T09:00:00.000Z",
        until="2026-03-06T08:00:00.000Z",
    )
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Bo Berg"
    again = await by_rota.types("bo", "/desk cover @cleo off")
    assert again == said("answers.cover_none", person="Cleo Chen")


async def test_who_is_on_call_shows_who_stands_in_who_said_so_and_a_button_to_take_it_back(
    by_rota: Office,
) -> None:
    await by_rota.types("lee", "/desk cover @cleo until tomorrow 9:00")
    reply = (await by_rota.types_for_reply("bo", "/desk on-call"))["reply"]
    now = {"team": "Service Desk", "person": "Cleo Chen", "until": TOMORROW_9}
    assert said("answers.on_call_until_then", name="Bo Berg", **now) in shown(reply)
    span = {"since": "2026-03-02T09:00:00.000Z", "until": TOMORROW_9}
    cover = said("answers.on_call_cover", person="Cleo Chen", name="Lee Lund", **span)
    assert cover in shown(reply)
    button = said("answers.button_cancel_cover", person="Cleo Chen")
    assert [each["label"] for each in reply["buttons"]] == [button]
    await by_rota.presses_private("bo", reply, 0, channel="help-it")
    now |= {"person": "Bo Berg", "until": "2026-03-09T07:00:00.000Z"}
    shown_then = await by_rota.types("bo", "/desk on-call")
    assert said("answers.on_call_until_then", name="Cleo Chen", **now) in shown_then
    assert cover not in shown_then


async def test_the_way_back_that_is_offered_can_be_typed(by_rota: Office) -> None:
    answer = await by_rota.types("lee", '/desk cover "Cleo Chen" until tomorrow 9:00')
    assert said("answers.cover_undo", command='/desk cover "Cleo Chen" off') in answer
    back = await by_rota.types("lee", '/desk cover "Cleo Chen" off')
    assert back == said("answers.cover_ended", **COVERED)


async def test_one_can_offer_oneself(by_rota: Office) -> None:
    await by_rota.types("cleo", "/desk cover me until tomorrow 9:00")
    await by_rota.says("ana", "help-it", "My mouse is dead")
    assert await assignee(by_rota, "IT-1") == "Cleo Chen"
    assert await by_rota.reads("cleo", "@cleo") == []


async def test_whoever_is_to_cover_but_is_away_is_named_and_who_is_on_call_instead(by_rota: Office) -> None:
    await by_rota.types("cleo", "/desk away 2 days")
    answer = await by_rota.types("lee", "/desk cover @cleo until Friday")
    until = "2026-03-04T09:00:00.000Z"
    absent = said(
        "answers.cover_absent", person="Cleo Chen", until=until, rota="Service Desk", names="Bo Berg"
    )
    assert absent in answer
    await by_rota.types("lee", "/desk cover @cleo off")
    await by_rota.types("bo", "/desk away 3 days")
    answer = await by_rota.types("lee", "/desk cover @cleo until Friday")
    assert said("answers.cover_absent_nobody", person="Cleo Chen", until=until, rota="Service Desk") in answer
    await by_rota.types("lee", "/desk cover @cleo off")
    answer = await by_rota.types("lee", "/desk cover @cleo until Thursday")
    assert said("answers.cover_absent_nobody", person="Cleo Chen", until=until, rota="Service Desk") in answer
    answer = await by_rota.types("lee", "/desk cover @cleo until tomorrow")
    assert answer == said("answers.cover_away", person="Cleo Chen", until=until)


async def test_whoever_goes_away_for_long_sees_what_they_have_and_their_team_hears_of_it(
    by_rota: Office,
) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.passes(minutes=1)
    reply = (await by_rota.types_for_reply("bo", "/desk away 3 days"))["reply"]
    has = said("answers.away_tickets", count=1, references="IT-1", command="/desk assign")
    assert has in shown(reply)
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
    assert [button["label"] for button in reply["buttons"]] == [
        said("answers.button_release", reference="IT-1")
    ]
    await by_rota.presses_private("bo", reply, 0, channel="help-it")
    assert await assignee(by_rota, "IT-1") is None
    await by_rota.passes(minutes=2)
    named = {"team": "Service Desk", "person": "Bo Berg"}
    (edited,) = await by_rota.reads("lee", "escalations-it")
    assert edited.splitlines()[-1] == said("team.away_without_tickets", **named)


async def test_what_the_channel_was_told_of_who_is_away_is_edited_once_they_are_back(by_rota: Office) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.types("bo", "/desk away 3 days")
    await by_rota.types("cleo", "/desk away 3 days")
    await by_rota.passes(minutes=2)
    before = await by_rota.reads("lee", "escalations-it")
    assert "Lee Lund" in before[-1]
    await by_rota.types("bo", "/desk away back")
    await by_rota.passes(minutes=2)
    told = await by_rota.reads("lee", "escalations-it")
    over = told[len(before) - 1].splitlines()
    assert said("team.rota_covered", team="Service Desk") in over
    assert said("team.away_back", team="Service Desk", person="Bo Berg") in over
    assert "Lee Lund" not in told[len(before) - 1]


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
            references="IT-1 and IT-2",
            command="/desk assign",
        )
        assert away in told
        await office.passes(hours=5)
        assert len(await office.reads("lee", "escalations-it")) == 1


async def test_who_is_on_call_shows_what_those_who_are_away_still_have(by_rota: Office) -> None:
    await by_rota.says("ana", "help-it", "My mouse is dead")
    await by_rota.types("bo", "/desk away 3 days, skiing")
    facts = {"person": "Bo Berg", "until": "2026-03-05T09:00:00.000Z", "reason": "skiing"}
    line = said("answers.absent_because_with_tickets", count=1, **facts)
    assert line in await by_rota.types("lee", "/desk on-call")


async def test_one_can_say_to_be_away_beforehand(by_rota: Office) -> None:
    told = await by_rota.types("bo", "/desk away from tomorrow until Thursday, skiing")
    span = {"since": "2026-03-03T08:00:00.000Z", "until": "2026-03-05T08:00:00.000Z"}
    assert told.startswith(said("answers.away_from", **span))
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
    facts = {"reference": "IT-1", "name": "Cleo Chen", "until": "2026-03-06T08:00:00.000Z"}
    assert answer == said("answers.assigned_to_absent", **facts)


async def test_an_absence_of_the_configuration_is_heeded_and_named_when_one_says_to_be_back(
    folder: Path,
) -> None:
    away = "\nabsences: {people: [{person: bo@example.com, from: 2026-03-01, back: 2026-03-05, reason: skiing}]}\n"
    async with open_office(folder, config=written(folder, BY_ROTA, more=ROTA + away)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        assert await assignee(office, "IT-1") == "Cleo Chen"
        until = "2026-03-05T00:00:00.000Z"
        line = said("answers.absent_because", person="Bo Berg", until=until, reason="skiing")
        assert line in await office.types("lee", "/desk on-call")
        answer = await office.types("bo", "/desk away back")
        assert answer == said("answers.away_by_calendar", until=until)
