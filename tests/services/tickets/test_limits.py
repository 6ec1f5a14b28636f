"""Who may ask for how much: the block list, an inbox's limits, and one ticket for two presses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import AlreadySo, LimitReached
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.tickets.limits import admit
from tests.services.tickets.one_desk import DESK, HELP, context, with_inbox
from tests.storage.sample_rows import NOW, a_message, a_numbered_ticket

ANA, BO = Person(key="web:ana", name="Ana"), Person(key="web:bo", name="Bo")
MINUTE = timedelta(minutes=1)


async def asks(storage: Storage, desk: Desk, *, by: Person = ANA, whose: Person = ANA, **asked: Any) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.remember(whose)
        admit(context(uow, by, desk=desk), whose, HELP, **asked)

    await storage.run(work)


async def has_asked(storage: Storage, *ago: timedelta, text: str = "VPN is down", **fields: Any) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in ago:
            ticket = a_numbered_ticket(
                uow, requester=ANA.key, origin=HELP, opened_at=NOW - each, opening=uow.new_id(), **fields
            )
            a_message(uow, ticket, id=ticket.opening, text=text)

    await storage.run(work)


async def test_who_is_blocked_opens_nothing_not_even_by_a_friend(storage: Storage) -> None:
    desk = replace(DESK, blocked=frozenset({ANA.key}))
    with pytest.raises(LimitReached, match=r"^refusals\.blocked$"):
        await asks(storage, desk)
    with pytest.raises(LimitReached, match=r"^refusals\.person_blocked\(name=Ana"):
        await asks(storage, desk, by=Person(key="web:dan", name="Dan"))


async def test_an_agent_may_open_a_request_for_somebody_blocked(storage: Storage) -> None:
    await asks(storage, replace(DESK, blocked=frozenset({ANA.key})), by=BO)


async def test_the_same_words_within_a_minute_are_one_request(storage: Storage) -> None:
    await has_asked(storage, MINUTE / 2)
    with pytest.raises(AlreadySo, match=r"^refusals\.asked_already\(reference=IT-1\)$"):
        await asks(storage, DESK, text="VPN is down")
    await asks(storage, DESK, text="VPN is slow")


async def test_the_same_words_are_a_new_request_later_or_once_the_first_is_done(storage: Storage) -> None:
    await has_asked(storage, 2 * MINUTE)
    await has_asked(storage, MINUTE / 2, status=Status.RESOLVED)
    await asks(storage, DESK, text="VPN is down")


async def test_with_as_many_open_requests_as_one_may_have_they_are_named(storage: Storage) -> None:
    await has_asked(storage, 3 * MINUTE, 2 * MINUTE)
    await has_asked(storage, MINUTE, status=Status.CLOSED)
    await asks(storage, with_inbox(most_open=3))
    with pytest.raises(LimitReached, match=r"refusals\.most_open\(count=2, references=.*IT-1.*IT-2"):
        await asks(storage, with_inbox(most_open=2))


async def test_a_new_request_waits_until_the_pause_is_over(storage: Storage) -> None:
    await has_asked(storage, 2 * MINUTE)
    desk = with_inbox(cool_down=5 * MINUTE)
    with pytest.raises(LimitReached, match=r"refusals\.asked_just_now\(reference=IT-1, left=0:03:00"):
        await asks(storage, desk)
    await asks(storage, desk, is_new=False)
    await asks(storage, with_inbox(cool_down=2 * MINUTE))
