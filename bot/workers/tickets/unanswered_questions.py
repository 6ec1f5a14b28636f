"""Messages whose author was asked what they are for, and has not chosen in time, open as tickets; ticked.

Each in a transaction of its own that settles its question first, so that restarts and replicas do it once.
"""

from functools import partial

import structlog

from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.ports.storage.questions.open_questions import OpenQuestion
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.offers.unanswered_questions import open_unanswered

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 50


class UnansweredQuestions:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many were opened. Looking alone writes nothing."""
        now = self._contexts.clock.now()
        due = await self._storage.read(lambda uow: uow.open_questions.due(now, limit=MOST_AT_ONCE))
        return sum([await self._try(each) for each in due])

    async def _try(self, question: OpenQuestion) -> bool:
        """One that fails holds up no other, and is tried again."""
        try:
            return await self._storage.run(partial(self._open, question=question))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a message that was asked about could not be opened", asked=question.asked)
            return False

    def _open(self, uow: UnitOfWork, *, question: OpenQuestion) -> bool:
        """As its author, who has not said otherwise."""
        person = uow.people.find(question.person) or Person(key=question.person, name=question.person)
        return open_unanswered(self._contexts.context(uow, person), question.asked) is not None
