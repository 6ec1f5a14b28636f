"""What a lead sees first: what nobody handles, wherever a ticket is listed, and only what somebody can act on now."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.alerted_office import alerts, configured
from tests.stories.escalations.test_board import CALM, board
from tests.stories.office import Office, open_office


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    config = configured(folder)
    config.write_text(config.read_text("utf-8").replace("board: no", "board: yes"), encoding="utf-8")
    async with open_office(folder, config=config) as opened:
        await opened.settle()
        yield opened


async def alert(office: Office) -> str:
    """The channel's alert, which is below its board or above it."""
    (text,) = [each for each in await alerts(office) if " · as of " not in each and each != CALM]
    return text


async def urgent(office: Office, number: int = 1) -> None:
    """A request to be answered within ten minutes and resolved within two hours."""
    await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.types("bo", f"/desk priority IT-{number} urgent")


async def test_an_acknowledged_target_does_not_hide_that_another_is_breached_and_unacknowledged(
    office: Office,
) -> None:
    await urgent(office)
    await office.passes(minutes=11)
    await office.types("cleo", "/desk acknowledge IT-1")
    assert "first response was due" in await board(office)
    assert "acknowledged by Cleo Chen" in await board(office)
    await office.passes(minutes=90)
    (title, line) = (await board(office)).splitlines()
    assert title.startswith(said("team.count_breached", count=1))
    assert "first response was due" in line
    assert "acknowledged by Cleo Chen" in line
    assert line.endswith(said("team.board_also_unacknowledged", targets="resolution"))
    await office.passes(minutes=20)
    (title, line) = (await board(office)).splitlines()
    assert title.startswith(said("team.count_breached", count=1))
    assert "first response was due" in line
    assert line.endswith(said("team.board_also_unacknowledged", targets="resolution"))


async def test_on_hold_a_ticket_is_nowhere_listed_as_if_somebody_could_act_on_it(office: Office) -> None:
    await urgent(office, 1)
    await urgent(office, 2)
    await office.passes(minutes=11)
    await office.types("bo", "/desk hold IT-1 the vendor sends a spare part")
    told = await alert(office)
    assert told.endswith(
        said("team.paused_title")
        + "\n"
        + said(
            "team.alert_paused",
            reference="IT-1",
            subject="Mouse 1 is dead",
            measure="first response",
            status="on hold",
        )
        + "\n"
    )
    assert "IT-1" not in await board(office)
    assert "IT-1" not in await office.types("bo", "/desk queue it overdue")
    acknowledged = await office.types("bo", "/desk acknowledge-all", channel="escalations-it")
    assert acknowledged == said("answers.acknowledged_all", references="IT-2")
    report = await office.types("bo", "/desk report sla it today")
    assert said("reports.open_paused", count=1) in report

    await urgent(office, 3)
    await office.passes(minutes=9)
    assert "IT-1" not in await alert(office), "a newer alert is about what is active"


async def test_no_longer_pending_it_is_active_again_everywhere(office: Office) -> None:
    await urgent(office)
    await office.types("bo", "/desk reply IT-1 I am looking")
    await office.passes(minutes=121)
    await office.types("bo", "/desk wait IT-1")
    assert await board(office) == CALM
    assert await office.types("bo", "/desk queue it overdue") == said(
        "answers.queue_none_overdue", names="Service Desk"
    )
    await office.types("bo", "/desk reopen IT-1")
    assert "IT-1" in await board(office)
    assert "IT-1" in await office.types("bo", "/desk queue it overdue")
    assert said("team.paused_title") not in await alert(office)


async def test_news_is_above_all_that_was_handled_before(office: Office) -> None:
    for number in range(1, 11):
        await urgent(office, number)
    await office.passes(minutes=11)
    await office.types("cleo", "/desk acknowledge-all", channel="escalations-it")
    await office.says("dan", "help-it", "My screen is dark")
    await office.passes(minutes=24)
    first, news, then, *handled = (await alert(office)).splitlines()
    assert first == said("team.at_risk_title")
    assert news.startswith("IT-11 “My screen is dark”")
    assert then == said("team.handled_title")
    assert handled[0].startswith("IT-1 ")


async def test_acknowledged_at_once_each_ticket_is_told_of_by_what_is_still_ahead_of_it(
    office: Office,
) -> None:
    await urgent(office, 1)
    await office.passes(minutes=115)
    await urgent(office, 2)
    await office.passes(minutes=11)
    told = await office.types("bo", "/desk acknowledge-all", channel="escalations-it")
    ended = said("answers.acknowledged_all_last", references="IT-1")
    goes_on = said("answers.acknowledged_all", references="IT-2")
    assert told in (f"{ended} {goes_on}", f"{goes_on} {ended}")


async def test_a_ticket_takes_one_line_that_names_its_targets(office: Office) -> None:
    await urgent(office)
    await office.passes(minutes=121)
    told = await alert(office)
    assert told.count("IT-1 ") == 1
    assert said("team.alert_also", targets="first response") in told
    await office.types("bo", "/desk claim IT-1")
    told = await alert(office)
    assert told.count("IT-1 ") == 1
    assert said("team.alert_also", targets="resolution") in told or (
        said("team.alert_also", targets="first response") in told
    )


async def test_answers_promise_another_alert_only_where_there_will_be_one(office: Office) -> None:
    await urgent(office)
    await office.passes(minutes=9)
    assert await office.types("cleo", "/desk acknowledge IT-1") == said(
        "answers.acknowledged", reference="IT-1"
    )
    at = "2026-03-02T11:09:00.000Z"
    told = await office.types("bo", "/desk alert snooze IT-1 2h, the vendor")
    assert told.startswith(said("answers.snoozed", reference="IT-1", until=at))
    await office.types("bo", "/desk unsnooze IT-1")
    await office.passes(minutes=112)
    told = await office.types("bo", "/desk alert snooze IT-1 2h, the vendor")
    at = "2026-03-02T13:01:00.000Z"
    assert told.startswith(said("answers.snoozed_last", reference="IT-1", until=at))
    told = await office.types("bo", "/desk unsnooze IT-1")
    assert told == said("answers.unacknowledged", reference="IT-1")
    told = await office.types("bo", "/desk snooze-all 2h, the vendor", channel="escalations-it")
    assert told.startswith(said("answers.snoozed_all_last", references="IT-1"))
    await office.types("bo", "/desk unsnooze IT-1")
    told = await office.types("bo", "/desk acknowledge-all", channel="escalations-it")
    assert told == said("answers.acknowledged_all_last", references="IT-1")


async def test_all_acknowledged_leaves_what_was_snoozed_until_its_time(office: Office) -> None:
    await urgent(office)
    await office.passes(minutes=11)
    await office.types("bo", "/desk alert snooze IT-1 3h, the vendor calls back")
    await office.passes(minutes=90)
    told = await office.types("cleo", "/desk acknowledge-all", channel="escalations-it")
    assert told == said("answers.acknowledged_all", references="IT-1")
    told = await alert(office)
    assert told.count("acknowledged by Cleo Chen") == 1
    assert told.count("snoozed by Bo Berg") == 1
    ended = await office.types("lee", "/desk unsnooze-all", channel="escalations-it")
    assert ended == said("answers.unsnoozed_all", references="IT-1")
    assert (await alert(office)).count("acknowledged by Cleo Chen") == 1


async def test_history_names_whom_a_stage_notified(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=31)
    history = await office.types("lee", "/desk history IT-1")
    facts = {"measure": "first response", "at": "2026-03-02T09:30:00.000Z", "people": "Bo Berg"}
    assert said("history.breached_notified", **facts) in history


async def test_what_there_is_no_room_for_is_named_by_lists_that_show_it(office: Office) -> None:
    """Twelve breached and ten at risk: the alert names ten, and the lists that it names hold the others."""
    for number in range(1, 13):
        await urgent(office, number)
    await office.types("cleo", "/desk acknowledge IT-1")
    await office.passes(minutes=11)
    for _ in range(10):
        await office.says("dan", "help-it", "My screen is dark")
    await office.passes(minutes=24)
    told = await alert(office)
    assert "… and 12 more tickets. List them with /desk queue it overdue, /desk queue it at-risk." in told
    overdue = await office.types("bo", "/desk queue it overdue")
    at_risk = await office.types("bo", "/desk queue it at-risk")
    assert overdue.splitlines()[0].startswith(
        f"{said('answers.queue_overdue', names='Service Desk')} · 12 · "
    )
    assert at_risk.startswith(said("answers.queue_at_risk", names="Service Desk"))
    assert [number for number in range(1, 13) if f"IT-{number} " not in overdue] == []
    assert [number for number in range(13, 23) if f"IT-{number} " not in at_risk] == []
    assert "IT-12 " not in at_risk
