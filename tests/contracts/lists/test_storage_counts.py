"""Tickets are counted as they are found, as far as is asked; and what was resolved long ago is found to be closed."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.tickets.ticket import Status
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.test_storage_tickets import FILTERS
from tests.storage.sample_rows import NOW, a_numbered_ticket


@pytest.mark.parametrize("wanted", [each[0] for each in FILTERS])
async def test_as_many_are_counted_as_are_found(storage: Storage, wanted: TicketFilter) -> None:
    def work(uow: UnitOfWork) -> None:
        for team in ("it", "hr"):
            a_numbered_ticket(uow, subject="free", team=team, due_at=NOW, requester="web:cy")
            a_numbered_ticket(uow, subject="done", team=team, status=Status.RESOLVED, resolved_at=NOW)

    await storage.run(work)
    found = await storage.read(lambda uow: uow.tickets.search(wanted))

    assert await storage.read(lambda uow: uow.tickets.count(wanted)) == len(found)


async def test_many_are_counted_no_further_than_is_asked(storage: Storage) -> None:
    await storage.run(lambda uow: [a_numbered_ticket(uow, team=team) for team in ("it", "hr", "it", "hr")])
    both = TicketFilter(teams=frozenset({"it", "hr"}), statuses=frozenset(Status))

    for most, counted in ((2, 3), (3, 4), (4, 4)):
        assert await storage.read(lambda uow: uow.tickets.count(both, at_most=most)) == counted  # noqa: B023


async def test_what_has_been_resolved_for_long_is_found_the_oldest_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for subject, days, more in (
            ("recent", 1, {}),
            ("older", 8, {}),
            ("oldest", 9, {}),
            ("closed", 9, {"status": Status.CLOSED}),
            ("hr's", 9, {"team": "hr"}),
        ):
            state: dict[str, Any] = {"status": Status.RESOLVED, "resolved_at": NOW - timedelta(days=days)}
            a_numbered_ticket(uow, subject=subject, **(state | more))

    await storage.run(work)

    def found(uow: UnitOfWork, *, limit: int = 10) -> list[str]:
        ids = uow.tickets.long_resolved("it", before=NOW - timedelta(days=5), limit=limit)
        return [uow.tickets.get(each).subject for each in ids]

    assert await storage.read(found) == ["older", "oldest"][::-1]
    assert await storage.read(lambda uow: found(uow, limit=1)) == ["oldest"]
