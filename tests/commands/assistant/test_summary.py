"""A ticket at a glance, for agents alone."""

from pathlib import Path

from storage.store import DeskStorage
from tests.commands.assistant.desk_with_model import at_work_with_model
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_the_facts_are_told_without_a_model(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk summary IT-1")
    assert "My mouse is dead" in told
    assert said("assistant.summary_follows") not in told
    assert "My mouse is dead" not in await at_work.types(ANA, "/desk summary IT-1")


async def test_many_changes_are_counted(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for level in ("high", "low", "high", "low", "high", "low", "urgent"):
        await at_work.types(BO, f"/desk priority IT-1 {level}")
    assert said("assistant.earlier_changes", count=2) in await at_work.types(BO, "/desk summary IT-1")


async def test_with_a_model_words_follow(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_work_with_model(sqlite_storage, tmp_path)
    await at_work.asks()
    assert said("assistant.summary_follows") in await at_work.types(BO, "/desk summary IT-1")
    waiting = await sqlite_storage.read(lambda uow: uow.assistant_jobs.waiting_of(BO.key))
    assert waiting == 1
