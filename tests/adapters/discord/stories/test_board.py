"""The board in Discord: one message that changes in place, leads to the cards, pings nobody and comes back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office

WITH_BOARD = DESK.replace("board: no", "board: yes")


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template, desk=WITH_BOARD) as office:
        await drawn(office)
        yield office


async def drawn(office: Office) -> None:
    await office.desk.workers["board_refresher"].tick()
    await office.settle()


async def test_the_board_follows_a_ticket_from_risk_to_answer(office: Office) -> None:
    (board,) = office.lee.reads("escalations")
    assert "Nothing at risk." in board.words
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.passes(minutes=25)
    await drawn(office)
    board, warning = office.lee.reads("escalations")
    assert "Close to breach" in warning.words
    for words in ("1 close to breach", "My VPN is dead", "nobody has it", "not acknowledged"):
        assert words in board.words
    assert board.buttons == ()

    await office.bo.presses(office.card("IT-1"), "Claim")
    await office.settle()
    await drawn(office)
    board, _ = office.lee.reads("escalations")
    assert "· Bo · acknowledged" in board.words
    assert "not acknowledged" not in board.words


async def test_a_board_that_somebody_deleted_comes_back(office: Office) -> None:
    (board,) = office.lee.reads("escalations")
    await office.lee.deletes(board)
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.passes(minutes=25)
    await drawn(office)
    assert "1 close to breach" in office.lee.reads("escalations")[-1].words
