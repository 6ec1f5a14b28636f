"""Who may do what: roles, overwrites, and what is refused to a bot that lost a right, a channel or a guild."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person
from tests.fakes.discord.rules.permissions import DESK, Permission
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_client import Api, plain_requests


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        yield running


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    return server.channel("help")


@pytest.fixture
def ana(server: DiscordServer) -> Person:
    return server.person("ana")


EMBEDDED = {"embeds": [{"title": "Card"}]}
POLL = {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}]}}
RIGHTS: list[tuple[Permission, str, str, Any]] = [
    (Permission.SEND_MESSAGES, "POST", "/channels/{channel}/messages", {"content": "x"}),
    (Permission.EMBED_LINKS, "POST", "/channels/{channel}/messages", EMBEDDED),
    (Permission.SEND_POLLS, "POST", "/channels/{channel}/messages", POLL),
    (Permission.READ_MESSAGE_HISTORY, "GET", "/channels/{channel}/messages/{message}", None),
    (Permission.MANAGE_MESSAGES, "DELETE", "/channels/{channel}/messages/{message}", None),
    (Permission.ADD_REACTIONS, "PUT", "/channels/{channel}/messages/{message}/reactions/✅/@me", None),
    (Permission.PIN_MESSAGES, "PUT", "/channels/{channel}/messages/pins/{message}", None),
    (Permission.MANAGE_WEBHOOKS, "POST", "/channels/{channel}/webhooks", {"name": "Deskbell"}),
    (
        Permission.CREATE_PUBLIC_THREADS,
        "POST",
        "/channels/{channel}/messages/{message}/threads",
        {"name": "IT-1"},
    ),
    (Permission.CREATE_PRIVATE_THREADS, "POST", "/channels/{channel}/threads", {"name": "IT-1"}),
    (Permission.SEND_MESSAGES_IN_THREADS, "POST", "/channels/{thread}/messages", {"content": "x"}),
    (Permission.MANAGE_THREADS, "PATCH", "/channels/{thread}", {"locked": True}),
    (Permission.MANAGE_THREADS, "DELETE", "/channels/{thread}", None),
]


@pytest.mark.parametrize(
    ("right", "method", "path", "body"), RIGHTS, ids=[f"{case[0].name} {case[1]}" for case in RIGHTS]
)
async def test_without_the_right_it_is_refused_and_with_it_taken(
    server: DiscordServer,
    channel: Channel,
    ana: Person,
    api: Api,
    right: Permission,
    method: str,
    path: str,
    body: Any,
) -> None:
    said = await ana.says("help", "no network")
    thread = await ana.starts_thread("help", "a thread")
    where = path.format(channel=channel.id, message=said.id, thread=thread.id)
    server.deny(channel, server.bot(), right)
    assert (await api.ask(method, where, body)).refusal == (403, 50013)
    server.allow(channel, server.bot(), right)
    await api.done(method, where, body)


async def test_a_hidden_channel_is_no_access_at_all(
    server: DiscordServer, channel: Channel, ana: Person, api: Api
) -> None:
    thread = await ana.starts_thread("help", "a thread")
    server.deny(channel, server.bot(), Permission.VIEW_CHANNEL)
    for path in (f"/channels/{channel.id}", f"/channels/{channel.id}/messages", f"/channels/{thread.id}"):
        assert (await api.ask("GET", path)).refusal == (403, 50001)


async def test_who_may_not_look_back_gets_an_empty_history(
    server: DiscordServer, channel: Channel, ana: Person, api: Api
) -> None:
    said = await ana.says("help", "no network")
    server.deny(channel, server.bot(), Permission.READ_MESSAGE_HISTORY)
    assert await api.done("GET", f"/channels/{channel.id}/messages") == []
    reply = {"content": "x", "message_reference": {"message_id": str(said.id)}}
    answer = await api.ask("POST", f"/channels/{channel.id}/messages", reply)
    assert answer.refusal == (400, 160002)


async def test_a_private_channel_is_seen_by_those_it_is_for(server: DiscordServer, ana: Person) -> None:
    noor = server.person("noor")
    agents = server.role("Agents", [noor])
    server.channel("staff", private_to=[agents])
    await noor.says("staff", "hello")
    with pytest.raises(NotOffered):
        ana.reads("staff")
    server.communities.take(server.guild, noor.id, agents)
    with pytest.raises(NotOffered):
        noor.reads("staff")


async def test_a_members_own_overwrite_goes_before_those_of_roles(
    server: DiscordServer, channel: Channel, ana: Person
) -> None:
    quiet = server.role("Quiet", [ana])
    server.deny(channel, quiet, Permission.SEND_MESSAGES)
    with pytest.raises(NotOffered, match="50013"):
        await ana.says("help", "hello?")
    server.allow(channel, ana, Permission.SEND_MESSAGES)
    await ana.says("help", "hello!")


async def test_an_administrator_is_denied_nothing(
    server: DiscordServer, channel: Channel, ana: Person
) -> None:
    server.deny(channel, None, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    with pytest.raises(NotOffered):
        await ana.says("help", "hello?")
    server.role("Admins", [ana], permissions=int(Permission.ADMINISTRATOR))
    await ana.says("help", "hello!")


async def test_a_bot_that_was_kicked_knows_the_guild_no_more(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.communities.kick_bot(server.guild)
    assert (await api.ask("GET", f"/guilds/{server.guild.id}")).refusal == (404, 10004)
    assert (await api.ask("GET", f"/channels/{channel.id}")).refusal == (403, 50001)
    answer = await api.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})
    assert answer.refusal == (403, 50001)
    assert await api.done("GET", "/users/@me/guilds") == []


async def test_what_is_not_there_is_named(server: DiscordServer, channel: Channel, api: Api) -> None:
    server.communities.delete_channel(server.channel("gone"))
    assert (await api.ask("GET", "/channels/1")).refusal == (404, 10003)
    assert (await api.ask("GET", f"/channels/{channel.id}/messages/1")).refusal == (404, 10008)
    assert (await api.ask("GET", "/guilds/1")).refusal == (404, 10004)
    assert (await api.ask("GET", f"/guilds/{server.guild.id}/members/1")).refusal == (404, 10013)
    assert (await api.ask("GET", "/users/1")).refusal == (404, 10013)
    assert (await api.ask("GET", "/channels/help")).problem("channel_id")[0] == "NUMBER_TYPE_COERCE"
    assert (await api.ask("GET", "/nothing/here")).status == 404
    assert (await api.ask("PUT", "/users/@me")).status == 405


async def test_a_wrong_token_is_refused(channel: Channel, api: Api) -> None:
    api.token = "stolen"
    answer = await api.ask("GET", "/users/@me")
    assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_members_are_listed_only_with_the_intent_and_found_by_name_without(
    server: DiscordServer, ana: Person, api: Api
) -> None:
    server.communities.rename_member(server.guild, ana.id, "Captain")
    members = f"/guilds/{server.guild.id}/members"
    listed = await api.done("GET", members, limit=1000)
    assert str(ana.id) in {member["user"]["id"] for member in listed}
    server.world.application.flags = type(server.world.application.flags)(0)
    assert (await api.ask("GET", members)).refusal == (403, 50001)
    found = await api.done("GET", f"{members}/search", query="capt", limit=5)
    assert [member["nick"] for member in found] == ["Captain"]


async def test_the_application_says_which_intents_it_was_granted(server: DiscordServer, api: Api) -> None:
    application = await api.done("GET", "/applications/@me")
    assert application["flags"] & (1 << 19)
    assert application["id"] == str(server.world.application.id)
    assert application["bot"]["username"] == "Deskbell"


async def test_guilds_channels_and_roles_are_listed(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    other = server.add_guild("Hillside", permissions=DESK)
    server.add_guild("Strangers", with_bot=False)
    assert [g["name"] for g in await api.done("GET", "/users/@me/guilds")] == ["Riverside", "Hillside"]
    guild = await api.done("GET", f"/guilds/{server.guild.id}", with_counts="true")
    assert guild["approximate_member_count"] == len(server.guild.members)
    channels = await api.done("GET", f"/guilds/{server.guild.id}/channels")
    assert [c["name"] for c in channels] == ["help"]
    assert await api.done("GET", f"/guilds/{other.id}/channels") == []
    roles = {role["name"]: role for role in await api.done("GET", f"/guilds/{server.guild.id}/roles")}
    assert roles["Deskbell"]["tags"] == {"bot_id": str(server.world.bot.id)}
    assert roles["@everyone"]["id"] == str(server.guild.id)
