"""What all makers of pages for somebody at a browser share: they read as that person, in one transaction."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.domain.directory import Person
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory

T = TypeVar("T")


class PageVisitor(Protocol):
    """Whoever is signed in."""

    @property
    def person(self) -> Person: ...


class VisitorPages:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def _read(self, visitor: PageVisitor, work: Callable[[Context], T]) -> T:
        return await self._storage.read(lambda uow: work(self._contexts.context(uow, visitor.person)))
