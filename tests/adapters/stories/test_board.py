"""The board: one message that changes in place, leads to the cards, pings nobody and comes back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    with_board = platform.desk_file.replace("board: no", "board: yes")
    async with platform.open(tmp_path, sqlite_template, desk=with_board) as office:
        await drawn(office)
        yield office


async def drawn(office: Office) -> None:
    await office.desk.workers["board_refresher"].tick()
    await office.settle()


async def test_the_board_follows_a_ticket_from_risk_to_answer(office: Office) -> None:
    (board,) = office.reads("lee", "escalations")
    assert said("team.board_calm") in board.words
    await office.says("ana", "requests", "My VPN is dead")
    await office.passes(minutes=25)
    await drawn(office)
    board = the_board(office)
    (warning,) = [each for each in office.reads("lee", "escalations") if each != board]
    assert said("team.at_risk_title") in warning.words
    for words in ("1 at risk", "My VPN is dead", "unassigned", "not acknowledged"):
        assert words in board.words
    assert board.buttons == ()
    assert board.pings == ()

    await office.presses("bo", await office.card("IT-1"), "Claim")
    await drawn(office)
    board = the_board(office)
    assert office.called("bo") in board.words
    assert " ".join(board.words.split()).endswith("· acknowledged")


async def test_a_board_that_somebody_deleted_comes_back(office: Office) -> None:
    (board,) = office.reads("lee", "escalations")
    await office.deletes("lee", board)
    await office.says("ana", "requests", "My VPN is dead")
    await office.passes(minutes=25)
    await drawn(office)
    assert the_board(office).buttons == ()


def the_board(office: Office) -> Read:
    """Above the alert, and below it where the working day has begun since: what time it is here, nobody chose."""
    (board,) = [each for each in office.reads("lee", "escalations") if "1 at risk" in each.words]
    return board
