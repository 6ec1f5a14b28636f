"""What the desk shows arrives once and in order, whatever the platform does; what cannot is told to people."""

import asyncio
from pathlib import Path

import pytest

from bot.messages.delivery import Delivery, Postponed, RefusedByPlatform
from bot.messages.outbound import Card, Copy, OutboundMessage
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from tests.said import because, said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown
from tests.stories.weather import SOON_S, DyingWeather, Weather, raining, sunny


def is_copy(message: OutboundMessage) -> bool:
    return isinstance(message.content, Copy)


async def thread_of(office: Office, reference: str = "IT-1") -> list[str]:
    card = await office.card("bo", "team-it", reference)
    return await office.reads("bo", "team-it", thread=card["id"])


async def test_a_conversation_keeps_its_order_through_rate_limits_time_outs_and_errors(folder: Path) -> None:
    def spoil(_: OutboundMessage) -> Delivery | Exception | None:
        match weather.attempts % 4:
            case 1:
                return Postponed(SOON_S, because("rate limit"), is_counted=False)
            case 2:
                return Postponed(SOON_S, because("time-out"))
            case 3 if weather.attempts < 8:
                return RuntimeError("the adapter stumbles")
            case _:
                return None

    weather = Weather(spoil)
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        with office.without_waiting():
            for number in range(8):
                await office.says("ana", "help-it", f"word {number}", thread=root)
        await office.settle()
        assert await thread_of(office) == [f"Ana Alves: word {number}" for number in range(8)]
        from_desk = [each for each in await office.reads("ana", "help-it", thread=root) if "IT-1" in each]
        assert len(from_desk) == 1
        assert len(await office.sees("bo", "team-it")) == 1


async def test_ten_quick_changes_are_few_edits_and_the_last_one_shows(folder: Path) -> None:
    weather = Weather(sunny)
    async with open_office(folder, through=weather.over) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        weather.spoil, before = raining, len(weather.delivered)
        with office.without_waiting():
            for priority in ("high", "low", "urgent", "normal", "high") * 2:
                await office.types("bo", f"/desk priority IT-1 {priority}")
        weather.spoil = sunny
        await office.settle()
        cards = [each for each in weather.delivered[before:] if isinstance(each.content, Card)]
        assert len(cards) <= 2
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["priority"] == "high"


@pytest.mark.parametrize("is_slow", [True, False])
async def test_one_stuck_conversation_holds_up_no_other(folder: Path, *, is_slow: bool) -> None:
    """Whether the platform says "later", or says nothing for a long time."""

    def is_stuck(message: OutboundMessage) -> bool:
        return message.address.channel.channel == "help-it"

    weather = Weather(lambda message: raining(message) if is_stuck(message) and not is_slow else None)
    weather.is_slow_for = lambda message: is_stuck(message) and is_slow
    async with open_office(folder, through=weather.over) as office:
        with office.without_waiting():
            await office.says("ana", "help-it", "My mouse is dead")
            root = await office.says("dan", "lounge", "@deskbell my screen is dark")
            async with asyncio.timeout(10):
                while not await office.reads("dan", "lounge", thread=root):
                    office.desk.delivering.wake()
                    await asyncio.sleep(SOON_S)
            card = await office.card("bo", "team-it", "IT-2")
            assert card["content"]["subject"] == "my screen is dark"
        weather.clears()
        await office.settle()
        assert len(await office.sees("bo", "team-it")) == 2


async def test_a_message_that_cannot_be_put_into_words_stops_no_other(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.desk.storage.run(tell_nonsense)
    await office.settle()
    not_rendered = said("deliveries.not_rendered", error="KeyError")
    assert not_rendered in await office.types("lee", "/desk-admin outbox")
    await office.types("bo", "/desk claim IT-1")
    assert await office.reads("bo", "team-it") == ["IT-1 My mouse is dead · open · Bo Berg"]


def tell_nonsense(uow: UnitOfWork) -> None:
    """A notice whose sentence no version of the desk knows."""
    ticket = uow.tickets.find("IT", 1)
    assert ticket is not None
    requesters = uow.conversations.of_ticket(ticket.id)[0]
    payload = {"sentence": "no such sentence", "words": {}}
    uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=requesters.id,
        key="nonsense",
        payload=payload,
        subject=ticket.id,
        now=ticket.opened_at,
    )


async def test_what_is_refused_is_told_to_the_team_and_the_operator_who_can_retry_it(folder: Path) -> None:
    def refuse(message: OutboundMessage) -> Delivery | None:
        return (
            RefusedByPlatform(because("The bot may not write in `help-it`.")) if is_reply(message) else None
        )

    weather = Weather(refuse)
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 try another port")
        assert (await thread_of(office))[-1] == (
            said(
                "team.undelivered",
                reference="IT-1",
                reason="The bot may not write in `help-it`.",
                command="/desk-admin outbox",
            )
        )
        reply = (await office.types_for_reply("lee", "/desk-admin outbox"))["reply"]
        assert shown(reply).startswith(said("commands.outbox_failed", count=1, queued=0))
        assert "The bot may not write in `help-it`." in shown(reply)
        weather.spoil = sunny
        answer = await office.presses_private("lee", reply, 0, channel="help-it")
        number = reply["buttons"][0]["label"].rpartition("#")[2]
        assert shown(answer) == said("commands.outbox_retried", number=number)
        assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: try another port"]
        assert await office.types("lee", "/desk-admin outbox") == said("commands.outbox_empty")


def is_reply(message: OutboundMessage) -> bool:
    return is_copy(message) and message.address.channel.channel == "help-it"


async def test_a_message_that_fails_again_and_again_is_given_up_in_the_open(folder: Path) -> None:
    weather = Weather(lambda message: Postponed(SOON_S, because("time-out")) if is_reply(message) else None)
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 try another port")
        listed = await office.types("lee", "/desk-admin outbox")
        assert said("deliveries.given_up", count=12, reason="time-out") in listed
        weather.spoil = sunny
        await office.types("bo", "/desk reply IT-1 hello?")
        assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: hello?"]
        number = listed.split("#")[1].split()[0]
        assert await office.types("lee", f"/desk-admin outbox drop {number}") == (
            f"Message #{number} was dropped."
        )


async def test_a_card_that_cannot_be_posted_holds_its_thread_until_it_can(folder: Path) -> None:
    weather = Weather(
        lambda message: (
            RefusedByPlatform(because("No such channel.")) if isinstance(message.content, Card) else None
        )
    )
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("ana", "help-it", "and the keyboard", thread=root)
        assert await office.sees("bo", "team-it") == []
        listed = await office.types("lee", "/desk-admin outbox")
        weather.spoil = sunny
        card = min(int(part.split()[0]) for part in listed.split("#")[1:] if " card " in part)
        await office.types("lee", f"/desk-admin outbox retry {card}")
        assert await office.reads("bo", "team-it") == ["IT-1 My mouse is dead · new · nobody"]
        assert await thread_of(office) == ["Ana Alves: and the keyboard"]


async def test_what_was_taken_back_before_it_was_shown_is_never_shown(folder: Path) -> None:
    weather = Weather(sunny)
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        weather.spoil = lambda message: raining(message) if is_copy(message) else None
        with office.without_waiting():
            secret = await office.says("ana", "help-it", "my password is hunter2", thread=root)
            await office.says("ana", "help-it", "sorry", thread=root)
            await office.deletes("ana", secret)
            await office.is_heard()
        weather.spoil = sunny
        await office.settle()
        assert await thread_of(office) == ["Ana Alves: sorry"]
        assert "hunter2" not in str([message.content for message in weather.delivered])


async def test_after_an_answered_request_is_deleted_replies_are_parked_for_an_operator(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Looking into it", thread=root)
    await office.deletes("ana", root)
    assert await office.types("lee", "/desk-admin outbox") == said("commands.outbox_empty")
    await office.types("bo", "/desk reply IT-1 it was the battery")
    assert "battery" not in str(await office.reads("dan", "help-it"))
    parked = said(
        "deliveries.row_parked",
        number="9",
        kind=said("deliveries.kind_copy"),
        channel="web:help-it",
        reason=said("deliveries.root_gone", channel="help-it"),
    )
    assert parked in await office.types("lee", "/desk-admin outbox")
    assert "could not be delivered" in (await thread_of(office))[-1]


async def test_killed_between_showing_and_writing_it_down_shows_everything_once(folder: Path) -> None:
    for deaths in (1, 2, 3):
        weather = DyingWeather(after=deaths)
        async with open_office(folder, through=weather.over) as office:
            with office.without_waiting():
                await office.says("ana", "help-it", f"mouse {deaths} is dead")
            await asyncio.wait_for(weather.is_dead.wait(), timeout=5)
    async with open_office(folder) as office:
        await office.settle()
        assert sorted(await office.reads("bo", "team-it")) == [
            f"IT-{number} mouse {number} is dead · new · nobody" for number in (1, 2, 3)
        ]
        for request in await office.sees("ana", "help-it"):
            assert len(await office.reads("ana", "help-it", thread=request["id"])) == 1


async def test_a_warning_that_is_no_longer_true_when_its_turn_comes_is_not_sent(folder: Path) -> None:
    weather = Weather(
        lambda message: raining(message) if "escalations" in str(message.address.channel) else None
    )
    async with open_office(folder, through=weather.over) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        with office.without_waiting():
            await office.passes(minutes=26)
            await office.says("bo", "help-it", "I am on it", thread=root)
            await office.is_heard()
        weather.spoil = sunny
        await office.settle()
        assert await office.sees("lee", "escalations-it") == []
        assert not [each for each in weather.delivered if "breach" in str(each.content)]


async def test_operators_hear_of_failures_in_their_own_channel(folder: Path) -> None:
    config = folder / "desk.yaml"
    config.write_text(DESK.read_text().replace("  admins:", "  operator_channel: web:operators\n  admins:"))
    weather = Weather(
        lambda message: RefusedByPlatform(because("No `scope`.")) if is_reply(message) else None
    )
    async with open_office(folder, config=config, through=weather.over) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 try another port")
        (told,) = await office.reads("lee", "operators")
        assert told == said(
            "team.undelivered_operators",
            number="4",
            kind=said("deliveries.kind_copy"),
            channel="web:help-it",
            reason="No `scope`.",
            retry="/desk-admin outbox retry 4",
            drop="/desk-admin outbox drop 4",
        )
