"""What was said while nobody listened, read from Discord's history."""

from datetime import datetime, timedelta

import pytest

from adapters.discord.api.addresses import person_key
from bot.domain.directory import ChannelRef
from bot.domain.errors import HistoryUnavailable
from bot.messages.inbound import (
    InboundEvent,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
)
from bot.ports.platform import ThreadRef
from tests.adapters.discord.discord_in_use import DiscordInUse, started_anew
from tests.fakes.discord import Seen
from tests.fakes.discord.rules.permissions import Permission


async def history(
    in_use: DiscordInUse, channel: ChannelRef, *, thread: Seen | None = None, ago: float = 60
) -> list[InboundEvent]:
    since = in_use.server.pace.now() - timedelta(minutes=ago)
    root = str(thread.id) if thread is not None else None
    return [event async for event in in_use.platform.past_events(channel, since=since, thread=root)]


def words(events: list[InboundEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, MessagePosted)]


async def test_a_channel_tells_what_was_said_outside_threads_oldest_first(in_use: DiscordInUse) -> None:
    said = [await in_use.ana.says("help", f"message {number}") for number in range(230)]
    thread = await in_use.ana.starts_thread(said[0], "the first")
    await in_use.bo.says(thread, "a reply")
    assert words(await history(in_use, in_use.ref("help"))) == [f"message {number}" for number in range(230)]


async def test_it_has_the_keys_it_would_have_had(in_use: DiscordInUse) -> None:
    said = await in_use.bo.says("help", "@Deskbell helo")
    await in_use.bo.edits(said, "@Deskbell hello")
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    events = await history(in_use, in_use.ref("help"))
    assert [event.key for event in events] == [event.key for event in in_use.intake.events]
    assert [event.actor for event in events] == [event.actor for event in in_use.intake.events]


async def test_after_a_restart_an_agents_words_are_an_agents_still(in_use: DiscordInUse) -> None:
    in_use.server.communities.rename_member(in_use.server.guild, in_use.bo.id, "Bo (Support)")
    await in_use.bo.says("help", "Turn it off and on")
    await in_use.server.until(in_use.intake.has(1), "it is heard")
    async with started_anew(in_use) as platform:
        since = in_use.server.pace.now() - timedelta(hours=1)
        (event,) = [each async for each in platform.past_events(in_use.ref("help"), since=since)]
    assert event.actor == in_use.intake.events[0].actor
    assert event.actor.name == "Bo (Support)"
    assert event.actor.groups == {f"discord:@{in_use.server.role('helpers').id}"}


async def test_roles_that_discord_does_not_tell_are_not_taken_for_none(in_use: DiscordInUse) -> None:
    await in_use.bo.says("help", "Turn it off and on")
    async with started_anew(in_use) as platform:
        in_use.server.plan_failures("GET /guilds/{guild_id}/members/{user_id}", drop=True)
        since = in_use.server.pace.now() - timedelta(hours=1)
        with pytest.raises(HistoryUnavailable):
            [each async for each in platform.past_events(in_use.ref("help"), since=since)]


async def test_a_thread_begins_with_its_first_message_and_shows_edits(in_use: DiscordInUse) -> None:
    root = await in_use.ana.says("help", "My VPN is dead")
    thread = await in_use.ana.starts_thread(root, "vpn")
    reply = await in_use.ana.says(thread, "the blue on")
    await in_use.ana.edits(reply, "the blue one")
    first, posted, edited = await history(in_use, in_use.ref("help"), thread=root)
    assert isinstance(first, MessagePosted)
    assert (first.message_id, first.location.thread) == (str(root.id), None)
    assert isinstance(posted, MessagePosted)
    assert isinstance(edited, MessageEdited)
    assert (posted.text, posted.location.thread) == ("the blue one", str(root.id))
    assert posted.revision == edited.revision


async def test_a_thread_whose_first_message_was_deleted_says_so_and_goes_on(in_use: DiscordInUse) -> None:
    root = await in_use.ana.says("help", "My PIN is 1234")
    await in_use.ana.says(await in_use.ana.starts_thread(root, "pin"), "Sorry for that")
    await in_use.ana.deletes(root)
    trace, reply = await history(in_use, in_use.ref("help"), thread=root)
    assert isinstance(trace, MessageDeleted)
    assert trace.message_id == str(root.id)
    assert words([reply]) == ["Sorry for that"]


async def test_a_thread_that_discord_archived_or_nobody_began_is_read_all_the_same(
    in_use: DiscordInUse,
) -> None:
    root = await in_use.ana.says("help", "My VPN is dead")
    thread = await in_use.ana.starts_thread(root, "vpn")
    await in_use.ana.says(thread, "Still dead")
    in_use.server.threads.change(thread, is_archived=True)
    lonely = await in_use.ana.says("help", "My mouse is gone")
    assert words(await history(in_use, in_use.ref("help"), thread=root)) == ["My VPN is dead", "Still dead"]
    assert words(await history(in_use, in_use.ref("help"), thread=lonely)) == ["My mouse is gone"]


async def test_a_forum_tells_each_posts_first_message_and_a_post_all_of_it(in_use: DiscordInUse) -> None:
    post = await in_use.ana.posts("questions", "Installer hangs", "At 90 per cent")
    await in_use.ana.says(post, "And then it stops")
    (first,) = await history(in_use, in_use.ref("questions"))
    assert isinstance(first, MessagePosted)
    assert (first.text, first.location.thread) == ("Installer hangs\nAt 90 per cent", None)
    inside = await history(in_use, in_use.ref("questions"), thread=post)
    assert words(inside) == ["Installer hangs\nAt 90 per cent", "And then it stops"]


async def test_posts_that_were_archived_meanwhile_are_found_however_many(in_use: DiscordInUse) -> None:
    for number in range(130):
        post = await in_use.ana.posts("questions", f"Post {number}", "words")
        in_use.server.threads.change(in_use.server.world.threads[post.id], is_archived=True)
    found = words(await history(in_use, in_use.ref("questions")))
    assert found == [f"Post {number}\nwords" for number in range(130)]


async def test_only_posts_that_are_newer_are_read_and_no_more_pages_than_that_takes(
    in_use: DiscordInUse,
) -> None:
    for number in range(130):
        post = await in_use.ana.posts("questions", f"Old {number}", "words")
        in_use.server.threads.change(in_use.server.world.threads[post.id], is_archived=True)
    in_use.server.move(timedelta(hours=2))
    await in_use.ana.posts("questions", "New", "words")
    await in_use.server.until(in_use.intake.has(131), "what is told is dealt with")
    assert words(await history(in_use, in_use.ref("questions"))) == ["New\nwords"]
    assert len(in_use.server.calls_to("GET /channels/{channel_id}/threads/archived/public")) == 1


async def test_direct_messages_are_read_both_ends_told_apart(in_use: DiscordInUse) -> None:
    await in_use.ana.writes_dm("My salary is wrong")
    channel = ChannelRef.direct(person_key(in_use.ana.id))
    (event,) = await history(in_use, channel)
    assert (event.location.channel, event.location.thread) == (channel, None)
    assert words([event]) == ["My salary is wrong"]


async def test_what_was_said_in_this_very_millisecond_is_read(in_use: DiscordInUse) -> None:
    said = await in_use.ana.says("help", "Hello")
    since = in_use.server.world.message(said.channel, said.id).created_at
    events = [event async for event in in_use.platform.past_events(in_use.ref("help"), since=since)]
    assert words(events) == ["Hello"]


async def test_a_wanted_mark_is_told_with_its_message(in_use: DiscordInUse) -> None:
    in_use.intake.marks = {"ticket"}
    said = await in_use.ana.says("help", "My VPN is dead")
    await in_use.bo.reacts(said, "🎫")
    await in_use.bo.reacts(said, "👀")
    await in_use.server.until(in_use.intake.has(2), "both are heard")
    _, marked = await history(in_use, in_use.ref("help"))
    assert isinstance(marked, MessageMarked)
    assert marked.key == in_use.intake.of(MessageMarked)[0].key


async def test_notices_of_discords_own_and_the_desks_words_are_left_out(in_use: DiscordInUse) -> None:
    said = await in_use.ana.says("help", "My VPN is dead")
    in_use.server.outsiders.greets(in_use.server.channel_named("help"), in_use.bo.id)
    await in_use.ana.starts_thread(said, "vpn")
    desk = in_use.server.bot()
    await desk.says("help", "Hello from the desk")
    assert words(await history(in_use, in_use.ref("help"))) == ["My VPN is dead"]


async def test_what_discord_does_not_show_is_not_taken_for_nothing(in_use: DiscordInUse) -> None:
    in_use.server.deny(in_use.server.channel_named("team"), in_use.server.bot(), Permission.VIEW_CHANNEL)
    await in_use.server.settled()
    with pytest.raises(HistoryUnavailable, match=r"deliveries\.history_refused"):
        await history(in_use, in_use.ref("team"))


async def test_what_discords_library_cannot_read_is_said_of_its_channel_and_the_rest_is_read(
    in_use: DiscordInUse,
) -> None:
    await in_use.ana.says("help", "My VPN is dead")
    await riddle(in_use)
    await in_use.ana.says("help", "My mouse is gone")
    found: list[InboundEvent] = []
    with pytest.raises(HistoryUnavailable, match=r"deliveries\.history_unreadable"):
        await told_into(found, in_use)
    assert words(found) == ["My VPN is dead", "My mouse is gone"]


async def test_of_a_message_that_discords_library_cannot_read_the_words_are_told(
    in_use: DiscordInUse,
) -> None:
    await riddle(in_use, text="Where shall we eat?")
    assert words(await history(in_use, in_use.ref("help"))) == ["Where shall we eat?"]


async def told_into(found: list[InboundEvent], in_use: DiscordInUse) -> None:
    async for event in in_use.platform.past_events(in_use.ref("help"), since=an_hour_ago(in_use)):
        found.append(event)


async def riddle(in_use: DiscordInUse, *, text: str = "") -> None:
    """Discord's documentation lets a poll have no end; discord.py does not."""
    question = {"question": {"text": "Lunch?"}, "answers": [{"poll_media": {"text": "Yes"}}]}
    heard = len(in_use.intake.events)
    said = await in_use.ana.says("help", text, poll=question)
    await in_use.server.until(in_use.intake.has(heard + 1), "it is heard")
    poll = in_use.server.world.message(said.channel, said.id).poll
    assert poll is not None
    poll["expiry"] = None


def an_hour_ago(in_use: DiscordInUse) -> datetime:
    return in_use.server.pace.now() - timedelta(hours=1)


async def test_threads_without_news_are_told_in_one_call_and_archived_ones_are_to_be_read(
    in_use: DiscordInUse,
) -> None:
    roots = [await in_use.ana.says("help", f"Printer {number} burns") for number in range(4)]
    begun = [await in_use.ana.starts_thread(root, "printer") for root in roots[:3]]
    for thread in begun:
        await in_use.bo.says(thread, "On my way")
    in_use.server.move(timedelta(hours=2))
    await in_use.ana.says(begun[1], "It burns still")
    in_use.server.threads.change(begun[2], is_archived=True)
    threads = [ThreadRef(in_use.ref("help"), str(root.id)) for root in roots]
    assert await in_use.platform.quiet_threads(threads, since=an_hour_ago(in_use)) == {threads[0]}
    assert len(in_use.server.calls_to("GET /guilds/{guild_id}/threads/active")) == 1


async def test_an_answer_that_never_came_is_not_taken_for_nothing_either(in_use: DiscordInUse) -> None:
    await in_use.ana.posts("questions", "Installer hangs", "At 90 per cent")
    in_use.server.plan_failures("GET /guilds/{guild_id}/threads/active", drop=True)
    with pytest.raises(HistoryUnavailable, match=r"deliveries\.history_unanswered"):
        await history(in_use, in_use.ref("questions"))
