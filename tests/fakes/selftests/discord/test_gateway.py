"""The gateway, heard by the real discord.py: ready, events, resuming, invalid sessions, intents and close codes."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.discord import DiscordServer, Person
from tests.fakes.discord.gateway.intents import Intent
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import ApplicationFlag, Channel
from tests.fakes.selftests.discord.discord_client import Listener, listening, plain_requests


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        yield running


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    return server.channel("help")


@pytest.fixture
def ana(server: DiscordServer, channel: Channel) -> Person:
    return server.person("ana")


async def hears(server: DiscordServer, client: Listener, *said: str) -> None:
    await server.until(lambda: client.said()[-len(said) :] == list(said), f"the client hears {said}")


async def test_a_client_becomes_ready_hears_a_person_and_answers(
    server: DiscordServer, channel: Channel, ana: Person
) -> None:
    async with listening(server) as client:
        assert [guild.name for guild in client.guilds] == ["Riverside"]
        assert [found.name for found in client.guilds[0].text_channels] == ["help"]
        await ana.says("help", "no network")
        await hears(server, client, "no network")
        found = client.get_channel(channel.id)
        assert isinstance(found, discord.TextChannel)
        await found.send("looking")
        assert ana.reads("help")[-1].text == "looking"
        await hears(server, client, "no network", "looking")


async def test_what_was_missed_is_replayed_once_when_the_connection_is_taken_up_again(
    server: DiscordServer, ana: Person
) -> None:
    async with listening(server) as client:
        await ana.says("help", "before")
        await hears(server, client, "before")
        server.gateway.holds_back()
        await server.gateway.cut(resumable=True)
        for number in range(3):
            await ana.says("help", f"meanwhile {number}")
        server.gateway.lets_in()
        await server.until(lambda: bool(client.events("RESUMED")), "the session is resumed")
        await ana.says("help", "after")
        await hears(server, client, "before", "meanwhile 0", "meanwhile 1", "meanwhile 2", "after")
        assert len(client.events("READY")) == 1


async def test_after_a_session_that_is_over_nothing_is_replayed(server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        server.gateway.holds_back()
        await server.gateway.cut(resumable=False)
        await ana.says("help", "unheard")
        server.gateway.lets_in()
        await server.until(lambda: len(client.events("READY")) == 2, "a new session begins")
        await ana.says("help", "heard")
        await hears(server, client, "heard")
        assert "unheard" not in client.said()


async def test_after_minutes_away_the_session_is_over(server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        server.gateway.holds_back()
        await server.gateway.cut(resumable=True)
        await ana.says("help", "unheard")
        server.move(timedelta(minutes=10))
        server.gateway.lets_in()
        await server.until(lambda: len(client.events("READY")) == 2, "a new session begins")
        await ana.says("help", "heard")
        await hears(server, client, "heard")
        assert client.said() == ["heard"]


async def test_a_client_that_says_goodbye_leaves_no_session_behind(server: DiscordServer) -> None:
    async with listening(server):
        assert server.gateway.is_connected
    assert server.gateway.sessions.alive == {}


async def test_archived_threads_are_not_told_of_at_the_start(server: DiscordServer, ana: Person) -> None:
    kept = await ana.starts_thread(await ana.says("help", "no network"), "Network")
    await ana.archives(await ana.starts_thread(await ana.says("help", "no printer"), "Printer"))
    async with listening(server) as client:
        assert [thread.id for thread in client.guilds[0].threads] == [kept.id]


async def test_an_invalidated_session_is_begun_anew(server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        server.gateway.invalidates()
        await server.until(lambda: len(client.events("READY")) == 2, "a new session begins")
        await ana.says("help", "heard")
        await hears(server, client, "heard")


@pytest.mark.parametrize("how", ["asked to reconnect", "invalid but resumable", "closed with a code"])
async def test_told_to_come_again_the_client_resumes(how: str, server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        match how:
            case "asked to reconnect":
                server.gateway.asks_to_reconnect()
            case "invalid but resumable":
                server.gateway.invalidates(resumable=True)
            case _:
                await server.gateway.closes(4000)
        await server.until(lambda: bool(client.events("RESUMED")), "the session is resumed")
        await ana.says("help", "heard")
        await hears(server, client, "heard")
        assert len(client.events("READY")) == 1


async def test_the_connection_lives_by_heartbeats(server: DiscordServer, ana: Person) -> None:
    server.gateway.heartbeat_s = 0.2
    async with listening(server) as client:
        beats = [packet for packet in client.heard if packet["op"] == 11]
        await server.until(
            lambda: len([packet for packet in client.heard if packet["op"] == 11]) >= len(beats) + 3,
            "three heartbeats are acknowledged",
        )
        assert len(client.events("READY")) == 1


async def test_edits_deletions_reactions_and_threads_are_told(
    server: DiscordServer, channel: Channel, ana: Person
) -> None:
    async with listening(server) as client:
        said = await ana.says("help", "frist")
        await ana.edits(said, "first")
        await ana.reacts(said, "✅")
        thread = await ana.starts_thread(said, "A thread")
        await ana.says(thread, "inside")
        await ana.deletes(said)
        await server.until(lambda: bool(client.events("MESSAGE_DELETE")), "the deletion is told")
        updates = client.events("MESSAGE_UPDATE")
        first = updates[0]
        assert (first["content"], first["edited_timestamp"] is not None) == ("first", True)
        assert client.events("MESSAGE_REACTION_ADD")[0]["emoji"]["name"] == "✅"
        assert client.events("THREAD_CREATE")[0]["newly_created"]
        assert client.events("MESSAGE_CREATE")[-1]["channel_id"] == str(thread.id)
        assert client.events("MESSAGE_DELETE")[0]["id"] == str(said.id)


async def test_channels_that_the_bot_does_not_see_stay_untold(
    server: DiscordServer, channel: Channel, ana: Person
) -> None:
    async with listening(server) as client:
        server.deny(channel, server.bot(), Permission.VIEW_CHANNEL)
        await ana.says("help", "hidden")
        thread = await ana.starts_thread("help", "hidden too")
        server.allow(channel, server.bot(), Permission.VIEW_CHANNEL)
        await ana.says("help", "seen")
        await hears(server, client, "seen")
        assert client.said() == ["seen"]
        assert [t["id"] for t in client.events("THREAD_LIST_SYNC")[0]["threads"]] == [str(thread.id)]


async def test_other_guilds_and_kicks_are_told(server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        server.add_guild("Hillside")
        strangers = server.add_guild("Strangers", with_bot=False)
        server.channel("elsewhere", guild=strangers)
        noor = server.person("noor", guilds=[strangers])
        await noor.says("elsewhere", "not for the bot")
        server.communities.kick_bot(server.guild)
        await ana.says("help", "too late")
        await server.until(lambda: bool(client.events("GUILD_DELETE")), "the kick is told")
        await server.settled()
        assert {g["name"] for g in client.events("GUILD_CREATE")} == {"Riverside", "Hillside"}
        assert client.said() == []


async def test_only_what_was_asked_for_is_told(server: DiscordServer, ana: Person) -> None:
    intents = discord.Intents(guilds=True, dm_messages=True)
    async with listening(server, intents) as client:
        await ana.says("help", "in the channel")
        await ana.writes_dm("directly")
        await hears(server, client, "directly")
        assert client.said() == ["directly"]


async def test_without_the_content_intent_words_are_empty_except_in_mentions_and_direct_messages(
    server: DiscordServer, ana: Person
) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with listening(server, intents) as client:
        await ana.says("help", "secret", files=[("a.txt", b"a")])
        await ana.says("help", "hello @Deskbell")
        await ana.writes_dm("directly")
        bot = server.world.bot.id
        await hears(server, client, "", f"hello <@{bot}>", "directly")
        assert client.events("MESSAGE_CREATE")[0]["attachments"] == []


async def test_a_privileged_intent_that_was_not_granted_is_refused() -> None:
    async with DiscordServer.running(scale=0.001, flags=ApplicationFlag(0)) as server:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with listening(server):
                pass
        async with listening(server, discord.Intents(guilds=True)) as client:
            assert client.is_ready()


async def test_members_are_found_by_name_through_the_gateway(server: DiscordServer, ana: Person) -> None:
    async with listening(server) as client:
        found = await client.guilds[0].query_members("an", limit=5)
        assert [member.name for member in found] == ["ana"]
        everyone = await client.guilds[0].chunk()
        assert "ana" in {member.name for member in everyone}


async def test_two_shards_hear_of_their_own_guilds(server: DiscordServer, ana: Person) -> None:
    server.gateway.shards = 2
    others = [server.add_guild(f"Guild {number}") for number in range(4)]
    async with listening(server) as client:
        assert {guild.id for guild in client.guilds} == {server.guild.id, *(guild.id for guild in others)}
        assert len(client.events("READY")) == 2
        await ana.says("help", "once")
        await hears(server, client, "once")
        assert client.said() == ["once"]


# --- what the gateway refuses, by plain sockets ---


async def talk(
    server: DiscordServer, *messages: Any, until_closed: bool = True, query: str = ""
) -> tuple[int | None, list[Any]]:
    """Say these after the hello; how the server closed, and what it said."""
    heard: list[Any] = []
    url = server.gateway_url + query
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        heard.append(json.loads((await socket.receive()).data))
        for message in messages:
            await socket.send_str(message if isinstance(message, str) else json.dumps(message))
        async with asyncio.timeout(10):
            while True:
                received = await socket.receive()
                if received.type is not aiohttp.WSMsgType.TEXT:
                    return socket.close_code, heard
                heard.append(json.loads(received.data))
                if not until_closed:
                    return None, heard


def identify(server: DiscordServer, **more: Any) -> dict[str, Any]:
    content = {"token": server.token, "intents": 1, "properties": {}}
    return {"op": 2, "d": content | more}


async def test_what_is_wrong_closes_the_connection_with_its_code(server: DiscordServer) -> None:
    server.gateway.is_identifying_limited = False
    cases: list[tuple[int, list[Any]]] = [
        (4001, [identify(server), {"op": 99, "d": None}]),
        (4002, ["no json"]),
        (4002, [{"op": 2, "d": None}]),
        (4002, [{"op": 1, "d": None, "more": "x" * 4096}]),
        (4003, [{"op": 8, "d": {"guild_id": "1"}}]),
        (4004, [identify(server, token="stolen")]),
        (4005, [identify(server), identify(server)]),
        (4008, [{"op": 1, "d": None}] * 121),
        (4010, [identify(server, shard=[2, 2])]),
        (4013, [identify(server, intents=1 << 40)]),
        (4013, [identify(server, intents=None)]),
        (4004, [{"op": 6, "d": {"session_id": "any", "token": "stolen", "seq": 0}}]),
    ]
    server.gateway.pace.scale = 1
    for code, messages in cases:
        assert (await talk(server, *messages))[0] == code, messages


async def test_an_old_version_of_the_gateway_is_closed(server: DiscordServer) -> None:
    assert (await talk(server, query="?v=6"))[0] == 4012


async def test_more_than_2500_servers_need_more_shards(server: DiscordServer) -> None:
    for number in range(2500):
        server.add_guild(f"Guild {number}")
    assert (await talk(server, identify(server)))[0] == 4011
    server.gateway.is_identifying_limited = False
    _, heard = await talk(server, identify(server, shard=[0, 2]), until_closed=False)
    assert heard[-1]["t"] == "READY"


async def test_who_identifies_a_thousand_times_a_day_loses_the_token(server: DiscordServer) -> None:
    server.gateway.identifies_left = 1
    before = identify(server)
    _, heard = await talk(server, before, until_closed=False)
    assert heard[-1]["t"] == "READY"
    assert (await talk(server, before))[0] == 4004
    assert server.gateway.sessions.alive == {}
    async with plain_requests(server) as api:
        api.token = before["d"]["token"]
        assert (await api.ask("GET", "/users/@me")).status == 401


async def test_an_unknown_session_is_not_resumed(server: DiscordServer) -> None:
    resume = {"op": 6, "d": {"token": server.token, "session_id": "nobody's", "seq": 3}}
    _, heard = await talk(server, resume, until_closed=False)
    assert heard[-1] == {"op": 9, "d": False}


async def test_a_sequence_from_the_future_is_refused(server: DiscordServer) -> None:
    session = server.gateway.sessions.begin("known", intents=Intent.GUILDS, shard=(0, 1))
    resume = {"op": 6, "d": {"token": server.token, "session_id": session.id, "seq": 1000}}
    assert (await talk(server, resume))[0] == 4007


async def test_who_sends_no_heartbeat_is_dropped(server: DiscordServer) -> None:
    server.gateway.heartbeat_s, server.gateway.patience_s = 0.05, 0
    assert (await talk(server))[0] == 4000


async def test_identifying_twice_in_five_seconds_is_an_invalid_session(server: DiscordServer) -> None:
    server.gateway.pace.scale = 1
    await talk(server, identify(server), until_closed=False)
    _, heard = await talk(server, identify(server), until_closed=False)
    assert heard[-1] == {"op": 9, "d": False}


async def test_the_gateways_address_comes_with_what_is_left_of_the_day(server: DiscordServer) -> None:
    async with plain_requests(server) as api:
        before: Any = await api.done("GET", "/gateway/bot")
        await talk(server, identify(server), until_closed=False)
        after: Any = await api.done("GET", "/gateway/bot")
    assert before["url"] == server.gateway_url
    assert before["session_start_limit"]["remaining"] - after["session_start_limit"]["remaining"] == 1
