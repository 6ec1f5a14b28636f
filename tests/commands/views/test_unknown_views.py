"""Somebody who mistypes a view reads which there are."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said


async def test_a_view_that_is_not_there_names_those_that_are(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk view save dark screen")
    answer = await at_work.types(BO, "/desk view nonsense")
    assert answer.startswith(said("lists.unknown", text="nonsense"))
    assert "unassigned" in answer
    assert "dark" in answer
