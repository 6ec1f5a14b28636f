"""A second message that only adds to the first joins its ticket, and can be made a ticket of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import MessagePosted
from bot.services.context.context import Context
from bot.services.tickets.follow_ups import WITHIN, separate
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, DeskWithoutPlatform

MORE = "It is the one on floor 2"


async def asks(desk: DeskWithoutPlatform) -> MessagePosted:
    first = desk.posted(ANA, "The printer is broken", message="m1")
    await desk.intake.take(first)
    return first


async def said(desk: DeskWithoutPlatform) -> list[str]:
    return [message.text for message in await desk.said()]


@pytest.mark.parametrize(
    ("later", "is_joined"),
    [(WITHIN, True), (WITHIN + timedelta(seconds=1), False), (timedelta(seconds=-1), False)],
)
async def test_what_adds_to_a_request_joins_it_for_a_minute(
    desk_on: DeskWithoutPlatform, later: timedelta, *, is_joined: bool
) -> None:
    first = await asks(desk_on)
    more = desk_on.posted(ANA, MORE, message="m2")
    await desk_on.intake.take(replace(more, at=first.at + later))
    assert await said(desk_on) == ["The printer is broken", *([MORE] if is_joined else [])]
    assert await desk_on.number_of_tickets() == (1 if is_joined else 2)


async def test_what_somebody_else_adds_is_a_request_of_their_own(desk_on: DeskWithoutPlatform) -> None:
    await asks(desk_on)
    await desk_on.intake.take(desk_on.posted(CLEO, MORE, message="m2"))
    assert await desk_on.number_of_tickets() == 2


async def test_nothing_joins_a_ticket_that_an_agent_has(desk_on: DeskWithoutPlatform) -> None:
    await asks(desk_on)
    await desk_on.intake.take(desk_on.pressed(BO, "desk claim", "IT-1"))
    await desk_on.intake.take(desk_on.posted(ANA, MORE, message="m2"))
    assert await desk_on.number_of_tickets() == 2


async def test_a_joined_message_and_what_was_said_in_its_thread_become_a_ticket_of_their_own(
    desk_on: DeskWithoutPlatform,
) -> None:
    desk = desk_on
    await asks(desk)
    await desk.intake.take(desk.posted(ANA, MORE, message="m2"))
    await desk.intake.take(desk.posted(ANA, "In the corner", message="m3", thread="m2"))
    await desk.intake.take(desk.pressed(ANA, "ticket separate", "IT-1"))
    assert await said(desk) == ["The printer is broken"]
    assert [message.text for message in await desk.said(2)] == [MORE, "In the corner"]


async def test_a_request_itself_cannot_be_separated_from_its_ticket(desk_on: DeskWithoutPlatform) -> None:
    await asks(desk_on)
    contexts = desk_on.intake._contexts

    def separated(context: Context) -> Ticket:
        ticket = context.uow.tickets.find("IT", 1)
        assert ticket is not None
        return separate(context, context.uow.tickets.lock(ticket.id), message_id=None)

    with pytest.raises(Refused, match="IT-1"):
        await desk_on.storage.run(lambda uow: separated(contexts.context(uow, ANA)))
