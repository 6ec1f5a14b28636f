"""Webhooks: made by whoever may, posting under any name, in threads and forums."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from tests.fakes.discord import DiscordServer, Person
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import Channel
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
def team(server: DiscordServer) -> Channel:
    return server.channel("team")


@pytest.fixture
def noor(server: DiscordServer) -> Person:
    return server.person("noor")


async def made(api: Api, channel: Channel) -> dict[str, Any]:
    webhook: dict[str, Any] = await api.done("POST", f"/channels/{channel.id}/webhooks", {"name": "Deskbell"})
    return webhook


def post(webhook: dict[str, Any], message: str = "") -> str:
    where = f"/webhooks/{webhook['id']}/{webhook['token']}"
    return f"{where}/messages/{message}" if message else where


async def test_discord_py_posts_under_another_name(
    server: DiscordServer, team: Channel, noor: Person
) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(team.id)
        assert isinstance(channel, discord.TextChannel)
        webhook = await channel.create_webhook(name="Deskbell")
        await webhook.send("no network", username="Ana", avatar_url="https://example.org/ana.png", wait=True)
    seen = noor.reads("team")[-1]
    assert (seen.author, seen.text, seen.picture) == ("Ana", "no network", "https://example.org/ana.png")


async def test_what_a_webhook_said_is_told_only_to_who_waits(team: Channel, noor: Person, api: Api) -> None:
    webhook = await made(api, team)
    quiet = await api.ask("POST", post(webhook), {"content": "one"})
    assert quiet.status == 204
    told = await api.done("POST", post(webhook), {"content": "two"}, wait="true")
    assert (told["webhook_id"], told["author"]["username"]) == (webhook["id"], "Deskbell")


async def test_webhook_posts_are_edited_and_deleted(team: Channel, noor: Person, api: Api) -> None:
    webhook = await made(api, team)
    told = await api.done("POST", post(webhook), {"content": "one"}, wait="true")
    await api.done("PATCH", post(webhook, told["id"]), {"content": "two"})
    assert noor.reads("team")[-1].text == "two"
    by_bot = await api.ask("PATCH", f"/channels/{team.id}/messages/{told['id']}", {"content": "x"})
    assert by_bot.refusal == (403, 50005)
    await api.done("DELETE", post(webhook, told["id"]))
    assert noor.reads("team") == []


async def test_in_a_thread_it_posts_with_the_threads_id_and_wakes_it(
    server: DiscordServer, team: Channel, noor: Person, api: Api
) -> None:
    webhook = await made(api, team)
    said = await noor.says("team", "card")
    thread = await noor.starts_thread(said, "IT-1")
    await noor.archives(thread)
    told = await api.done("POST", post(webhook), {"content": "inside"}, wait="true", thread_id=thread.id)
    assert noor.reads_thread(said)[-1].text == "inside"
    assert not thread.is_archived
    assert (await api.ask("PATCH", post(webhook, told["id"]), {"content": "x"})).refusal == (404, 10008)
    await api.done("PATCH", post(webhook, told["id"]), {"content": "edited"}, thread_id=thread.id)
    assert noor.reads_thread(said)[-1].text == "edited"


async def test_no_webhook_reaches_another_channels_thread_or_a_locked_one(
    server: DiscordServer, team: Channel, noor: Person, api: Api
) -> None:
    webhook = await made(api, team)
    server.channel("other")
    stranger = await noor.starts_thread("other", "elsewhere")
    answer = await api.ask("POST", post(webhook), {"content": "x"}, thread_id=stranger.id)
    assert answer.refusal == (404, 10003)
    own = await noor.starts_thread("team", "here")
    server.threads.change(own, is_locked=True, is_archived=True)
    assert (await api.ask("POST", post(webhook), {"content": "x"}, thread_id=own.id)).refusal == (400, 50083)


async def test_in_a_forum_it_needs_a_post_to_begin_or_to_go_on(
    server: DiscordServer, noor: Person, api: Api
) -> None:
    forum = server.forum("cards")
    webhook = await made(api, forum)
    assert (await api.ask("POST", post(webhook), {"content": "x"})).refusal == (400, 220001)
    body = {"content": "first", "thread_name": "IT-1", "username": "Ana"}
    told = await api.done("POST", post(webhook), body, wait="true")
    assert told["channel_id"] == told["id"]
    both = await api.ask("POST", post(webhook), body, thread_id=told["id"])
    assert both.refusal == (400, 220002)
    assert [seen.author for seen in noor.reads(noor.threads("cards")[0])] == ["Ana"]


async def test_a_name_is_not_discords_and_not_too_long(team: Channel, api: Api) -> None:
    webhook = await made(api, team)
    clyde = await api.ask("POST", post(webhook), {"content": "x", "username": "Clyde the cat"})
    assert clyde.problem("username") == ("USERNAME_INVALID_CONTAINS", 'Username cannot contain "clyde"')
    long = await api.ask("POST", post(webhook), {"content": "x", "username": "n" * 81})
    assert long.problem("username")[1] == "Must be between 1 and 80 in length."
    named = await api.ask("POST", f"/channels/{team.id}/webhooks", {"name": "My Discord"})
    assert named.problem("name")[0] == "USERNAME_INVALID_CONTAINS"


async def test_a_channel_has_fifteen(team: Channel, api: Api) -> None:
    for _ in range(15):
        await made(api, team)
    answer = await api.ask("POST", f"/channels/{team.id}/webhooks", {"name": "one more"})
    assert answer.refusal == (400, 30007)
    assert len(await api.done("GET", f"/channels/{team.id}/webhooks")) == 15


async def test_making_them_takes_a_permission_and_posting_takes_the_token(
    server: DiscordServer, team: Channel, api: Api
) -> None:
    webhook = await made(api, team)
    assert (await api.ask("POST", post(webhook | {"token": "guessed"}), {"content": "x"})).code == 50027
    assert (await api.ask("POST", post(webhook | {"id": "1"}), {"content": "x"})).refusal == (404, 10015)
    server.deny(team, server.bot(), Permission.MANAGE_WEBHOOKS)
    answer = await api.ask("GET", f"/channels/{team.id}/webhooks")
    assert answer.refusal == (403, 50013)
    api.token = "nobody's"
    await api.done("POST", post(webhook), {"content": "no bot's token needed"})


async def test_a_webhook_that_people_made_shows_no_buttons(
    server: DiscordServer, team: Channel, noor: Person, api: Api
) -> None:
    webhook = await made(api, team)
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Claim", "custom_id": "claim"}]}
    await api.done("POST", post(webhook), {"content": "ours", "components": [row]})
    server.world.webhooks[int(webhook["id"])].application_id = None
    await api.done("POST", post(webhook), {"content": "theirs", "components": [row]})
    assert [seen.buttons for seen in noor.reads("team")] == [("Claim",), ()]
