"""People's words carry their names and pictures, by one webhook a channel; without it the name stands first."""

import asyncio
from dataclasses import replace

import pytest

from bot.messages.delivery import Postponed, RefusedByPlatform
from bot.text.error_text import english
from tests.adapters.discord.delivery.sending_side import Sending
from tests.contracts.platforms.sample_messages import copy
from tests.fakes.discord.rules.permissions import Permission

CREATE = "POST /channels/{channel_id}/webhooks"
EXECUTE = "POST /webhooks/{webhook_id}/{webhook_token}"


def webhooks(side: Sending) -> int:
    return len(side.server.world.webhooks)


async def test_what_somebody_said_elsewhere_is_shown_with_their_name_and_picture(side: Sending) -> None:
    await side.show("k1", replace(copy("Hello"), picture="https://example.org/ana.png"))
    (said,) = side.said("help")
    assert (said.author, said.text, said.picture) == ("Ana Lima", "Hello", "https://example.org/ana.png")


async def test_an_odd_picture_is_left_out(side: Sending) -> None:
    await side.show("k1", replace(copy("Hello"), picture="/avatars/ana.png"))
    assert side.said("help")[0].picture is None


async def test_one_webhook_serves_a_channel_and_all_its_threads(side: Sending) -> None:
    roots = [(await side.ana.says("help", f"Request {n}")).id for n in range(3)]
    for root in roots:
        await side.show(f"k{root}", copy("Hello"), thread=root)
    side.restarts()
    await side.show("k9", copy("Hello again"))
    assert webhooks(side) == 1


async def test_two_words_at_once_make_one_webhook(side: Sending) -> None:
    roots = [(await side.ana.says("help", f"Request {n}")).id for n in range(4)]
    await asyncio.gather(*(side.show(f"k{root}", copy("Hello"), thread=root) for root in roots))
    assert webhooks(side) == 1


async def test_without_the_right_to_webhooks_the_text_says_whose_it_is(side: Sending) -> None:
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), Permission.MANAGE_WEBHOOKS)
    for number in (1, 2):
        parts = await side.show(f"k{number}", copy("Hello"))
    assert [(each.author, each.text) for each in side.said("help")] == [
        ("Deskbell", "**Ana Lima:** Hello"),
        ("Deskbell", "**Ana Lima:** Hello"),
    ]
    assert len(side.server.calls_to("GET /channels/{channel_id}/webhooks")) == 1
    await side.show("k2", copy("Good day"), shown=parts)
    assert side.said("help")[-1].text == "**Ana Lima:** Good day"


async def test_once_the_right_is_given_names_are_shown_again(side: Sending) -> None:
    channel = side.server.channel_named("help")
    side.server.deny(channel, side.server.bot(), Permission.MANAGE_WEBHOOKS)
    parts = await side.show("k1", copy("Hello"))
    side.server.allow(channel, side.server.bot(), Permission.MANAGE_WEBHOOKS)
    side.calls.permissions_changed()
    side.delivery.webhooks.permissions_changed()
    await side.show("k2", copy("Hello"))
    await side.show("k1", copy("Good day"), shown=parts)
    assert [(each.author, each.text) for each in side.said("help")] == [
        ("Deskbell", "**Ana Lima:** Good day"),
        ("Ana Lima", "Hello"),
    ]


async def test_in_a_channel_full_of_webhooks_the_text_says_whose_it_is(side: Sending) -> None:
    channel = side.server.channel_named("help")
    for number in range(15):
        await side.calls.call(
            "POST", "/channels/{channel_id}/webhooks", channel_id=channel.id, body={"name": f"other {number}"}
        )
    for webhook in side.server.world.webhooks.values():
        webhook.application_id = side.bo.id
    await side.show("k1", copy("Hello"))
    assert side.said("help")[0].text == "**Ana Lima:** Hello"
    assert webhooks(side) == 15


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_webhook_that_somebody_deleted_is_made_anew(side: Sending, restarts: bool) -> None:
    (before,) = await side.show("k1", copy("Hello"))
    side.server.world.webhooks.clear()
    if restarts:
        side.restarts()
    else:
        answer = await side.send("k2", copy("Good day"))
        assert isinstance(answer, Postponed)
    await side.show("k2", copy("Good day"), is_retry=not restarts)
    assert [each.text for each in side.said("help")] == ["Hello", "Good day"]

    refused = await side.send("k1", copy("Hello!"), shown=(before,))
    assert isinstance(refused, RefusedByPlatform)
    assert refused.reason.key == "deliveries.discord_webhook_lost"
    assert "#help" in english(refused.reason)
    await side.show("k1", None, shown=(before,))
    assert [each.text for each in side.said("help")] == ["Good day"]


async def test_a_token_that_was_reset_is_read_again(side: Sending) -> None:
    await side.show("k1", copy("Hello"))
    (webhook,) = side.server.world.webhooks.values()
    webhook.token = "another"
    assert isinstance(await side.send("k2", copy("Good day")), Postponed)
    await side.show("k2", copy("Good day"), is_retry=True)
    assert [each.text for each in side.said("help")] == ["Hello", "Good day"]


async def test_a_name_that_discord_keeps_for_itself_is_written_a_little_otherwise(side: Sending) -> None:
    await side.show("k1", replace(copy("Hello"), author="Discord Clyde"))
    assert side.said("help")[0].author == "Dis-cord Cly-de"


async def test_an_edit_and_a_removal_after_a_restart_go_through_the_same_webhook(side: Sending) -> None:
    root = (await side.ana.says("help", "My printer burns")).id
    parts = await side.show("k1", copy("teh"), thread=root)
    side.restarts()
    await side.show("k1", copy("the"), thread=root, shown=parts)
    assert [each.text for each in side.said(side.thread(root))] == ["the"]
    side.restarts()
    await side.show("k1", None, thread=root, shown=parts)
    assert side.said(side.thread(root)) == []
