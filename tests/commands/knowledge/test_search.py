"""A search in the knowledge base: what it shows of a passage, and what it needs."""

from bot.ports.unit_of_work import UnitOfWork
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
    assert list(at_work.buttons()) == [
        said("knowledge.button_show", title="About calls"),
        said("requester.button_ask_the_team"),
    ]


async def test_a_long_passage_is_shortened(at_work: DeskAtWork, sqlite_storage: DeskStorage) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("long", body="green button " * 100)))
    found = await at_work.types(ANA, "/kb search green button")
    assert found.endswith("…")
    assert len(found) < 400


async def test_what_shares_only_words_that_everything_holds_is_not_called_found(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    def write(uow: UnitOfWork) -> None:
        for name in ("calls", "mails", "doors"):
            put(uow, article(name, body=f"Get help with {name}."))

    await sqlite_storage.run(write)
    told = await at_work.types(ANA, "/kb search how do I get help with a parking spot")
    assert told.startswith(said("knowledge.perhaps", text="how do I get help with a parking spot"))
    assert said("requester.button_ask_the_team") in at_work.buttons()
    told = await at_work.types(ANA, "/kb search get help with doors")
    assert told.startswith(said("knowledge.found", text="get help with doors", count=1))


async def test_several_words_that_name_no_verb_are_searched_for(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("long", body="Press the green button to begin.")))
    found = await at_work.types(ANA, "/kb how do I find the green button")
    assert "green button to begin" in found
    assert said("commands.unknown_command", command="how") not in found


async def test_a_single_word_that_is_nearly_a_verb_is_asked_about(at_work: DeskAtWork) -> None:
    assert said("commands.unknown_command", command="shwo") in await at_work.types(ANA, "/kb shwo")
