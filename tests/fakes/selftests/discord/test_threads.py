"""Threads and forum posts: begun, archived and woken, locked, renamed, listed, and who is in them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import Channel, MessageType
from tests.fakes.selftests.discord.discord_client import Api, plain_requests

WEEK = 10080


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        yield running


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def help_channel(server: DiscordServer) -> Channel:
    return server.channel("help")


@pytest.fixture
def ana(server: DiscordServer) -> Person:
    return server.person("ana")


async def begun(api: Api, channel: Channel, message: int, name: str = "IT-1") -> str:
    body = {"name": name, "auto_archive_duration": WEEK}
    thread = await api.done("POST", f"/channels/{channel.id}/messages/{message}/threads", body)
    return str(thread["id"])


async def test_a_thread_on_a_message_has_its_id_and_begins_once(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    assert await begun(api, help_channel, said.id) == str(said.id)
    assert ana.reads("help")[0].thread == said.id
    again = await api.ask("POST", f"/channels/{help_channel.id}/messages/{said.id}/threads", {"name": "x"})
    assert again.refusal == (400, 160004)


async def test_in_the_thread_stands_first_what_it_began_with(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    await api.done("POST", f"/channels/{thread}/messages", {"content": "looking"})
    first, second = await api.done("GET", f"/channels/{thread}/messages", after=0)
    starter = min(first, second, key=lambda message: int(message["id"]))
    assert starter["type"] == MessageType.THREAD_STARTER
    assert starter["referenced_message"]["content"] == "no network"
    assert ana.reads_thread(said)[-1].text == "looking"


async def test_a_thread_on_an_older_message_is_told_in_the_channel(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    old = await ana.says("help", "old")
    await ana.says("help", "new")
    await begun(api, help_channel, old.id)
    assert ana.reads("help")[-1].kind is MessageType.THREAD_CREATED


async def test_writing_wakes_an_archived_thread_and_brings_the_author_in(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    server.move(timedelta(days=8))
    assert (await api.done("GET", f"/channels/{thread}"))["thread_metadata"]["archived"]
    await ana.says(said, "still nothing")
    fetched = await api.done("GET", f"/channels/{thread}")
    assert not fetched["thread_metadata"]["archived"]
    assert fetched["message_count"] == 1
    members = await api.done("GET", f"/channels/{thread}/thread-members")
    assert {member["user_id"] for member in members} == {str(ana.id), str(server.world.bot.id)}


async def test_an_archived_thread_is_changed_only_by_waking_it(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    posted = await api.done("POST", f"/channels/{thread}/messages", {"content": "looking"})
    await api.done("PATCH", f"/channels/{thread}", {"archived": True})
    edit = await api.ask("PATCH", f"/channels/{thread}/messages/{posted['id']}", {"content": "x"})
    rename = await api.ask("PATCH", f"/channels/{thread}", {"name": "x"})
    added = await api.ask("PUT", f"/channels/{thread}/thread-members/{ana.id}")
    react = await api.ask("PUT", f"/channels/{thread}/messages/{posted['id']}/reactions/✅/@me")
    assert {answer.refusal for answer in (edit, rename, added, react)} == {(400, 50083)}
    await api.done("DELETE", f"/channels/{thread}/messages/{posted['id']}")
    await api.done("PATCH", f"/channels/{thread}", {"archived": False, "name": "x"})


async def test_a_locked_thread_is_for_moderators(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    await api.done("PATCH", f"/channels/{thread}", {"locked": True})
    with pytest.raises(NotOffered, match="160005"):
        await ana.says(said, "hello?")
    await api.done("POST", f"/channels/{thread}/messages", {"content": "moderators may"})
    server.communities.change_role(server.communities.bot_role(server.guild), permissions=0)
    answer = await api.ask("POST", f"/channels/{thread}/messages", {"content": "others may not"})
    assert answer.refusal == (400, 160005)


async def test_a_locked_and_archived_thread_is_not_woken_by_writing(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    await api.done("PATCH", f"/channels/{thread}", {"locked": True, "archived": True})
    answer = await api.ask("POST", f"/channels/{thread}/messages", {"content": "hello?"})
    assert answer.refusal == (400, 50083)
    with pytest.raises(NotOffered, match="50083"):
        await ana.says(said, "hello?")
    with pytest.raises(NotOffered):
        await ana.archives(said, is_archived=False)
    await api.done("PATCH", f"/channels/{thread}", {"locked": False, "archived": False})
    await ana.says(said, "there you are")


async def test_renaming_writes_a_note_and_is_taken_twice_in_ten_minutes(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    server.pace.scale = 100
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    for number in range(2):
        await api.done("PATCH", f"/channels/{thread}", {"name": f"name {number}"})
    third = await api.ask("PATCH", f"/channels/{thread}", {"name": "name 2"})
    assert third.status == 429
    assert int(third.headers["X-RateLimit-Remaining"]) > 0, "no header tells of this limit"
    assert third.body["retry_after"] > 500 * 100
    notes = [seen.text for seen in ana.reads_thread(said) if seen.kind is MessageType.CHANNEL_NAME_CHANGE]
    assert notes == ["name 0", "name 1"]
    await api.done("PATCH", f"/channels/{thread}", {"archived": True})


async def test_a_private_thread_is_seen_by_its_members_and_moderators_alone(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    noor = server.person("noor")
    body = {"name": "staff", "type": 12, "invitable": False}
    thread = await api.done("POST", f"/channels/{help_channel.id}/threads", body)
    assert thread["thread_metadata"]["invitable"] is False
    await api.done("PUT", f"/channels/{thread['id']}/thread-members/{noor.id}")
    await api.done("POST", f"/channels/{thread['id']}/messages", {"content": "between us"})
    found = server.world.threads[int(thread["id"])]
    assert [seen.text for seen in noor.reads(found)] == ["", "between us"]
    with pytest.raises(NotOffered):
        ana.reads(found)
    assert ana.threads("help") == []
    moderator = server.person("mod")
    server.role("Mods", [moderator], permissions=int(Permission.MANAGE_THREADS))
    assert moderator.threads("help") == [found]


async def test_the_bot_sees_no_private_thread_it_is_not_in_unless_it_moderates(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    thread = await ana.starts_thread("help", "secret", private=True)
    await api.done("GET", f"/channels/{thread.id}")
    server.communities.change_role(server.communities.bot_role(server.guild), permissions=0)
    assert (await api.ask("GET", f"/channels/{thread.id}")).refusal == (403, 50001)


async def test_a_forum_post_begins_with_its_first_message(
    server: DiscordServer, ana: Person, api: Api
) -> None:
    forum = server.forum("questions", tags=["network", "urgent"])
    tag = forum.tags[0]
    body = {"name": "No network", "applied_tags": [str(tag.id)], "message": {"content": "since noon"}}
    post = await api.done("POST", f"/channels/{forum.id}/threads", body)
    assert post["id"] == post["message"]["id"]
    assert post["applied_tags"] == [str(tag.id)]
    thread = server.world.threads[int(post["id"])]
    assert [seen.text for seen in ana.reads(thread)] == ["since noon"]
    assert ana.tag_names(thread) == ["network"]


async def test_people_post_in_forums_and_the_bot_retags_their_posts(
    server: DiscordServer, ana: Person, api: Api
) -> None:
    forum = server.forum("questions", tags=["network", "urgent"])
    said = await ana.posts("questions", "No network", "since noon", tags=["network"])
    tags = [str(tag.id) for tag in forum.tags]
    await api.done("PATCH", f"/channels/{said.id}", {"applied_tags": tags})
    assert ana.tag_names(ana.threads("questions")[0]) == ["network", "urgent"]
    assert (await api.ask("PATCH", f"/channels/{said.id}", {"applied_tags": ["1"]})).code == 10087
    too_many = await api.ask("PATCH", f"/channels/{said.id}", {"applied_tags": tags * 3})
    assert too_many.problem("applied_tags")[1] == "Must be 5 or fewer in length."


async def test_a_forum_takes_posts_and_no_messages(server: DiscordServer, ana: Person, api: Api) -> None:
    forum = server.forum("questions")
    answer = await api.ask("POST", f"/channels/{forum.id}/messages", {"content": "hello"})
    assert answer.refusal == (400, 40058)
    with pytest.raises(NotOffered, match="40058"):
        await ana.says("questions", "hello")
    empty = await api.ask("POST", f"/channels/{forum.id}/threads", {"name": "x", "message": {}})
    assert empty.refusal == (400, 50006)


async def test_a_forum_that_needs_a_tag_takes_no_post_without(server: DiscordServer, ana: Person) -> None:
    server.forum("questions", tags=["network"], needs_tag=True)
    with pytest.raises(NotOffered, match="40067"):
        await ana.posts("questions", "No network", "since noon")


async def test_active_and_archived_threads_are_listed(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    threads = []
    for number in range(3):
        said = await ana.says("help", f"number {number}")
        threads.append(await begun(api, help_channel, said.id))
    for thread in threads[:2]:
        await api.done("PATCH", f"/channels/{thread}", {"archived": True})
    active = await api.done("GET", f"/guilds/{server.guild.id}/threads/active")
    assert [thread["id"] for thread in active["threads"]] == threads[2:]
    path = f"/channels/{help_channel.id}/threads/archived/public"
    archived = await api.done("GET", path)
    assert [thread["id"] for thread in archived["threads"]] == threads[1::-1]
    latest = archived["threads"][0]["thread_metadata"]["archive_timestamp"]
    older = await api.done("GET", path, before=latest)
    assert [thread["id"] for thread in older["threads"]] == threads[:1]


async def test_a_guild_has_room_for_so_many_active_threads(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    server.threads.most_active = 2
    said = [await ana.says("help", f"number {number}") for number in range(3)]
    first = await begun(api, help_channel, said[0].id)
    await begun(api, help_channel, said[1].id)
    path = f"/channels/{help_channel.id}/messages/{said[2].id}/threads"
    assert (await api.ask("POST", path, {"name": "IT-3"})).refusal == (400, 160006)
    await api.done("PATCH", f"/channels/{first}", {"archived": True})
    await api.done("POST", path, {"name": "IT-3"})
    answer = await api.ask("POST", f"/channels/{first}/messages", {"content": "no room to wake"})
    assert answer.refusal == (400, 160006)


async def test_a_deleted_thread_is_unknown_and_the_message_stays(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    moderator = server.person("mod")
    server.role("Mods", [moderator], permissions=int(Permission.MANAGE_THREADS))
    await moderator.deletes_thread(said)
    answer = await api.ask("POST", f"/channels/{thread}/messages", {"content": "hello?"})
    assert answer.refusal == (404, 10003)
    assert [seen.text for seen in ana.reads("help")] == ["no network"]


async def test_a_thread_outlives_the_message_it_began_with(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    thread = await begun(api, help_channel, said.id)
    await ana.deletes(said)
    await api.done("POST", f"/channels/{thread}/messages", {"content": "still here"})
    assert ana.reads_thread(said)[-1].text == "still here"
