"""What every storage keeps of comparisons: which tickets are still to be compared, and what was found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.demand.similar import ComparedTicket, SimilarRequest
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.demand import AskedRequest
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_message, a_numbered_ticket, a_ticket

HOUR = timedelta(hours=1)


def asked(uow: UnitOfWork, text: str, **fields: Any) -> Ticket:
    opening = uow.new_id()
    ticket = a_numbered_ticket(uow, opening=opening, **fields)
    a_message(uow, ticket, id=opening, text=text)
    return ticket


def words_before(uow: UnitOfWork, *, before: tuple[datetime, int] | None) -> Sequence[AskedRequest]:
    return uow.similar_requests.words(since=NOW, before=before, limit=2)


async def test_open_tickets_are_compared_once_in_the_order_they_came(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> dict[str, int]:
        later = asked(uow, "VPN drops", opened_at=NOW + HOUR)
        first = asked(uow, "VPN drops again", opened_at=NOW)
        asked(uow, "an hour too early", opened_at=NOW - HOUR)
        asked(uow, "done", opened_at=NOW, status=Status.RESOLVED)
        uow.tickets.add(a_ticket(uow, opened_at=NOW))  # its number is still to be taken
        return {"first": first.id, "later": later.id}

    ids = await storage.run(work)
    waiting = await storage.read(lambda uow: uow.similar_requests.to_compare(since=NOW, limit=10))
    assert list(waiting) == [ids["first"], ids["later"]]
    assert list(await storage.read(lambda uow: uow.similar_requests.to_compare(since=NOW, limit=1))) == [
        ids["first"]
    ]
    found = ComparedTicket(
        ticket=ids["first"],
        found=(SimilarRequest(ticket=ids["later"], degree=0.75, words=("vpn", "größe")),),
        is_routine=True,
    )
    assert await storage.run(lambda uow: uow.similar_requests.add(found, now=NOW))
    other = ComparedTicket(ticket=ids["first"], found=())
    assert not await storage.run(lambda uow: uow.similar_requests.add(other, now=NOW))
    assert await storage.read(lambda uow: uow.similar_requests.of_ticket(ids["first"])) == found
    assert await storage.read(lambda uow: uow.similar_requests.of_ticket(ids["later"])) is None
    waiting = await storage.read(lambda uow: uow.similar_requests.to_compare(since=NOW, limit=10))
    assert list(waiting) == [ids["later"]]


async def test_words_come_the_newest_first_and_page_by_page(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        asked(uow, "too old", opened_at=NOW - HOUR)
        for number in range(3):
            asked(uow, f"request {number}", opened_at=NOW, subject=f"Subject {number}")
        asked(uow, "Mein Drücker", opened_at=NOW + HOUR, is_private=True, language="de")

    await storage.run(work)
    read: list[str] = []
    before: tuple[datetime, int] | None = None
    for _ in range(3):
        page = await storage.read(partial(words_before, before=before))
        read += [each.words for each in page]
        if page:
            before = (page[-1].opened_at, page[-1].id)
    assert read == ["mein drucker", "request 2", "request 1", "request 0"]


async def test_the_duplicates_of_a_ticket_are_found(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, list[int]]:
        original = a_numbered_ticket(uow, has_duplicates=True)
        merged = [a_numbered_ticket(uow, merged_into=original.id).id for _ in range(2)]
        a_numbered_ticket(uow)
        return original.id, merged

    original, merged = await storage.run(work)
    found = await storage.read(lambda uow: uow.tickets.duplicates_of(original))
    assert [each.id for each in found] == merged
