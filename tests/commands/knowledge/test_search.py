"""A search in the knowledge base: what it shows of a passage, and what it needs."""

from bot.domain.knowledge.article import ArticleAudience, AudienceKind
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
    asked = "how do I get help with a parking spot"
    told = await at_work.types(ANA, f"/kb search {asked}")
    assert told == said("knowledge.nothing_found", text=asked, command="/kb list", ask="/ticket open")
    assert list(at_work.buttons()) == [said("requester.button_ask_the_team")]
    told = await at_work.types(ANA, "/kb search get help with doors")
    assert told.startswith(said("knowledge.found", text="get help with doors", count=1))


async def test_several_words_that_name_no_verb_are_searched_for(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("long", body="Press the green button to begin.")))
    found = await at_work.types(ANA, "/kb how do I find the green button")
    assert "green button to begin" in found
    assert said("commands.unknown_command", command="how") not in found


async def test_two_words_are_searched_for_though_the_first_is_nearly_a_verb(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    body = "Lost your laptop? Call the desk."
    await sqlite_storage.run(lambda uow: put(uow, article("loss", body=body)))
    assert "Call the desk" in await at_work.types(ANA, "/kb lost laptop")


async def test_where_nothing_is_found_a_verb_that_was_mistyped_is_offered(at_work: DeskAtWork) -> None:
    told = await at_work.types(ANA, "/kb shwo calls")
    assert told.startswith(
        said("knowledge.nothing_found", text="shwo calls", command="/kb list", ask="/ticket open")
    )
    assert told.endswith(said("refusals.did_you_mean", word="/kb show calls"))


async def test_where_nothing_is_found_a_word_of_a_title_that_was_mistyped_is_offered(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    def write(uow: UnitOfWork) -> None:
        put(
            uow,
            article("printers"),
            article("salaries", audience=ArticleAudience(kind=AudienceKind.TEAM, name="it")),
        )

    await sqlite_storage.run(write)
    told = await at_work.types(ANA, "/kb pritners")
    assert told.endswith(said("refusals.did_you_mean", word="/kb search printers"))
    hidden = await at_work.types(ANA, "/kb salareis")
    assert hidden == said("knowledge.nothing_found", text="salareis", command="/kb list", ask="/ticket open")
