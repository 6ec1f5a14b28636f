"""What people say, change and do in Discord, as the desk hears it."""

from bot.messages.inbound import MessageDeleted, MessageEdited, MessageMarked, MessagePosted, PersonLeft
from tests.adapters.discord.discord_in_use import DiscordInUse, started_anew
from tests.fakes.discord.world.records import ForumTag


async def heard(in_use: DiscordInUse, count: int = 1) -> None:
    await in_use.server.until(in_use.intake.has(count), f"{count} events are heard")


async def test_a_message_in_a_channel_is_heard_with_who_where_and_in_which_server(
    in_use: DiscordInUse,
) -> None:
    said = await in_use.bo.says("help", "No network **at all**")
    await heard(in_use)
    (event,) = in_use.intake.of(MessagePosted)
    assert isinstance(event, MessagePosted)
    assert (event.text, event.message_id) == ("No network **at all**", str(said.id))
    assert (event.location.channel, event.location.thread) == (in_use.ref("help"), None)
    assert event.location.community == f"discord:{in_use.server.guild.id}"
    role = in_use.server.role("helpers")
    assert (event.actor.key, event.actor.groups) == (
        f"discord:{in_use.bo.id}",
        frozenset({f"discord:@{role.id}"}),
    )


async def test_a_word_in_a_thread_belongs_to_the_message_the_thread_began_with(in_use: DiscordInUse) -> None:
    root = await in_use.ana.says("help", "No network")
    thread = await in_use.ana.starts_thread(root, "network")
    await in_use.ana.says(thread, "Still none")
    await heard(in_use, 2)
    event = in_use.intake.events[-1]
    assert (event.location.channel, event.location.thread) == (in_use.ref("help"), str(root.id))


async def test_a_forum_post_is_a_request_of_its_own_and_what_follows_is_in_its_thread(
    in_use: DiscordInUse,
) -> None:
    post = await in_use.ana.posts("questions", "Installer hangs", "At 90 per cent")
    await heard(in_use)
    (event,) = in_use.intake.of(MessagePosted)
    assert isinstance(event, MessagePosted)
    assert (event.location.channel, event.location.thread) == (in_use.ref("questions"), None)
    assert event.message_id == str(post.id)
    await in_use.ana.says(post, "And then it stops")
    await heard(in_use, 2)
    assert in_use.intake.events[-1].location.thread == str(post.id)


async def test_an_edit_and_a_deletion_are_heard_at_any_age(in_use: DiscordInUse) -> None:
    said = await in_use.ana.says("help", "No netwrok")
    await in_use.ana.edits(said, "No network")
    await in_use.ana.deletes(said)
    await heard(in_use, 3)
    _, edit, deletion = in_use.intake.events
    assert isinstance(edit, MessageEdited)
    assert isinstance(deletion, MessageDeleted)
    assert (edit.text, edit.message_id, deletion.message_id) == ("No network", str(said.id), str(said.id))


async def test_a_direct_message_is_with_its_author(in_use: DiscordInUse) -> None:
    await in_use.ana.writes_dm("May I ask something?")
    await heard(in_use)
    (event,) = in_use.intake.events
    assert event.location.channel.channel == f"@{in_use.ana.id}"
    assert event.location.thread is None


async def test_what_is_deleted_in_direct_messages_is_known_after_a_restart_too(in_use: DiscordInUse) -> None:
    said = await in_use.ana.writes_dm("My PIN is 1234")
    await heard(in_use)
    async with started_anew(in_use):
        await in_use.ana.deletes(said)
        await heard(in_use, 2)
    deletion = in_use.intake.events[-1]
    assert isinstance(deletion, MessageDeleted)
    assert (deletion.message_id, deletion.location.channel) == (
        str(said.id),
        in_use.intake.events[0].location.channel,
    )


async def test_where_discord_does_not_say_what_channel_that_is_it_is_read_again_later(
    in_use: DiscordInUse,
) -> None:
    said = await in_use.ana.writes_dm("My PIN is 1234")
    await heard(in_use)
    async with started_anew(in_use):
        in_use.intake.gaps.clear()
        in_use.server.plan_failures("GET /channels/{channel_id}", drop=True)
        await in_use.ana.deletes(said)
        await in_use.server.until(lambda: bool(in_use.intake.gaps), "a gap is noted")
    assert not in_use.intake.of(MessageDeleted)


async def test_a_mark_on_a_message_that_is_gone_is_nothing_and_one_that_is_not_shown_is_read_again(
    in_use: DiscordInUse,
) -> None:
    in_use.intake.marks = {"ticket"}
    said = await in_use.ana.says("help", "Broken")
    route = "GET /channels/{channel_id}/messages/{message_id}"
    in_use.server.plan_failures(route, code=10008, status=404, times=1)
    await in_use.bo.reacts(said, "🎫")
    await in_use.server.until(lambda: len(in_use.server.calls_to(route)) == 1, "it is looked at")
    await in_use.server.until(lambda: in_use.platform.is_quiet, "that is done with")
    assert (in_use.intake.of(MessageMarked), in_use.intake.gaps) == ([], [])
    in_use.server.plan_failures(route, drop=True)
    await in_use.ana.reacts(said, "🎫")
    await in_use.server.until(lambda: bool(in_use.intake.gaps), "a gap is noted")


async def test_a_channel_is_what_it_was_made_last(in_use: DiscordInUse) -> None:
    """Tags that a moderator adds to a forum are there for the next ticket."""
    forum, session = in_use.server.channel_named("questions"), in_use.platform._session
    assert session is not None
    assert "fresh" not in (await session._channel_cache.get(forum.id)).tags
    fresh = ForumTag(in_use.server.world.ids.new(), "Fresh")
    in_use.server.communities.change_channel(forum, tags=[*forum.tags, fresh])

    def is_known() -> bool:
        room = session._channel_cache.known(forum.id)
        return room is not None and "fresh" in room.tags

    await in_use.server.until(is_known, "the new tag is known")


async def test_files_are_read_and_a_reply_says_what_it_answers(in_use: DiscordInUse) -> None:
    first = await in_use.ana.says("help", "Which one?", files=[("a.txt", b"hello")])
    await in_use.bo.says("help", "The blue one", reply_to=first)
    await heard(in_use, 2)
    _, reply = in_use.intake.events
    assert in_use.intake.bytes_of == {"a.txt": b"hello"}
    assert isinstance(reply, MessagePosted)
    assert reply.quote == "Ana: Which one?"


async def test_a_mark_is_heard_only_where_it_means_something(in_use: DiscordInUse) -> None:
    said = await in_use.ana.says("help", "Broken")
    await in_use.bo.reacts(said, "👀")
    in_use.intake.marks = {"ticket"}
    await in_use.bo.reacts(said, "🎫")
    await heard(in_use, 2)
    _, mark = in_use.intake.events
    assert isinstance(mark, MessageMarked)
    assert (mark.mark, mark.about.text, mark.actor.key) == ("ticket", "Broken", f"discord:{in_use.bo.id}")


async def test_whoever_leaves_is_noticed(in_use: DiscordInUse) -> None:
    await in_use.ana.leaves(in_use.server.guild)
    await heard(in_use)
    (event,) = in_use.intake.events
    assert isinstance(event, PersonLeft)
    assert event.actor.key == f"discord:{in_use.ana.id}"
