"""Which entry is corrected or removed, and by whom."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path)
    await at_work.asks()
    await at_work.types(BO, "/desk time IT-1 25m cable")
    return at_work


async def test_another_agent_can_neither_correct_nor_remove_it(at_work: DeskAtWork) -> None:
    buttons = list(at_work.buttons().values())
    for button in buttons:
        assert await at_work.presses_button(CLEO, button) == said("time.not_yours")
    assert "25 min" in await at_work.types(BO, "/desk time IT-1")


async def test_its_lead_removes_it(at_work: DeskAtWork) -> None:
    (_, remove) = at_work.buttons().values()
    assert "25 min" in await at_work.presses_button(LEE, remove)


async def test_a_requester_with_the_button_is_refused(at_work: DeskAtWork) -> None:
    (_, remove) = at_work.buttons().values()
    refused = await at_work.presses_button(ANA, remove)
    assert "cable" not in refused
    assert "25 min" in await at_work.types(BO, "/desk time IT-1")


async def test_typed_without_a_ticket_it_says_how(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk time edit")
    assert told == said("time.which_ticket", command="/desk time edit IT-12")
    assert "25 min" in await at_work.types(BO, "/desk time edit IT-1")


async def test_a_lead_who_asked_reads_and_changes_nothing(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path)
    await at_work.asks(who=LEE)
    await at_work.types(BO, "/desk time IT-1 25m cable")
    (_, remove) = at_work.buttons().values()
    assert await at_work.presses_button(LEE, remove) == said("time.not_yours")
    assert "cable" not in await at_work.types(LEE, "/desk time IT-1")
    assert "cable" not in await at_work.types(LEE, "/desk time edit IT-1")
