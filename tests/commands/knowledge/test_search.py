"""A search in the knowledge base: what it shows of a passage, and what it needs."""

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.commands.knowledge.shelf import article, put
from tests.fakes.desk.desk_without_platform import ANA
from tests.said import said


async def test_without_words_it_is_said_what_is_missing(at_work: DeskAtWork) -> None:
    assert said("commands.kb_search_words_missing") in await at_work.types(ANA, "/kb search")


async def test_a_passage_says_under_which_headings_it_is(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    body = "Some words.\n\n## On the phone\n\nPress the **green** button."
    await sqlite_storage.run(lambda uow: put(uow, article("calls", body=body)))
    found = await at_work.types(ANA, "/kb search green button")
    assert "About calls · On the phone" in found
    assert "Press the green button." in found
    assert said("knowledge.button_show", title="About calls") in at_work.buttons()


async def test_a_long_passage_is_shortened(at_work: DeskAtWork, sqlite_storage: DeskStorage) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("long", body="green button " * 100)))
    found = await at_work.types(ANA, "/kb search green button")
    assert found.endswith("…")
    assert len(found) < 400
