"""The list of macros: page by page, and no one else's own."""

from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.commands.macros.test_editor import fill_up
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said


async def test_a_long_list_has_pages(at_work: DeskAtWork, sqlite_storage: DeskStorage) -> None:
    await sqlite_storage.run(lambda uow: fill_up(uow, many=20))
    first = await at_work.types(BO, "/desk macro list")
    assert first.startswith(f"{said('macros.list')} · {said('commands.range', first=1, last=15, total=20)}")
    second = await at_work.presses(BO, said("commands.next_page"))
    assert said("commands.range", first=16, last=20, total=20) in second
    beyond = await at_work.types(BO, "/desk macro list 9")
    assert said("commands.no_such_page", number=9, total=2) in beyond


async def test_an_empty_list_says_how_one_is_made(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk macro list") == said("macros.none_yet", command="/desk macro new")


async def test_ones_own_are_listed_to_nobody_else(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk macro new secret Thanks")
    assert "secret" in await at_work.types(BO, "/desk macro list")
    assert "secret" not in await at_work.types(LEE, "/desk macro list")
