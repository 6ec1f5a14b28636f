"""Where a requester is answered: nothing of a private ticket is posted where others read."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.domain.directory import ChannelRef, Inbox, Person
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.requester_side import Place, place_of
from tests.services.tickets.one_desk import DESK, FixedClock
from tests.storage.sample_rows import NOW

PLATFORMS = ("web", "slack", "discord")
REACHABLE = tuple(Person(key=f"{each}:ana", name="Ana") for each in PLATFORMS)
UNREACHABLE = (
    Person(key="import:zoe", name="Zoe"),
    Person(key="webhook:pager", name="Pager"),
    Person(key="slack:B1", name="Monitor", is_bot=True),
)
CHANNELS = tuple(ChannelRef(*each) for each in product(PLATFORMS, ("help", "team", "@ana", "@bo")))
INBOXES: dict[str, dict[str, Any] | None] = {
    "no inbox": None,
    "open": {},
    "private": {"is_private": True},
}


def place(
    uow: UnitOfWork,
    requester: Person,
    channel: ChannelRef,
    fields: dict[str, Any] | None,
    *,
    is_private: bool,
) -> Place:
    inboxes = {} if fields is None else {"there": Inbox(name="there", channel=channel, **fields)}
    desk = replace(DESK, inboxes=inboxes)
    factory = ContextFactory(desk=lambda: desk, clock=FixedClock(NOW), capabilities=KNOWN_PLATFORMS)
    return place_of(factory.context(uow), requester=requester, channel=channel, is_private=is_private)


@pytest.mark.parametrize("inbox", INBOXES)
async def test_a_private_ticket_is_told_to_its_requester_alone(storage: Storage, inbox: str) -> None:
    def work(uow: UnitOfWork) -> None:
        for requester, channel in product((*REACHABLE, *UNREACHABLE), CHANNELS):
            told = place(uow, requester, channel, INBOXES[inbox], is_private=True)
            if channel == ChannelRef.direct(requester.key):
                assert told is Place.HERE
            else:
                assert told is (Place.DIRECT if requester in REACHABLE else Place.NOWHERE)

    await storage.read(work)


@pytest.mark.parametrize("is_private", [True, False])
async def test_where_threads_are_private_its_requester_has_one_if_they_are_there(
    storage: Storage, *, is_private: bool
) -> None:
    fields = {"has_private_threads": True}

    def work(uow: UnitOfWork) -> None:
        for requester, channel in product(REACHABLE, CHANNELS):
            told = place(uow, requester, channel, fields, is_private=is_private)
            is_there = requester.platform == channel.platform
            elsewhere = Place.DIRECT if is_private else Place.HERE
            assert told is (Place.PRIVATE_THREAD if is_there else elsewhere)

    await storage.read(work)


async def test_what_is_not_private_is_answered_where_it_was_asked(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for requester, channel in product((*REACHABLE, *UNREACHABLE), CHANNELS):
            assert place(uow, requester, channel, {}, is_private=False) is Place.HERE

    await storage.read(work)
