"""Which macro is meant."""

from pathlib import Path

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.stories.escalations.test_on_call import written
from tests.stories.tickets.test_macros import MACROS


async def test_a_macro_is_meant_by_its_name_or_its_title(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=written(tmp_path, more=MACROS))
    await at_work.asks()
    answered = (
        "Reply sent on IT-1: macro “Turn it off and on”. "
        "The requester sees: “Please turn it off and on again.”"
    )
    assert await at_work.types(BO, "/desk macro IT-1 RESTART") == answered
    assert await at_work.types(BO, '/desk macro IT-1 "turn it off and on"') == answered
    told = await at_work.types(BO, "/desk macro IT-1 restrat")
    assert told.startswith("There is no macro restrat. Did you mean restart? Macros: ")


async def test_without_macros_it_says_where_they_are_written(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert "under macros" in await at_work.types(BO, "/desk macro IT-1 restart")
