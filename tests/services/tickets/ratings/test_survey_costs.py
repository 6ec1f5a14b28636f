"""What a desk that asks nobody pays for ratings: nothing, at any resolution, reopening or tick."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.desk import Desk
from bot.domain.ratings.satisfaction import Satisfaction
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.tickets import actions
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.workers.tickets.surveys import SurveyWorker
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import ANA, BO, HELP, MONDAY_9
from tests.services.tickets.one_desk import DESK, FixedClock, with_team


class Untouchable:
    """In place of the tables of ratings: whoever asks it anything fails."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"surveys.{name} was asked")


def contexts_of(desk: Desk) -> ContextFactory:
    return ContextFactory(desk=lambda: desk, clock=FixedClock(MONDAY_9))


def resolved(context: Context, ticket: Ticket) -> None:
    actions.resolve_ticket(context, ticket, resolution="Done")


async def lives(storage: DeskStorage, desk: Desk) -> None:
    """A ticket is opened, answered, resolved, reopened and closed."""
    contexts = contexts_of(desk)

    def opened(uow: UnitOfWork) -> int:
        for person in (ANA, BO):
            uow.people.remember(person)
        request = NewRequest(requester=ANA, text="Dead", channel=HELP, root="r1", said_at=MONDAY_9)
        return open_ticket(contexts.context(uow, ANA), request).id

    ticket = await storage.run(opened)

    def done(uow: UnitOfWork, deed: Callable[[Context, Ticket], None]) -> None:
        uow.surveys = uow.ratings = Untouchable()  # type: ignore[assignment]
        deed(contexts.context(uow, BO), uow.tickets.lock(ticket))

    await storage.run(lambda uow: done(uow, actions.claim_ticket))
    await storage.run(lambda uow: done(uow, resolved))
    await storage.run(lambda uow: done(uow, actions.reopen_ticket))
    await storage.run(lambda uow: done(uow, actions.close_ticket))
    await SurveyWorker(storage=storage, contexts=contexts).tick()


async def test_a_desk_that_asks_nobody_touches_no_table_of_ratings(storage: DeskStorage) -> None:
    await lives(storage, DESK)


async def test_one_that_asks_does(storage: DeskStorage) -> None:
    desk = with_team(replace(DESK.teams["it"], satisfaction=Satisfaction()))
    with pytest.raises(AssertionError, match=r"surveys\."):
        await lives(storage, desk)
