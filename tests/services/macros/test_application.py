"""A macro: its reply and its changes, all or none, and what is so already is no obstacle."""

from dataclasses import replace

import pytest

from bot.domain.errors import Refused
from bot.domain.macros.macro import Macro
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.outbox import RowKind
from bot.services.macros.application import apply_macro
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk

RESTART = Macro(name="restart", title="Restart it", text="Please restart it.")


async def use(desk: HeadlessDesk, macro: Macro) -> None:
    await desk.does(BO, lambda context, ticket: apply_macro(context, ticket, macro, text=macro.text))


@pytest.mark.parametrize("counts", [True, False])
async def test_its_reply_is_the_first_response_unless_it_says_otherwise(
    headless: HeadlessDesk, *, counts: bool
) -> None:
    await headless.opens()
    await use(headless, replace(RESTART, counts_as_reply=counts))
    assert ((await headless.ticket()).first_replied_at is not None) is counts


async def test_everything_in_it_is_done_and_the_reply_is_read_before_the_status(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.sent()
    everything = replace(
        RESTART,
        add_tags=("vpn",),
        priority=Priority.HIGH,
        team="network",
        status=Status.PENDING,
    )
    await use(headless, everything)
    ticket = await headless.ticket()
    assert (ticket.tags, ticket.priority, ticket.team, ticket.status) == (
        ("vpn",),
        Priority.HIGH,
        "network",
        Status.PENDING,
    )
    read = [each.kind for each in await headless.sent() if each.side == "requester"]
    assert read.index(RowKind.COPY) < read.index(RowKind.NOTICE)


async def test_what_is_so_already_does_not_keep_the_rest_from_being_done(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(
        BO, lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?")
    )
    await use(
        headless,
        replace(RESTART, priority=Priority.NORMAL, team="it", status=Status.PENDING, add_tags=("vpn",)),
    )
    ticket = await headless.ticket()
    assert (ticket.tags, ticket.status) == (("vpn",), Status.PENDING)


async def test_where_a_change_is_refused_the_reply_is_not_sent_either(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, actions.close_ticket)
    await headless.sent()
    with pytest.raises(Refused):
        await use(headless, replace(RESTART, status=Status.PENDING))
    assert await headless.sent(RowKind.COPY) == []
