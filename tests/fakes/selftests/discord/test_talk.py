"""What people and the bot say: read back by both, edited, answered and taken away."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import discord
import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person, Seen
from tests.fakes.discord.world.records import Channel, ChannelType
from tests.fakes.selftests.discord.discord_client import Api, logged_in, plain_requests


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


async def test_discord_py_posts_and_a_person_reads_it(
    server: DiscordServer, help_channel: Channel, ana: Person
) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(help_channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.send("hello", nonce="n-1")
        history = [message.content async for message in channel.history()]
    assert [(seen.author, seen.text) for seen in ana.reads("help")] == [("Deskbell", "hello")]
    assert history == ["hello"]


async def test_what_people_say_is_in_the_history_newest_first(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    for number in range(4):
        await ana.says("help", f"number {number}")
    said = await api.done("GET", f"/channels/{help_channel.id}/messages", limit=3)
    assert [message["content"] for message in said] == ["number 3", "number 2", "number 1"]
    assert said[0]["author"]["username"] == "ana"


async def test_history_is_read_before_after_and_around_a_message(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = [await ana.says("help", f"number {number}") for number in range(7)]
    path = f"/channels/{help_channel.id}/messages"

    async def contents(**query: int) -> str:
        return " ".join(message["content"][-1] for message in await api.done("GET", path, **query))

    assert await contents(before=said[3].id, limit=2) == "2 1"
    assert await contents(after=said[3].id, limit=2) == "5 4"
    assert await contents(around=said[3].id, limit=3) == "4 3 2"


async def test_a_nonce_posts_once_for_some_minutes(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    path, body = (
        f"/channels/{help_channel.id}/messages",
        {"content": "once", "nonce": "key-1", "enforce_nonce": True},
    )
    first, second = await api.done("POST", path, body), await api.done("POST", path, body)
    assert first["id"] == second["id"]
    assert first["nonce"] == "key-1"
    assert len(ana.reads("help")) == 1
    server.move(timedelta(minutes=6))
    third = await api.done("POST", path, body)
    assert third["id"] != first["id"]
    fetched = await api.done("GET", f"{path}/{first['id']}")
    assert "nonce" not in fetched


async def test_without_enforcing_the_same_nonce_posts_twice(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    for _ in range(2):
        await api.done("POST", f"/channels/{help_channel.id}/messages", {"content": "twice", "nonce": 7})
    assert len(ana.reads("help")) == 2


async def test_an_edit_is_seen_and_marked(help_channel: Channel, ana: Person, api: Api) -> None:
    path = f"/channels/{help_channel.id}/messages"
    posted = await api.done("POST", path, {"content": "first", "embeds": [{"title": "Card"}]})
    await api.done("PATCH", f"{path}/{posted['id']}", {"content": "second"})
    seen = ana.reads("help")[-1]
    assert (seen.text, seen.words, seen.is_edited) == ("second", "second\nCard", True)


async def test_nobody_edits_what_another_wrote(help_channel: Channel, ana: Person, api: Api) -> None:
    said = await ana.says("help", "mine")
    answer = await api.ask("PATCH", f"/channels/{help_channel.id}/messages/{said.id}", {"content": "x"})
    assert answer.refusal == (403, 50005)
    with pytest.raises(NotOffered, match="50005"):
        await ana.edits((await _posted(api, help_channel, ana)), "x")


async def test_what_is_deleted_is_gone(help_channel: Channel, ana: Person, api: Api) -> None:
    said = await ana.says("help", "oops")
    await ana.deletes(said)
    assert ana.reads("help") == []
    answer = await api.ask("GET", f"/channels/{help_channel.id}/messages/{said.id}")
    assert answer.refusal == (404, 10008)


async def test_a_reply_points_at_what_it_answers(help_channel: Channel, ana: Person, api: Api) -> None:
    said = await ana.says("help", "no network")
    body = {"content": "looking", "message_reference": {"message_id": str(said.id)}}
    answer = await api.done("POST", f"/channels/{help_channel.id}/messages", body)
    assert answer["type"] == 19
    assert answer["referenced_message"]["content"] == "no network"
    assert ana.reads("help")[-1].reply_to == said.id
    assert ana.reads("help")[-1].pings == ("Ana",)


async def test_a_reply_to_what_is_gone_is_refused_unless_it_need_not_exist(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    path = f"/channels/{help_channel.id}/messages"
    reference = {"message_id": "12345"}
    answer = await api.ask("POST", path, {"content": "late", "message_reference": reference})
    assert answer.problem("message_reference")[0] == "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
    lenient = reference | {"fail_if_not_exists": False}
    await api.done("POST", path, {"content": "late", "message_reference": lenient})
    assert ana.reads("help")[-1].reply_to is None


async def test_only_those_meant_are_pinged(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    noor = server.person("noor")
    body = {
        "content": f"<@{ana.id}> <@{noor.id}> @everyone",
        "allowed_mentions": {"parse": [], "users": [str(noor.id)]},
    }
    await api.done("POST", f"/channels/{help_channel.id}/messages", body)
    seen = ana.reads("help")[-1]
    assert seen.pings == ("Noor",)
    assert seen.text == "@Ana @Noor @everyone"


async def test_files_cross_in_both_directions(
    server: DiscordServer, help_channel: Channel, ana: Person
) -> None:
    said = await ana.says("help", "see", files=[("log file.txt", b"line 1")])
    async with logged_in(server) as client:
        channel = await client.fetch_channel(help_channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.fetch_message(said.id)
        assert [(a.filename, a.size) for a in message.attachments] == [("log_file.txt", 6)]
        assert await message.attachments[0].read() == b"line 1"
        files = [discord.File(io.BytesIO(bytes([n]) * 10), f"{n}.bin") for n in range(2)]
        await channel.send("two files", files=files)
    assert ana.reads("help")[-1].files == ("0.bin", "1.bin")


async def test_a_link_to_a_file_ends_after_a_day_and_cannot_be_made_up(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", files=[("log.txt", b"line 1")])
    message = await api.done("GET", f"/channels/{help_channel.id}/messages/{said.id}")
    url = message["attachments"][0]["url"]
    async with aiohttp.ClientSession() as session:
        statuses = []
        for address in (url, url.replace("hm=", "hm=0")):
            async with session.get(address) as response:
                statuses.append(response.status)
        server.move(timedelta(hours=25))
        async with session.get(url) as response:
            statuses.append(response.status)
    assert statuses == [200, 404, 404]
    renewed = await api.done("GET", f"/channels/{help_channel.id}/messages/{said.id}")
    assert renewed["attachments"][0]["url"] != url


async def test_an_edit_keeps_only_the_files_it_names(help_channel: Channel, ana: Person, api: Api) -> None:
    path = f"/channels/{help_channel.id}/messages"
    posted = await api.done("POST", path, {"content": "no files"})
    assert (await api.done("PATCH", f"{path}/{posted['id']}", {"attachments": []}))["attachments"] == []
    said = await ana.says("help", "two", files=[("a.txt", b"a"), ("b.txt", b"b")])
    edited = await ana.edits(said, "still two")
    assert edited.files == ("a.txt", "b.txt")


async def test_direct_messages_are_read_by_both(server: DiscordServer, ana: Person, api: Api) -> None:
    await ana.writes_dm("help me")
    channel = await api.done("POST", "/users/@me/channels", {"recipient_id": str(ana.id)})
    said = await api.done("GET", f"/channels/{channel['id']}/messages")
    assert [message["content"] for message in said] == ["help me"]
    await api.done("POST", f"/channels/{channel['id']}/messages", {"content": "at once"})
    assert [seen.text for seen in ana.reads_dm()] == ["help me", "at once"]


async def test_who_closed_their_direct_messages_or_left_gets_none(
    server: DiscordServer, ana: Person, api: Api
) -> None:
    channel = await api.done("POST", "/users/@me/channels", {"recipient_id": str(ana.id)})
    path = f"/channels/{channel['id']}/messages"
    ana.closes_dms()
    assert (await api.ask("POST", path, {"content": "?"})).refusal == (403, 50007)
    ana.opens_dms()
    await ana.leaves(server.guild)
    assert (await api.ask("POST", path, {"content": "?"})).refusal == (403, 50007)
    with pytest.raises(NotOffered, match="shares no server"):
        await ana.writes_dm("still there?")


async def test_without_the_intent_people_s_words_are_empty_but_for_mentions_and_direct_messages(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    server.world.application.flags = type(server.world.application.flags)(0)
    await ana.says("help", "secret", files=[("a.txt", b"a")])
    await ana.says("help", "hello @Deskbell")
    said = await api.done("GET", f"/channels/{help_channel.id}/messages")
    assert [(m["content"][:5], len(m["attachments"])) for m in said] == [("hello", 0), ("", 0)]
    direct = await api.done("POST", "/users/@me/channels", {"recipient_id": str(ana.id)})
    await ana.writes_dm("between us")
    assert (await api.done("GET", f"/channels/{direct['id']}/messages"))[0]["content"] == "between us"


async def test_reactions_are_counted_and_taken_back(help_channel: Channel, ana: Person, api: Api) -> None:
    said = await ana.says("help", "thanks")
    path = f"/channels/{help_channel.id}/messages/{said.id}"
    await api.done("PUT", f"{path}/reactions/✅/@me")
    await ana.reacts(said, "✅")
    assert (await api.done("GET", path))["reactions"][0]["count"] == 2
    await api.done("DELETE", f"{path}/reactions/✅/@me")
    await ana.reacts(said, "✅", takes_back=True)
    assert "reactions" not in await api.done("GET", path)
    assert (await api.ask("PUT", f"{path}/reactions/notanemoji/@me")).refusal == (400, 10014)


async def test_a_pinned_message_is_listed_and_noted_in_the_channel(
    help_channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "read this first")
    await api.done("PUT", f"/channels/{help_channel.id}/messages/pins/{said.id}")
    pins = await api.done("GET", f"/channels/{help_channel.id}/messages/pins")
    assert [item["message"]["content"] for item in pins["items"]] == ["read this first"]
    assert ana.reads("help")[-1].kind.name == "PINNED"


async def test_slow_mode_holds_people_back_but_no_bot(server: DiscordServer, ana: Person, api: Api) -> None:
    slow = server.channel("slow", slow_mode_s=30)
    await ana.says("slow", "one")
    with pytest.raises(NotOffered, match="slow mode"):
        await ana.says("slow", "two")
    for _ in range(2):
        await api.done("POST", f"/channels/{slow.id}/messages", {"content": "bot"})
    server.move(timedelta(seconds=31))
    await ana.says("slow", "two")
    assert len(ana.reads("slow")) == 4


async def _posted(api: Api, channel: Channel, reader: Person) -> Seen:
    await api.done("POST", f"/channels/{channel.id}/messages", {"content": "the bot's"})
    return reader.reads(channel)[-1]


async def test_stickers_polls_and_forwards_are_carried(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    server.channel("elsewhere")
    server.add_sticker("wave")
    said = await ana.says("help", "look at this")
    await ana.forwards(said, "elsewhere")
    await ana.says("help", sticker="wave")
    poll = {"question": {"text": "Better?"}, "answers": [{"poll_media": {"text": "Yes"}}]}
    await ana.says("help", poll=poll)
    polled, waved, _ = await api.done("GET", f"/channels/{help_channel.id}/messages")
    assert polled["poll"]["answers"] == [{"answer_id": 1, "poll_media": {"text": "Yes"}}]
    assert [sticker["name"] for sticker in waved["sticker_items"]] == ["wave"]
    there = server.channel_named("elsewhere").id
    forwarded = (await api.done("GET", f"/channels/{there}/messages"))[0]
    assert forwarded["message_reference"]["type"] == 1
    assert forwarded["message_snapshots"][0]["message"]["content"] == "look at this"
    assert "look at this" in ana.reads("elsewhere")[-1]


async def test_what_outsiders_say_is_marked_as_theirs(
    server: DiscordServer, help_channel: Channel, ana: Person, api: Api
) -> None:
    news = server.channel("news", kind=ChannelType.ANNOUNCEMENT)
    said = await ana.says("news", "release 1.0")
    server.outsiders.crossposts(said, help_channel)
    server.outsiders.webhook_says(help_channel, "Alertmanager", "disk full")
    server.outsiders.greets(help_channel, ana.id)
    joined, alert, crosspost = await api.done("GET", f"/channels/{help_channel.id}/messages")
    assert (joined["type"], alert["author"]["username"]) == (7, "Alertmanager")
    assert "application_id" not in alert
    assert crosspost["flags"] & 2
    assert crosspost["message_reference"]["channel_id"] == str(news.id)
    assert crosspost["author"]["username"] == "Riverside #news"


async def test_a_links_preview_is_no_edit(help_channel: Channel, ana: Person, server: DiscordServer) -> None:
    said = await ana.says("help", "see https://example.org/")
    server.outsiders.unfurls(said)
    seen = ana.reads("help")[-1]
    assert (seen.is_edited, seen.words) == (False, "see https://example.org/\nA page")
