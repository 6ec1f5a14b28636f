"""What somebody asked for: open to them, or over, with whichever account they asked."""

from datetime import timedelta
from typing import Any

from bot.domain.search.query import FilterName, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.test_storage_search import ASKER, a_ticket_saying, found, search, where
from tests.storage.sample_rows import ANA, NOW


async def test_what_somebody_asked_and_is_over_is_listed_with_the_newest_change_first(
    storage: Storage,
) -> None:
    """With whichever account they asked, page by page, as all that is over would be."""

    def work(uow: UnitOfWork) -> None:
        for number, who in enumerate(("web:ana", "chat:ana", "web:ana", "web:dan", "chat:ana", "web:ana")):
            changed = NOW - timedelta(hours=(number * 5) % 7)
            a_ticket_saying(uow, str(number), requester=who, status=Status.CLOSED, updated_at=changed)
        a_ticket_saying(uow, "live", requester="web:ana")

    await storage.run(work)
    finished = where(FilterName.IS, "finished")
    for accounts, expected in (
        (("web:ana", "chat:ana"), "02514"),
        (("web:ana",), "025"),
        (("web:dan",), "3"),
    ):
        wanted = search(where=(where(FilterName.FROM, *accounts), finished))
        pages = [
            await found(storage, wanted, order=SearchOrder.LAST_WORD, limit=2, offset=offset)
            for offset in (0, 2, 4)
        ]
        assert "".join(subject for page in pages for subject in page) == expected


async def test_to_its_requester_is_open_what_is_live_or_merged_into_what_is(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        live = a_ticket_saying(uow, "of another", requester="web:dan").id
        over = a_ticket_saying(uow, "over", requester="web:dan", status=Status.CLOSED).id
        made: dict[str, dict[str, Any]] = {
            "live": {},
            "closed": {"status": Status.CLOSED},
            "merged": {"status": Status.CLOSED, "merged_into": live},
            "merged into what is over": {"status": Status.CLOSED, "merged_into": over},
        }
        for subject, fields in made.items():
            a_ticket_saying(uow, subject, **fields)
        a_ticket_saying(
            uow, "merged, of another", requester="web:dan", status=Status.CLOSED, merged_into=live
        )
        return live

    shared = await storage.run(work)
    wanted = search(where=(where(FilterName.IS, "open"),))
    assert sorted(await found(storage, wanted, visibility=ASKER)) == ["live", "merged"]
    follows = Visibility(person=ANA.key, shared=frozenset({shared}))
    assert sorted(await found(storage, wanted, visibility=follows)) == ["live", "merged", "of another"]
