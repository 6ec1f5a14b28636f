"""New tickets are looked up, and requests that were held back long enough open as tickets; ticked.

Each in a transaction of its own, with its row locked, so that restarts and replicas do it once.
"""

import structlog

from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.domain.knowledge.offer import Offer, OfferState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.offers.beside import found_for, show_answers
from bot.services.tickets.offers.held_requests import open_held

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 50


class OffersWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._may_be_due = True
        """Whether something may have been left by a configuration that looked requests up."""

    async def tick(self) -> int:
        """Returns how many were shown, opened or found to have no answer. Looking alone writes nothing.

        Before the folder of articles was read for the first time nothing is looked up: it would be found unanswered.
        """
        is_used = self._contexts.desk().looks_up_requests
        if not is_used and not self._may_be_due:
            return 0
        now = self._contexts.clock.now()
        due = await self._storage.read(lambda uow: uow.offers.due(now, limit=MOST_AT_ONCE))
        if self._contexts.articles.is_awaited(self._contexts.desk().knowledge.folder):
            due = [each for each in due if each.state is OfferState.HELD]
        done = sum([await self._try(each) for each in due])
        self._may_be_due = is_used or bool(due) or await self._storage.read(_holds_some)
        return done

    async def _try(self, offer: Offer) -> bool:
        """One that fails holds up no other, and is tried again."""
        try:
            if offer.state is OfferState.HELD:
                return await self._storage.run(lambda uow: self._open(uow, offer))
            return await self._look_up(offer)
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a request could not be looked up", offer=offer.id)
            return False

    def _open(self, uow: UnitOfWork, offer: Offer) -> bool:
        """As its author, who has not said otherwise."""
        person = uow.people.find(offer.person) or Person(key=offer.person, name=offer.person)
        return open_held(self._contexts.context(uow, person), offer, into=OfferState.OPENED) is not None

    async def _look_up(self, offer: Offer) -> bool:
        """What is found is looked for beside the writers."""
        assert offer.ticket is not None
        ticket_id = offer.ticket
        found = await self._storage.read(
            lambda uow: found_for(self._contexts.context(uow), uow.tickets.get(ticket_id))
        )

        def show(uow: UnitOfWork) -> bool:
            ticket = uow.tickets.lock(ticket_id)
            still = uow.offers.lock(offer.id)
            if still is None or still.state is not OfferState.DUE:
                return False
            show_answers(self._contexts.context(uow), ticket, still, found)
            return True

        return await self._storage.run(show)


def _holds_some(uow: UnitOfWork) -> bool:
    return uow.offers.holds_some()
