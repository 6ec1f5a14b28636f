"""The watch beside the promises: who takes over, rotas that run empty, requests that nobody takes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.sentence import sentence
from tests.said import said
from tests.stories.escalations.test_on_call import BY_ROTA, IT, ROTA, written
from tests.stories.office import MONDAY_9, Office, open_office, words

UNCLAIMED = (
    IT,
    IT.replace("calendar: 24x7\n  network:", "calendar: 24x7\n    unclaimed_after: 10m\n  network:"),
)
OFFICE_HOURS = (
    IT,
    "    leads: [web:lee]\n    calendar: office\n    rota: service\n    unclaimed_after: 10m\n  network:",
)
QUIET = ("  sla_policy: standard\n", "")

COVER = {"name": "Lee Lund", "person": "Cleo Chen", "rota": "Service Desk", "since": "", "until": ""}


@pytest.fixture
async def by_rota(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, BY_ROTA, QUIET)) as office:
        yield office


@pytest.fixture
async def waiting(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, UNCLAIMED, QUIET, more="")) as office:
        yield office


async def told(office: Office) -> list[str]:
    """What the escalation channel reads, without instants."""
    return await office.reads("lee", "escalations-it")


async def test_the_channel_reads_who_takes_over_and_so_does_whoever_does(by_rota: Office) -> None:
    await by_rota.passes(days=7)
    assert await told(by_rota) == [
        said(
            "team.on_call_now_until", team="Service Desk", name="Cleo Chen", until="2026-03-16T07:00:00.000Z"
        )
    ]
    assert await by_rota.reads("cleo", "@cleo") == [
        said("team.you_are_on_call", team="Service Desk", until="2026-03-16T07:00:00.000Z")
    ]
    assert await by_rota.mentions("cleo", "escalations-it") == 0
    assert await by_rota.reads("bo", "@bo") == [], "his turn is over when he knows"


async def test_a_shift_after_nobodys_time_is_told_like_any_other(folder: Path) -> None:
    shifts = (
        "\nrotas:\n  service:\n    zone: UTC\n    people: [web:bo]\n    handover: 9:00\n    starts: 2026-03-04\n"
        "    exceptions: [{person: web:cleo, from: 2026-03-03, until: 2026-03-03 12:00}]\n"
    )
    async with open_office(folder, config=written(folder, BY_ROTA, QUIET, more=shifts)) as office:
        await office.passes(hours=25)
        (empty, handed_over) = await told(office)
        assert empty.startswith(no_one_now(until="2026-03-03T09:00:00.000Z"))
        assert handed_over == said(
            "team.on_call_now_until", team="Service Desk", name="Cleo Chen", until="2026-03-03T12:00:00.000Z"
        )
        assert len(await office.reads("cleo", "@cleo")) == 1
        await office.passes(hours=24)
        assert (await told(office))[2:] == [said("team.rota_filled", team="Service Desk", name="Bo Berg")]


async def test_an_empty_rota_is_told_once_before_it_happens_and_when_it_is_mended(by_rota: Office) -> None:
    await by_rota.passes(minutes=1)
    await by_rota.types("bo", "/desk away 5 days")
    await by_rota.passes(minutes=1)
    assert await told(by_rota) == [
        said(
            "team.on_call_now_until", team="Service Desk", name="Cleo Chen", until="2026-03-07T09:01:00.000Z"
        )
    ]
    await by_rota.types("cleo", "/desk away 4 days")
    await by_rota.passes(days=1)
    (_, alert) = await told(by_rota)
    assert alert.startswith(no_one_now(until="2026-03-06T09:02:00.000Z"))
    assert await by_rota.mentions("lee", "escalations-it") == 1
    await by_rota.types("cleo", "/desk away back")
    await by_rota.passes(minutes=1)
    assert (await told(by_rota))[2:] == [
        said(
            "team.rota_filled_until", team="Service Desk", name="Cleo Chen", until="2026-03-07T09:01:00.000Z"
        )
    ]


async def test_an_empty_time_that_is_to_come_is_told_before_it_begins(folder: Path) -> None:
    alone = ROTA.replace("[web:bo, web:cleo]", "[web:bo]")
    away = "\nabsences:\n  people: [{person: web:bo, from: 2026-03-03 8:30, back: 2026-03-03 20:00}]\n"
    config = written(folder, OFFICE_HOURS, QUIET, more=alone + away)
    async with open_office(folder, config=config) as office:
        await office.passes(minutes=5)
        assert await told(office) == [
            (
                said(
                    "team.rota_empty_until",
                    team="Service Desk",
                    since="2026-03-03T08:30:00.000Z",
                    until="2026-03-03T20:00:00.000Z",
                    command="/desk cover",
                )
                + " Lee Lund"
            )
        ]
        shown = await office.types("lee", "/desk on-call")
        begins = "2026-03-03T08:30:00.000Z"
        now = said("answers.on_call_until", team="Service Desk", person="Bo Berg", until=begins)
        away = said("answers.absent_from", person="Bo Berg", since=begins, until="2026-03-03T20:00:00.000Z")
        assert shown == f"{now}\n  {said('answers.on_call_gap', since=begins)}\n{away}"
        await office.passes(hours=12)
        assert len(await told(office)) == 1


async def test_people_whom_the_desk_never_met_are_named_where_nobody_is_on_call(folder: Path) -> None:
    config = written(folder, BY_ROTA, QUIET, more=ROTA.replace("[web:bo, web:cleo]", "[zoe@example.com]"))
    async with open_office(folder, config=config) as office:
        await office.passes(minutes=1)
        (alert,) = await told(office)
        unmet = said("team.rota_unreachable", people="zoe@example.com")
        assert unmet in alert
        assert unmet in await office.types("lee", "/desk on-call")
        findings = [finding.sentence for finding in await office.desk.doctor.examine()]
        assert sentence("operations.rota_unreachable", person="zoe@example.com", rota="service") in findings


async def test_when_waiting_requests_are_watched_no_more_nothing_is_said_of_them(folder: Path) -> None:
    config = written(folder, UNCLAIMED, QUIET, more="")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=15)
        written(folder, QUIET, more="")
        await office.types("lee", "/desk-admin reload")
        await office.passes(minutes=15)
        assert len(await told(office)) == 1


async def test_on_friday_the_channel_hears_that_nobody_will_be_there_on_monday(folder: Path) -> None:
    alone = ROTA.replace("[web:bo, web:cleo]", "[web:bo]")
    away = "\nabsences: {people: [{person: bo@example.com, from: 2026-03-09, back: 2026-03-10}]}\n"
    config = written(folder, OFFICE_HOURS, QUIET, more=alone + away)
    friday = datetime(2026, 3, 6, 13, tzinfo=UTC)
    async with open_office(folder, config=config, at=friday - timedelta(hours=30)) as office:
        await office.passes(minutes=1)
        assert await told(office) == []
        await office.passes(hours=30)
        (alert,) = await told(office)
        monday = {"since": "2026-03-09T08:00:00.000Z", "until": "2026-03-10T00:00:00.000Z"}
        no_one = said("team.rota_empty_until", team="Service Desk", command="/desk cover", **monday)
        assert alert.startswith(no_one)


def no_one_now(*, until: str) -> str:
    return said("team.rota_empty_now_until", team="Service Desk", until=until, command="/desk cover")


async def test_requests_that_nobody_takes_are_told_in_one_message_and_again_when_there_are_twice_as_many(
    waiting: Office,
) -> None:
    await waiting.says("ana", "help-it", "My mouse is dead")
    await waiting.says("dan", "help-it", "My screen is black")
    await waiting.passes(minutes=9)
    assert await told(waiting) == []
    await waiting.passes(minutes=30)
    (alert,) = await told(waiting)
    assert alert == (
        said("team.queue_unclaimed", team="Service Desk", count=2, limit="10 min") + "\n"
        "IT-1 “My mouse is dead” · normal · since 2026-03-02T09:00:00.000Z\n"
        "IT-2 “My screen is black” · normal · since 2026-03-02T09:00:00.000Z Lee Lund"
    )
    assert await waiting.types("lee", "/desk on-call") == said(
        "answers.on_call_unclaimed",
        team="Service Desk",
        count=2,
        limit="10 min",
        command="/desk queue it unassigned",
    )
    for who, text in (("ana", "The door is stuck"), ("dan", "Where is the toner?")):
        await waiting.says(who, "help-it", text)
    await waiting.passes(minutes=30)
    assert len(await told(waiting)) == 2
    await waiting.passes(hours=5)
    assert len(await told(waiting)) == 2
    message = (await waiting.sees("lee", "escalations-it"))[-1]
    for number in range(1, 5):
        await waiting.presses("bo", message, f"Claim IT-{number}")
    await waiting.passes(minutes=1)
    assert (await told(waiting))[2:] == [said("team.queue_claimed", team="Service Desk")]


async def test_a_request_that_is_given_back_waits_anew(waiting: Office) -> None:
    await waiting.says("ana", "help-it", "My mouse is dead")
    await waiting.types("bo", "/desk claim IT-1")
    await waiting.passes(hours=1)
    await waiting.types("bo", "/desk release IT-1")
    await waiting.passes(minutes=9)
    assert await told(waiting) == []
    await waiting.passes(minutes=2)
    assert len(await told(waiting)) == 1


async def test_nobody_hears_of_waiting_requests_while_the_team_is_closed(folder: Path) -> None:
    config = written(folder, OFFICE_HOURS, QUIET)
    async with open_office(folder, config=config, at=MONDAY_9 + timedelta(hours=6, minutes=55)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=15)
        assert await told(office) == []
        await office.passes(hours=2)
        (alert,) = await told(office)
        assert said("team.queue_unclaimed", team="Service Desk", count=1, limit="10 min") in alert


async def test_what_was_told_is_not_told_again_after_a_restart(folder: Path) -> None:
    config = written(folder, UNCLAIMED, QUIET, more="")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=15)
        assert len(await told(office)) == 1
    async with open_office(folder, config=config, at=MONDAY_9 + timedelta(hours=1)) as office:
        await office.passes(hours=1)
        assert len(await told(office)) == 1


async def test_a_private_request_that_waits_tells_no_subject(folder: Path) -> None:
    people = "    agents: [web:bo]\n    leads: [web:lee]\n    calendar: office\n"
    change = (people, people + "    unclaimed_after: 10m\n")
    async with open_office(folder, config=written(folder, change, QUIET, more="")) as office:
        await office.says("ana", "help-hr", "About my illness")
        await office.passes(minutes=15)
        (message,) = await office.sees("lee", "escalations-people")
        assert "illness" not in words(message)
        assert "IT-1 “(private)”" in words(message)


async def test_who_loses_a_turn_because_somebody_came_back_hears_of_it_and_so_does_who_came_back(
    by_rota: Office,
) -> None:
    await by_rota.types("bo", "/desk away until Thursday")
    await by_rota.passes(minutes=1)
    before = len(await by_rota.reads("cleo", "@cleo")), len(await by_rota.reads("bo", "@bo"))
    await by_rota.types("lee", "/desk away @bo back")
    await by_rota.passes(minutes=1)
    (over,) = (await by_rota.reads("cleo", "@cleo"))[before[0] :]
    assert over == said("team.turn_is_over", person="Bo Berg", rota="Service Desk")
    again = (await by_rota.reads("bo", "@bo"))[before[1] :]
    assert said("team.you_are_on_call", team="Service Desk", until="2026-03-09T07:00:00.000Z") in again


async def test_who_is_on_call_for_longer_or_less_long_than_they_know_hears_of_it_and_the_channels_line_too(
    by_rota: Office,
) -> None:
    await by_rota.passes(minutes=1)
    await by_rota.types("lee", "/desk away @bo until Wednesday, ill")
    await by_rota.passes(minutes=1)
    wednesday, thursday, friday = (f"2026-03-0{day}T08:00:00.000Z" for day in (4, 5, 6))
    told_before = said("team.you_are_on_call", team="Service Desk", until=wednesday)
    assert await by_rota.reads("cleo", "@cleo") == [told_before]
    await by_rota.types("lee", "/desk away @bo until Friday, ill")
    await by_rota.passes(minutes=1)
    later = said("team.turn_ends", rota="Service Desk", until=friday, known_until=wednesday)
    assert await by_rota.reads("cleo", "@cleo") == [told_before, later]
    assert await told(by_rota) == [
        said("team.on_call_now_until", team="Service Desk", name="Cleo Chen", until=friday)
    ]
    await by_rota.types("lee", "/desk away @bo until Thursday, ill")
    await by_rota.passes(days=2)
    sooner = said("team.turn_ends", rota="Service Desk", until=thursday, known_until=friday)
    assert await by_rota.reads("cleo", "@cleo") == [told_before, later, sooner]
    await by_rota.passes(days=2)
    assert await by_rota.reads("cleo", "@cleo") == [told_before, later, sooner], (
        "as they know, their turn ends"
    )


async def test_with_no_end_in_sight_no_end_is_told(by_rota: Office) -> None:
    await by_rota.passes(minutes=1)
    await by_rota.types("bo", "/desk away until Friday")
    await by_rota.passes(minutes=1)
    await by_rota.types("lee", "/desk away @bo until 2026-06-01")
    await by_rota.passes(days=1)
    assert (await by_rota.reads("cleo", "@cleo"))[1:] == [
        said("team.turn_goes_on", rota="Service Desk", known_until="2026-03-06T08:00:00.000Z")
    ]
    await by_rota.passes(days=40)
    assert len(await by_rota.reads("cleo", "@cleo")) == 2, "its end has only come into sight"
    await by_rota.types("lee", "/desk away @bo back")
    await by_rota.passes(minutes=1)
    assert (await by_rota.reads("cleo", "@cleo"))[2:] == [
        said("team.turn_has_an_end", rota="Service Desk", until="2026-04-13T06:00:00.000Z")
    ]


async def test_an_edited_rota_is_told_to_who_comes_on_and_to_who_goes_off(folder: Path) -> None:
    async with open_office(folder, config=written(folder, BY_ROTA, QUIET)) as office:
        await office.passes(minutes=1)
        written(folder, BY_ROTA, QUIET, more=ROTA.replace("2026-03-02", "2026-02-23"))
        await office.types("lee", "/desk-admin reload")
        await office.passes(minutes=1)
        off = said("team.turn_is_over", person="Cleo Chen", rota="Service Desk")
        assert await office.reads("bo", "@bo") == [off]
        on = said("team.you_are_on_call", team="Service Desk", until="2026-03-09T07:00:00.000Z")
        assert await office.reads("cleo", "@cleo") == [on]
        written(folder, BY_ROTA, QUIET, more=ROTA.replace("[web:bo, web:cleo]", "[zoe@example.com]"))
        await office.types("lee", "/desk-admin reload")
        await office.passes(minutes=1)
        assert (await office.reads("cleo", "@cleo"))[1:] == [
            said("team.turn_is_nobodys", rota="Service Desk")
        ]


async def test_a_change_before_cover_is_told_however_soon_the_cover_is_arranged(by_rota: Office) -> None:
    await by_rota.passes(minutes=1)
    await by_rota.types("lee", "/desk away @bo until Wednesday, ill")
    await by_rota.passes(minutes=1)
    with by_rota.without_waiting():
        await by_rota.types("lee", "/desk away @bo until Friday, ill")
        await by_rota.types("lee", "/desk cover @cleo from Saturday until Sunday")
    await by_rota.settle()
    wednesday, friday = "2026-03-04T08:00:00.000Z", "2026-03-06T08:00:00.000Z"
    assert said("team.turn_ends", rota="Service Desk", until=friday, known_until=wednesday) in (
        await by_rota.reads("cleo", "@cleo")
    )


async def test_cover_is_told_once_by_who_arranges_it(by_rota: Office) -> None:
    await by_rota.passes(minutes=1)
    await by_rota.types("lee", "/desk cover @cleo until Friday")
    await by_rota.passes(minutes=1)
    await by_rota.types("lee", "/desk cover @cleo off")
    await by_rota.passes(minutes=1)
    assert len(await by_rota.reads("cleo", "@cleo")) == 2
    *_, cancelled, on = await by_rota.reads("bo", "@bo")
    assert cancelled.startswith(said("team.cover_is_over", **COVER).partition(",")[0])
    assert on == said("team.you_are_on_call", team="Service Desk", until="2026-03-09T07:00:00.000Z")
