"""Which threads have no news, told by their channel's history alone."""

from datetime import UTC, datetime, timedelta

from bot.domain.directory import ChannelRef
from bot.ports.platform import ThreadRef
from tests.adapters.slack.slack_in_use import SlackInUse
from tests.fakes.slack import Seen


async def asked(in_use: SlackInUse, *, replied: bool = True) -> list[Seen]:
    in_use.server.deliveries.is_on = False
    roots = [await in_use.ana.says("help-it", f"Printer {number} burns") for number in range(3)]
    for root in roots if replied else []:
        await in_use.bo.says("help-it", "On my way", thread=root)
    in_use.server.pace.move(timedelta(hours=2))
    return roots


def an_hour_ago(in_use: SlackInUse) -> datetime:
    return datetime.fromtimestamp(in_use.server.pace.wall(), UTC) - timedelta(hours=1)


def threads(in_use: SlackInUse, roots: list[Seen]) -> list[ThreadRef]:
    return [ThreadRef(in_use.ref("help-it"), root.ts) for root in roots]


async def quiet(in_use: SlackInUse, roots: list[Seen]) -> list[str]:
    found = await in_use.platform.quiet_threads(threads(in_use, roots), since=an_hour_ago(in_use))
    return [root.ts for root in roots if ThreadRef(in_use.ref("help-it"), root.ts) in found]


async def test_one_call_tells_of_all_threads_of_a_channel(in_use: SlackInUse) -> None:
    roots = await asked(in_use)
    await in_use.ana.says("help-it", "It burns still", thread=roots[1])
    assert await quiet(in_use, roots) == [roots[0].ts, roots[2].ts]
    assert len(in_use.server.calls_to("conversations.history")) == 1
    assert in_use.server.calls_to("conversations.replies") == []


async def test_nobody_replied_is_quiet_and_a_first_message_that_was_changed_is_not(
    in_use: SlackInUse,
) -> None:
    roots = await asked(in_use, replied=False)
    await in_use.ana.edits(roots[0], "Printer 0 smokes")
    assert await quiet(in_use, roots) == [roots[1].ts, roots[2].ts]


async def test_a_first_message_that_was_deleted_is_to_be_read(in_use: SlackInUse) -> None:
    roots = await asked(in_use)
    await in_use.ana.deletes(roots[2])
    assert await quiet(in_use, roots) == [roots[0].ts, roots[1].ts]


async def test_a_channel_that_slack_does_not_show_tells_of_none(in_use: SlackInUse) -> None:
    roots = await asked(in_use)
    in_use.server.app.scopes -= {"channels:history"}
    assert await quiet(in_use, roots) == []


async def test_a_thread_that_is_alone_in_its_channel_is_read_rather_than_asked_about(
    in_use: SlackInUse,
) -> None:
    roots = await asked(in_use)
    assert await quiet(in_use, roots[:1]) == []
    direct = ThreadRef(ChannelRef("slack", f"@{in_use.ana.id}"), "1700000000.000100")
    assert await in_use.platform.quiet_threads([direct], since=an_hour_ago(in_use)) == frozenset()
    assert in_use.server.calls_to("conversations.history") == []
