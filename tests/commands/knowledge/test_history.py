"""The history of an article, page by page, and for its team alone."""

from dataclasses import replace

from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.commands.knowledge.shelf import article, put
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said


def rewritten(uow: UnitOfWork, *, times: int, team: str = "people") -> None:
    first = article("pay", team=team)
    put(uow, first)
    for version in range(2, times + 1):
        assert uow.articles.replace(replace(first, version=version, body=f"Text {version}"))


async def test_a_long_history_has_pages_and_shows_each_version(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: rewritten(uow, times=12))
    assert said("commands.range", first=1, last=10, total=12) in await at_work.types(BO, "/kb history pay")
    older = await at_work.presses(BO, said("commands.next_page"))
    assert said("knowledge.first_version") in older
    assert "Restart the frobnicator." in await at_work.presses(BO, said("knowledge.button_version", number=1))


async def test_who_only_reads_an_article_has_no_part_in_its_history(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: rewritten(uow, times=2))
    told = said("knowledge.not_yours", title="About pay")
    assert await at_work.types(CLEO, "/kb history pay") == told
