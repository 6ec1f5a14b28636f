"""Coming into Discord, and what happens when it does not let the desk in, or throws it out."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from adapters.discord.api.errors import TOKEN_LOST, unreachable
from adapters.discord.api.outage_log import told_as
from adapters.discord.platform import DiscordPlatform
from bot.domain.sentence import sentence
from bot.messages.inbound import MessagePosted, VerbChosen
from bot.messages.outbound import PrivateReply
from bot.outage import Outage
from bot.ports.intake import CommandHelp
from bot.text.error_text import english
from tests.adapters.discord.discord_in_use import FILE_LIMIT, SCALE, discord_in_use, platform_on
from tests.adapters.discord.office import open_office
from tests.adapters.doubles import MemoryFiles, RecordingIntake
from tests.fakes.discord import DiscordServer
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import ApplicationFlag
from tests.fakes.selftests.discord.discord_client import leading_to
from tests.said import said

LIST = CommandHelp(
    group="ticket", key="ticket", verb="list", usage="list", summary="Yours.", for_agents=False
)


def outages(lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What an operator reads of the connection."""
    return [
        line
        for line in lines
        if line.get("of") == "the connection to Discord" and line["log_level"] in ("error", "warning")
    ]


async def test_a_token_that_is_refused_is_one_sentence_and_the_desk_goes_on_trying() -> None:
    structlog.reset_defaults()
    async with DiscordServer.running(scale=SCALE) as server:
        right = server.world.application.token
        server.world.application.token = "another-one"
        platform = DiscordPlatform(
            bot_token=right, api_url=server.api_url, files=MemoryFiles(), file_limit=FILE_LIMIT, scale=SCALE
        )
        with leading_to(server), capture_logs() as lines:
            listening = asyncio.create_task(platform.listen(RecordingIntake()))
            await server.until(lambda: len(server.calls_to("GET /users/@me")) >= 3, "it has tried again")
            assert not platform.is_connected
            assert (platform.outage or "") == TOKEN_LOST
            server.world.application.token = right
            await server.until(lambda: platform.is_connected, "the desk is connected")
            assert platform.outage is None
            await platform.close()
            await listening
        begun, ended = outages(lines)
        assert begun["event"] == "an outage has begun"
        assert begun["cause"] == TOKEN_LOST
        assert ended["event"] == "an outage has ended"
        assert right not in str(lines)


async def test_a_host_that_is_not_found_is_told_once_with_what_to_look_at() -> None:
    structlog.reset_defaults()
    platform = DiscordPlatform(
        bot_token="token",
        api_url="http://nowhere.invalid/api/v10",
        files=MemoryFiles(),
        file_limit=FILE_LIMIT,
        scale=0.001,
    )
    with capture_logs() as lines:
        listening = asyncio.create_task(platform.listen(RecordingIntake()))
        async with asyncio.timeout(30):
            while not [line for line in lines if line["event"] == "an outage goes on"]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await platform.close()
        await listening
    (begun,) = outages(lines)
    assert "Cannot connect to host nowhere.invalid" in english(begun["cause"])
    assert platform.outage == begun["cause"]


async def test_a_connection_that_cannot_be_made_anew_is_an_outage_and_no_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outage = Outage("the connection to Discord")
    library = logging.getLogger("discord.shard")
    structlog.reset_defaults()
    with capture_logs() as lines, told_as(outage):
        for _ in range(3):
            library.error("Attempting a reconnect for shard ID %s in %.2fs", 0, 1, exc_info=OSError("no way"))
        library.error("something else")
    assert [line["cause"] for line in outages(lines)] == [unreachable("no way")]
    assert [record.getMessage() for record in caplog.records] == ["something else"]
    library.error("Attempting a reconnect", exc_info=OSError("no way"))
    assert caplog.records[-1].getMessage() == "Attempting a reconnect"


async def test_a_reason_that_comes_back_is_told_again() -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        async with discord_in_use() as in_use:
            server = in_use.server
            right = server.token
            for _ in range(2):
                server.world.application.token = "another-one"
                await server.gateway.closes(4004)
                await server.until(lambda: not in_use.platform.is_connected, "the desk is out")
                server.world.application.token = right
                await server.until(lambda: in_use.platform.is_connected, "the desk is back")
    told = [line["cause"] for line in outages(lines) if "cause" in line]
    assert told == [TOKEN_LOST, TOKEN_LOST]


async def test_what_discords_library_cannot_read_ends_a_connection_and_not_the_desk() -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        async with discord_in_use() as in_use:
            help_channel = in_use.server.channel_named("help")
            in_use.server.world.happened(
                "MESSAGE_CREATE",
                {"channel_id": str(help_channel.id), "poll": None},
                guild_id=help_channel.guild_id,
                channel_id=help_channel.id,
            )
            await in_use.server.until(
                lambda: bool(in_use.intake.gaps), "the desk is back, and knows of a gap"
            )
            await in_use.ana.says("help", "My VPN is dead")
            await in_use.server.until(in_use.intake.has(1), "it is heard")
    told = [line["cause"] for line in outages(lines) if "cause" in line]
    assert told == [sentence("operations.discord_unexpected")]


async def test_a_desk_in_more_servers_than_one_connection_takes_hears_all_of_them() -> None:
    async with DiscordServer.running(scale=SCALE) as server:
        server.gateway.shards = 3
        ana, channels = server.person("ana"), []
        for number in range(6):
            server.move(timedelta(milliseconds=1))
            guild = server.add_guild(f"Server {number}")
            server.communities.join(guild, ana.id)
            channels.append(server.channel("help", guild=guild))
        assert {((channel.guild_id or 0) >> 22) % 3 for channel in channels} == {0, 1, 2}
        intake, platform = RecordingIntake(), platform_on(server, MemoryFiles())
        with leading_to(server):
            listening = asyncio.create_task(platform.listen(intake))
            await server.until(lambda: platform.is_connected, "the desk is connected")
            assert {session.shard for session in server.gateway.sessions.alive.values()} == {
                (number, 3) for number in range(3)
            }
            for channel in channels:
                await ana.says(channel, "Hello")
            await server.until(intake.has(6), "all of them are heard")
            await platform.close()
            await listening
    assert {event.location.channel.channel for event in intake.events} == {str(each.id) for each in channels}


async def test_a_server_that_discord_had_trouble_with_is_read_when_it_is_back() -> None:
    """https://discord.com/developers/docs/events/gateway-events#guild-delete"""
    async with discord_in_use() as in_use:
        server, guild = in_use.server, in_use.server.guild
        server.world.happened("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild_id=guild.id)
        await server.settled()
        server.world.happened("GUILD_CREATE", server.payloads.guild_create(guild), guild_id=guild.id)
        await server.until(lambda: bool(in_use.intake.gaps), "a gap is noted")


async def test_a_desk_that_stops_while_discord_has_not_answered_stops_at_once() -> None:
    async with DiscordServer.running(scale=SCALE) as server:
        server.plan_failures("GET /users/@me", hang_s=60)
        platform = platform_on(server, MemoryFiles())
        with leading_to(server):
            listening = asyncio.create_task(platform.listen(RecordingIntake()))
            await server.until(lambda: bool(server.calls_to("GET /users/@me")), "it has asked")
            await platform.close()
            await server.until(listening.done, "it has stopped")
        assert not server.gateway.connections


async def test_what_was_heard_when_the_desk_stops_is_taken_before_it_hangs_up() -> None:
    async with discord_in_use() as in_use:
        in_use.intake.holds = asyncio.Event()
        await in_use.ana.says("help", "My VPN is dead")
        await in_use.server.until(lambda: in_use.intake.attempts == 1, "it is being taken")
        closing = asyncio.create_task(in_use.platform.close())
        await in_use.server.until(lambda: not in_use.platform.is_connected, "the desk is closing")
        assert in_use.server.gateway.is_connected
        in_use.intake.holds.set()
        await closing
        assert [event.key for event in in_use.intake.of(MessagePosted)] != []


async def test_a_desk_that_used_up_its_sessions_waits_before_discord_takes_its_token() -> None:
    structlog.reset_defaults()
    async with DiscordServer.running(scale=0.001) as server:
        server.gateway.identifies_left = 3
        platform = platform_on(server, MemoryFiles(), scale=0.001)
        with leading_to(server), capture_logs() as lines:
            listening = asyncio.create_task(platform.listen(RecordingIntake()))
            await server.until(
                lambda: any("discord_starts_used_up" in str(line) for line in lines), "it says so"
            )
            assert server.gateway.identifies_left == 3
            server.gateway.identifies_left = 1000
            await server.until(lambda: platform.is_connected, "the desk is in", patience_s=30)
            await platform.close()
            await listening


async def test_discords_libraries_warn_of_nothing_that_is_as_it_should_be(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with discord_in_use():
        pass
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_without_the_members_intent_one_sentence_says_what_is_missing() -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        async with discord_in_use(flags=ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED) as in_use:
            told = [line["event"] for line in lines if "Intent" in line["event"]]
            assert told == [said("operations.discord_intent_members")]
            await in_use.bo.says("help", "My VPN is dead")
            await in_use.server.until(in_use.intake.has(1), "it is heard")
    (event,) = in_use.intake.events
    assert event.actor.groups == {f"discord:@{in_use.server.role('helpers').id}"}


async def test_without_the_message_content_intent_commands_and_direct_messages_still_work() -> None:
    structlog.reset_defaults()
    with capture_logs() as lines:
        async with discord_in_use(
            helps=(LIST,), flags=ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED
        ) as in_use:
            told = [line["event"] for line in lines if "Message Content Intent" in line["event"]]
            assert told == [said("operations.discord_intent_messages")]
            in_use.intake.answer = PrivateReply(text=("You have none.",))
            await in_use.server.until(
                lambda: "/ticket list" in in_use.ana.sees_commands("help"), "they are there"
            )
            shown = await in_use.ana.types_command("/ticket list", "help")
            assert shown.text == "You have none."
            await in_use.ana.writes_dm("My VPN is dead")
            await in_use.server.until(in_use.intake.has(2), "both are heard")
            (command,), (message,) = in_use.intake.of(VerbChosen), in_use.intake.of(MessagePosted)
            assert isinstance(message, MessagePosted)
            assert message.text == "My VPN is dead"
            assert command.actor == message.actor or command.actor.key == message.actor.key


async def test_permissions_lost_at_run_time_are_told_to_the_operators_and_nothing_is_lost(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        team, bot = office.discord.channel_named("team"), office.discord.bot()
        office.discord.deny(team, bot, Permission.SEND_MESSAGES)
        await office.ana.says("help", "My VPN is dead")
        await office.settle()
        (told,) = [each for each in office.lee.reads("operators") if "could not be delivered" in each.words]
        assert "#team" in told.words
        assert "Send Messages" in told.words
        office.discord.allow(team, bot, Permission.SEND_MESSAGES)
        await office.discord.settled()
        dead = await office.desk.storage.read(lambda uow: uow.outbox.count_by_state())
        assert dead
        for row in await office.desk.storage.read(lambda uow: list(uow.outbox.listing(["dead", "parked"]))):  # type: ignore[list-item]
            await office.desk.storage.run(lambda uow, row=row: uow.outbox.retry(row.id))  # type: ignore[misc]
        await office.settle()
        assert "My VPN is dead" in office.card("IT-1").words


async def test_a_deleted_channel_is_a_sentence_and_the_rest_of_the_desk_goes_on(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        team = office.discord.channel_named("team")
        office.discord.communities.delete_channel(team)
        request = await office.ana.says("help", "My VPN is dead")
        await office.settle()
        assert any("IT-1" in line for line in office.talk(office.ana, request))
        told = [each.words for each in office.lee.reads("operators")]
        assert any(str(team.id) in words and "desk.yaml" in words for words in told)


async def test_a_kicked_desk_comes_back_when_it_is_let_in_again(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        await office.ana.says("help", "My VPN is dead")
        await office.settle()
        office.discord.communities.kick_bot(office.discord.guild)
        await office.ana.says("help", "My mouse is gone")
        await office.settle()
        office.discord.communities.invite_bot(office.discord.guild)
        for name in ("team", "operators", "escalations"):
            office.discord.allow(
                office.discord.channel_named(name), office.discord.bot(), Permission.VIEW_CHANNEL
            )
        await office.discord.until(
            lambda: any("My mouse is gone" in each.words for each in office.bo.reads("team")), "it is read"
        )
