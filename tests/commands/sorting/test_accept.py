"""What is accepted where there is nothing to accept, or nothing of that kind."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path)
    await at_work.asks()
    return at_work


async def test_where_nothing_is_suggested_that_is_said(at_work: DeskAtWork) -> None:
    nothing = said("refusals.nothing_suggested", reference="IT-1")
    assert await at_work.types(BO, "/desk accept IT-1") == nothing
    assert await at_work.types(BO, "/desk assistant accept IT-1 tags") == nothing


async def test_what_is_never_suggested_is_refused_with_what_is(at_work: DeskAtWork) -> None:
    answer = await at_work.types(BO, "/desk accept IT-1 colour")
    assert "colour" in answer
    assert "category" in answer
