"""A database of its own in which articles are kept, and questions asked, once."""

from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import TypeVar

from bot.ports.meaning import MeaningModel
from bot.ports.unit_of_work import UnitOfWork
from bot.services.knowledge.vectors import make_vectors
from storage.opening import open_storage
from storage.schema import migrate

T = TypeVar("T")


async def asked_once(
    keep: Callable[[UnitOfWork], None], ask: Callable[[UnitOfWork], T], *, meaning: MeaningModel
) -> T:
    """`keep` writes what is then given its vectors; `ask` reads."""

    def write(uow: UnitOfWork) -> None:
        keep(uow)
        while make_vectors(uow, meaning, limit=1_000):
            pass

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/articles.db"
        migrate(url)
        storage = open_storage(url, is_durable=False)
        try:
            await storage.run(write)
            return await storage.read(ask)
        finally:
            await storage.close()
