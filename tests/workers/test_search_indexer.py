"""What was there before the index is found once the worker has been through it."""

from bot.domain.search.query import SearchOrder
from bot.ports.storage.search import STEP
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.workers.search_indexer import SearchIndexer
from tests.contracts.test_storage_search import TEAM, search
from tests.storage.sample_rows import a_message, a_numbered_ticket


async def test_all_that_was_there_is_indexed_step_by_step_and_then_nothing_is_done(storage: Storage) -> None:
    many = STEP * 2 + 1

    def work(uow: UnitOfWork) -> None:
        for _ in range(many):
            a_message(uow, a_numbered_ticket(uow), text="an elephant")
        uow.search.begin_anew()

    await storage.run(work)
    indexer = SearchIndexer(storage=storage)

    assert await indexer.tick() == 4, "people, and three steps of tickets"
    assert await indexer.tick() == 0
    found = await storage.read(
        lambda uow: uow.search.find(search("elephant"), visibility=TEAM, order=SearchOrder.BEST)
    )
    assert found.count == many
