"""What was said while nobody listened, read from Slack's history."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.errors import HistoryUnavailable
from bot.messages.inbound import (
    InboundEvent,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
)
from tests.adapters.slack.slack_in_use import SlackInUse, SlackStage
from tests.contracts.platforms.sample_messages import notice
from tests.contracts.platforms.sender import deliver


async def history(
    in_use: SlackInUse, channel: ChannelRef, *, thread: str | None = None, ago: float = 60
) -> list[InboundEvent]:
    since = datetime.now(UTC) - timedelta(minutes=ago)
    return [event async for event in in_use.platform.past_events(channel, since=since, thread=thread)]


async def test_a_channel_tells_what_was_said_outside_threads_oldest_first(in_use: SlackInUse) -> None:
    in_use.server.deliveries.is_on = False
    said = [await in_use.ana.says("help-it", f"message {number}") for number in range(450)]
    await in_use.bo.says("help-it", "a reply", thread=said[0])
    await deliver(SlackStage(in_use), "k1", notice("ours"))
    events = await history(in_use, in_use.ref("help-it"))
    assert [event.text for event in events if isinstance(event, MessagePosted)] == [
        f"message {number}" for number in range(450)
    ]


async def test_it_has_the_keys_it_would_have_had(in_use: SlackInUse) -> None:
    await in_use.ana.says("help-it", "@deskbell hello")
    await in_use.server.settled()
    (event,) = await history(in_use, in_use.ref("help-it"))
    assert event == in_use.intake.events[0]


async def test_a_thread_begins_with_its_first_message_and_shows_edits_and_traces(in_use: SlackInUse) -> None:
    root = await in_use.ana.says("help-it", "My VPN is dead")
    reply = await in_use.ana.says("help-it", "the blue on", thread=root)
    await in_use.ana.edits(reply, "the blue one")
    await in_use.ana.deletes(root)
    await in_use.server.settled()
    trace, posted, edited = await history(in_use, in_use.ref("help-it"), thread=root.ts)
    assert isinstance(trace, MessageDeleted)
    assert trace.message_id == root.ts
    assert isinstance(posted, MessagePosted)
    assert isinstance(edited, MessageEdited)
    assert posted.text == edited.text == "the blue one"
    assert posted.revision == edited.revision


async def test_only_what_is_newer_is_read(in_use: SlackInUse) -> None:
    await in_use.ana.says("help-it", "old")
    in_use.server.pace.move(timedelta(hours=2))
    await in_use.ana.says("help-it", "new")
    since = datetime.now(UTC) + timedelta(hours=1)
    channel = in_use.ref("help-it")
    events = [event async for event in in_use.platform.past_events(channel, since=since)]
    assert [event.text for event in events if isinstance(event, MessagePosted)] == ["new"]


async def test_direct_messages_are_found_and_read(in_use: SlackInUse) -> None:
    await in_use.ana.says("@deskbell", "My salary is wrong")
    await in_use.server.settled()
    (channel,) = await in_use.platform.direct_channels()
    assert channel == ChannelRef("slack", f"@{in_use.ana.id}")
    (event,) = await history(in_use, channel)
    assert event.location.channel == channel


async def test_a_wanted_mark_is_told_with_its_message(in_use: SlackInUse) -> None:
    in_use.intake.marks = {"ticket"}
    said = await in_use.ana.says("help-it", "My VPN is dead")
    await in_use.bo.reacts(said, "ticket")
    await in_use.server.settled()
    (_, marked) = await history(in_use, in_use.ref("help-it"))
    assert isinstance(marked, MessageMarked)
    assert marked.key == in_use.intake.of(MessageMarked)[0].key


async def test_a_thread_that_is_gone_tells_nothing(in_use: SlackInUse) -> None:
    assert await history(in_use, in_use.ref("help-it"), thread="1700000000.000100") == []


async def test_what_slack_does_not_show_is_not_taken_for_nothing(in_use: SlackInUse) -> None:
    in_use.server.app.scopes -= {"channels:history"}
    with pytest.raises(HistoryUnavailable, match="missing_scope"):
        await history(in_use, in_use.ref("help-it"))


async def test_a_rate_limit_is_waited_for(in_use: SlackInUse) -> None:
    await in_use.ana.says("help-it", "Hello")
    in_use.server.plan_failures("conversations.history", times=2, status=429)
    assert len(await history(in_use, in_use.ref("help-it"))) == 1
