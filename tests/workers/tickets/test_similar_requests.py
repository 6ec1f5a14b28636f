"""However many replicas look, a ticket is compared once and its requester asked once."""

from functools import partial
from pathlib import Path

from bot.domain.demand.similar import ComparedTicket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.workers.tickets.similar_requests import SimilarRequestsWorker
from tests.fakes.desk.desk_without_platform import ANA, CLEO
from tests.workers.tickets.replicas import Replicas

SAID = (
    "Docking station flickers and both monitors stay black",
    "My badge does not open the garage",
    "Please order toner for printer four",
    "Both monitors stay black, the docking station flickers",
)


def comparison_of(uow: UnitOfWork, *, ticket: int) -> ComparedTicket | None:
    return uow.similar_requests.of_ticket(ticket)


async def test_three_replicas_ask_once_and_keep_one_answer(storage: Storage, tmp_path: Path) -> None:
    all_of_them = await Replicas.opened(
        storage, tmp_path, lambda contexts: SimilarRequestsWorker(storage=storage, contexts=contexts)
    )
    desk = all_of_them.desk
    for number, text in enumerate(SAID, start=1):
        await desk.intake.take(desk.posted(CLEO if number == 4 else ANA, text, message=f"m{number}"))
    await all_of_them.tick()
    assert len(await all_of_them.notices("similar:")) == 1
    assert await all_of_them.tick() == 0
    found = {}
    for number in (1, 2, 4):
        ticket = (await desk.ticket(number)).id
        comparison = await storage.read(partial(comparison_of, ticket=ticket))
        assert comparison is not None
        found[number] = [each.ticket for each in comparison.found]
    assert found == {1: [], 2: [], 4: [(await desk.ticket(1)).id]}
