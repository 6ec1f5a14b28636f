"""Whoever is still on a ticket says so, and keeps it."""

from pathlib import Path

from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said
from tests.stories.nudges.desk_that_nudges import nudging


async def test_a_claim_is_kept_by_whoever_has_it(storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(storage, tmp_path, config=nudging(tmp_path))
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(BO, "/desk keep IT-1")
    assert told.startswith(said("answers.claim_extended", reference="IT-1", until="|").partition("|")[0])
    assert (await at_work.ticket()).assignee == BO.key


async def test_nobody_keeps_what_another_has(storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(storage, tmp_path, config=nudging(tmp_path))
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(LEE, "/desk keep IT-1")
    assert "Bo Berg" in told or "IT-1" in told
    assert not told.startswith(said("answers.claim_extended", reference="IT-1", until="|").partition("|")[0])
