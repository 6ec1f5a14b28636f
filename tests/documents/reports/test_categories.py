"""Requests by category."""

from bot.documents.reports.categories import CATEGORIES
from bot.domain.figures.ticket_facts import FactKind
from bot.messages.plain import plain
from bot.ports.storage.reports import TicketDimension
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.documents.reports.test_inboxes import found
from tests.said import said
from tests.storage.sample_rows import a_fact, a_numbered_ticket


def some_requests(uow: UnitOfWork) -> None:
    a_numbered_ticket(uow, fields={"category": "Hardware", "floor": "2"})
    a_fact(uow, a_numbered_ticket(uow, fields={"category": "Hardware"}), FactKind.ANSWERED)
    a_numbered_ticket(uow, fields={"floor": "2"})


async def test_requests_are_counted_by_what_they_are_about(storage: Storage) -> None:
    await storage.run(some_requests)
    answer, _ = await found(storage, CATEGORIES)
    title, _, _, *rows, _ = plain(answer.text).splitlines()
    assert title == said("reports.heading_categories", teams="Service Desk")
    assert [row.split() for row in rows] == [
        ["Hardware", "2", "1", "0", "2"],
        [*said("reports.no_category").split(), "1", "0", "0", "1"],
    ]
    assert list(answer.charts) == [TicketDimension.CATEGORY.value]
