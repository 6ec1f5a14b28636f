"""Common words: the first tickets in the list's order are looked through, and it is known that there are others."""

from datetime import timedelta

import pytest

from bot.domain.directory import Person
from bot.domain.search.query import FilterName, SearchOrder
from bot.domain.tickets.ticket import Priority
from bot.ports.storage.search import FoundTickets, TicketCount, TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.repositories.search import candidates, common_words, found_tickets
from tests.contracts.test_storage_search import TEAM, a_ticket_saying, search, where
from tests.storage.sample_rows import ANA, NOW

LOOKED_AT = 4
TICKETS = 12


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word of more than two texts is common, as the databases know it: PostgreSQL once it has statistics."""
    monkeypatch.setattr(common_words, "MOST_TEXTS", 2)
    for each in (candidates, found_tickets):
        monkeypatch.setattr(each, "MOST_LOOKED_AT", LOOKED_AT)
    rare = {"zebra", "ana"}
    monkeypatch.setattr(
        common_words,
        "_expected_texts",
        lambda _session, term: 1 if rare.intersection(term.variants[0].words) else 3,
    )


@pytest.fixture
async def filled(storage: Storage, small_limits: None) -> Storage:
    """Twelve, a day apart, the last the newest: each says `vpn`, the oldest also `zebra`; every third is urgent."""

    def work(uow: UnitOfWork) -> None:
        uow.people.remember(Person(key=ANA.key, name="Ana Alves"))
        for number in range(1, TICKETS + 1):
            a_ticket_saying(
                uow,
                f"ticket {number}",
                "the vpn is down",
                *(["a zebra"] if number == 1 else []),
                *(["on a mac"] if number % 2 else []),
                opened_at=NOW - timedelta(days=TICKETS - number),
                priority=Priority.URGENT if number % 3 == 0 else Priority.NORMAL,
            )

    await storage.run(work)
    return storage


async def page(
    storage: Storage,
    wanted: TicketSearch,
    *,
    order: SearchOrder = SearchOrder.BEST,
    limit: int = 20,
    offset: int = 0,
) -> FoundTickets:
    return await storage.read(
        lambda uow: uow.search.find(wanted, visibility=TEAM, order=order, limit=limit, offset=offset)
    )


def numbers(found: FoundTickets) -> list[int]:
    return [int(each.subject.removeprefix("ticket ")) for each in found.tickets]


async def test_the_newest_are_looked_through_and_the_answer_says_that_there_are_others(
    filled: Storage,
) -> None:
    found = await page(filled, search("vpn"))

    assert numbers(found) == [12, 11, 10, 9]
    assert (found.count, found.is_more, found.looked_at) == (4, True, LOOKED_AT)
    counted = await filled.read(lambda uow: uow.search.count(search("vpn"), visibility=TEAM))
    assert counted == TicketCount(count=4, is_more=True, looked_at=LOOKED_AT)


async def test_pages_of_common_words_follow_one_another(filled: Storage) -> None:
    first, second, third = [await page(filled, search("vpn"), limit=2, offset=each) for each in (0, 2, 4)]

    assert [numbers(each) for each in (first, second, third)] == [[12, 11], [10, 9], []]
    assert {(each.count, each.looked_at) for each in (first, second, third)} == {(4, LOOKED_AT)}


async def test_a_rare_word_beside_it_finds_what_is_old(filled: Storage) -> None:
    found = await page(filled, search("vpn", "zebra"))

    assert numbers(found) == [1]
    assert (found.count, found.is_more, found.looked_at) == (1, False, 0)


async def test_a_filter_that_leaves_few_finds_what_is_old(filled: Storage) -> None:
    found = await page(filled, search("vpn", where=(where(FilterName.PRIORITY, "urgent"),)))

    assert numbers(found) == [12, 9, 6, 3]
    assert (found.count, found.is_more, found.looked_at) == (4, False, 0)


async def test_another_order_is_looked_through_from_its_own_beginning(filled: Storage) -> None:
    found = await page(filled, search("vpn"), order=SearchOrder.OLDEST)

    assert numbers(found) == [1, 2, 3, 4]
    assert found.looked_at == LOOKED_AT


async def test_common_words_that_must_not_be_there_are_looked_for_too(filled: Storage) -> None:
    for wanted in (search("vpn", without="mac"), search(without="mac")):
        found = await page(filled, wanted, order=SearchOrder.NEWEST)

        assert numbers(found) == [12, 10]
        assert found.looked_at == LOOKED_AT


async def test_nothing_in_those_that_were_looked_through_is_not_nothing_at_all(filled: Storage) -> None:
    await filled.run(
        lambda uow: [
            a_ticket_saying(uow, f"ticket {each}", "quiet", opened_at=NOW + timedelta(days=each))
            for each in range(20, 25)
        ]
    )

    found = await page(filled, search("vpn"))

    assert (found.count, found.is_more, found.looked_at) == (0, True, LOOKED_AT)


async def test_a_number_that_is_also_a_common_word_finds_its_ticket(filled: Storage) -> None:
    await filled.run(
        lambda uow: [
            a_ticket_saying(uow, f"ticket {each}", "code 2", opened_at=NOW + timedelta(days=each))
            for each in range(20, 25)
        ]
    )

    assert numbers(await page(filled, search("2")))[0] == 2


async def test_whoever_asked_very_often_is_found_in_their_newest(filled: Storage) -> None:
    found = await page(filled, search("ana"))

    assert numbers(found) == [12, 11, 10, 9]
    assert found.looked_at == LOOKED_AT
