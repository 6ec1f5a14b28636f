"""The board of an escalation channel: always there, always true, and silent."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.tickets.ticket import Ticket
from bot.messages.delivery import RootGone
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.policy_changes.reapply import reapply
from tests.said import because, said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office, words
from tests.stories.weather import Weather

CALM = said("team.board_calm")
BOARD = re.compile(rf"{said('team.board_calm')}|{said('team.board_ended')}|\d+ (breached|at risk)")


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / "desk.yaml"
    path.write_text(DESK.read_text().replace("board: no", "board: yes"))
    return path


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config) as office:
        await office.settle()
        yield office


def change(config: Path, old: str, new: str) -> None:
    """The first `old` in the file reads `new`."""
    text = config.read_text()
    assert old in text
    config.write_text(text.replace(old, new, 1))


async def board(office: Office, team: str = "it") -> str:
    """What the channel's newest board says."""
    return words((await boards(office, team))[-1])


async def boards(office: Office, team: str = "it") -> list[dict[str, object]]:
    """The channel's board and those that it went on from, without alerts."""
    return [
        message for message in await office.sees("lee", f"escalations-{team}") if BOARD.match(words(message))
    ]


async def test_a_board_is_there_from_the_start_and_calm(office: Office) -> None:
    assert [words(each) for each in await boards(office)] == [CALM]
    assert await board(office, "network") == CALM


async def test_a_ticket_at_risk_stands_on_the_board_until_it_is_answered(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=24)
    assert await board(office) == (
        said("team.board_title", counts="1 at risk", at="2026-03-02T09:24:00.000Z")
        + "\n"
        + said(
            "team.at_risk",
            reference="🟠 IT-1",
            subject="My mouse is dead",
            measure="first response",
            left="6 min",
            at="2026-03-02T09:30:00.000Z",
            owner="unassigned · not acknowledged",
        )
    )
    await office.types("bo", "/desk claim IT-1")
    assert (await board(office)).endswith("by 2026-03-02T09:30:00.000Z · Bo Berg · acknowledged")
    await office.says("bo", "help-it", "On my way", thread=root)
    assert await board(office) == CALM
    assert len(await boards(office)) == 1


async def test_the_board_says_whether_somebody_sees_to_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=24)
    assert (await board(office)).endswith("· unassigned · not acknowledged")
    await office.types("bo", "/desk alert snooze IT-1 5m, the vendor calls back")
    assert (await board(office)).endswith(
        "· unassigned · snoozed by Bo Berg until 2026-03-02T09:29:00.000Z: the vendor calls back"
    )
    await office.types("cleo", "/desk acknowledge IT-1")
    assert (await board(office)).endswith(
        "· unassigned · acknowledged by Cleo Chen, 2026-03-02T09:24:00.000Z"
    )


async def test_half_of_the_time_is_no_risk(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=20)
    assert await board(office) == CALM


async def test_what_is_overdue_longest_comes_first(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=30)
    await office.says("dan", "help-it", "My chair squeaks")
    await office.passes(minutes=27)
    title, first, second = (await board(office)).splitlines()
    assert title.startswith("1 breached, 1 at risk · as of ")
    assert first.startswith("🔴 IT-1 “My mouse is dead” · first response was due 2026-03-02T09:30:00.000Z, 2")
    assert second.startswith("🟠 IT-2 “My chair squeaks”")


async def test_time_left_is_brought_up_to_date_while_there_is_something_on_the_board(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=40)
    assert "10 min ago" in await board(office) or "5 min ago" in await board(office)
    await office.passes(minutes=20)
    assert "30 min ago" in await board(office) or "25 min ago" in await board(office)


async def test_a_ticket_that_waits_for_its_requester_is_not_at_risk(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "I look into it", thread=root)
    await office.passes(hours=7)
    assert "resolution due in" in await board(office)
    await office.types("bo", "/desk wait IT-1")
    assert await board(office) == CALM
    await office.says("ana", "help-it", "It is the left button", thread=root)
    assert "resolution due in" in await board(office)


async def test_a_transfer_moves_the_line_to_the_other_teams_board(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=40)
    await office.types("bo", "/desk transfer IT-1 network")
    assert await board(office) == CALM
    assert "IT-1 “My mouse is dead”" in await board(office, "network")


async def test_a_private_tickets_subject_is_not_told(office: Office) -> None:
    await office.says("ana", "help-hr", "My payslip is wrong")
    await office.passes(minutes=40)
    assert "IT-1 “(private)”" in await board(office, "people")


async def test_a_board_pings_nobody(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.passes(minutes=35)
    pinged = await office.mentions("bo", "escalations-it")
    await office.passes(minutes=60)
    assert await office.mentions("bo", "escalations-it") == pinged


async def test_with_something_on_it_the_board_goes_on_below_on_the_next_day(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(hours=23, minutes=50)
    assert len(await boards(office)) == 1
    await office.passes(minutes=20)
    (today,) = [words(each) for each in await boards(office) if not each["deleted"]]
    assert "IT-1 “My mouse is dead”" in today


async def test_a_calm_board_stays_where_it_is_overnight(office: Office) -> None:
    await office.passes(hours=48)
    assert [words(each) for each in await boards(office)] == [CALM]


async def test_a_restart_goes_on_with_the_same_board(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=25)
    async with open_office(folder, config=config, at=MONDAY_9 + timedelta(minutes=40)) as office:
        await office.passes(minutes=1)
        assert len(await boards(office)) == 1
        assert "was due" in await board(office)


async def test_a_deleted_board_comes_back(folder: Path, config: Path) -> None:
    deleted: set[str] = set()
    weather = Weather(lambda message: RootGone(because("deleted")) if deleted & set(message.shown) else None)
    async with open_office(folder, config=config, through=weather.over) as office:
        await office.settle()
        (message,) = await boards(office)
        deleted.add(str(message["id"]))
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(minutes=30)
        assert "IT-1" in await board(office)
        assert len(await boards(office)) == 2
        await office.types("bo", "/desk claim IT-1")
        assert (await board(office)).endswith("Bo Berg · acknowledged")
        assert len(await boards(office)) == 2
        assert any(text.startswith("Breached") for text in await office.reads("lee", "escalations-it"))


async def test_many_tickets_are_counted_and_the_first_ones_listed(office: Office) -> None:
    for number in range(23):
        await office.says("ana", "help-it", f"The printer {number} jams")
        office.clock.move(timedelta(seconds=61))
    await office.passes(minutes=40)
    lines = (await board(office)).splitlines()
    assert lines[0].startswith("23 breached")
    assert len(lines) == 22
    assert lines[-1] == "… and 3 more tickets. List them with /desk queue it overdue."
    rest = await office.types("bo", "/desk queue it breached 2")
    assert rest.startswith(f"{said('answers.queue_overdue', names='Service Desk')} · 21–23 of 23 · ")
    assert not [line for line in rest.splitlines()[1:] if f"{line.split()[0]} “" in "\n".join(lines)]


async def test_teams_that_share_a_channel_share_a_board(folder: Path, config: Path) -> None:
    change(config, "web:escalations-network", "web:escalations-it")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "No wifi here")
        await office.passes(minutes=40)
        first, second = (await board(office)).splitlines()[1:]
        assert first.endswith("· unassigned · Network · not acknowledged")
        assert second.endswith("· unassigned · Service Desk · not acknowledged")


async def test_a_channel_that_has_no_board_any_more_says_so(office: Office, config: Path) -> None:
    change(config, "board: yes", "board: no")
    await office.types("lee", "/desk-admin reload")
    assert await board(office) == said("team.board_ended")
    change(config, "board: no", "board: yes")
    await office.types("lee", "/desk-admin reload")
    assert await board(office) == CALM


async def test_an_edited_request_changes_its_line(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    await office.edits("ana", root, "My keyboard is dead")
    assert "IT-1 “My keyboard is dead”" in await board(office)


async def test_what_is_due_after_the_weekend_says_how_much_of_the_teams_time_is_left(
    folder: Path, config: Path
) -> None:
    change(config, "at: 80%", "left: 20m")
    change(config, "standard:\n    first", "standard:\n    calendar: office\n    first")
    friday_16_45 = datetime(2026, 3, 6, 15, 45, tzinfo=UTC)
    async with open_office(folder, config=config, at=friday_16_45) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(minutes=14)
        due = said(
            "team.at_risk_staffed",
            reference="🟠 IT-1",
            subject="(private)",
            measure="first response",
            left="20 min",
            at="2026-03-09T08:15:00.000Z",
            owner="unassigned",
        )
        assert due in await board(office, "people")


async def test_a_kinder_policy_that_is_applied_anew_takes_a_ticket_off_the_board_and_ends_its_alert(
    office: Office, config: Path
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=24)
    assert "IT-1" in await board(office)
    change(config, "normal: 30m", "normal: 90m")
    await office.types("lee", "/desk-admin reload")
    await office.desk.storage.run(lambda uow: reapply(office.desk.contexts.context(uow), locked(uow)))
    await office.settle()
    assert await board(office) == CALM
    assert await office.desk.storage.read(lambda uow: uow.escalations.under_way([the_only_one(uow)])) == []
    await office.passes(minutes=40)
    assert await board(office) == CALM


def locked(uow: UnitOfWork) -> Ticket:
    return uow.tickets.lock(the_only_one(uow))


def the_only_one(uow: UnitOfWork) -> int:
    (ticket,) = uow.tickets.search(TicketFilter())
    return ticket.id
