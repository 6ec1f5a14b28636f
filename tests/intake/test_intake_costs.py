"""How many statements intake sends to the database: few, and their number is known.

A number that grows here makes every ticket slower; one that falls is good news, to be written down.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes.desk.desk_without_platform import ANA, BO, DeskWithoutPlatform

T = TypeVar("T")

KNOWN = {"sqlite": [8, 17, 1], "postgresql": [2, 15, 1]}
"""By database: for a request by somebody known, an agent's first reply, and the same request once more.

At the commit follow those that the whole group shares: one for the numbers of its tickets (on SQLite one more for
each of them), and on SQLite one for the search index's rows.
"""


class CountingStorage:
    """The desk's storage; `sent` is how many statements the last transaction sent, its ends not counted."""

    def __init__(self, storage: DeskStorage) -> None:
        self.sent = 0
        self._storage = storage
        self.read = storage.read
        self.on_commit = storage.on_commit
        self.close = storage.close

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        def counted(uow: UnitOfWork) -> T:
            result = work(uow)
            assert isinstance(uow, SqlUnitOfWork)
            uow.session.flush()
            self.sent = uow.session.sent
            return result

        return await self._storage.run(counted)


@pytest.fixture
def counting(storage: DeskStorage) -> CountingStorage:
    return CountingStorage(storage)


@pytest.fixture
async def desk(counting: Storage, tmp_path: Path) -> DeskWithoutPlatform:
    """With a ticket already, so that the people and the SLA policy are known to the database."""
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(counting, files)
    await desk.intake.take(desk.posted(ANA, "The VPN is down", message="m0"))
    return desk


async def test_what_people_say_costs_a_known_number_of_statements(
    desk: DeskWithoutPlatform, counting: CountingStorage, database_url: str
) -> None:
    request = desk.posted(ANA, "The printer is jammed", message="m1")
    reply = desk.posted(BO, "On my way", message="m2", thread="m1")
    sent = []
    for event in (request, reply, request):
        await desk.intake.take(event)
        sent.append(counting.sent)

    assert sent == KNOWN[database_url.partition(":")[0]]
