"""Which macro is meant."""

from pathlib import Path

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said
from tests.stories.escalations.test_on_call import written
from tests.stories.macros.test_macros import MACROS


async def test_a_macro_is_meant_by_its_name_or_its_title(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=written(tmp_path, more=MACROS))
    await at_work.asks()
    sent = said("answers.macro_sent", reference="IT-1", title="Turn it off and on")
    seen = said("answers.seen_by_requester", text="Please turn it off and on again.")
    answered = f"{sent} {seen}"
    assert await at_work.types(BO, "/desk macro IT-1 RESTART now") == answered
    assert await at_work.types(BO, '/desk macro IT-1 "turn it off and on" now') == answered
    told = await at_work.types(BO, "/desk macro IT-1 restrat")
    facts = {"text": "restrat", "word": "restart", "names": "battery, restart and to-network"}
    assert told == said("answers.no_macro_meant", **facts)


async def test_without_macros_it_says_how_one_is_made(at_work: DeskAtWork) -> None:
    await at_work.asks()
    none = said("macros.none_yet", command="/desk macro new")
    assert await at_work.types(BO, "/desk macro IT-1 restart") == none
