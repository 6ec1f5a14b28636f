"""What can be chosen by name in the desk's servers: channels, roles and members."""

import discord
import pytest

from adapters.discord.first_look import look_at_discord
from tests.adapters.discord.discord_in_use import DiscordInUse, platform_on


async def test_channels_roles_and_members_are_named_with_their_server(in_use: DiscordInUse) -> None:
    look = await in_use.platform.look()
    assert not look.is_refused
    channels = {each.name: each for each in look.channels}
    assert channels["#help"].reference == str(in_use.ref("help"))
    assert channels["#questions"].place == in_use.server.guild.name
    role = next(each for each in look.people if each.name == "@helpers")
    assert role.reference.startswith("discord:@")
    assert f"discord:{in_use.bo.id}" in {each.reference for each in look.people}


async def test_without_a_connection_nothing_is_there_to_choose(in_use: DiscordInUse) -> None:
    assert (await platform_on(in_use.server, in_use.files).look()).is_refused


async def test_a_first_look_without_a_network_promises_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "")
    look = await look_at_discord(bot_token="a.b.c", api_url="http://127.0.0.1:1/api/v10")
    assert look.is_refused
    assert [each.sentence.key for each in look.findings] == ["operations.discord_not_reached"]
