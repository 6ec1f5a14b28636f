"""Events come twice, early, late or strange, and each counts once and in its place."""

import asyncio
from dataclasses import replace

from bot.messages.inbound import conversation_of
from tests.fakes.desk.desk_without_platform import ANA, BO, DeskWithoutPlatform, words_of
from tests.said import said


async def test_a_message_delivered_three_times_is_one_ticket(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    event = desk.posted(ANA, "My mouse is dead", message="root")
    await asyncio.gather(*(desk.intake.take(event) for _ in range(3)))
    assert await desk.number_of_tickets() == 1
    assert len(await desk.said()) == 1


async def test_a_command_delivered_twice_is_done_once(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    for _ in range(2):
        await desk.intake.take(desk.typed(ANA, "open my mouse is dead", group="ticket", key="trigger-1"))
    assert await desk.number_of_tickets() == 1


async def test_many_people_at_once_get_numbers_without_a_gap(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    events = [desk.posted(ANA, f"Mouse {number}", message=f"m{number}") for number in range(50)]
    refused = [desk.typed(ANA, "on-behalf-of bo x") for _ in range(10)]
    await asyncio.gather(*(desk.intake.take(event) for event in (*events, *refused)))
    assert len({(await desk.ticket(number)).id for number in range(1, 51)}) == 50
    assert await desk.number_of_tickets() == 50


async def test_what_arrives_later_waits_for_what_is_still_looked_up_and_others_do_not(
    desk_on: DeskWithoutPlatform,
) -> None:
    desk = desk_on
    request = desk.posted(ANA, "My mouse is dead", message="root")
    reply = desk.posted(ANA, "It was the battery", message="m2", thread="root")
    async with desk.intake.turn(conversation_of(request)) as take:
        later = asyncio.create_task(desk.intake.take(reply))
        for number in range(3):
            await desk.intake.take(desk.posted(BO, f"Printer {number} jams", message=f"other {number}"))
        assert not later.done()
        await take(request)
    await later
    assert [each.text for each in await desk.said(4)] == ["My mouse is dead", "It was the battery"]


async def test_an_edit_that_overtook_its_message_is_applied_to_it(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="root"))
    late = desk.posted(ANA, "Room 12", message="m2", thread="root")
    await desk.intake.take(desk.edited(ANA, "Room 22", message="m2", revision="000002"))
    await desk.intake.take(desk.edited(ANA, "Room 21", message="m2", revision="000001"))
    await desk.intake.take(late)
    assert [(each.text, each.revision) for each in (await desk.said())[1:]] == [("Room 22", 2)]


async def test_a_deletion_that_overtook_its_message_wins(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="root"))
    late = desk.posted(ANA, "hunter2", message="m2", thread="root")
    await desk.intake.take(desk.deleted(ANA, message="m2"))
    await desk.intake.take(desk.edited(ANA, "hunter3", message="m2", revision="000001"))
    await desk.intake.take(late)
    assert [each.is_deleted for each in await desk.said()] == [False, True]


async def test_an_older_edit_and_an_edit_to_the_same_text_are_nothing(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="root"))
    await desk.intake.take(desk.edited(ANA, "newest", message="root", revision="000003"))
    await desk.intake.take(desk.edited(ANA, "older", message="root", revision="000002"))
    await desk.intake.take(desk.edited(ANA, "newest", message="root", revision="000004"))
    (said,) = await desk.said()
    assert (said.text, said.revision) == ("newest", 2)
    history = await desk.storage.read(lambda uow: uow.messages.history(said.id))
    assert [text for _, text, _ in history] == ["My mouse is dead", "newest"]


async def test_a_bot_is_not_a_requester(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    event = desk.posted(ANA, "I am a robot", message="root")
    await desk.intake.take(replace(event, actor=replace(ANA, is_bot=True)))
    assert await desk.number_of_tickets() == 0


async def test_a_nul_character_does_not_stop_the_rest_of_the_text(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "My \x00 mouse", message="root"))
    await desk.intake.take(desk.typed(BO, "note IT-1 hm \x00"))
    assert {each.text for each in await desk.said()} == {"My \ufffd mouse", "hm \ufffd"}


async def test_a_greeting_to_the_desk_alone_shows_what_it_can(desk_on: DeskWithoutPlatform) -> None:
    reply = await desk_on.intake.take(desk_on.posted(ANA, "", message="m", mentions_desk=True))
    assert "/ticket open" in words_of(reply)


async def test_a_number_that_no_ticket_can_have_is_no_ticket(desk_on: DeskWithoutPlatform) -> None:
    for number in ("999999999999", "2147483648", "0"):
        reply = await desk_on.intake.take(desk_on.typed(BO, f"claim IT-{number}"))
        assert words_of(reply).startswith(
            said("commands.unknown_ticket", reference=f"IT-{number}", command="/desk queue")
        )
