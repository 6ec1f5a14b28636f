"""A board's lines: who has each ticket and who has seen it; it pings nobody and keeps what is private."""

from dataclasses import replace

import pytest

from bot.messages.outbound import Board, Tone
from bot.messages.plain import plain
from bot.ports.storage.outbox import RowKind, RowState
from bot.services.tickets import actions
from bot.views.board import LISTED
from bot.views.renderer import left_over
from bot.workers.board_refresher import BoardRefresher
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    everyday = everyday_desk()
    teams = {name: replace(team, has_board=True) for name, team in everyday.teams.items()}
    headless.desk = replace(everyday, teams=teams)
    return headless


async def board(desk: HeadlessDesk, team: str = "it") -> tuple[Board, str]:
    await BoardRefresher(storage=desk.storage, contexts=desk.contexts).tick()
    boards = [each for each in await desk.sent(RowKind.BOARD) if each.channel == f"web:escalations-{team}"]
    assert isinstance(boards[-1].content, Board)
    return boards[-1].content, boards[-1].words


async def test_a_calm_board_is_one_good_line(desk: HeadlessDesk) -> None:
    shown, _ = await board(desk)
    assert (shown.lines, shown.tone) == ((), Tone.GOOD)


async def test_what_is_due_first_is_on_top_and_the_worst_gives_the_colour(desk: HeadlessDesk) -> None:
    await desk.opens("My mouse is dead")
    await desk.passes(minutes=5)
    await desk.opens("My screen is dark")
    await desk.passes(minutes=24)
    shown, words = await board(desk)
    assert shown.tone is Tone.WARNING
    assert words.index("mouse") < words.index("screen")
    await desk.passes(minutes=1)
    shown, words = await board(desk)
    assert shown.tone is Tone.ALERT
    assert "1 breached" in words
    assert "1 at risk" in words


async def test_it_names_who_has_the_ticket_and_who_acknowledged_its_alert(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, actions.claim_ticket)
    await desk.passes(minutes=24)
    _, words = await board(desk)
    assert "Bo Berg" in words
    assert "Cleo Chen" not in words
    await desk.does(CLEO, actions.acknowledge)
    _, words = await board(desk)
    assert "Bo Berg" in words
    assert "Cleo Chen" in words


async def test_a_private_tickets_subject_is_not_on_it(desk: HeadlessDesk) -> None:
    await desk.opens("My payslip is wrong")
    await desk.passes(minutes=24)
    _, words = await board(desk, "people")
    assert "IT-1" in words
    assert "payslip" not in words


async def test_where_it_cannot_be_deleted_a_board_that_moved_down_leaves_a_line(desk: HeadlessDesk) -> None:
    await board(desk)
    rows = await desk.storage.read(lambda uow: uow.outbox.listing(RowState))
    row = next(each for each in rows if each.kind is RowKind.BOARD)
    line = await desk.looks(lambda view: left_over(view, row))
    assert line is not None
    assert plain(line.text) == said("team.board_moved")


async def test_what_there_is_no_room_for_is_counted(desk: HeadlessDesk) -> None:
    for number in range(LISTED + 3):
        await desk.opens(f"Mouse {number} is dead")
    await desk.passes(minutes=24)
    shown, _ = await board(desk)
    assert len(shown.lines) == LISTED
    assert any("3" in str(span) for span in shown.more)
