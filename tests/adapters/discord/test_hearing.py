"""What people say, change and do in Discord, as the desk hears it."""

from bot.messages.inbound import MessageDeleted, MessageEdited, MessageMarked, MessagePosted, PersonLeft
from tests.adapters.discord.discord_in_use import DiscordInUse


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
    assert (event.spot.channel, event.spot.thread) == (in_use.ref("help"), None)
    assert event.spot.community == f"discord:{in_use.server.guild.id}"
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
    assert (event.spot.channel, event.spot.thread) == (in_use.ref("help"), str(root.id))


async def test_a_forum_post_is_a_request_of_its_own_and_what_follows_is_in_its_thread(
    in_use: DiscordInUse,
) -> None:
    post = await in_use.ana.posts("questions", "Installer hangs", "At 90 per cent")
    await heard(in_use)
    (event,) = in_use.intake.of(MessagePosted)
    assert isinstance(event, MessagePosted)
    assert (event.spot.channel, event.spot.thread) == (in_use.ref("questions"), None)
    assert event.message_id == str(post.id)
    await in_use.ana.says(post, "And then it stops")
    await heard(in_use, 2)
    assert in_use.intake.events[-1].spot.thread == str(post.id)


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
    assert event.spot.channel.channel == f"@{in_use.ana.id}"
    assert event.spot.thread is None


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
