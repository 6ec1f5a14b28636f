"""What admins read of learned sorting before anything is learned."""

from pathlib import Path

import pytest

from bot.domain.directory import Person
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.said import said

LEE = Person(key="web:lee", name="Lee Lund")


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    return await DeskAtWork.opened(sqlite_storage, tmp_path)


async def test_a_desk_without_sorting_says_that_it_is_off(at_work: DeskAtWork) -> None:
    assert await at_work.types(LEE, "/desk-admin sorting") == said("answers.sorting_off")
